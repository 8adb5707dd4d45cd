import type { LockReport, Position } from '../../hal/contracts/report.js';
import type { Bolt } from './bolt.js';
import { switchesOf } from './health.js';
import type { LockState } from './state.js';

/** What the lock says of itself: measured, or unknown (S9). */
export function reportOf(state: LockState): LockReport {
  const position = positionOf(state);
  const { bolt, door } = state;
  return {
    position,
    assumed: position === 'unknown' && !state.switchesFitted ? assumedOf(state) : null,
    activity: activityOf(bolt),
    lastResult: bolt.lastResult,
    door: doorOf(door.closed),
    mode: state.mode,
  };
}

function positionOf({ switchesFitted, health, bolt, door }: LockState): Position {
  if (switchesOf(switchesFitted, health) !== 'trusted' || bolt.place === 'unknown') return 'unknown';
  if (bolt.place === 'retracted') return 'unlocked';
  if (bolt.place === 'extended' && door.closed === null) return 'unknown';
  return bolt.place === 'extended' && door.closed === true ? 'locked' : 'notFullyLocked';
}

function activityOf({ phase, goal }: Bolt): LockReport['activity'] {
  if (phase === 'resting') return 'idle';
  return goal === 'locked' ? 'locking' : 'unlocking';
}

function doorOf(closed: boolean | null): LockReport['door'] {
  if (closed === null) return 'unknown';
  return closed ? 'closed' : 'open';
}

function assumedOf({ bolt, door }: LockState): LockReport['assumed'] {
  if (bolt.phase !== 'resting' || bolt.lastResult !== 'ok' || door.closed !== true) return null;
  return bolt.goal;
}

/** Whether anything that `reportOf` reads has changed; cheaper than making two reports. */
export function reportChanges(before: LockState, after: LockState): boolean {
  return (
    before.bolt.place !== after.bolt.place ||
    activityOf(before.bolt) !== activityOf(after.bolt) ||
    before.bolt.lastResult !== after.bolt.lastResult ||
    before.door.closed !== after.door.closed ||
    before.mode !== after.mode ||
    before.health.switchesSuspect !== after.health.switchesSuspect
  );
}
