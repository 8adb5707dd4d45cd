import type { Outcome } from '../journal/records.js';
import { LEAVE_TIME_MS, PURPOSE_RULES, RECORDING_WAIT_MS } from '../settings.js';
import type { Door } from './door.js';
import type { CoreEvent, OpenVisit } from './events.js';
import { NEVER } from './never.js';
import { draftOf, NO_VISIT, type Visit } from './visit.js';

export function arrived(event: Extract<CoreEvent, { kind: 'visitorArrived' }> | OpenVisit, nowMs: number): Visit {
  const next = draftOf(NO_VISIT);
  next.phase = 'atDoor';
  next.visitId = event.visitId;
  next.personId = event.personId;
  next.purpose = event.purpose;
  next.entries = event.entries;
  next.entry = event.entriesSpent;
  next.entriesSpent = event.entriesSpent;
  next.windowUntilAtMs = event.windowUntilAtMs;
  next.arrivedAtMs = nowMs;
  return next;
}

/**
 * After a reboot. Unlocking is never resumed (S6): the visitor is still at the door, or between two entries, or nobody
 * knows whether they are inside, and the lock locks and waits for a departure, where one is awaited.
 */
export function resumed(open: OpenVisit | null, nowMs: number): Visit {
  if (open === null) return NO_VISIT;
  const next = draftOf(arrived(open, nowMs));
  next.cause = open.cause;
  next.doorOpenMs = open.doorOpenMs;
  next.jams = open.jams;
  next.deliveryClaimed = open.deliveryClaimed;
  if (open.entryOpen) {
    next.phase = 'relocking';
    next.opened = true;
    next.firstEntryAtMs = nowMs;
    // Nothing that was not measured is called completed.
    if (!open.entered) next.cause ??= 'interrupted';
    if (!PURPOSE_RULES[next.purpose].awaitsDeparture) next.cause ??= 'interrupted';
    next.stayUntilAtMs = stayUntil(next, nowMs);
  } else if (open.entriesSpent > 0) {
    // They left; whether the bolt was home by then nobody recorded.
    next.phase = 'relocking';
    next.departed = 'stated';
    next.firstEntryAtMs = nowMs;
    next.stayUntilAtMs = stayUntil(next, nowMs);
  }
  return next;
}

export function accept(visit: Visit, entry: number, nowMs: number): Visit {
  const next = draftOf(visit);
  next.phase = 'accepted';
  if (visit.firstEntryAtMs === NEVER) next.firstEntryAtMs = nowMs;
  next.entry = entry;
  next.untilAtMs = nowMs + RECORDING_WAIT_MS;
  next.stayUntilAtMs = NEVER;
  next.opened = false;
  next.departed = 'no';
  return next;
}

/** The recording did not come: the entry is not spent, and may be asked for again. */
export function takeBack(visit: Visit): Visit {
  const next = draftOf(visit);
  next.phase = visit.entriesSpent > 0 ? 'between' : 'atDoor';
  next.entry = visit.entriesSpent;
  next.untilAtMs = NEVER;
  return next;
}

export function opened(visit: Visit, phase: 'entered' | 'leaving', nowMs: number): Visit {
  const rules = PURPOSE_RULES[visit.purpose];
  const next = draftOf(visit);
  next.phase = phase;
  next.untilAtMs = NEVER;
  next.opened = true;
  next.departed = 'no';
  if (visit.cause === 'notEntered') next.cause = null;
  next.stayUntilAtMs = Math.max(stayUntil(next, nowMs), nowMs + rules.openBoundMs + LEAVE_TIME_MS);
  return next;
}

export function stayUntil(visit: Visit, nowMs: number): number {
  if (visit.cause !== null) return nowMs + LEAVE_TIME_MS;
  const { stayMs } = PURPOSE_RULES[visit.purpose];
  if (stayMs !== null) return nowMs + stayMs;
  return Math.max(visit.windowUntilAtMs, nowMs + LEAVE_TIME_MS);
}

