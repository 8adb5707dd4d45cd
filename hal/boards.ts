import * as v from 'valibot';
import { checkMicrocontroller, checkPins, microcontrollerSchema, pinsSchema } from './board-pins.js';
import { furtherCheck, parseDocument } from './document.js';
import type { DocumentPath } from './document-tree.js';
import { closedObject } from './issue-message.js';
import { nearestName } from './nearest-name.js';

/** boards.json: the boards that can drive a lock, and the hosts that drive a board. Bounds without a source are chosen. */

const number = (from: number, to: number, description: string) =>
  v.pipe(v.number(), v.minValue(from), v.maxValue(to), v.description(description));

const whole = (from: number, to: number, description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to), v.description(description));

const words = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));
const wordsList = v.pipe(v.array(words), v.maxLength(20));
const sourceList = v.pipe(
  wordsList,
  v.minLength(1),
  v.description('Which number comes from where; "chosen" if chosen.'),
);

const boardId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words and numbers with hyphens between, like "arduino-uno"'),
  v.maxLength(40),
);

/** The motor, its gears, the bridge before it and the supply behind it. */
const driveSchema = closedObject({
  motor: words,
  gearRatio: number(1, 5000, 'Turns of the motor for one turn of the output shaft.'),
  noLoadSpeedRpm: number(1, 1000, 'Speed of the output shaft without load, at the nominal supply.'),
  travelNominalMs: whole(100, 2400, 'Time of one throw at the nominal supply. Below 2500, where every drive is cut.'),
  idleCurrentMa: whole(1, 10_000, 'Motor current below which a driven motor cannot be turning.'),
  runningCurrentMa: whole(1, 10_000, 'Motor current of a throw without obstacle, at the nominal supply.'),
  stallThresholdMa: whole(1, 10_000, 'Motor current from which it counts as stalled, at the nominal supply.'),
  stallCurrentMa: whole(1, 10_000, 'Motor current of a blocked motor, at the nominal supply.'),
  bridge: words,
  bridgeCurrentMaxMa: whole(1, 20_000, 'What the bridge carries without pause.'),
  bridgeSupplyMinMv: whole(1000, 60_000, 'Lowest motor supply the bridge works on.'),
  bridgeSupplyMaxMv: whole(1000, 60_000, 'Highest motor supply the bridge works on.'),
  supply: words,
  supplyMaxMv: whole(1000, 60_000, 'Fresh batteries, no load.'),
  supplyNominalMv: whole(1000, 60_000, 'What currents, speed and times of this drive are stated for.'),
  supplyLowMv: whole(1000, 60_000, 'Under load: from here down the owner is warned.'),
  supplyMinMv: whole(1000, 60_000, 'Under load: from here down a throw may fail.'),
});

const timingsSchema = closedObject({
  samplingMs: whole(5, 20, 'Between two samples of current and supply. Three and the inrush must fit into 250.'),
  coastMs: whole(50, 500, 'Bridge off between two directions. A reversal with less damages motor and gears.'),
  boardDriveLimitMs: whole(2600, 2900, "The board's own bound on one drive: after the lock's 2500, before 3000."),
  heartbeatMs: whole(50, 250, 'Between two signs of life from the host.'),
  deadManTimeoutMs: whole(150, 500, 'Silence of the host after which the board switches the motor off.'),
});

const pullResistorOhm = whole(1000, 100_000, 'Of every external pull-up and pull-down.');
const notes = v.exactOptional(
  v.pipe(wordsList, v.description('What else someone who wires or uses the board must know.')),
);

const simBoardSchema = v.pipe(
  closedObject({
    id: boardId,
    name: words,
    kind: v.literal('ioBoard'),
    adapter: v.literal('sim'),
    hasBoltSwitches: v.pipe(v.boolean(), v.description('A lock without is never sure of its position: no visitors.')),
    drive: driveSchema,
    timings: timingsSchema,
    sources: closedObject({ drive: sourceList, timings: sourceList }),
    notes,
  }),
  furtherCheck((board, problemAt) => {
    checkDrive(board, problemAt);
    checkTimings(board, problemAt);
  }),
);

const wiredBoardSchema = v.pipe(
  closedObject({
    id: boardId,
    name: words,
    kind: v.literal('ioBoard'),
    adapter: v.literal('johnny-five'),
    usbConnector: words,
    microcontroller: microcontrollerSchema,
    pins: pinsSchema,
    pullResistorOhm,
    drive: driveSchema,
    timings: timingsSchema,
    sources: closedObject({
      microcontroller: sourceList,
      pins: sourceList,
      drive: sourceList,
      timings: sourceList,
    }),
    notes,
  }),
  furtherCheck((board, problemAt) => {
    const { microcontroller, pins } = board;
    checkMicrocontroller(microcontroller, (path, message) => problemAt(['microcontroller', ...path], message));
    checkPins(pins, microcontroller, (path, message) => problemAt(['pins', ...path], message));
    checkDrive(board, problemAt);
    checkTimings(board, problemAt);
    checkAnalogRange(board, problemAt);
  }),
);

