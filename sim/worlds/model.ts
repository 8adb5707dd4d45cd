import { SimulatedBoardSide } from '../hal/simulated-board-side.js';
import type { Observations } from '../observation.js';
import { VirtualClock } from '../virtual-clock.js';
import type { WorldSettings } from '../world.js';
import type { LockWorldOptions } from './lock-world.js';
import { LockWorld } from './lock-world.js';

/** How the model is simulated; what is seen must be the same either way, and tests hold it to that. */
export type ModelOptions = Pick<LockWorldOptions, 'coalesce' | 'journalBytes' | 'onStore'>;

/** The firmware on the simulated HAL, without pins or wire bytes: the depth for campaigns and checking. */
export class ModelWorld extends LockWorld {
  constructor(settings: WorldSettings, seed: number, observer: Observations, options: ModelOptions) {
    super(settings, seed, observer, {
      ...options,
      clock: new VirtualClock(),
      makeBoardSide: (surroundings) => new SimulatedBoardSide(surroundings),
    });
  }
}
