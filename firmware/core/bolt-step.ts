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
import {
  type Bolt,
  type BoltDraft,
  type BoltOrder,
  draftOf,
  type Goal,
  goalPlace,
  isLocked,
  jamsNow,
  motorDrive,
  seemsHome,
} from './bolt.js';
import type { CoreEvent } from './events.js';
import type { Switches } from './health.js';
import { keepIfEqual } from './keep-if-equal.js';
import { NEVER } from './never.js';

/** From a bolt at its outer end a relief reversal never reaches the other: a throw takes longer than three of them. */
const FULL_CLEARANCE_MS = 3 * RELIEF_MS;

/** A stall is noticed at the latest this long after it began: blanking 100 ms, three samples, one of delay. */
const STALL_NOTICED_MS = 140;

/**
 * `switches`: how far the end switches are believed. `doorClosed` is what the contact says.
 */
export function stepBolt(
  bolt: Bolt,
  order: BoltOrder,
  doorClosed: boolean,
  switches: Switches,
  event: CoreEvent,
  nowMs: number,
): Bolt {
  let next = sense(bolt, event);
  if (event.kind === 'boardLinkSensed' && !event.up) return keepIfEqual(bolt, loseLink(next, nowMs));
  if (event.kind === 'booted') return event.raisedAlarms.includes('LockJammed') ? stillJammed(next, nowMs) : next;
  if (event.kind === 'driveRefused') return waitForBoard(next, nowMs);
  if (switches === 'absent' && doubtsHome(next, event)) next = doubted(next);
  if (next.jammed || next.gaveUp) next = clearLatches(next, order, doorClosed, switches, event, nowMs);
  switch (next.phase) {
    case 'resting':
      return maybeStart(next, order, switches, nowMs);
    case 'committing':
      return commit(next, order, event, nowMs);
    case 'driving':
      return drive(next, order, doorClosed, switches, event, nowMs);
    case 'coasting':
      return nowMs >= next.untilAtMs ? afterCoast(next, order, doorClosed, nowMs) : next;
    case 'relieving':
      return relieve(next, order, doorClosed, event, nowMs);
    case 'backingOff':
      return backOff(next, order, nowMs);
  }
}

function sense(bolt: Bolt, event: CoreEvent): Bolt {
  if (event.kind !== 'boltSensed' || event.place === bolt.place) return bolt;
  const next = draftOf(bolt);
  next.place = event.place;
  // Where a hand leaves the bolt between its ends, nothing is known of the way to either.
  if (event.place !== 'extended' && (event.place === 'retracted' || motorDrive(bolt) === 'off')) next.clearanceMs = 0;
  if (event.place === 'extended') next.clearanceMs = FULL_CLEARANCE_MS;
  return next;
}

/** Without switches the last throw is all that is known: a door that opens, or somebody who asks, puts an end to it. */
function doubtsHome(bolt: Bolt, event: CoreEvent): boolean {
  if (bolt.phase !== 'resting' || bolt.lastResult !== 'ok') return false;
  return event.kind === 'lockAsked' || (event.kind === 'doorSensed' && !event.closed);
}

function doubted(bolt: Bolt): Bolt {
  const next = draftOf(bolt);
  next.lastResult = 'none';
  return next;
}

/** While jammed, a closing or a lock request starts afresh at once; good travel clears the latch. */
function clearLatches(
  bolt: Bolt,
  order: BoltOrder,
  doorClosed: boolean,
  switches: Switches,
  event: CoreEvent,
  nowMs: number,
): Bolt {
  if (bolt.gaveUp && order.want !== 'unlocked') {
    const next = draftOf(bolt);
    next.gaveUp = false;
    return next;
  }
  if (!bolt.jammed || motorDrive(bolt) !== 'off') return bolt;
  if (switches === 'trusted' && bolt.place === 'extended' && doorClosed) return unjammed(bolt);
  if (bolt.phase !== 'resting') return bolt;
  if (event.kind !== 'lockAsked' && !(event.kind === 'doorSensed' && event.closed)) return bolt;
  const next = draftOf(bolt);
  next.retryAtMs = nowMs;
  next.retryAttempts = ATTEMPTS;
  return next;
}

