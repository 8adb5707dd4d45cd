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
 * What is behind the link to the I/O board. Once the link is reported down, and until it is reported up again, orders
 * to the others are refused with a fault that names the part, and none of them reports anything.
 */
export interface BoardHal {
  /** From the host that runs the firmware to the board that drives the bolt. */
  readonly boardLink: Link;
  readonly boltMotor: BoltMotor;
  readonly motorCurrent: MotorCurrent;
  /** `null` on a lock without end switches: its position is never known, and visitors are refused. */
  readonly boltSwitches: BoltSwitches | null;
  readonly doorContact: DoorContact;
  readonly cameraPower: CameraPower;
  readonly indicators: Indicators;
}

/** What the host reaches without the board. */
export interface HostHal {
  readonly cameraFrames: CameraFrames;
  readonly recorder: Recorder;
  readonly networkLink: Link;
}

/**
 * The hardware of one door, as the firmware sees it. In all contracts an order answers at once and a listener is called
 * later, never from inside a call; a later `watch` takes the place of the earlier. Polarity, pull-ups and debouncing are
 * the adapter's: a change of an input that lasts is reported within 50 ms, one of 3 ms or less not at all; "soon" is
 * within 100 ms (chosen: what the properties of the lock leave the hardware of their 100 ms).
 */
export interface Hal extends BoardHal, HostHal {}
