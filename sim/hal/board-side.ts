import type { Clock } from '../../hal/contracts/clock.js';
import type { BoardHal } from '../../hal/contracts/hal.js';
import type { Observations } from '../observation.js';
import type { Plant, PlantWires } from '../plant/plant.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { SampleQuiet } from './current-sampler.js';

/**
 * The I/O board with the cable to it, and the host's end of both: what differs between the depths of simulation. Its
 * wires are called while the plant changes: it takes note, and tells the firmware later.
 */
export interface BoardSide extends Pick<
  PlantWires,
  'switchesChanged' | 'contactChanged' | 'currentChanged' | 'cameraPowerChanged'
> {
  /** A host boots. The answer is good until `stopHost`; `clock` is silent after that. */
  startHost(clock: Clock): BoardHal;
  /** The host dies: nobody orders or listens any more. */
  stopHost(): void;
  /** Of the board, not of the host. */
  setPower(on: boolean): void;
  /** Whether the cable carries anything. */
  setLink(up: boolean): void;
  /** `null` delivers every sample. Those that simulate the board down to its samples may deliver them all the same. */
  setQuiet(quiet: SampleQuiet | null): void;
}

export interface BoardSurroundings {
  readonly clock: VirtualClock;
  readonly plant: Plant;
  readonly observer: Observations;
}

export type MakeBoardSide = (surroundings: BoardSurroundings) => BoardSide;
