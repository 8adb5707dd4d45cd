import * as v from 'valibot';
import { checkDrive, checkTimings, driveSchema, timingsSchema } from './board-drive.js';
import { boardId, notes, sourceList, whole, words } from './board-fields.js';
import { checkHeaders, headersSchema } from './board-headers.js';
import { checkMicrocontroller, checkPins, microcontrollerSchema, pinsSchema } from './board-pins.js';
import { furtherCheck } from './document.js';
import type { DocumentPath } from './document-tree.js';
import { closedObject } from './issue-message.js';

/** An I/O board with pins: its bootloaders, its headers, what is wired to it, and whether all of that agrees. */

const bootloaderSchema = closedObject({
  id: v.pipe(boardId, v.description('For the command line.')),
  name: words,
  programmer: v.pipe(v.literal('arduino'), v.description('What avrdude calls the protocol (its option -c).')),
  baudRate: v.picklist([57_600, 115_200]),
  note: v.exactOptional(words),
});

export const bootloadersSchema = v.pipe(
  v.array(bootloaderSchema),
  v.minLength(1),
  v.maxLength(5),
  v.description('Which bootloaders the board is sold with, the likeliest first.'),
);

export const pullResistorOhm = whole(1000, 100_000, 'Of every external pull-up and pull-down.');

export const sourcesSchema = closedObject({
  microcontroller: sourceList,
  pins: sourceList,
  drive: sourceList,
  timings: sourceList,
});

const wiredBoardShape = closedObject({
  id: boardId,
  name: words,
  kind: v.literal('ioBoard'),
  adapter: v.literal('johnny-five'),
  product: v.pipe(words, v.description('What to buy, with nothing wired to it yet.')),
  usbConnector: words,
  microcontroller: microcontrollerSchema,
  bootloaders: bootloadersSchema,
  headers: headersSchema,
  pins: pinsSchema,
  pullResistorOhm,
  drive: driveSchema,
  timings: timingsSchema,
  sources: sourcesSchema,
  notes: v.exactOptional(notes),
});

export type WiredBoard = v.InferOutput<typeof wiredBoardShape>;

export const wiredBoardSchema = v.pipe(wiredBoardShape, furtherCheck(checkWiredBoard));

type ProblemAt = (path: DocumentPath, message: string) => void;

/** Everything that takes more than one value to see. */
export function checkWiredBoard(board: WiredBoard, problemAt: ProblemAt): void {
  const { microcontroller, headers, pins } = board;
  const problemBelow = (key: string) => (path: DocumentPath, message: string) => problemAt([key, ...path], message);
  checkMicrocontroller(microcontroller, problemBelow('microcontroller'));
  checkHeaders(headers, microcontroller, problemBelow('headers'));
  checkPins(pins, microcontroller, problemBelow('pins'));
  checkBridge(board, problemAt);
  checkDrive(board, problemAt);
  checkTimings(board, problemAt);
  checkAnalogRange(board, problemAt);
}

/** A TB6612FNG drives nothing before its STBY is HIGH; a DRV8833 is told by two pins alone. */
function checkBridge({ drive, pins }: WiredBoard, problemAt: ProblemAt): void {
  if (drive.bridge === 'TB6612FNG' && pins.motorEnable === undefined) {
    problemAt(['pins'], 'a TB6612FNG needs motorEnable, for its PWMA and STBY; add it');
  }
  if (drive.bridge === 'DRV8833' && pins.motorEnable !== undefined) {
    problemAt(['pins', 'motorEnable'], 'a DRV8833 has no such input; leave it out');
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
