import type { Mode } from '../../hal/contracts/report.js';
import { openingRefusal, refusalOf } from './admission.js';
import { stepAlerts } from './alerts.js';
import { stepBolt } from './bolt-step.js';
import { stepCamera, watches } from './camera-guard.js';
import { stepDoor } from './door.js';
import type { Effect } from './effects.js';
import type { CoreEvent, Wake } from './events.js';
import { stepHealth, switchesOf } from './health.js';
import { keepIfEqual } from './keep-if-equal.js';
import { narrate } from './narrative.js';
import { changeOutputs, restateOutputs, startLast, stopFirst } from './outputs.js';
import type { RefusalReason } from '../journal/records.js';
import { refusal } from './refusal.js';
import { boltOrder, stepRelock } from './relock.js';
import type { LockState } from './state.js';
import { openBoundMs, storyContradicts } from './visit.js';
import { stepVisit } from './visit-step.js';

export interface Step {
  readonly state: LockState;
  readonly effects: readonly Effect[];
}

export const WAKE: Wake = { kind: 'wake' };

const NOTHING: readonly Effect[] = [];

/**
 * The lock: what it becomes, and does, when something happens at `nowMs`. Pure and total; shifting all times shifts the
 * result; the same state object comes back when nothing changed.
 */
export function step(state: LockState, event: CoreEvent, nowMs: number): Step {
  const reason = refusalOf(state, event, nowMs);
  if (reason === null) return proceed(state, event, nowMs);
  // What is refused changes nothing; what is due by now happens all the same.
  const woken = proceed(state, WAKE, nowMs);
  return { state: woken.state, effects: [...woken.effects, ...refusal(event, reason)] };
}

function proceed(state: LockState, event: CoreEvent, nowMs: number): Step {
  let before = state;
  let after = advance(before, event, nowMs);
  if (after === before) return { state, effects: NOTHING };
  const effects: Effect[] = [];
  tell(before, after, event, effects);
  // A movement that has just ended may leave another one to be begun, without any further event to begin it.
  while (after.bolt.phase === 'resting' && after.bolt !== before.bolt) {
    before = after;
    after = advance(before, WAKE, nowMs);
    if (after === before) break;
    tell(before, after, WAKE, effects);
  }
  return { state: before === state ? after : shareUnchanged(state, after), effects };
}

/** After more than one pass a machine may be back where it was, in another record. */
function shareUnchanged(before: LockState, after: LockState): LockState {
  return keepIfEqual(before, {
    ...after,
    health: keepIfEqual(before.health, after.health),
    camera: keepIfEqual(before.camera, after.camera),
    door: keepIfEqual(before.door, after.door),
    visit: keepIfEqual(before.visit, after.visit),
    relock: keepIfEqual(before.relock, after.relock),
    bolt: keepIfEqual(before.bolt, after.bolt),
    alerts: keepIfEqual(before.alerts, after.alerts),
  });
}

function tell(before: LockState, after: LockState, event: CoreEvent, effects: Effect[]): void {
  stopFirst(before, after, effects);
  narrate(before, after, event, effects);
  changeOutputs(before, after, event, effects);
  const afresh = event.kind === 'booted' || (after.health.boardLink === 'up' && before.health.boardLink !== 'up');
  if (afresh) restateOutputs(after, event.kind === 'booted', effects);
  startLast(before, after, effects);
}

/** All machines, once, in the one order in which data flows: camera and door, then visit, relock, bolt. */
function advance(state: LockState, event: CoreEvent, nowMs: number): LockState {
  const { settings, switchesFitted } = state;
  const health = stepHealth(state.health, event, state.bolt.place, storyContradicts(state.visit, event), nowMs);
  const mode = stepMode(state.mode, event);
  const camera = stepCamera(state.camera, event);
  const door = stepDoor(state.door, event, openBoundMs(state.visit), nowMs);
  const visit = stepVisit(
    state.visit,
    { doorBefore: state.door, door, camera, bolt: state.bolt, obstacle: visitObstacle(state), settings },
    event,
    nowMs,
  );
  const relock = stepRelock(
    state.relock,
    {
      switches: switchesOf(switchesFitted, health),
      boltBefore: state.bolt,
      doorBefore: state.door,
      visitBefore: state.visit,
      visit,
      modeBefore: state.mode,
      mode,
      settings,
    },
    event,
    nowMs,
  );
  const boardReady = nowMs >= health.boardReadyAtMs;
  const bolt = stepBolt(
    state.bolt,
    boltOrder(relock, { door, visit, mode, boltBefore: state.bolt, cameraWatches: watches(camera), boardReady }, nowMs),
    door.closed === true,
    switchesOf(switchesFitted, health),
    event,
    nowMs,
  );
  const alerts = stepAlerts(
    state.alerts,
    { boltBefore: state.bolt, doorBefore: state.door, visitBefore: state.visit, bolt, visit },
    event,
  );
  const same =
    health === state.health &&
    mode === state.mode &&
    camera === state.camera &&
    door === state.door &&
    visit === state.visit &&
    relock === state.relock &&
    bolt === state.bolt &&
    alerts === state.alerts;
  if (same) return state;
  return { settings, switchesFitted, mode, health, camera, door, visit, relock, bolt, alerts };
}

function stepMode(mode: Mode, event: CoreEvent): Mode {
  return event.kind === 'modeSet' || event.kind === 'booted' ? event.mode : mode;
}

/** Judged again when the recording is confirmed: since the request was accepted, a hand or a fault may have come. */
function visitObstacle(state: LockState): RefusalReason | null {
  return state.visit.phase === 'accepted' ? openingRefusal(state) : null;
}