const hostSchema = closedObject({
  id: boardId,
  name: words,
  kind: v.literal('host'),
  drives: v.pipe(
    v.array(boardId),
    v.minLength(1),
    v.maxLength(20),
    v.description('The I/O boards it drives over USB, by id.'),
  ),
  ownGpio: v.pipe(v.literal('notYetSupported'), v.description("Whether the host's own pins can drive a lock.")),
  usbPort: words,
  notes,
});

export const boardsSchema = v.pipe(
  closedObject({
    $schema: v.exactOptional(v.string()),
    boards: v.pipe(
      v.array(v.variant('kind', [v.variant('adapter', [simBoardSchema, wiredBoardSchema]), hostSchema])),
      v.minLength(1),
      v.maxLength(100),
    ),
  }),
  furtherCheck(({ boards }, problemAt) => {
    checkIds(boards, problemAt);
    checkHosts(boards, problemAt);
  }),
);

export type SimBoard = v.InferOutput<typeof simBoardSchema>;
export type WiredBoard = v.InferOutput<typeof wiredBoardSchema>;
export type IoBoard = SimBoard | WiredBoard;
export type Host = v.InferOutput<typeof hostSchema>;
export type Board = IoBoard | Host;
export type Boards = v.InferOutput<typeof boardsSchema>;

/** Boards from the text of a boards.json. Throws `DocumentError` with everything that is wrong with it. */
export function loadBoards(text: string, file: string): Boards {
  return parseDocument({ text, file, format: 'json' }, boardsSchema);
}

type ProblemAt = (path: DocumentPath, message: string) => void;
type Drive = v.InferOutput<typeof driveSchema>;
type Timings = v.InferOutput<typeof timingsSchema>;

/** Which values of a drive must not be above which. */
const driveOrder: readonly (readonly [keyof Drive, keyof Drive])[] = [
  ['idleCurrentMa', 'runningCurrentMa'],
  ['runningCurrentMa', 'stallThresholdMa'],
  ['stallThresholdMa', 'stallCurrentMa'],
  ['stallCurrentMa', 'bridgeCurrentMaxMa'],
  ['bridgeSupplyMinMv', 'supplyMinMv'],
  ['supplyMinMv', 'supplyLowMv'],
  ['supplyLowMv', 'supplyNominalMv'],
  ['supplyNominalMv', 'supplyMaxMv'],
  ['supplyMaxMv', 'bridgeSupplyMaxMv'],
];

function checkDrive({ drive }: { drive: Drive }, problemAt: ProblemAt): void {
  for (const [lower, upper] of driveOrder) {
    if (drive[lower] > drive[upper]) {
      problemAt(['drive', lower], `must not be above ${upper}, ${drive[upper]}; lower it, or raise the other`);
    }
  }
}

function checkTimings({ timings }: { timings: Timings }, problemAt: ProblemAt): void {
  const heartbeatMaxMs = Math.floor(timings.deadManTimeoutMs / 3);
  if (timings.heartbeatMs > heartbeatMaxMs) {
    problemAt(['timings', 'heartbeatMs'], `must be at most ${heartbeatMaxMs}: two may be lost before deadManTimeoutMs`);
  }
}

function checkAnalogRange({ drive, pins, microcontroller }: WiredBoard, problemAt: ProblemAt): void {
  const { adcReferenceMv } = microcontroller;
  const stallMv = (drive.stallCurrentMa * pins.motorCurrent.scaleMvPerA) / 1000;
  if (stallMv > adcReferenceMv) {
    const mend = `the pin reads up to ${adcReferenceMv}; use a smaller shunt`;
    problemAt(['pins', 'motorCurrent', 'scaleMvPerA'], `a stall makes ${Math.ceil(stallMv)} mV, and ${mend}`);
  }
  const supplyMv = drive.supplyMaxMv / pins.supplyVoltage.dividerRatio;
  if (supplyMv > adcReferenceMv) {
    const mend = `the pin reads up to ${adcReferenceMv}; divide by more`;
    problemAt(['pins', 'supplyVoltage', 'dividerRatio'], `the supply makes ${Math.ceil(supplyMv)} mV, and ${mend}`);
  }
}

function checkIds(boards: readonly Board[], problemAt: ProblemAt): void {
  const ids = boards.map(({ id }) => id);
  for (const [index, id] of ids.entries()) {
    const first = ids.indexOf(id);
    if (first < index) problemAt(['boards', index, 'id'], `"${id}" is the id of boards[${first}] too; choose another`);
  }
}

function checkHosts(boards: readonly Board[], problemAt: ProblemAt): void {
  const wiredIds = boards.filter((board) => board.kind === 'ioBoard' && board.adapter !== 'sim').map(({ id }) => id);
  for (const [index, board] of boards.entries()) {
    if (board.kind !== 'host') continue;
    for (const [place, id] of board.drives.entries()) {
      if (wiredIds.includes(id)) continue;
      const nearest = nearestName(id, wiredIds);
      const mend = nearest === undefined ? `there are ${wiredIds.join(', ')}` : `did you mean "${nearest}"?`;
      problemAt(['boards', index, 'drives', place], `"${id}" is no I/O board with a USB line; ${mend}`);
    }
  }
}