/** A visit that may last as long as its window lasts longer with it: nobody is locked out with a dog. */
export function moveWindow(visit: Visit, windowUntilAtMs: number, nowMs: number): Visit {
  const next = draftOf(visit);
  next.windowUntilAtMs = windowUntilAtMs;
  const isTimed = visit.stayUntilAtMs !== NEVER && visit.cause === null;
  if (isTimed && PURPOSE_RULES[visit.purpose].stayMs === null) {
    next.stayUntilAtMs = Math.max(visit.stayUntilAtMs, stayUntil(next, nowMs));
  }
  return next;
}

/** Somebody ends the visit. Whoever is inside is never hurried out by the lock: it waits for a departure. */
export function stop(visit: Visit, cause: Outcome, leaves: boolean, door: Door, nowMs: number): Visit {
  switch (visit.phase) {
    case 'atDoor':
    case 'between':
      return end(visit, beforeUnlock(visit, cause));
    case 'accepted':
      return end(visit, beforeUnlock(visit, cause));
    case 'unlocking':
      return giveUpUnlocking(visit, cause === 'endedByOwner' ? 'denied' : cause, door, nowMs);
    case 'waitingForEntry':
      return closeUp(visit, cause === 'endedByOwner' ? 'denied' : cause, nowMs);
    case 'entered':
    case 'relocking':
    case 'inside':
    case 'leaving': {
      const next = draftOf(visit);
      next.cause = cause;
      if (leaves) next.departed = 'stated';
      next.stayUntilAtMs = Math.min(visit.stayUntilAtMs, nowMs + LEAVE_TIME_MS);
      return next;
    }
    case 'closing':
    case 'ended':
      return visit;
  }
}

function beforeUnlock(visit: Visit, cause: Outcome): Outcome {
  return cause === 'endedByOwner' && visit.entriesSpent === 0 ? 'denied' : cause;
}

/** The bolt is on its way in: send it home, unless the door is open already. */
export function giveUpUnlocking(visit: Visit, cause: Outcome, door: Door, nowMs: number): Visit {
  if (door.closed !== false) return closeUp(visit, cause, nowMs);
  const next = draftOf(opened(visit, 'entered', nowMs));
  next.cause = cause;
  return next;
}

function closeUp(visit: Visit, cause: Outcome, nowMs: number): Visit {
  const next = draftOf(visit);
  next.phase = 'closing';
  next.cause = cause;
  next.untilAtMs = NEVER;
  next.stayUntilAtMs = nowMs + LEAVE_TIME_MS;
  return next;
}

/** The bolt is home behind a visitor: are they known to have left, and are there entries to come? */
export function settledInside(visit: Visit): Visit {
  const gone = visit.departed !== 'no' || !PURPOSE_RULES[visit.purpose].awaitsDeparture;
  if (!gone) {
    if (visit.phase === 'inside') return visit;
    const next = draftOf(visit);
    next.phase = 'inside';
    return next;
  }
  if (visit.cause !== null) return end(visit, visit.cause);
  if (visit.entriesSpent >= visit.entries) return end(visit, 'completed');
  const next = draftOf(visit);
  next.phase = 'between';
  next.stayUntilAtMs = NEVER;
  return next;
}

export function end(visit: Visit, outcome: Outcome): Visit {
  const next = draftOf(visit);
  next.phase = 'ended';
  next.outcome = outcome;
  next.untilAtMs = NEVER;
  next.stayUntilAtMs = NEVER;
  return next;
}

/** How long the present opening has lasted, as far as it belongs to the visit: from its first accepted request. */
export function openMs(visit: Visit, door: Door, nowMs: number): number {
  return Math.max(0, nowMs - Math.max(door.openedAtMs, visit.firstEntryAtMs));
}

/** The stay is over, and the door still open or unlocked: the report counts the opening up to now. */
export function endUnlocked(visit: Visit, door: Door, nowMs: number): Visit {
  const next = draftOf(end(visit, 'leftUnlocked'));
  if (door.closed === false) next.doorOpenMs += openMs(visit, door, nowMs);
  return next;
}
