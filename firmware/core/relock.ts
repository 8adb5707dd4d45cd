import type { MovementSource } from '../journal/records.js';
import type { Settings } from '../settings.js';
import { type Bolt, type BoltOrder, isLocked, motorDrive } from './bolt.js';
import { type Door, settled } from './door.js';
import type { BoltPlace, CoreEvent } from './events.js';
import type { Mode } from '../../hal/contracts/report.js';
import type { Switches } from './health.js';
import { keepIfEqual } from './keep-if-equal.js';
import { NEVER } from './never.js';
import { isOpen, isOpenForVisitor, locksAtOnce, type Visit } from './visit.js';

/** When the bolt goes where: the owner's requests, the clock of the auto-relock, and the hand that is never fought. */
export interface Relock {
  /** Until then a retraction by hand is not undone (S10). */
  readonly holdUntilAtMs: number;
  /** The door was opened during the hold: its closing ends the hold. */
  readonly openedInHold: boolean;
  /** Until then an unlocking by the household is not undone by a visit's immediate relock, while the camera watches. */
  readonly keepUntilAtMs: number;
  /** When the door locks by itself outside visits. */
  readonly autoAtMs: number;
  /** Locking was asked for, by whom; stands until the bolt is home or the door is unlocked again. */
  readonly asked: MovementSource | null;
  /** The household's unlocking under way, from where it was asked. */
  readonly opening: 'remote' | 'keypad' | null;
  /** An opening was journaled since the bolt was last home: a retracted bolt needs no other explanation. */
  readonly intended: boolean;
}

export const INITIAL_RELOCK: Relock = {
  holdUntilAtMs: -NEVER,
  openedInHold: false,
  keepUntilAtMs: -NEVER,
  autoAtMs: NEVER,
  asked: null,
  opening: null,
  intended: false,
};

/** What relocking sees besides the event: the bolt and door as they were, the mode and the visit as they are now. */
export interface RelockInputs {
  readonly switches: Switches;
  readonly boltBefore: Bolt;
  readonly doorBefore: Door;
  readonly visitBefore: Visit;
  readonly visit: Visit;
  readonly modeBefore: Mode;
  readonly mode: Mode;
  readonly settings: Settings;
}

/** A hand moved an undriven bolt off the extended switch, or any bolt onto the retracted one (DESIGN's definition). */
export function handRetracts(bolt: Bolt, event: CoreEvent): boolean {
  if (event.kind !== 'boltSensed' || bolt.place === 'unknown' || bolt.place === 'both') return false;
  if (movesIn(bolt)) return false;
  if (event.place === 'retracted') return bolt.place !== 'retracted';
  return event.place === 'between' && bolt.place === 'extended' && motorDrive(bolt) === 'off';
}

export function stepRelock(relock: Relock, inputs: RelockInputs, event: CoreEvent, nowMs: number): Relock {
  const next = followOthers(followEvent(relock, inputs, event, nowMs), inputs, event);
  return next === relock ? relock : keepIfEqual(relock, next);
}

/** What was asked for ends with what became of it. */
function followOthers(next: Relock, inputs: RelockInputs, event: CoreEvent): Relock {
  const { boltBefore, visitBefore, visit } = inputs;
  // Where no switch tells, somebody who asks to lock doubts that the bolt is home.
  const doubted = inputs.switches === 'absent' && event.kind === 'lockAsked';
  const atHome = !doubted && boltBefore.phase === 'resting' && isLocked(boltBefore, inputs.switches);
  if (next.opening !== null && boltBefore.gaveUp) return ask(next, 'auto');
  if (atHome) return next.asked === null ? next : ask(next, null);
  const visitEnds = isOpen(visitBefore) && !isOpen(visit);
  return visitEnds && next.asked === null && next.opening === null ? ask(next, 'visit') : next;
}