function maybeStart(bolt: Bolt, order: BoltOrder, switches: Switches, nowMs: number): Bolt {
  if (order.want === 'asIs') return bolt;
  if (order.want === 'unlocked') {
    if (bolt.gaveUp || bolt.place === 'retracted') return bolt;
    const next = start(bolt, 'unlocked', order.source, ATTEMPTS);
    if (switches !== 'trusted' || bolt.place === 'unknown') return keepIfEqual(bolt, giveUp(next));
    next.phase = 'committing';
    next.untilAtMs = nowMs + SYNC_WAIT_MS;
    return next;
  }
  if (isLocked(bolt, switches) || (switches !== 'absent' && bolt.place === 'unknown')) return bolt;
  if (!bolt.jammed) return startDrive(start(bolt, 'locked', order.source, ATTEMPTS), nowMs);
  if (nowMs < bolt.retryAtMs) return bolt;
  const next = start(bolt, 'locked', order.source, bolt.retryAttempts);
  next.retryAtMs = nowMs + SLOW_RECOVERY_MS;
  next.retryAttempts = 1;
  return startDrive(next, nowMs);
}

function commit(bolt: Bolt, order: BoltOrder, event: CoreEvent, nowMs: number): Bolt {
  if (endsBy(order, bolt)) return rest(bolt, 'interrupted');
  if (event.kind === 'intentSynced') return startDrive(bolt, nowMs);
  const failed = event.kind === 'storeSensed' && !event.working;
  return failed || nowMs >= bolt.untilAtMs ? giveUp(rest(bolt, 'blockedByPolicy')) : bolt;
}

function drive(
  bolt: Bolt,
  order: BoltOrder,
  doorClosed: boolean,
  switches: Switches,
  event: CoreEvent,
  nowMs: number,
): Bolt {
  if (switches === 'trusted' && bolt.place === goalPlace(bolt.goal)) return arrive(bolt, nowMs);
  if (endsBy(order, bolt) || (bolt.goal === 'locked' && !doorClosed)) {
    return coast(bolt, 'rest', interruption(bolt), nowMs);
  }
  if (!jamsNow(bolt, event, nowMs)) return bolt;
  const stalls = nowMs < bolt.untilAtMs;
  if (stalls && bolt.goal === 'locked' && seemsHome(bolt, switches)) return arrive(bolt, nowMs);
  if (switches !== 'trusted' && bolt.goal === 'unlocked') {
    return giveUp(coast(bolt, 'rest', 'interrupted', nowMs));
  }
  return jam(bolt, nowMs >= bolt.untilAtMs ? 'timedOut' : 'jammed', nowMs);
}

/** What is wanted now is not what this movement was begun for. An opening is for one purpose alone: its intent says whose. */
function endsBy(order: BoltOrder, bolt: Bolt): boolean {
  return order.want !== bolt.goal || (bolt.goal === 'unlocked' && order.source !== bolt.source);
}

/** Why a movement ends before its goal, as far as the switches tell. */
function interruption(bolt: Bolt): LastResult {
  return bolt.goal === 'locked' && bolt.place === 'retracted' ? 'movedByHand' : 'interrupted';
}

function arrive(bolt: Bolt, nowMs: number): Bolt {
  return unjammed(coast(bolt, 'rest', 'ok', nowMs));
}

/** The bolt reached its goal while the motor stood still: by its own momentum, or by a hand that helped. */
function arrived(bolt: Bolt): Bolt {
  return unjammed(rest(bolt, 'ok'));
}

/** A power cut frees no bolt: the latch outlives it, and the next attempt is a fresh one (L2). */
function stillJammed(bolt: Bolt, nowMs: number): Bolt {
  const next = draftOf(bolt);
  next.jammed = true;
  next.retryAtMs = nowMs;
  next.retryAttempts = ATTEMPTS;
  return next;
}

/** Good travel: whatever held the bolt holds it no longer. */
function unjammed(bolt: Bolt): Bolt {
  const next = draftOf(bolt);
  next.jammed = false;
  next.retryAtMs = NEVER;
  return next;
}

function jam(bolt: Bolt, result: LastResult, nowMs: number): Bolt {
  if (bolt.attempt < bolt.attempts) {
    const next = draftOf(coast(bolt, 'relieve', result, nowMs));
    if (bolt.goal === 'locked') next.clearanceMs += newClearance(bolt, nowMs);
    return next;
  }
  return latch(coast(bolt, 'rest', result, nowMs), nowMs);
}

