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
 * The hardware of one door, as the firmware sees it. In all contracts an order answers at once and listeners are
 * called later, never from inside a call; polarity, pull-ups and debouncing are the adapter's.
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
  /** From the host that runs the firmware to the board that drives the bolt. */
  readonly boardLink: Link;
  readonly indicators: Indicators;
}
