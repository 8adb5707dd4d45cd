import type { CameraProfile, DoorProfile } from '../../../sim/plant/profiles.js';
import { CAMERA_PROFILE, DOOR_PROFILES, LOCK_PROFILES } from '../../../sim/plant/profiles.js';
import type { PlantStart } from '../../../sim/plant/plant.js';
import { SimulatedBoardSide } from '../../../sim/hal/simulated-board-side.js';
import { SimulatedHardware } from '../../../sim/hal/simulated-hardware.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { START } from '../plant/plant-under-test.js';
import { ObservationLog } from '../observation-log.js';

interface Choices {
  readonly door?: DoorProfile;
  readonly camera?: CameraProfile;
  readonly seed?: number;
  readonly start?: Partial<PlantStart>;
}

/** Simulated hardware of a slim lock; the bolt retracted and the door closed unless told otherwise. */
export class HardwareUnderTest {
  readonly clock = new VirtualClock();
  readonly log = new ObservationLog();
  readonly hardware: SimulatedHardware;
  /** Stand for the firmware's boot and death. */
  onHostUp: () => void = () => {};
  onHostDown: () => void = () => {};

  constructor({ door = DOOR_PROFILES.aligned, camera = CAMERA_PROFILE, seed = 1, start = {} }: Choices = {}) {
    this.hardware = new SimulatedHardware({
      clock: this.clock,
      seed,
      profiles: { lock: LOCK_PROFILES.slim, door, camera },
      start: { ...START, ...start },
      observer: this.log.observer,
      makeBoardSide: (surroundings) => new SimulatedBoardSide(surroundings),
      onHostUp: () => this.onHostUp(),
      onHostDown: () => this.onHostDown(),
    });
  }

  /** Advances by so much. */
  pass(durationMs: number): void {
    this.clock.advanceTo(this.clock.nowMs() + durationMs);
  }
}
