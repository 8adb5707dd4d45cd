import * as v from 'valibot';
import { number, whole, words } from './board-fields.js';
import type { DocumentPath } from './document-tree.js';
import { closedObject } from './issue-message.js';

/** The motor, its gears, the bridge before it and the supply behind it. */
export const driveSchema = closedObject({
  motor: words,
  gearRatio: number(1, 5000, 'Turns of the motor for one turn of the output shaft.'),
  noLoadSpeedRpm: number(1, 1000, 'Speed of the output shaft without load, at the nominal supply.'),
  travelNominalMs: whole(100, 2400, 'Time of one throw at the nominal supply. Below 2500, where every drive is cut.'),
  idleCurrentMa: whole(1, 10_000, 'Motor current below which a driven motor cannot be turning.'),
  runningCurrentMa: whole(1, 10_000, 'Motor current of a throw without obstacle, at the nominal supply.'),
  stallThresholdMa: whole(1, 10_000, 'Motor current from which it counts as stalled, at the nominal supply.'),
  stallCurrentMa: whole(1, 10_000, 'Motor current of a blocked motor, at the nominal supply.'),
  bridge: v.picklist(['TB6612FNG', 'DRV8833']),
  bridgeCurrentMaxMa: whole(1, 20_000, 'What the bridge carries without pause.'),
  bridgeSupplyMinMv: whole(1000, 60_000, 'Lowest motor supply the bridge works on.'),
  bridgeSupplyMaxMv: whole(1000, 60_000, 'Highest motor supply the bridge works on.'),
  supply: words,
  supplyMaxMv: whole(1000, 60_000, 'Fresh batteries, no load.'),
  supplyNominalMv: whole(1000, 60_000, 'What currents, speed and times of this drive are stated for.'),
  supplyLowMv: whole(1000, 60_000, 'Under load: from here down the owner is warned.'),
  supplyMinMv: whole(1000, 60_000, 'Under load: from here down a throw may fail.'),
});

export const timingsSchema = closedObject({
  samplingMs: whole(5, 20, 'Between two samples of current and supply. Three and the inrush must fit into 250.'),
  coastMs: whole(50, 500, 'Bridge off between two directions. A reversal with less damages motor and gears.'),
  boardDriveLimitMs: whole(2600, 2900, "The board's own bound on one drive: after the lock's 2500, before 3000."),
  heartbeatMs: whole(50, 250, 'Between two signs of life from the host.'),
  deadManTimeoutMs: whole(150, 500, 'Silence of the host after which the board switches the motor off.'),
});

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

export function checkDrive({ drive }: { drive: Drive }, problemAt: ProblemAt): void {
  for (const [lower, upper] of driveOrder) {
    if (drive[lower] > drive[upper]) {
      problemAt(['drive', lower], `must not be above ${upper}, ${drive[upper]}; lower it, or raise the other`);
    }
  }
}

export function checkTimings({ timings }: { timings: Timings }, problemAt: ProblemAt): void {
  const heartbeatMaxMs = Math.floor(timings.deadManTimeoutMs / 3);
  if (timings.heartbeatMs > heartbeatMaxMs) {
    problemAt(['timings', 'heartbeatMs'], `must be at most ${heartbeatMaxMs}: two may be lost before deadManTimeoutMs`);
  }
}
