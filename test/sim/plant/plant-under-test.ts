import type { DoorProfile, LockProfile } from '../../../sim/plant/profiles.js';
import { CAMERA_PROFILE, DOOR_PROFILES, LOCK_PROFILES } from '../../../sim/plant/profiles.js';
import type { PlantStart } from '../../../sim/plant/plant.js';
import { Plant } from '../../../sim/plant/plant.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { ObservationLog } from '../observation-log.js';

export const START: PlantStart = { boltExtended: false, doorClosed: true, cameraSwitchedOn: false, utcMs: 1_000_000 };

interface Choices {
  readonly lock?: LockProfile;
  readonly door?: DoorProfile;
  readonly seed?: number;
  readonly start?: Partial<PlantStart>;
}

/** A plant without anything wired to it; the bolt retracted and the door closed unless told otherwise. */
export class PlantUnderTest {
  readonly clock = new VirtualClock();
  readonly log = new ObservationLog();
  readonly plant: Plant;

  constructor({ lock = LOCK_PROFILES.slim, door = DOOR_PROFILES.aligned, seed = 1, start = {} }: Choices = {}) {
    this.plant = new Plant({
      clock: this.clock,
      seed,
      profiles: { lock, door, camera: CAMERA_PROFILE },
      start: { ...START, ...start },
      observer: this.log.observer,
    });
  }

  /** Advances by so much. */
  pass(durationMs: number): void {
    this.clock.advanceTo(this.clock.nowMs() + durationMs);
  }

  /** Drives for so long, stops, and waits a little. */
  drive(way: 'extend' | 'retract', durationMs: number): void {
    this.plant.bolt.setDrive(way);
    this.pass(durationMs);
    this.plant.bolt.setDrive('off');
    this.pass(100);
  }
}
