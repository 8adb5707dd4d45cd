import type { Clock } from '../../hal/contracts/clock.js';
import type { Hal } from '../../hal/contracts/hal.js';
import type { BoltPlace, Fact } from '../core/events.js';
import {
  type CameraSense,
  cameraSenseWakeAt,
  heartbeatsOnlyRearm,
  INITIAL_CAMERA_SENSE,
  senseCameraPower,
  senseCameraTime,
  senseConfirmation,
  senseFrame,
  senseRecorder,
} from './camera-sense.js';
import {
  contradictionTold,
  INITIAL_MOTOR_SENSE,
  type MotorLimits,
  type MotorSense,
  samplesQuietUntilMs,
  senseCurrent,
  senseDrive,
} from './motor-sense.js';

/**
 * Listens to the hardware, keeps the two pure memories, and tells what changed in them as facts: the core sees no
 * milliamperes and no frames.
 */
export class Sense {
  private readonly clock: Clock;
  private readonly limits: MotorLimits;
  private readonly tell: (fact: Fact) => void;
  private camera: CameraSense = INITIAL_CAMERA_SENSE;
  private motor: MotorSense = INITIAL_MOTOR_SENSE;

  constructor(clock: Clock, limits: MotorLimits, tell: (fact: Fact) => void) {
    this.clock = clock;
    this.limits = limits;
    this.tell = tell;
  }

  listen(hal: Hal): void {
    hal.boardLink.watch((up) => this.tell({ kind: 'boardLinkSensed', up }));
    hal.doorContact.watch((closed) => this.tell({ kind: 'doorSensed', closed }));
    hal.boltSwitches?.watch((extended, retracted) => {
      this.tell({ kind: 'boltSensed', place: placeOf(extended, retracted) });
    });
    hal.cameraPower.watch((powered) => {
      this.look(senseCameraPower(this.camera, powered, this.clock.nowMs()));
    });
    hal.cameraFrames.watch((sequence, captureMs, digest) => {
      this.look(senseFrame(this.camera, sequence, captureMs, digest, this.clock.nowMs()));
    });
    hal.recorder.watch((captureMs) => {
      this.look(senseConfirmation(this.camera, captureMs, this.clock.nowMs()));
    });
    hal.motorCurrent.watch((currentMa, supplyMv) => {
      this.feel(senseCurrent(this.motor, this.limits, currentMa, supplyMv, this.clock.nowMs()));
    });
  }

  /** The lock has ordered a drive, or a stop. */
  drive(driven: boolean): void {
    this.motor = senseDrive(this.motor, driven, this.clock.nowMs());
  }

  /** The lock has begun to record an entry, or stopped recording. */
  recorder(on: boolean): void {
    this.look(senseRecorder(this.camera, on, this.clock.nowMs()));
  }

  wake(): void {
    this.look(senseCameraTime(this.camera, this.clock.nowMs()));
  }

  wakeAtMs(): number {
    return cameraSenseWakeAt(this.camera);
  }

  heartbeatsOnlyRearm(): boolean {
    return heartbeatsOnlyRearm(this.camera);
  }

  samplesQuietUntilMs(): number {
    return samplesQuietUntilMs(this.motor, this.clock.nowMs());
  }

  private look(next: CameraSense): void {
    const before = this.camera;
    if (next === before) return;
    this.camera = next;
    if (next.picture !== before.picture) this.tell({ kind: 'pictureSensed', picture: next.picture });
    if (next.confirmed !== before.confirmed) {
      this.tell({ kind: 'recordingSensed', confirmed: next.confirmed });
    }
  }

  private feel(next: MotorSense): void {
    const before = this.motor;
    if (next === before) return;
    this.motor = next;
    if (next.supply !== before.supply) this.tell({ kind: 'supplySensed', level: next.supply });
    if (next.load !== before.load) this.tell({ kind: 'motorSensed', load: next.load });
    if (next.contradicts && !before.contradicts) {
      this.motor = contradictionTold(this.motor);
      this.tell({ kind: 'contradictionSensed' });
    }
  }
}

function placeOf(extended: boolean, retracted: boolean): BoltPlace {
  if (extended) return retracted ? 'both' : 'extended';
  return retracted ? 'retracted' : 'between';
}