/** The last attempt has failed: what was to lock is tried once a minute, what was to open is driven home. */
function latch(bolt: Bolt, nowMs: number): Bolt {
  const next = draftOf(bolt);
  next.jammed = true;
  if (bolt.goal === 'locked') {
    next.retryAtMs = nowMs + SLOW_RECOVERY_MS;
    next.retryAttempts = 1;
  } else {
    next.gaveUp = true;
    next.retryAtMs = nowMs;
    next.retryAttempts = ATTEMPTS;
  }
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
  if (bolt.place === goalPlace(bolt.goal)) return arrived(bolt);
  if (endsBy(order, bolt)) return rest(bolt, 'interrupted');
  if (bolt.after === 'backOff') return pause(bolt, nowMs);
  const reliefMs = bolt.goal === 'locked' ? Math.min(bolt.clearanceMs, RELIEF_MS) : RELIEF_MS;
  if (reliefMs === 0 || (bolt.goal === 'unlocked' && !doorClosed)) return pause(bolt, nowMs);
  const next = draftOf(bolt);
  next.phase = 'relieving';
  next.drivenAtMs = nowMs;
  next.untilAtMs = nowMs + reliefMs;
  if (bolt.goal === 'locked') next.clearanceMs -= reliefMs;
  return next;
}

/** A reversal that meets resistance, or whose reason is gone, ends at once. */
function relieve(bolt: Bolt, order: BoltOrder, doorClosed: boolean, event: CoreEvent, nowMs: number): Bolt {
  const gone = endsBy(order, bolt) || (bolt.goal === 'unlocked' && !doorClosed);
  if (gone) return coast(bolt, 'rest', interruption(bolt), nowMs);
  const stalled = event.kind === 'motorSensed' && event.load === 'stalled';
  const atAnEnd = bolt.place === 'extended' || bolt.place === 'retracted';
  return stalled || atAnEnd || nowMs >= bolt.untilAtMs ? coast(bolt, 'backOff', bolt.lastResult, nowMs) : bolt;
}

function backOff(bolt: Bolt, order: BoltOrder, nowMs: number): Bolt {
  if (endsBy(order, bolt)) return rest(bolt, 'interrupted');
  if (bolt.place === goalPlace(bolt.goal)) return arrived(bolt);
  if (nowMs < bolt.untilAtMs) return bolt;
  const next = draftOf(bolt);
  next.attempt += 1;
  return startDrive(next, nowMs);
}

function pause(bolt: Bolt, nowMs: number): Bolt {
  const next = draftOf(bolt);
  next.phase = 'backingOff';
  next.untilAtMs = nowMs + (BACK_OFF_MS[bolt.attempt - 1] ?? ORDER_RETRY_MS);
  return next;
}

function start(bolt: Bolt, goal: Goal, source: MovementSource, attempts: number): BoltDraft {
  const next = draftOf(bolt);
  next.goal = goal;
  next.source = source;
  next.attempt = 1;
  next.attempts = attempts;
  next.gaveUp = false;
  return next;
}

function startDrive(bolt: Bolt, nowMs: number): Bolt {
  const next = draftOf(bolt);
  next.phase = 'driving';
  next.drivenAtMs = nowMs;
  next.untilAtMs = nowMs + DRIVE_LIMIT_MS;
  if (bolt.goal === 'unlocked') next.clearanceMs = 0;
  return next;
}

function coast(bolt: Bolt, after: Bolt['after'], result: LastResult, nowMs: number): Bolt {
  const next = draftOf(bolt);
  next.phase = 'coasting';
  next.untilAtMs = nowMs + COAST_MS;
  next.after = after;
  next.lastResult = result;
  return next;
}

function rest(bolt: Bolt, result: LastResult): Bolt {
  const next = draftOf(bolt);
  next.phase = 'resting';
  next.untilAtMs = NEVER;
  next.lastResult = result;
  return next;
}

function giveUp(bolt: Bolt): Bolt {
  const next = draftOf(bolt);
  next.gaveUp = next.goal === 'unlocked';
  return next;
}

/** Without the board nothing is known, and nothing can be ordered. */
function loseLink(bolt: Bolt, nowMs: number): Bolt {
  const next = draftOf(bolt.phase === 'resting' ? bolt : coast(bolt, 'rest', 'interrupted', nowMs));
  next.place = 'unknown';
  next.clearanceMs = 0;
  return next;
}

/** The board refused the order: nothing moved, and the attempt has failed like one that jams. */
function waitForBoard(bolt: Bolt, nowMs: number): Bolt {
  if (bolt.phase === 'resting') return bolt;
  if (bolt.goal === 'unlocked') return giveUp(rest(bolt, 'interrupted'));
  if (bolt.attempt >= bolt.attempts) return latch(rest(bolt, 'interrupted'), nowMs);
  const next = draftOf(bolt);
  next.phase = 'backingOff';
  next.untilAtMs = nowMs + ORDER_RETRY_MS;
  return next;
}