/** What the order is made from: every machine as it is now, but the bolt as it was before this event. */
export interface OrderInputs {
  readonly door: Door;
  readonly visit: Visit;
  readonly mode: Mode;
  readonly boltBefore: Bolt;
  readonly cameraWatches: boolean;
  readonly boardReady: boolean;
}

/** What the bolt shall do now. Locking waits for a closed and settled door, and for the hand; opening for neither. */
export function boltOrder(relock: Relock, inputs: OrderInputs, nowMs: number): BoltOrder {
  const { door, visit, mode, boltBefore } = inputs;
  if (!inputs.boardReady) return LEAVE;
  if (visit.phase === 'unlocking') return UNLOCK_FOR_VISIT;
  if (relock.opening === 'remote') return UNLOCK_REMOTELY;
  if (relock.opening === 'keypad') return UNLOCK_BY_CODE;
  if (!settled(door, nowMs) || nowMs < relock.holdUntilAtMs) return LEAVE;
  if (boltBefore.jammed) return LOCK.auto;
  if (relock.asked !== null) return LOCK[relock.asked];
  const kept = nowMs < relock.keepUntilAtMs && inputs.cameraWatches;
  if (locksAtOnce(visit) && !kept) return LOCK.visit;
  if (mode === 'lockDown' && !kept) return LOCK.auto;
  return nowMs >= relock.autoAtMs && !isOpenForVisitor(visit) ? LOCK.auto : LEAVE;
}

function followEvent(relock: Relock, inputs: RelockInputs, event: CoreEvent, nowMs: number): Relock {
  switch (event.kind) {
    case 'booted': {
      const next = copy(relock);
      next.asked = 'homing';
      next.intended = event.retractionIntended;
      return next;
    }
    case 'boardLinkSensed':
      return event.up ? ask(relock, 'homing') : relock;
    case 'boltSensed':
      return followBolt(relock, inputs, event, event.place, nowMs);
    case 'doorSensed':
      return followDoor(relock, inputs, event.closed, nowMs);
    case 'lockAsked': {
      const next = copy(ask(relock, 'remote'));
      next.keepUntilAtMs = -NEVER;
      return next;
    }
    case 'unlockAllowed':
      return open(relock, inputs, event.source);
    case 'intentSynced':
      return intend(relock);
    case 'modeSet':
      return followMode(relock, inputs, event.mode, nowMs);
    default:
      return relock;
  }
}

/** What is unlocked already stays so, as long as it would have anyway: only a closing restarts the clock (L1). */
function open(relock: Relock, inputs: RelockInputs, source: 'remote' | 'keypad'): Relock {
  const next = copy(relock);
  next.asked = null;
  if (inputs.boltBefore.place !== 'retracted') next.opening = source;
  return next;
}

function followBolt(relock: Relock, inputs: RelockInputs, event: CoreEvent, place: BoltPlace, nowMs: number): Relock {
  const { boltBefore, settings, mode } = inputs;
  if (place === 'extended' && inputs.switches === 'trusted') {
    const home = copy(INITIAL_RELOCK);
    home.opening = relock.opening;
    return home;
  }
  const next = copy(relock);
  const wasUnknown = boltBefore.place === 'unknown' || boltBefore.place === 'both';
  const leftHome = boltBefore.place === 'extended' || wasUnknown;
  if (leftHome && mode !== 'passage') next.autoAtMs = nowMs + settings.autoRelockMs;
  if (place === 'retracted' && relock.opening !== null) {
    next.opening = null;
    next.keepUntilAtMs = nowMs + (mode === 'lockDown' ? settings.entryWaitMs : settings.autoRelockMs);
    if (mode !== 'passage') next.autoAtMs = nowMs + settings.autoRelockMs;
  }
  const foundRetracted = wasUnknown && place === 'retracted';
  const handHelped = place === 'retracted' && nowMs < relock.holdUntilAtMs;
  if (foundRetracted && mode === 'passage') {
    next.asked = null;
  } else if (handHelped || handRetracts(boltBefore, event)) {
    hold(next, nowMs, settings);
    if (!outlastsHand(relock.asked)) next.asked = null;
  } else if (foundRetracted && !relock.intended) {
    hold(next, nowMs, settings);
  }
  return next;
}

