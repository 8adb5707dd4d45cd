import type { IndicatorName } from '../../hal/contracts/indicators.js';
import { ALARM_NAMES, bitsOf, raisedAlarms } from './alarms.js';
import { motorDrive } from './bolt.js';
import { watches } from './camera-guard.js';
import { cameraPowerEffect, driveEffect, type Effect, recorderEffect, recordEffect } from './effects.js';
import type { CoreEvent } from './events.js';
import { reportChanges, reportOf } from './report.js';
import type { LockState } from './state.js';
import { isOpen } from './visit.js';

/**
 * What the lock's outputs are in a state, and so what must change between two states. Machines never order anything:
 * an output cannot be forgotten on one path or left on in another.
 */
export function stopFirst(before: LockState, after: LockState, effects: Effect[]): void {
  if (motorDrive(before.bolt) !== 'off' && motorDrive(after.bolt) === 'off') {
    effects.push(driveEffect('off'));
  }
}

/** Everything but the motor's stop, which goes first, and the motor's start, which goes last. */
export function changeOutputs(before: LockState, after: LockState, event: CoreEvent, effects: Effect[]): void {
  if (before.visit !== after.visit || after.settings.watchesHousehold) changeCamera(before, after, effects);
  changeIndicator('recording', watches(before.camera), watches(after.camera), effects);
  const raisedBefore = event.kind === 'booted' ? bitsOf(event.raisedAlarms) : raisedAlarms(before);
  const raised = raisedAlarms(after);
  if (raised !== raisedBefore) changeAlarms(raisedBefore, raised, effects);
  if (before.door.ajarTimes < after.door.ajarTimes && before.door.ajarTimes > 0) {
    notifyAlarm('DoorAjar', true, effects);
  }
  if (reportChanges(before, after)) effects.push({ kind: 'report', report: reportOf(after) });
}

/**
 * After a boot, or the return of the board's link, nothing is taken for granted: every output is ordered again, and the
 * alarms that stand are said again to whoever shows them. The recorder does not hang on the board: it goes on recording.
 */
export function restateOutputs(state: LockState, booted: boolean, effects: Effect[]): void {
  const raised = raisedAlarms(state);
  // A stop that was refused while the link was down must be said again before anything else.
  if (motorDrive(state.bolt) === 'off') effects.push(driveEffect('off'));
  effects.push(
    cameraPowerEffect(wantsCamera(state)),
    { kind: 'indicator', indicator: 'recording', lit: watches(state.camera) },
    { kind: 'indicator', indicator: 'jam', lit: (raised & JAM_BIT) !== 0 },
    { kind: 'indicator', indicator: 'fault', lit: (raised & ~JAM_BIT) !== 0 },
    { kind: 'report', report: reportOf(state) },
  );
  if (booted) effects.push(recorderEffect(records(state)));
  ALARM_NAMES.forEach((alarm, index) => {
    if ((raised & (1 << index)) !== 0) effects.push({ kind: 'alarm', alarm, raised: true });
  });
}

export function startLast(before: LockState, after: LockState, effects: Effect[]): void {
  const drive = motorDrive(after.bolt);
  if (drive !== 'off' && drive !== motorDrive(before.bolt)) effects.push(driveEffect(drive));
}

function changeCamera(before: LockState, after: LockState, effects: Effect[]): void {
  const wanted = wantsCamera(after);
  if (wantsCamera(before) !== wanted) effects.push(cameraPowerEffect(wanted));
  const recorded = records(before);
  const begins = after.visit.phase === 'accepted' && before.visit.phase !== 'accepted';
  if (begins || (!recorded && records(after))) effects.push(recorderEffect(true));
  if (recorded && !records(after)) effects.push(recorderEffect(false));
}

function wantsCamera(state: LockState): boolean {
  return isOpen(state.visit) || isHouseholdWatched(state);
}

/** Recording begins with the first accepted request and ends with the visit, or when nothing came of the request. */
function records(state: LockState): boolean {
  const { visit } = state;
  const ofVisit =
    visit.phase === 'accepted' || visit.phase === 'unlocking' || (isOpen(visit) && visit.entriesSpent > 0);
  return ofVisit || isHouseholdWatched(state);
}

/** The owner's choice; unlike a visitor the household never waits for the camera. */
function isHouseholdWatched({ settings, visit, bolt, door }: LockState): boolean {
  if (!settings.watchesHousehold || isOpen(visit)) return false;
  return door.closed === false || (bolt.place !== 'extended' && bolt.place !== 'unknown');
}

const JAM_BIT = 1 << ALARM_NAMES.indexOf('LockJammed');

function changeAlarms(before: number, after: number, effects: Effect[]): void {
  const changed = before ^ after;
  for (let index = 0; index < ALARM_NAMES.length; index += 1) {
    const alarm = ALARM_NAMES[index];
    if (alarm === undefined || (changed & (1 << index)) === 0) continue;
    const raised = (after & (1 << index)) !== 0;
    effects.push(recordEffect({ kind: raised ? 'alarmRaised' : 'alarmCleared', alarm }));
    effects.push({ kind: 'alarm', alarm, raised });
    notifyAlarm(alarm, raised, effects);
  }
  changeIndicator('jam', (before & JAM_BIT) !== 0, (after & JAM_BIT) !== 0, effects);
  changeIndicator('fault', (before & ~JAM_BIT) !== 0, (after & ~JAM_BIT) !== 0, effects);
}

function notifyAlarm(alarm: string, raised: boolean, effects: Effect[]): void {
  const notice = raised ? 'alarmRaised' : 'alarmCleared';
  effects.push({ kind: 'notify', to: 'owner', notice, visitId: null, detail: alarm });
  if (alarm === 'LockJammed') {
    effects.push({ kind: 'notify', to: 'worker', notice, visitId: null, detail: alarm });
  }
}

function changeIndicator(indicator: IndicatorName, before: boolean, after: boolean, effects: Effect[]): void {
  if (before !== after) effects.push({ kind: 'indicator', indicator, lit: after });
}
