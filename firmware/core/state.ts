import type { Mode } from '../../hal/contracts/report.js';
import type { Settings } from '../settings.js';
import { type Alerts, INITIAL_ALERTS } from './alerts.js';
import { type Bolt, boltWakeAt, INITIAL_BOLT } from './bolt.js';
import { type CameraGuard, INITIAL_CAMERA } from './camera-guard.js';
import { type Door, INITIAL_DOOR } from './door.js';
import { type Health, INITIAL_HEALTH } from './health.js';
import { NEVER } from './never.js';
import { INITIAL_RELOCK, type Relock } from './relock.js';
import { NO_VISIT, type Visit, visitWakeAt } from './visit.js';

/** The core's whole memory: one small flat record a machine. Immutable; equal parts are the same object. */
export interface LockState {
  readonly settings: Settings;
  /** Whether the lock has end switches at all. */
  readonly switchesFitted: boolean;
  readonly mode: Mode;
  readonly health: Health;
  readonly camera: CameraGuard;
  readonly door: Door;
  readonly visit: Visit;
  readonly relock: Relock;
  readonly bolt: Bolt;
  readonly alerts: Alerts;
}

export function initialState(settings: Settings, switchesFitted: boolean): LockState {
  return {
    settings,
    switchesFitted,
    mode: 'normal',
    health: INITIAL_HEALTH,
    camera: INITIAL_CAMERA,
    door: INITIAL_DOOR,
    visit: NO_VISIT,
    relock: INITIAL_RELOCK,
    bolt: INITIAL_BOLT,
    alerts: INITIAL_ALERTS,
  };
}

/**
 * The next moment after `nowMs` at which time alone may change something; `NEVER` if none. A deadline already past has
 * been seen, and waits for an event (an ajar door to close, say).
 */
export function wakeAt(state: LockState, nowMs: number): number {
  let at = NEVER;
  at = sooner(at, boltWakeAt(state.bolt), nowMs);
  at = sooner(at, visitWakeAt(state.visit), nowMs);
  at = sooner(at, state.health.boardReadyAtMs, nowMs);
  at = sooner(at, state.door.settledAtMs, nowMs);
  at = sooner(at, state.door.ajarAtMs, nowMs);
  at = sooner(at, state.relock.holdUntilAtMs, nowMs);
  at = sooner(at, state.relock.keepUntilAtMs, nowMs);
  return sooner(at, state.relock.autoAtMs, nowMs);
}

function sooner(soonestMs: number, atMs: number, nowMs: number): number {
  return atMs > nowMs && atMs < soonestMs ? atMs : soonestMs;
}
