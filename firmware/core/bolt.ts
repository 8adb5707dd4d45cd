import type { LastResult } from '../../hal/contracts/report.js';
import type { MovementSource } from '../journal/records.js';
import {
  ATTEMPTS,
  BACK_OFF_MS,
  COAST_MS,
  DRIVE_LIMIT_MS,
  ORDER_RETRY_MS,
  RELIEF_MS,
  SLOW_RECOVERY_MS,
  SYNC_WAIT_MS,
} from '../settings.js';
import type { BoltPlace, CoreEvent } from './events.js';
import { NEVER } from './never.js';

export type Goal = 'locked' | 'unlocked';

/**
 * `committing` waits for the opening's intent to be synced; `driving` drives towards the goal; `coasting` follows
 * every drive; `relieving` reverses briefly to free a jammed bolt; `backingOff` waits before a retry.
 */
export type BoltPhase = 'resting' | 'committing' | 'driving' | 'coasting' | 'relieving' | 'backingOff';

/** The deadbolt: a movement is one goal, with its drive and its retries. */
export interface Bolt {
  readonly phase: BoltPhase;
  /** What the present movement is for, or what the last one was for. */
  readonly goal: Goal;
  readonly source: MovementSource;
  /** Measured by the end switches. */
  readonly place: BoltPlace;
  /** When the present phase is over. */
  readonly untilAtMs: number;
  /** When the present drive began, or the last one. */
  readonly drivenAtMs: number;
  /** The present attempt, from 1, and how many this movement has. */
  readonly attempt: number;
  readonly attempts: number;
  /** What a coast leads to. */
  readonly after: 'rest' | 'relieve' | 'backOff';
  readonly lastResult: LastResult;
  /** Latched after a movement's last attempt; cleared by good travel only, never by time (L2). */
  readonly jammed: boolean;
  /** While jammed: when the next attempt is due, and how many attempts it has. */
  readonly retryAtMs: number;
  readonly retryAttempts: number;
  /** An opening was given up; it is not begun again while the same opening is wanted. */
  readonly gaveUp: boolean;
  /**
   * The least time that the motor, by what was measured, would need to bring the bolt to the retracted switch. Bounds
   * the relief reversals, which must never reach it (S1).
   */
  readonly clearanceMs: number;
}

/** From a bolt at its outer end a relief reversal never reaches the other: a throw takes longer than three of them. */
const FULL_CLEARANCE_MS = 3 * RELIEF_MS;

/** A stall is noticed at the latest this long after it began: blanking 100 ms, three samples, one of delay. */
const STALL_NOTICED_MS = 140;

export const INITIAL_BOLT: Bolt = {
  phase: 'resting',
  goal: 'locked',
  source: 'homing',
  place: 'unknown',
  untilAtMs: NEVER,
  drivenAtMs: NEVER,
  attempt: 0,
  attempts: ATTEMPTS,
  after: 'rest',
  lastResult: 'none',
  jammed: false,
  retryAtMs: NEVER,
  retryAttempts: ATTEMPTS,
  gaveUp: false,
  clearanceMs: 0,
};

/** What the other machines want of the bolt now. `asIs` stops a movement and leaves the bolt where it is. */
export interface BoltOrder {
  readonly want: Goal | 'asIs';
  readonly source: MovementSource;
}

export type MotorDrive = 'extend' | 'retract' | 'off';

/** What the motor is ordered to do in this state. */
export function motorDrive(bolt: Bolt): MotorDrive {
  if (bolt.phase === 'driving') return bolt.goal === 'locked' ? 'extend' : 'retract';
  if (bolt.phase === 'relieving') return bolt.goal === 'locked' ? 'retract' : 'extend';
  return 'off';
}

/** This event ends an attempt in a jam: the motor stands still short of the goal, or the drive takes too long. */
export function jamsNow(bolt: Bolt, event: CoreEvent, nowMs: number): boolean {
  if (bolt.phase !== 'driving') return false;
  if (event.kind === 'boltSensed' && event.place === goalPlace(bolt.goal)) return false;
  return (event.kind === 'motorSensed' && event.load === 'stalled') || nowMs >= bolt.untilAtMs;
}

