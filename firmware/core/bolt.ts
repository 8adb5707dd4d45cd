import type { LastResult } from '../../hal/contracts/report.js';
import type { MovementSource } from '../journal/records.js';
import { ATTEMPTS } from '../settings.js';
import type { BoltPlace, CoreEvent } from './events.js';
import type { Switches } from './health.js';
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

export function boltWakeAt(bolt: Bolt): number {
  return bolt.phase === 'resting' ? bolt.retryAtMs : bolt.untilAtMs;
}

/** Measured; where the switches cannot be believed, assumed from how the last drive ended. */
export function isLocked(bolt: Bolt, switches: Switches): boolean {
  if (switches === 'trusted') return bolt.place === 'extended';
  return bolt.goal === 'locked' && bolt.lastResult === 'ok' && seemsHome(bolt, switches);
}

/** Standing still where no trusted switch can tell the end from a jam. */
export function seemsHome(bolt: Bolt, switches: Switches): boolean {
  if (switches === 'suspect') return bolt.place === 'extended' || bolt.place === 'both';
  return switches === 'absent';
}

export function goalPlace(goal: Goal): BoltPlace {
  return goal === 'locked' ? 'extended' : 'retracted';
}

export type BoltDraft = { -readonly [Field in keyof Bolt]: Bolt[Field] };

/** A copy to be changed. A literal of one shape: object spread costs more than ten times as much on Node 20 (bench/). */
export function draftOf(b: Bolt): BoltDraft {
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
