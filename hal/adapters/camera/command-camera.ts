import { createHash } from 'node:crypto';
import type { CameraFrames } from '../../contracts/camera-frames.js';
import type { Clock } from '../../contracts/clock.js';
import type { Recorder } from '../../contracts/recorder.js';
import type { StartProgram } from './camera-program.js';
import { CameraProgram } from './camera-program.js';
import type { FootageDisk } from './footage.js';
import { Footage } from './footage.js';
import type { HostCamera } from './host-camera.js';
import { JpegSplitter } from './jpeg-splitter.js';

export interface CommandCameraOptions {
  /** For the shell: writes JPEG pictures to its standard output, one after the other, 4 to 30 a second. */
  readonly command: string;
  readonly footageFolder: string;
  readonly clock: Clock;
  /** One clause for a person whenever the program ends by itself. */
  readonly onTrouble: (trouble: string) => void;
  readonly startProgram?: StartProgram;
  readonly disk?: FootageDisk;
}

/** A camera of 30 frames a second, the most that the contract has, never comes sooner, with room for a late host. Chosen. */
const FRAME_GAP_MIN_MS = 20;

/**
 * Any program that writes pictures, run while the camera is powered. A picture is captured when it is whole here: what a
 * program holds back is not noticed, what it repeats is. A program that runs ahead of time loses what is too much.
 */
export class CommandCamera implements HostCamera {
  readonly cameraFrames: CameraFrames;
  readonly recorder: Recorder;
  private readonly clock: Clock;
  private readonly footage: Footage;
  private readonly program: CameraProgram;
  private splitter = new JpegSplitter();
  private powered = false;
  private sequence = 0;
  private nextFrameMs = 0;
  private onFrame: ((sequence: number, captureMs: number, digest: number) => void) | null = null;

  constructor({ command, footageFolder, clock, onTrouble, startProgram, disk }: CommandCameraOptions) {
    this.clock = clock;
    this.footage = new Footage(footageFolder, clock, disk);
    this.recorder = this.footage;
    this.cameraFrames = { watch: (listener) => void (this.onFrame = listener) };
    const heard = {
      received: (bytes: Uint8Array) => this.receive(bytes),
      ended: (why: string) => this.end(why, onTrouble),
    };
    this.program = new CameraProgram(command, clock, heard, startProgram);
  }

  setPowered(powered: boolean): void {
    if (powered === this.powered) return;
    this.powered = powered;
    this.beginAnew();
    this.program.want(powered);
  }

  async close(): Promise<void> {
    this.footage.stop();
    await this.program.close();
  }

  private receive(bytes: Uint8Array): void {
    for (const picture of this.splitter.push(bytes)) {
      const captureMs = this.clock.nowMs();
      if (captureMs < this.nextFrameMs) continue;
      this.nextFrameMs = captureMs + FRAME_GAP_MIN_MS;
      this.footage.take(picture, captureMs);
      this.onFrame?.(this.sequence, captureMs, createHash('sha256').update(picture).digest().readUInt32BE(0));
      this.sequence += 1;
    }
  }

  private end(why: string, onTrouble: (trouble: string) => void): void {
    this.beginAnew();
    onTrouble(why);
  }

  private beginAnew(): void {
    this.splitter = new JpegSplitter();
    this.sequence = 0;
  }
}