/**
 * `trusted`: the end switches are fitted and have not contradicted one another. `doorClosed` is what the contact says.
 */
export function stepBolt(
  bolt: Bolt,
  order: BoltOrder,
  doorClosed: boolean,
  trusted: boolean,
  event: CoreEvent,
  nowMs: number,
): Bolt {
  let next = sense(bolt, event);
  if (event.kind === 'boardLinkSensed' && !event.up) return loseLink(next);
  if (event.kind === 'driveRefused') return waitForBoard(next, nowMs);
  if (next.jammed || next.gaveUp) next = clearLatches(next, order, doorClosed, trusted, event, nowMs);
  switch (next.phase) {
    case 'resting':
      return maybeStart(next, order, trusted, nowMs);
    case 'committing':
      return commit(next, order, event, nowMs);
    case 'driving':
      return drive(next, order, doorClosed, trusted, event, nowMs);
    case 'coasting':
      return nowMs >= next.untilAtMs ? afterCoast(next, order, doorClosed, nowMs) : next;
    case 'relieving':
      return relieve(next, order, doorClosed, event, nowMs);
    case 'backingOff':
      return backOff(next, order, nowMs);
  }
}

export function boltWakeAt(bolt: Bolt): number {
  return bolt.phase === 'resting' ? bolt.retryAtMs : bolt.untilAtMs;
}

function sense(bolt: Bolt, event: CoreEvent): Bolt {
  if (event.kind !== 'boltSensed' || event.place === bolt.place) return bolt;
  const next = copy(bolt);
  next.place = event.place;
  if (event.place === 'extended') next.clearanceMs = FULL_CLEARANCE_MS;
  if (event.place === 'retracted') next.clearanceMs = 0;
  return next;
}

/** While jammed, a closing or a lock request starts afresh at once; good travel clears the latch. */
function clearLatches(
  bolt: Bolt,
  order: BoltOrder,
  doorClosed: boolean,
  trusted: boolean,
  event: CoreEvent,
  nowMs: number,
): Bolt {
  if (bolt.gaveUp && order.want !== 'unlocked') {
    const next = copy(bolt);
    next.gaveUp = false;
    return next;
  }
  if (!bolt.jammed || bolt.phase !== 'resting') return bolt;
  if (trusted && bolt.place === 'extended' && doorClosed) {
    const next = copy(bolt);
    next.jammed = false;
    next.retryAtMs = NEVER;
    return next;
  }
  if (event.kind !== 'lockAsked' && !(event.kind === 'doorSensed' && event.closed)) return bolt;
  const next = copy(bolt);
  next.retryAtMs = nowMs;
  next.retryAttempts = ATTEMPTS;
  return next;
}

function maybeStart(bolt: Bolt, order: BoltOrder, trusted: boolean, nowMs: number): Bolt {
  if (order.want === 'asIs') return bolt;
  if (order.want === 'unlocked') {
    if (bolt.gaveUp || !trusted || bolt.place === 'retracted') return bolt;
    const next = start(bolt, 'unlocked', order.source, ATTEMPTS);
    next.phase = 'committing';
    next.untilAtMs = nowMs + SYNC_WAIT_MS;
    return next;
  }
  if (isLocked(bolt, trusted) || (trusted && bolt.place === 'unknown')) return bolt;
  if (bolt.jammed && nowMs < bolt.retryAtMs) return bolt;
  return startDrive(start(bolt, 'locked', order.source, bolt.jammed ? bolt.retryAttempts : ATTEMPTS), nowMs);
}

function commit(bolt: Bolt, order: BoltOrder, event: CoreEvent, nowMs: number): Bolt {
  if (order.want !== 'unlocked') return rest(bolt, 'interrupted');
  if (event.kind === 'intentSynced') return startDrive(bolt, nowMs);
  const failed = event.kind === 'storeSensed' && !event.working;
  return failed || nowMs >= bolt.untilAtMs ? giveUp(rest(bolt, 'blockedByPolicy')) : bolt;
}

