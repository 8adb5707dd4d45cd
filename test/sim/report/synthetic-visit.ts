import type { LockReport } from '../../../hal/contracts/report.js';
import type { Grant } from '../../../firmware/requests.js';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { Observations } from '../../../sim/observation.js';

const grant: Grant = {
  id: 'parcel',
  personId: 'Carla',
  doorId: 'front-door',
  purpose: 'delivery',
  fromUtcMs: 1_772_532_000_000,
  untilUtcMs: 1_772_546_400_000,
  entries: 1,
  issuance: null,
};

const report: LockReport = {
  position: 'locked',
  assumed: null,
  activity: 'idle',
  lastResult: 'none',
  door: 'closed',
  mode: 'normal',
};

export interface SyntheticVisitOptions {
  /** Whether frames are told one by one, or in runs. */
  readonly coalesced?: boolean;
  /** Changed by one unit, to see that it makes a difference. */
  readonly jamTravelUm?: number;
  readonly openedAtMs?: number;
}

/** A visit with one jam, as a world would tell it, through nearly every method of an observer. */
export function tellSyntheticVisit(to: Observations, options: SyntheticVisitOptions = {}): void {
  const { coalesced = false, jamTravelUm = 14_200, openedAtMs = 23_000 } = options;
  let number = 0;
  const record = (nowMs: number, event: JournalEvent): void => {
    number += 1;
    to.record(nowMs, { number, atMs: nowMs, utcMs: 1_772_532_000_000 + nowMs, event });
    to.synced(nowMs, number);
  };
  const frames = (fromMs: number, untilMs: number): void => {
    if (coalesced) to.frames(untilMs, fromMs, untilMs);
    else for (let atMs = fromMs; atMs <= untilMs; atMs += 100) to.frames(atMs, atMs, atMs);
  };

  to.calendar(0, 1_772_532_000_000);
  to.lockPower(0, true);
  to.host(0, true);
  to.boardLink(0, true);
  to.network(0, true);
  to.cameraPower(0, false);
  to.door(0, true);
  to.bolt(0, 'extended', 25_400);
  record(0, { kind: 'booted' });
  to.report(0, report);
  to.request(10, { kind: 'announceVisit', grant });
  record(10, { kind: 'visitAnnounced', grant });
  to.deed(1_000, 'Carla arrives', true);
  to.request(1_000, { kind: 'arrive', personId: 'Carla', visitId: 'parcel' });
  record(1_000, { kind: 'visitorArrived', visitId: 'parcel', personId: 'Carla' });
  to.cameraPower(1_000, true);
  for (const receiver of ['owner', 'worker'] as const) {
    to.notice(1_050, { number: 1, to: receiver, kind: 'atDoor', visitId: 'parcel', detail: '', utcMs: null });
  }
  frames(4_000, 20_000);
  to.deed(20_050, 'Carla asks to enter', true);
  to.request(20_050, { kind: 'enter', personId: 'Carla', visitId: 'parcel', entry: 1 });
  record(20_050, { kind: 'entryAccepted', visitId: 'parcel', entry: 1 });
  to.recorded(20_060, 20_000, 20_000);
  to.indicator(20_060, 'recording', false);
  to.indicator(20_070, 'recording', true);
  record(20_070, { kind: 'recordingConfirmed', visitId: 'parcel', entry: 1 });
  record(20_070, { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: 'parcel', entry: 1 });
  to.report(20_070, { ...report, activity: 'unlocking' });
  to.motor(20_080, 'retract');
  to.motorCurrent(20_080, 900.4);
  to.bolt(20_080, 'between', 25_399);
  frames(20_100, 21_200);
  to.motorStalled(21_210, true);
  to.motorCurrent(21_210, 1_500);
  to.bolt(21_210, 'between', jamTravelUm);
  frames(21_300, 21_300);
  record(21_340, { kind: 'jamDetected', goal: 'unlocked', attempt: 1 });
  to.motor(21_340, 'off');
  to.motorStalled(21_340, false);
  to.motorCurrent(21_340, 0);
  to.motor(21_400, 'extend');
  to.motor(21_550, 'off');
  frames(21_400, 22_000);
  to.motor(22_050.125, 'retract');
  to.bolt(22_800.333_333, 'retracted', 0);
  to.motor(22_800.5, 'off');
  record(22_800.5, { kind: 'driveEnded', goal: 'unlocked', result: 'ok', bolt: 'retracted' });
  to.report(22_800.5, { ...report, position: 'unlocked', lastResult: 'ok' });
  to.door(openedAtMs, false);
  to.deed(openedAtMs, 'Carla opens the door', true);
  record(openedAtMs, { kind: 'doorMoved', closed: false });
  to.fault(24_000, 'camera', 'frozen', true);
  to.alarm(25_000, 'CameraStale', true);
  record(25_000, { kind: 'alarmRaised', alarm: 'CameraStale' });
  to.hand(26_000, 'extend');
  to.storeFault(26_500);
  to.finish(30_000);
}
