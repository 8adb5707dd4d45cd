import type { Outcome, RefusalReason } from '../journal/records.js';
import type { WithdrawalReason } from '../requests.js';
import type { Settings } from '../settings.js';
import { type Bolt, jamsNow } from './bolt.js';
import { type CameraGuard, watches } from './camera-guard.js';
import type { Door } from './door.js';
import type { CoreEvent } from './events.js';
import { keepIfEqual } from './keep-if-equal.js';
import { NEVER } from './never.js';
import { draftOf, isBeforeUnlock, isJustArrived, isOpen, type Visit } from './visit.js';
import {
  accept,
  arrived,
  end,
  endUnlocked,
  giveUpUnlocking,
  opened,
  openMs,
  resumed,
  settledInside,
  stayUntil,
  moveWindow,
  stop,
  takeBack,
} from './visit-transitions.js';

/** What the visit's step sees: the door and camera as they are now, the bolt as it was before this event. */
export interface VisitInputs {
  readonly doorBefore: Door;
  readonly door: Door;
  readonly camera: CameraGuard;
  readonly bolt: Bolt;
  /** Why an accepted visitor cannot be let in after all, as things were before this event. */
  readonly obstacle: RefusalReason | null;
  readonly settings: Settings;
}

export function stepVisit(visit: Visit, inputs: VisitInputs, event: CoreEvent, nowMs: number): Visit {
  if (event.kind === 'visitorArrived') return arrived(event, nowMs);
  if (event.kind === 'booted') return resumed(event.openVisit, nowMs);
  if (!isOpen(visit)) return visit;
  let next = count(visit, inputs, event, nowMs);
  next = obeyPeople(next, event, inputs, nowMs);
  next = followDoor(next, inputs, event, nowMs);
  next = followBolt(next, inputs, event, nowMs);
  return followTime(next, inputs, nowMs);
}

/** The measured facts of the report: how long the door stood open, how often the bolt jammed. */
function count(visit: Visit, inputs: VisitInputs, event: CoreEvent, nowMs: number): Visit {
  const closing = event.kind === 'doorSensed' && event.closed && inputs.doorBefore.closed === false;
  const jam = jamsNow(inputs.bolt, event, nowMs);
  const openedMs = closing ? openMs(visit, inputs.doorBefore, nowMs) : 0;
  if (openedMs === 0 && !jam) return visit;
  const next = draftOf(visit);
  next.doorOpenMs += openedMs;
  if (jam) next.jams += 1;
  return next;
}

function obeyPeople(visit: Visit, event: CoreEvent, inputs: VisitInputs, nowMs: number): Visit {
  switch (event.kind) {
    case 'visitorRang': {
      const next = draftOf(visit);
      next.rangAtMs = nowMs;
      return keepIfEqual(visit, next);
    }
    case 'answeredAtDoor':
      return isBeforeUnlock(visit) ? end(visit, 'answeredAtDoor') : visit;
    case 'unlockAllowed':
      return isBeforeUnlock(visit) && visit.entriesSpent === 0 ? end(visit, 'answeredAtDoor') : visit;
    case 'entryAllowed':
      return accept(visit, event.entry, nowMs);
    case 'departureStated': {
      const next = draftOf(visit);
      next.departed = 'stated';
      return keepIfEqual(visit, next);
    }
    case 'deliveryClaimed': {
      const next = draftOf(visit);
      next.deliveryClaimed = true;
      return keepIfEqual(visit, next);
    }
    case 'lockAsked':
      if (visit.phase === 'accepted') return takeBack(visit);
      return isUnlocked(visit) ? stop(visit, 'notEntered', false, inputs.door, nowMs) : visit;
    case 'windowMoved':
      return event.visitId === visit.visitId
        ? keepIfEqual(visit, moveWindow(visit, event.windowUntilAtMs, nowMs))
        : visit;
    case 'visitorWithdrew':
      return keepIfEqual(visit, stop(visit, withdrawalOutcome(event.reason), true, inputs.door, nowMs));
    case 'visitStopped':
      return keepIfEqual(visit, stop(visit, event.why, false, inputs.door, nowMs));
    default:
      return visit;
  }
}

/** The bolt is on its way in for somebody who has not entered, or waits for them. */
function isUnlocked(visit: Visit): boolean {
  return visit.phase === 'unlocking' || visit.phase === 'waitingForEntry';
}

