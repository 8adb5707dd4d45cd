import type { BoltMotor } from './bolt-motor.js';
import type { BoltSwitches } from './bolt-switches.js';
import type { CameraFrames } from './camera-frames.js';
import type { CameraPower } from './camera-power.js';
import type { DoorContact } from './door-contact.js';
import type { Indicators } from './indicators.js';
import type { Link } from './links.js';
import type { MotorCurrent } from './motor-current.js';
import type { Recorder } from './recorder.js';

/**
 * The hardware of one door, as the firmware sees it. In all contracts an order answers at once and a listener is called
 * later, never from inside a call; a later `watch` takes the place of the earlier. Polarity, pull-ups and debouncing are
 * the adapter's: a change of an input that lasts is reported within 50 ms, one of 3 ms or less not at all; "soon" is
 * within 100 ms (chosen: what the properties of the lock leave the hardware of their 100 ms).
 */
export interface Hal {
  readonly boltMotor: BoltMotor;
  readonly motorCurrent: MotorCurrent;
  /** `null` on a lock without end switches: its position is never known, and visitors are refused. */
  readonly boltSwitches: BoltSwitches | null;
  readonly doorContact: DoorContact;
  readonly cameraPower: CameraPower;
  readonly cameraFrames: CameraFrames;
  readonly recorder: Recorder;
  readonly networkLink: Link;
  /**
   * From the host that runs the firmware to the board that drives the bolt. Behind it are motor and current, switches,
   * contact, camera power and indicators. Once it is reported down, and until it is reported up again, orders to them
   * are refused with a fault that names the part, and none of them reports anything.
   */
  readonly boardLink: Link;
  readonly indicators: Indicators;
}
