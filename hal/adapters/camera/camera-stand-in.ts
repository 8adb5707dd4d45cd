import type { CameraFrames } from '../../contracts/camera-frames.js';
import type { Alarm, Clock } from '../../contracts/clock.js';
import type { Recorder } from '../../contracts/recorder.js';
import type { HostCamera } from './host-camera.js';

/** From power to the first frame; chosen, as a quick camera takes. */
const BOOT_MS = 1_500;

/** The default rate of the contract: 10 a second. */
const FRAME_MS = 100;

/** Confirmed every so many frames: twice as often as the contract asks. */
const FRAMES_A_CONFIRMATION = 5;

/** Odd, so that no two of 2 ** 32 frames have the same digest (Knuth's multiplicative hash). */
const DIGEST_FACTOR = 0x9e37_79b1;

/**
 * Stands in for a camera and its recorder on a rig that has none: frames flow while the sense line says that the camera
 * is powered. There are no pictures, and nothing is kept: it proves nothing about what happens at the door.
 */
export class StandInCamera implements HostCamera {
  readonly cameraFrames: CameraFrames;
  readonly recorder: Recorder;
  private readonly clock: Clock;
  private readonly alarm: Alarm;
  private onFrame: ((sequence: number, captureMs: number, digest: number) => void) | null = null;
  private onConfirmed: ((captureMs: number) => void) | null = null;
  private powered = false;
  private recording = false;
  private sequence = 0;
  private frames = 0;
  private unconfirmed = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.alarm = clock.alarm(() => this.deliver());
    this.cameraFrames = { watch: (listener) => void (this.onFrame = listener) };
    this.recorder = {
      start: () => {
        if (!this.recording) this.unconfirmed = 0;
        this.recording = true;
        return null;
      },
      stop: () => {
        this.recording = false;
        return null;
      },
      watch: (listener) => void (this.onConfirmed = listener),
    };
  }

  setPowered(powered: boolean): void {
    if (powered === this.powered) return;
    this.powered = powered;
    this.sequence = 0;
    if (powered) this.alarm.set(this.clock.nowMs() + BOOT_MS);
    else this.alarm.clear();
  }

  close(): Promise<void> {
    this.setPowered(false);
    return Promise.resolve();
  }

  private deliver(): void {
    const nowMs = this.clock.nowMs();
    this.alarm.set(nowMs + FRAME_MS);
    this.frames += 1;
    this.onFrame?.(this.sequence, nowMs, Math.imul(this.frames, DIGEST_FACTOR) >>> 0);
    this.sequence += 1;
    if (!this.recording) return;
    this.unconfirmed += 1;
    if (this.unconfirmed < FRAMES_A_CONFIRMATION) return;
    this.unconfirmed = 0;
    this.onConfirmed?.(nowMs);
  }
}