/** The contact tells of openings and closings, never of people. */
function followDoor(visit: Visit, inputs: VisitInputs, event: CoreEvent, nowMs: number): Visit {
  if (event.kind !== 'doorSensed' || event.closed === inputs.doorBefore.closed) return visit;
  if (event.closed) {
    if (visit.phase !== 'entered' && visit.phase !== 'leaving') return visit;
    const next = draftOf(visit);
    // Past a bolt that is measured out nobody leaves by the thumb-turn: that shows a forced door, no departure.
    if (visit.phase === 'leaving' && inputs.bolt.place !== 'extended') next.departed = 'shown';
    next.phase = 'relocking';
    next.stayUntilAtMs = stayUntil(visit, nowMs);
    return next;
  }
  switch (visit.phase) {
    case 'waitingForEntry':
    case 'closing':
    case 'relocking':
      return opened(visit, 'entered', nowMs);
    case 'inside':
    case 'between':
      return opened(visit, 'leaving', nowMs);
    default:
      return visit;
  }
}

function followBolt(visit: Visit, inputs: VisitInputs, event: CoreEvent, nowMs: number): Visit {
  const { door, bolt, camera, settings } = inputs;
  if (visit.phase === 'unlocking') {
    if (!watches(camera)) return giveUpUnlocking(visit, 'cameraLost', door, nowMs);
    if (bolt.gaveUp) return giveUpUnlocking(visit, 'unlockFailed', door, nowMs);
    if (event.kind === 'boardLinkSensed' && !event.up) {
      return giveUpUnlocking(visit, 'interrupted', door, nowMs);
    }
    if (event.kind !== 'boltSensed' || event.place !== 'retracted') return visit;
    if (door.closed === false) return opened(visit, 'entered', nowMs);
    const next = draftOf(visit);
    next.phase = 'waitingForEntry';
    next.untilAtMs = nowMs + settings.entryWaitMs;
    return next;
  }
  if (visit.phase === 'waitingForEntry' && !watches(camera)) {
    return stop(visit, 'cameraLost', false, door, nowMs);
  }
  const home = isHome(event, bolt) && door.closed === true;
  if (!home) return visit;
  if (visit.phase === 'closing') return end(visit, visit.cause ?? 'completed');
  if (visit.phase === 'relocking') return settledInside(visit);
  if (visit.phase === 'inside' && visit.departed !== 'no') return settledInside(visit);
  return visit;
}

/** Waits for the recording; what stood in nobody's way at the request may do so now. */
function followAccepted(visit: Visit, { camera, obstacle }: VisitInputs, nowMs: number): Visit {
  if (nowMs >= visit.windowUntilAtMs) return end(visit, visit.entriesSpent > 0 ? 'completed' : 'missed');
  if (obstacle !== null) return takeBack(visit);
  if (watches(camera)) {
    const next = draftOf(visit);
    next.phase = 'unlocking';
    next.entriesSpent = visit.entry;
    next.untilAtMs = NEVER;
    return next;
  }
  const dark = camera.picture === 'off' && !isJustArrived(visit, nowMs);
  const comes = nowMs < visit.untilAtMs && !dark && camera.picture !== 'stale';
  return comes ? visit : takeBack(visit);
}

function followTime(visit: Visit, inputs: VisitInputs, nowMs: number): Visit {
  const { bolt, door } = inputs;
  const unknown = bolt.place === 'unknown' || door.closed === null;
  const home = bolt.place === 'extended' && door.closed === true;
  switch (visit.phase) {
    case 'atDoor':
      return nowMs >= visit.windowUntilAtMs ? end(visit, 'missed') : visit;
    case 'accepted':
      return followAccepted(visit, inputs, nowMs);
    case 'unlocking':
      return nowMs >= visit.windowUntilAtMs ? giveUpUnlocking(visit, 'missed', door, nowMs) : visit;
    case 'waitingForEntry':
      return nowMs >= visit.untilAtMs ? stop(visit, 'notEntered', false, door, nowMs) : visit;
    case 'between':
      if (nowMs < visit.windowUntilAtMs || unknown) return visit;
      return home ? end(visit, 'completed') : endUnlocked(visit, door, nowMs);
    case 'inside':
      if (nowMs < visit.stayUntilAtMs || unknown) return visit;
      return home ? end(visit, 'departureUnconfirmed') : endUnlocked(visit, door, nowMs);
    case 'entered':
    case 'leaving':
    case 'relocking':
    case 'closing':
      return nowMs >= visit.stayUntilAtMs ? endUnlocked(visit, door, nowMs) : visit;
    case 'ended':
      return visit;
  }
}

function isHome(event: CoreEvent, bolt: Bolt): boolean {
  return event.kind === 'boltSensed' ? event.place === 'extended' : bolt.place === 'extended';
}

function withdrawalOutcome(reason: WithdrawalReason): Outcome {
  return reason === 'entryBlocked' ? 'entryBlocked' : 'withdrawn';
}