function followDoor(relock: Relock, inputs: RelockInputs, closed: boolean, nowMs: number): Relock {
  const { doorBefore, boltBefore, settings, mode } = inputs;
  if (doorBefore.closed === null || doorBefore.closed === closed) return relock;
  const next = copy(relock);
  if (!closed) {
    next.openedInHold = true;
    return next;
  }
  if (relock.openedInHold) {
    next.holdUntilAtMs = -NEVER;
    next.keepUntilAtMs = -NEVER;
    next.openedInHold = false;
  }
  if (boltBefore.place !== 'extended') {
    next.autoAtMs = mode === 'passage' ? NEVER : nowMs + settings.autoRelockMs;
  }
  return next;
}

function followMode(relock: Relock, inputs: RelockInputs, mode: Mode, nowMs: number): Relock {
  const next = copy(relock);
  if (mode === 'lockDown') {
    next.opening = null;
    next.keepUntilAtMs = -NEVER;
  }
  if (mode === 'passage') {
    next.autoAtMs = NEVER;
    next.asked = null;
  } else if (inputs.modeBefore === 'passage' && inputs.boltBefore.place !== 'extended') {
    next.autoAtMs = nowMs + inputs.settings.autoRelockMs;
  }
  return next;
}

/**
 * The motor takes the bolt in, or its last drive may carry it on. A relief reversal does not count: it is too short to
 * reach the switch, so if the bolt does, a hand took it there.
 */
function movesIn(bolt: Bolt): boolean {
  return bolt.goal === 'unlocked' && (bolt.phase === 'driving' || bolt.phase === 'coasting');
}

/** A hand calls off what somebody asked for; what the lock owes, homing and the end of a visit, it only puts off. */
function outlastsHand(asked: Relock['asked']): boolean {
  return asked === 'homing' || asked === 'visit';
}

function hold(next: Draft, nowMs: number, settings: Settings): void {
  next.holdUntilAtMs = nowMs + settings.manualHoldMs;
  next.openedInHold = false;
}

/** Locking is asked for, which ends an opening; or, with `null`, no more. */
function ask(relock: Relock, source: MovementSource | null): Relock {
  const next = copy(relock);
  next.asked = source;
  if (source !== null) next.opening = null;
  return next;
}

function intend(relock: Relock): Relock {
  if (relock.intended) return relock;
  const next = copy(relock);
  next.intended = true;
  return next;
}

const LEAVE: BoltOrder = { want: 'asIs', source: 'auto' };
const UNLOCK_FOR_VISIT: BoltOrder = { want: 'unlocked', source: 'visit' };
const UNLOCK_REMOTELY: BoltOrder = { want: 'unlocked', source: 'remote' };
const UNLOCK_BY_CODE: BoltOrder = { want: 'unlocked', source: 'keypad' };
const LOCK: Readonly<Record<MovementSource, BoltOrder>> = {
  visit: { want: 'locked', source: 'visit' },
  remote: { want: 'locked', source: 'remote' },
  keypad: { want: 'locked', source: 'keypad' },
  auto: { want: 'locked', source: 'auto' },
  button: { want: 'locked', source: 'button' },
  homing: { want: 'locked', source: 'homing' },
};

type Draft = { -readonly [Field in keyof Relock]: Relock[Field] };

/** A literal of one shape: object spread costs more than ten times as much on Node 20 (bench/). */
function copy(r: Relock): Draft {
  return {
    holdUntilAtMs: r.holdUntilAtMs,
    openedInHold: r.openedInHold,
    keepUntilAtMs: r.keepUntilAtMs,
    autoAtMs: r.autoAtMs,
    asked: r.asked,
    opening: r.opening,
    intended: r.intended,
  };
}
