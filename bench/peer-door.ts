import { CAMERA_PROFILE } from '../sim/plant/profiles.js';
import type { VisitResult } from './visit.js';

/** What a throw takes in Latchkey's plant with the slim lock and an aligned door, and what its motor draws meanwhile. */
const THROW_MS = 1_040;
const RUNNING_MA = 90;

/** From one reading of the driven motor's current to the next. */
const SAMPLE_MS = 10;

/** Time as a peer is simulated in it. */
export interface Timers<Handle> {
  setTimeout(fire: () => void, delayMs: number): Handle;
  clearTimeout(handle: Handle): void;
}

/** What the peer's lock is told of. */
export interface PeerListener {
  boltReached(place: 'extended' | 'retracted'): void;
  doorMoved(closed: boolean): void;
  motorDraws(currentMa: number): void;
  frame(sequence: number, digest: number): void;
  confirmed(sequence: number): void;
}

/**
 * The plant that the peers get. It tells their locks what Latchkey's hears of its own hardware (end switches, contact,
 * frames, confirmations, motor current); nothing ever fails in it, and next to nothing of the time goes there.
 */
export class PeerDoor<Handle> {
  listener: PeerListener | null = null;
  private place: 'extended' | 'between' | 'retracted' = 'extended';
  private closed = true;
  private readonly timers: Timers<Handle>;
  private throwing: Handle | null = null;
  private sampling: Handle | null = null;
  private filming: Handle | null = null;
  private recording: Handle | null = null;
  private frames = 0;

  constructor(timers: Timers<Handle>) {
    this.timers = timers;
  }

  /** `completed` is what the peer's lock has counted. */
  result(completed: number): VisitResult {
    return {
      completed,
      boltExtended: this.place === 'extended',
      doorClosed: this.closed,
      frames: this.frames,
      violations: 0,
    };
  }

  drive(way: 'extend' | 'retract' | 'off'): void {
    this.throwing = this.cancel(this.throwing);
    this.sampling = this.cancel(this.sampling);
    if (way === 'off') return;
    this.place = 'between';
    this.sampling = this.timers.setTimeout(this.sample, SAMPLE_MS);
    this.throwing = this.timers.setTimeout(() => {
      this.throwing = null;
      this.place = way === 'extend' ? 'extended' : 'retracted';
      this.listener?.boltReached(this.place);
    }, THROW_MS);
  }

  powerCamera(on: boolean): void {
    this.filming = this.cancel(this.filming);
    if (!on) return;
    this.frames = 0;
    this.filming = this.timers.setTimeout(this.film, CAMERA_PROFILE.bootMs + CAMERA_PROFILE.frameLatencyMs);
  }

  record(on: boolean): void {
    this.recording = this.cancel(this.recording);
    if (!on) return;
    const { confirmIntervalMs, confirmLatencyMs } = CAMERA_PROFILE;
    this.recording = this.timers.setTimeout(this.confirm, confirmIntervalMs + confirmLatencyMs);
  }

  openDoor(): void {
    if (this.place !== 'retracted') throw new Error('the bolt holds the door');
    this.move(false);
  }

  closeDoor(): void {
    this.move(true);
  }

  private move(closed: boolean): void {
    this.closed = closed;
    this.listener?.doorMoved(closed);
  }

  private readonly sample = (): void => {
    this.sampling = this.timers.setTimeout(this.sample, SAMPLE_MS);
    this.listener?.motorDraws(RUNNING_MA);
  };

  private readonly film = (): void => {
    this.frames += 1;
    this.filming = this.timers.setTimeout(this.film, CAMERA_PROFILE.frameIntervalMs);
    this.listener?.frame(this.frames, Math.imul(this.frames, 0x9e3779b1));
  };

  private readonly confirm = (): void => {
    this.recording = this.timers.setTimeout(this.confirm, CAMERA_PROFILE.confirmIntervalMs);
    this.listener?.confirmed(this.frames);
  };

  private cancel(handle: Handle | null): null {
    if (handle !== null) this.timers.clearTimeout(handle);
    return null;
  }
}
