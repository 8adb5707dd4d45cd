import type { NoticeKind } from '../../hal/contracts/notices.js';
import { openingRefusal } from './admission.js';
import type { JournalEvent, RefusalReason } from '../journal/records.js';
import { resultOf } from './result.js';
import { type Bolt, motorDrive } from './bolt.js';
import { type Effect, recordEffect } from './effects.js';
import type { BoltPlace, CoreEvent, Picture } from './events.js';
import { refusalEffects } from './refusal.js';
import { handRetracts } from './relock.js';
import type { LockState } from './state.js';
import { isOpen, type Visit } from './visit.js';

/**
 * What the journal and the people are told about one transition. Told from the two states and the event between them,
 * so that nothing can move without its record (S8), and no record says more than was measured.
 */
export function narrate(before: LockState, after: LockState, event: CoreEvent, effects: Effect[]): void {
  narrateSensors(before, after, event, effects);
  if (before.visit !== after.visit) narrateVisit(before, after, event, effects);
  if (before.bolt !== after.bolt) narrateBolt(before, after, effects);
  if (event.kind === 'modeSet' && before.mode !== after.mode) {
    record(effects, { kind: 'modeChanged', mode: event.mode, personId: event.personId });
    tell(effects, 'owner', 'modeChanged', null, event.mode);
  }
}

function narrateSensors(before: LockState, after: LockState, event: CoreEvent, effects: Effect[]): void {
  const { closed } = after.door;
  const wasKnown = before.bolt.place !== 'unknown' && before.door.closed !== null;
  if (!wasKnown && after.bolt.place !== 'unknown' && closed !== null) {
    record(effects, { kind: 'positionFound', bolt: recordedPlace(after.bolt.place), doorClosed: closed });
    return;
  }
  if (event.kind === 'doorSensed' && before.door.closed !== null && event.closed !== before.door.closed) {
    record(effects, { kind: 'doorMoved', closed: event.closed });
  }
  if (event.kind === 'boltSensed' && wasKnown && movedByHand(before.bolt, event)) {
    const bolt = recordedPlace(event.place);
    if (bolt !== 'unknown') record(effects, { kind: 'boltMovedByHand', bolt });
  }
}

/** A contradiction tells nothing of the place. */
function recordedPlace(place: BoltPlace): Exclude<BoltPlace, 'both'> {
  return place === 'both' ? 'unknown' : place;
}

function movedByHand(bolt: Bolt, event: Extract<CoreEvent, { kind: 'boltSensed' }>): boolean {
  if (event.place === bolt.place) return false;
  if (handRetracts(bolt, event)) return true;
  return motorDrive(bolt) === 'off' && bolt.phase !== 'coasting';
}

function narrateVisit(was: LockState, is: LockState, event: CoreEvent, effects: Effect[]): void {
  const before = was.visit;
  const after = is.visit;
  const { visitId } = after;
  if (event.kind === 'visitorArrived') {
    record(effects, { kind: 'visitorArrived', visitId, personId: after.personId });
    tell(effects, 'owner', 'atDoor', visitId, after.purpose);
    return;
  }
  if (event.kind === 'visitorRang') {
    record(effects, { kind: 'visitorRang', visitId });
    tell(effects, 'owner', 'rang', visitId, '');
  }
  if (event.kind === 'visitorWithdrew') {
    record(effects, { kind: 'withdrawn', visitId, reason: event.reason });
  }
  if (event.kind === 'deliveryClaimed') {
    record(effects, { kind: 'deliveryClaimed', visitId, personId: event.personId });
  }
  if (event.kind === 'booted') return;
  if (after.departed !== before.departed && after.departed !== 'no') {
    record(effects, { kind: 'departed', visitId, how: after.departed });
  }
  // A visitor who opens at the last moment has entered after all: that cause may be taken back.
  const { cause } = after;
  const stops = cause !== null && cause !== 'notEntered' && cause !== before.cause && isOpen(after);
  if (stops) record(effects, { kind: 'visitStopped', visitId, cause });
  const inVain = before.phase === 'accepted' && (after.phase === 'atDoor' || after.phase === 'between');
  if (inVain) {
    const asked = event.kind === 'lockAsked' ? 'lockAsked' : null;
    const reason = asked ?? openingRefusal(was) ?? unwatchedReason(is.camera.picture);
    effects.push(...refusalEffects('enter', before.personId, visitId, before.entry, reason));
  }
  if (after.phase !== before.phase) narratePhase(before, after, event, effects);
}

