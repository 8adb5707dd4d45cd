import type { Outcome } from '../journal/records.js';
import type { Purpose } from '../access/authority.js';
import { CAMERA_SWITCH_MS, HOUSEHOLD_OPEN_BOUND_MS, PURPOSE_RULES } from '../settings.js';
import type { CoreEvent } from './events.js';
import { NEVER } from './never.js';

/**
 * Where a visit stands. `accepted` waits for a live picture and a confirmed recording; `entered` has the door open;
 * `relocking` has it closed with the bolt on its way; `inside` is locked with somebody perhaps still inside;
 * `leaving` has the door open after a turn of the thumb-turn; `between` is locked and empty, with entries left;
 * `closing` only waits for the bolt to be home.
 */
export type VisitPhase =
  | 'atDoor'
  | 'accepted'
  | 'unlocking'
  | 'waitingForEntry'
  | 'entered'
  | 'relocking'
  | 'inside'
  | 'leaving'
  | 'between'
  | 'closing'
  | 'ended';

/** The one visit at the door, or the last one once it has `ended`. */
export interface Visit {
  readonly phase: VisitPhase;
  readonly visitId: string;
  readonly personId: string;
  readonly purpose: Purpose;
  /** Entries planned, and the last one accepted, from 1. */
  readonly entries: number;
  readonly entry: number;
  readonly entriesSpent: number;
  readonly windowUntilAtMs: number;
  /** When `accepted` or `waitingForEntry` gives up. */
  readonly untilAtMs: number;
  /** By when a departure must be shown or stated, and the door locked (L3). */
  readonly stayUntilAtMs: number;
  /** When the visitor came, or the lock resumed the visit: the camera was switched on then. */
  readonly arrivedAtMs: number;
  readonly rangAtMs: number;
  /** When the first request was accepted; openings count from then. */
  readonly firstEntryAtMs: number;
  /** Whether the door was opened during this entry. */
  readonly opened: boolean;
  readonly departed: 'no' | 'shown' | 'stated';
  /** Why the visit ends other than by its plan; no further entry is accepted. */
  readonly cause: Outcome | null;
  /** How it ended, once it has. */
  readonly outcome: Outcome;
  readonly doorOpenMs: number;
  readonly jams: number;
  readonly deliveryClaimed: boolean;
}

export const NO_VISIT: Visit = {
  phase: 'ended',
  visitId: '',
  personId: '',
  purpose: 'delivery',
  entries: 0,
  entry: 0,
  entriesSpent: 0,
  windowUntilAtMs: NEVER,
  untilAtMs: NEVER,
  stayUntilAtMs: NEVER,
  arrivedAtMs: -NEVER,
  rangAtMs: NEVER,
  firstEntryAtMs: NEVER,
  opened: false,
  departed: 'no',
  cause: null,
  outcome: 'completed',
  doorOpenMs: 0,
  jams: 0,
  deliveryClaimed: false,
};

export function isOpen(visit: Visit): boolean {
  return visit.phase !== 'ended';
}

/** Nothing has moved for this entry yet. */
export function isBeforeUnlock(visit: Visit): boolean {
  return visit.phase === 'atDoor' || visit.phase === 'accepted';
}

/** From the first confirmed recording to the end, somebody is watched, or an alarm says that they are not (S3). */
export function isWatched(visit: Visit): boolean {
  return isOpen(visit) && (visit.entriesSpent > 0 || visit.phase === 'unlocking');
}

/** The door may stand open this long before it counts as ajar (L5). */
export function openBoundMs(visit: Visit): number {
  return isOpen(visit) ? PURPOSE_RULES[visit.purpose].openBoundMs : HOUSEHOLD_OPEN_BOUND_MS;
}

/** Unlocked for a visitor who may open the door, or has: no clock but the visit's own locks it. */
export function isOpenForVisitor(visit: Visit): boolean {
  return visit.phase === 'waitingForEntry' || visit.phase === 'entered' || visit.phase === 'leaving';
}

/** From the closing behind the visitor to the visit's end there is no reason to stay unlocked. */
export function locksAtOnce(visit: Visit): boolean {
  switch (visit.phase) {
    case 'relocking':
    case 'inside':
    case 'between':
    case 'closing':
      return true;
    default:
      return false;
  }
}

/** What people state cannot be true by what was measured: an entry without an opening. */
export function storyContradicts(visit: Visit, event: CoreEvent): boolean {
  if (event.kind !== 'departureStated' && event.kind !== 'deliveryClaimed') return false;
  const awaitsOpening = visit.phase === 'waitingForEntry' || visit.phase === 'closing';
  return awaitsOpening && event.visitId === visit.visitId && !visit.opened;
}

/** Its camera was switched on just now: that it is still dark says nothing yet. */
export function isJustArrived(visit: Visit, nowMs: number): boolean {
  return nowMs < visit.arrivedAtMs + CAMERA_SWITCH_MS;
}

/** The next moment at which time alone changes something. */
export function visitWakeAt(visit: Visit): number {
  switch (visit.phase) {
    case 'atDoor':
    case 'between':
    case 'unlocking':
      return visit.windowUntilAtMs;
    case 'accepted':
      return Math.min(visit.untilAtMs, visit.windowUntilAtMs);
    case 'waitingForEntry':
      return visit.untilAtMs;
    case 'entered':
    case 'leaving':
    case 'relocking':
    case 'inside':
    case 'closing':
      return visit.stayUntilAtMs;
    case 'ended':
      return NEVER;
  }
}

export type VisitDraft = { -readonly [Field in keyof Visit]: Visit[Field] };

/** A copy to be changed. A literal of one shape: object spread costs more than ten times as much on Node 20 (bench/). */
export function draftOf(v: Visit): VisitDraft {
  return {
    phase: v.phase,
    visitId: v.visitId,
    personId: v.personId,
    purpose: v.purpose,
    entries: v.entries,
    entry: v.entry,
    entriesSpent: v.entriesSpent,
    windowUntilAtMs: v.windowUntilAtMs,
    untilAtMs: v.untilAtMs,
    stayUntilAtMs: v.stayUntilAtMs,
    arrivedAtMs: v.arrivedAtMs,
    rangAtMs: v.rangAtMs,
    firstEntryAtMs: v.firstEntryAtMs,
    opened: v.opened,
    departed: v.departed,
    cause: v.cause,
    outcome: v.outcome,
    doorOpenMs: v.doorOpenMs,
    jams: v.jams,
    deliveryClaimed: v.deliveryClaimed,
  };
}