function drive(
  bolt: Bolt,
  order: BoltOrder,
  doorClosed: boolean,
  trusted: boolean,
  event: CoreEvent,
  nowMs: number,
): Bolt {
  if (trusted && bolt.place === goalPlace(bolt.goal)) return arrive(bolt, nowMs);
  if (order.want !== bolt.goal || (bolt.goal === 'locked' && !doorClosed)) {
    return coast(bolt, 'rest', interruption(bolt), nowMs);
  }
  if (!jamsNow(bolt, event, nowMs)) return bolt;
  if (!trusted) return bolt.goal === 'locked' ? arrive(bolt, nowMs) : giveUp(coast(bolt, 'rest', 'interrupted', nowMs));
  return jam(bolt, nowMs >= bolt.untilAtMs ? 'timedOut' : 'jammed', nowMs);
}

/** Why a movement ends before its goal, as far as the switches tell. */
function interruption(bolt: Bolt): LastResult {
  return bolt.goal === 'locked' && bolt.place === 'retracted' ? 'movedByHand' : 'interrupted';
}

function arrive(bolt: Bolt, nowMs: number): Bolt {
  const next = copy(coast(bolt, 'rest', 'ok', nowMs));
  next.jammed = false;
  next.retryAtMs = NEVER;
  return next;
}

function jam(bolt: Bolt, result: LastResult, nowMs: number): Bolt {
  if (bolt.attempt < bolt.attempts) {
    const next = copy(coast(bolt, 'relieve', result, nowMs));
    if (bolt.goal === 'locked') next.clearanceMs += newClearance(bolt, nowMs);
    return next;
  }
  const next = copy(coast(bolt, 'rest', result, nowMs));
  next.jammed = true;
  next.retryAtMs = nowMs + SLOW_RECOVERY_MS;
  next.retryAttempts = 1;
  next.gaveUp = bolt.goal === 'unlocked';
  return next;
}

/**
 * How much farther from the retracted switch a drive out has taken the bolt, in time of the motor: what it surely
 * travelled before it stalled, halved, because a freed bolt runs back faster.
 */
function newClearance(bolt: Bolt, nowMs: number): number {
  return Math.floor(Math.max(0, nowMs - bolt.drivenAtMs - STALL_NOTICED_MS) / 2);
}

function afterCoast(bolt: Bolt, order: BoltOrder, doorClosed: boolean, nowMs: number): Bolt {
  if (bolt.after === 'rest') return rest(bolt, bolt.lastResult);
  if (order.want !== bolt.goal) return rest(bolt, 'interrupted');
  if (bolt.after === 'backOff') return pause(bolt, nowMs);
  const reliefMs = bolt.goal === 'locked' ? Math.min(bolt.clearanceMs, RELIEF_MS) : RELIEF_MS;
  if (reliefMs === 0 || (bolt.goal === 'unlocked' && !doorClosed)) return pause(bolt, nowMs);
  const next = copy(bolt);
  next.phase = 'relieving';
  next.drivenAtMs = nowMs;
  next.untilAtMs = nowMs + reliefMs;
  if (bolt.goal === 'locked') next.clearanceMs -= reliefMs;
  return next;
}

/** A reversal that meets resistance, or whose reason is gone, ends at once. */
function relieve(bolt: Bolt, order: BoltOrder, doorClosed: boolean, event: CoreEvent, nowMs: number): Bolt {
  const gone = order.want !== bolt.goal || (bolt.goal === 'unlocked' && !doorClosed);
  if (gone) return coast(bolt, 'rest', interruption(bolt), nowMs);
  const stalled = event.kind === 'motorSensed' && event.load === 'stalled';
  const atAnEnd = bolt.place === 'extended' || bolt.place === 'retracted';
  return stalled || atAnEnd || nowMs >= bolt.untilAtMs ? coast(bolt, 'backOff', bolt.lastResult, nowMs) : bolt;
}