function unwatchedReason(picture: Picture): RefusalReason {
  switch (picture) {
    case 'off':
      return 'cameraOff';
    case 'unknown':
    case 'booting':
      return 'cameraBooting';
    case 'stale':
      return 'cameraStale';
    case 'live':
      return 'recordingUnconfirmed';
  }
}

function narratePhase(before: Visit, after: Visit, event: CoreEvent, effects: Effect[]): void {
  const { visitId, entry } = after;
  switch (after.phase) {
    case 'accepted':
      if (before.phase === 'inside' && before.departed === 'no') {
        record(effects, { kind: 'departed', visitId, how: 'stated' });
      }
      record(effects, { kind: 'entryAccepted', visitId, entry });
      return;
    case 'unlocking':
      record(effects, { kind: 'recordingConfirmed', visitId, entry });
      tell(effects, 'owner', 'recording', visitId, '');
      tell(effects, 'worker', 'recording', visitId, '');
      return;
    case 'waitingForEntry':
      tellUnlocked(effects, visitId);
      return;
    case 'entered':
      // The leaf may open before the bolt's switch is read: then that it is unlocked is shown by the opening.
      if (before.phase === 'unlocking') tellUnlocked(effects, visitId);
      tell(effects, 'owner', 'entered', visitId, '');
      return;
    case 'ended':
      narrateEnd(before, after, event, effects);
      return;
    default:
      return;
  }
}

function tellUnlocked(effects: Effect[], visitId: string): void {
  tell(effects, 'owner', 'unlocked', visitId, '');
  tell(effects, 'worker', 'unlocked', visitId, '');
}

function narrateEnd(before: Visit, after: Visit, event: CoreEvent, effects: Effect[]): void {
  const { visitId, outcome, entriesSpent, doorOpenMs, jams, deliveryClaimed } = after;
  const ended = { kind: 'visitEnded', visitId, outcome, entriesSpent, doorOpenMs, jams, deliveryClaimed } as const;
  record(effects, ended);
  const result = resultOf(ended);
  effects.push(
    { kind: 'notify', to: 'owner', notice: 'visitEnded', visitId, detail: outcome, result },
    { kind: 'notify', to: 'worker', notice: 'visitEnded', visitId, detail: outcome, result },
  );
  if (before.phase === 'between' && event.kind === 'visitStopped') {
    tell(effects, 'worker', 'hint', visitId, 'callTheOwner');
  }
}

function narrateBolt(before: LockState, after: LockState, effects: Effect[]): void {
  const was = before.bolt;
  const bolt = after.bolt;
  const begins = was.phase === 'resting' && (bolt.phase === 'committing' || bolt.phase === 'driving');
  if (begins) narrateIntent(after, effects);
  const jams = was.phase === 'driving' && bolt.phase === 'coasting' && isJam(bolt);
  if (jams) {
    record(effects, { kind: 'jamDetected', goal: bolt.goal, attempt: bolt.attempt });
    if (bolt.attempt === 1 && isOpen(after.visit)) {
      tell(effects, 'worker', 'hint', after.visit.visitId, 'pullTheDoor');
    }
  }
  if (was.phase === 'resting' || bolt.phase !== 'resting') return;
  record(effects, { kind: 'driveEnded', goal: bolt.goal, result: bolt.lastResult, bolt: recordedPlace(bolt.place) });
  const relocked = bolt.goal === 'locked' && bolt.lastResult === 'ok' && after.door.closed === true;
  if (relocked && bolt.place === 'extended') {
    const visitId = before.visit.phase === 'ended' ? null : before.visit.visitId;
    tell(effects, 'owner', 'relocked', visitId, '');
    if (visitId !== null) tell(effects, 'worker', 'relocked', visitId, '');
  }
}

function narrateIntent(after: LockState, effects: Effect[]): void {
  const { bolt, visit } = after;
  const forVisit = bolt.goal === 'unlocked' && bolt.source === 'visit';
  const event: JournalEvent = {
    kind: 'driveIntended',
    goal: bolt.goal,
    source: bolt.source,
    visitId: forVisit ? visit.visitId : null,
    entry: forVisit ? visit.entry : null,
  };
  effects.push(bolt.goal === 'unlocked' ? { kind: 'recordAndSync', event } : recordEffect(event));
}

function isJam(bolt: Bolt): boolean {
  return bolt.lastResult === 'jammed' || bolt.lastResult === 'timedOut';
}

function record(effects: Effect[], event: JournalEvent): void {
  effects.push(recordEffect(event));
}

function tell(
  effects: Effect[],
  to: 'owner' | 'worker',
  notice: NoticeKind,
  visitId: string | null,
  detail: string,
): void {
  effects.push({ kind: 'notify', to, notice, visitId, detail });
}
