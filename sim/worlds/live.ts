import { SimulatedBoardSide } from '../hal/simulated-board-side.js';
import type { Observations } from '../observation.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { WorldSettings } from '../world.js';
import { LockWorld } from './lock-world.js';
import type { Outside } from './outside.js';

/** A world that keeps pace with real time has no repeatable chance anyway: no seed is worth asking for. */
const SEED = 1;

/** The model with a real outside. Whoever makes it advances its time; every frame and sample is delivered. */
export function liveWorld(
  settings: WorldSettings,
  observer: Observations,
  clock: VirtualClock,
  outside: Outside,
): LockWorld {
  return new LockWorld(settings, SEED, observer, {
    clock,
    makeBoardSide: (surroundings) => new SimulatedBoardSide(surroundings),
    coalesce: false,
    journalBytes: true,
    outside,
  });
}