function backOff(bolt: Bolt, order: BoltOrder, nowMs: number): Bolt {
  if (order.want !== bolt.goal) return rest(bolt, 'interrupted');
  if (bolt.place === goalPlace(bolt.goal)) return rest(bolt, 'ok');
  if (nowMs < bolt.untilAtMs) return bolt;
  const next = copy(bolt);
  next.attempt += 1;
  return startDrive(next, nowMs);
}

function pause(bolt: Bolt, nowMs: number): Bolt {
  const next = copy(bolt);
  next.phase = 'backingOff';
  next.untilAtMs = nowMs + (BACK_OFF_MS[bolt.attempt - 1] ?? ORDER_RETRY_MS);
  return next;
}

function start(bolt: Bolt, goal: Goal, source: MovementSource, attempts: number): Draft {
  const next = copy(bolt);
  next.goal = goal;
  next.source = source;
  next.attempt = 1;
  next.attempts = attempts;
  next.gaveUp = false;
  return next;
}

function startDrive(bolt: Bolt, nowMs: number): Bolt {
  const next = copy(bolt);
  next.phase = 'driving';
  next.drivenAtMs = nowMs;
  next.untilAtMs = nowMs + DRIVE_LIMIT_MS;
  next.retryAtMs = NEVER;
  return next;
}

function coast(bolt: Bolt, after: Bolt['after'], result: LastResult, nowMs: number): Bolt {
  const next = copy(bolt);
  next.phase = 'coasting';
  next.untilAtMs = nowMs + COAST_MS;
  next.after = after;
  next.lastResult = result;
  return next;
}

function rest(bolt: Bolt, result: LastResult): Bolt {
  const next = copy(bolt);
  next.phase = 'resting';
  next.untilAtMs = NEVER;
  next.lastResult = result;
  return next;
}

function giveUp(bolt: Bolt): Bolt {
  const next = copy(bolt);
  next.gaveUp = next.goal === 'unlocked';
  return next;
}

/** Without the board nothing is known, and nothing can be ordered. */
function loseLink(bolt: Bolt): Bolt {
  const next = copy(bolt.phase === 'resting' ? bolt : rest(bolt, 'interrupted'));
  next.place = 'unknown';
  next.clearanceMs = 0;
  return next;
}

/** The board refused the order: nothing moved, and the attempt does not count. */
function waitForBoard(bolt: Bolt, nowMs: number): Bolt {
  if (bolt.phase === 'resting') return bolt;
  const next = copy(bolt.goal === 'unlocked' ? giveUp(rest(bolt, 'interrupted')) : bolt);
  if (bolt.goal === 'unlocked') return next;
  next.phase = 'backingOff';
  next.attempt = Math.max(0, bolt.attempt - 1);
  next.untilAtMs = nowMs + ORDER_RETRY_MS;
  return next;
}

/** Measured; on a lock whose switches cannot be trusted, assumed from the last drive. */
export function isLocked(bolt: Bolt, trusted: boolean): boolean {
  return trusted ? bolt.place === 'extended' : bolt.goal === 'locked' && bolt.lastResult === 'ok';
}

function goalPlace(goal: Goal): BoltPlace {
  return goal === 'locked' ? 'extended' : 'retracted';
}

type Draft = { -readonly [Field in keyof Bolt]: Bolt[Field] };

/** A literal of one shape: object spread costs twenty times as much on Node 20 (bench/). */
function copy(b: Bolt): Draft {
  return {
    phase: b.phase,
    goal: b.goal,
    source: b.source,
    place: b.place,
    untilAtMs: b.untilAtMs,
    drivenAtMs: b.drivenAtMs,
    attempt: b.attempt,
    attempts: b.attempts,
    after: b.after,
    lastResult: b.lastResult,
    jammed: b.jammed,
    retryAtMs: b.retryAtMs,
    retryAttempts: b.retryAttempts,
    gaveUp: b.gaveUp,
    clearanceMs: b.clearanceMs,
  };
}
