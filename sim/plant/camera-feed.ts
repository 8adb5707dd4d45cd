import type { Alarm } from '../../hal/contracts/clock.js';
import type { Observations } from '../observation.js';
import { Draws } from '../random.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { CameraProfile } from './profiles.js';

/** The camera's own clock starts anywhere within this, about 11 days; chosen. */
const CLOCK_OFFSET_MAX_MS = 1_000_000_000;

/** A replay repeats the last five seconds at ten frames a second; chosen. */
const REPLAYED_FRAMES = 50;

/**
 * `genuine` frames are new; the others are what reaches the lock in their place: the last one again and again, its
 * picture under new numbers and times, earlier ones again, or nothing.
 */
export type FeedMode = 'genuine' | 'frozen' | 'restamped' | 'replayed' | 'stalled';

/** Which frames the firmware can do without. */
export interface FrameQuiet {
  /**
   * Until when further genuine frames and confirmations are known to do no more than to re-arm a watchdog: those that
   * arrive before then may be skipped, as long as the newest before any other event is delivered. A whole number of
   * milliseconds, or `Infinity`; a time that is not in the future stands for none.
   */
  framesUntilMs(): number;
}

/**
 * Camera and recorder: one feed of frames and confirmations with one alarm. Frame k of a boot is captured at
 * `firstCaptureMs + k × interval`, whether it reaches the lock or not, so that everything about it follows from k.
 */
export class CameraFeed {
  onFrame: ((sequence: number, captureMs: number, digest: number) => void) | null = null;
  onConfirmed: ((captureMs: number) => void) | null = null;
  /** `null` delivers frame by frame. */
  quiet: FrameQuiet | null = null;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly profile: CameraProfile;
  private readonly offsetDraws: Draws;
  private readonly digestDraws: Draws;
  private readonly alarm: Alarm;

  private boots = 0;
  private offsetMs = 0;
  private digestBase = 0;
  private poweredAtMs = Infinity;
  private firstCaptureMs = Infinity;
  private mode: FeedMode = 'genuine';
  private replays = 0;
  /** The next frame to arrive, and when; no frame arrives without power. */
  private next = 0;
  private nextFrameMs = Infinity;
  /** The newest genuine frame that reached lock and recorder, and the first of its unbroken run; -1 for none. */
  private newest = -1;
  private runStart = 0;

  private keeps = true;
  private nextConfirmMs = Infinity;
  private confirmed = -1;
  private confirmedAtMs = -Infinity;

  constructor(clock: VirtualClock, observer: Observations, seed: number, profile: CameraProfile) {
    this.clock = clock;
    this.observer = observer;
    this.profile = profile;
    this.offsetDraws = new Draws(seed, 'camera clock');
    this.digestDraws = new Draws(seed, 'camera digest');
    this.alarm = clock.alarm(() => this.deliver());
  }

  /** With power the camera boots anew, and nothing of an earlier boot arrives any more. */
  setPowered(powered: boolean, slow: boolean): void {
    this.newest = -1;
    this.confirmed = -1;
    this.next = 0;
    this.poweredAtMs = powered ? this.clock.nowMs() : Infinity;
    if (powered) {
      this.boots += 1;
      this.offsetMs = this.offsetDraws.below(CLOCK_OFFSET_MAX_MS, this.boots);
      this.digestBase = this.digestDraws.bits(this.boots);
    }
    this.setBoot(slow);
  }

  /** Counts for a camera that boots, and may end its boot at once; one that has booted goes on. */
  setSlow(slow: boolean): void {
    if (this.clock.nowMs() < this.firstCaptureMs) this.setBoot(slow);
  }

  setMode(mode: FeedMode): void {
    this.mode = mode;
    this.replays = 0;
  }

  /** Begins to record; goes on if it records already. */
  record(): void {
    if (this.nextConfirmMs < Infinity) return;
    this.nextConfirmMs = this.clock.nowMs() + this.profile.confirmIntervalMs + this.profile.confirmLatencyMs;
    this.arm();
  }

  stopRecording(): void {
    this.nextConfirmMs = Infinity;
    this.arm();
  }

  /** A full or broken recorder keeps nothing, and confirms nothing. */
  setKeeps(keeps: boolean): void {
    this.keeps = keeps;
  }

  private setBoot(slow: boolean): void {
    const bootedMs = this.poweredAtMs + (slow ? this.profile.slowBootMs : this.profile.bootMs);
    this.firstCaptureMs = Math.max(bootedMs, this.clock.nowMs());
    this.nextFrameMs = this.arrivalMs(this.next);
    this.arm();
  }

  private arm(): void {
    const dueMs = Math.min(this.nextFrameMs, this.nextConfirmMs);
    if (dueMs === Infinity) this.alarm.clear();
    else this.alarm.set(dueMs);
  }

  private deliver(): void {
    if (this.quiet === null || !this.isSteady() || !this.deliverRun(this.quiet.framesUntilMs())) {
      const nowMs = this.clock.nowMs();
      if (this.nextFrameMs <= nowMs) this.deliverFrame();
      if (this.nextConfirmMs <= nowMs) this.deliverConfirmations(nowMs);
    }
    this.arm();
  }

  private deliverFrame(): void {
    switch (this.mode) {
      case 'genuine':
        this.deliverGenuine(this.next);
        return;
      case 'frozen':
        this.skipFrame();
        if (this.newest >= 0) this.passOn(this.newest, this.newest);
        return;
      case 'restamped':
        this.skipFrame();
        if (this.newest >= 0) this.passOn(this.next - 1, this.newest);
        return;
      case 'replayed':
        this.skipFrame();
        if (this.newest >= 0) this.passOn(this.replayedFrame(), this.replayedFrame());
        this.replays += 1;
        return;
      case 'stalled':
        this.skipFrame();
    }
  }

  private skipFrame(): void {
    this.next += 1;
    this.runStart = this.next;
    this.nextFrameMs = this.arrivalMs(this.next);
  }

  /** Delivers a frame that stands for all from the next one up to itself. */
  private deliverGenuine(frame: number): void {
    const firstMs = this.capturedMs(this.next);
    const lastMs = this.capturedMs(frame);
    this.newest = frame;
    this.next = frame + 1;
    this.nextFrameMs = this.arrivalMs(this.next);
    this.observer.frames(this.clock.nowMs(), firstMs, lastMs);
    this.passOn(frame, frame);
  }

  /** The number and time of one frame, with the picture of one that may be another. */
  private passOn(frame: number, picture: number): void {
    if (this.onFrame === null) return;
    this.onFrame(frame, this.capturedMs(frame) + this.offsetMs, this.digestDraws.bits(this.digestBase + picture));
  }

  private replayedFrame(): number {
    const length = Math.min(this.newest + 1, REPLAYED_FRAMES);
    return this.newest + 1 - length + (this.replays % length);
  }

  /** Delivers one confirmation that stands for all that are due up to `lastMs`. */
  private deliverConfirmations(lastMs: number): void {
    const first = this.confirmableFrame(this.nextConfirmMs);
    const last = this.confirmableFrame(lastMs);
    this.nextConfirmMs = lastMs + this.profile.confirmIntervalMs;
    if (!this.keeps) return;
    if (this.mode === 'replayed') {
      if (this.newest >= 0) this.onConfirmed?.(this.capturedMs(this.replayedFrame()) + this.offsetMs);
      return;
    }
    if (last <= this.confirmed) return;
    this.confirmed = last;
    this.confirmedAtMs = lastMs;
    const lastCapturedMs = this.capturedMs(last);
    const firstCapturedMs = first < 0 ? lastCapturedMs : this.capturedMs(first);
    this.observer.recorded(lastMs, firstCapturedMs, lastCapturedMs);
    this.onConfirmed?.(lastCapturedMs + this.offsetMs);
  }

  /** The newest frame that had reached the recorder when it wrote the confirmation due at `confirmMs`; -1 for none. */
  private confirmableFrame(confirmMs: number): number {
    const frame = Math.min(this.newest, this.lastArrivedBy(confirmMs - this.profile.confirmLatencyMs));
    return frame < this.runStart && frame !== this.newest ? -1 : frame;
  }

  /** The last frame and the last confirmation were on time, and so will be the next: no watchdog runs out meanwhile. */
  private isSteady(): boolean {
    if (this.mode !== 'genuine' || this.newest !== this.next - 1) return false;
    if (this.nextConfirmMs === Infinity) return true;
    return this.keeps && this.confirmedAtMs === this.nextConfirmMs - this.profile.confirmIntervalMs;
  }

  /**
   * Delivers everything that arrives before anything else can happen, and only what matters of it: the newest frame at
   * or before the last confirmation, that confirmation, and the newest frame. Returns false, and does nothing, where
   * that would save nothing.
   */
  private deliverRun(quietUntilMs: number): boolean {
    const beforeMs = Math.min(quietUntilMs, this.clock.nextWorldDueMs(this.alarm));
    const lastMs = Math.min(beforeMs - 1, this.clock.advanceLimitMs());
    const lastFrame = this.lastArrivedBy(lastMs);
    if (lastFrame <= this.next + 1) return false;
    if (this.nextConfirmMs <= lastMs) {
      const interval = this.profile.confirmIntervalMs;
      const confirmMs = this.nextConfirmMs + Math.floor((lastMs - this.nextConfirmMs) / interval) * interval;
      this.jumpToFrame(this.lastArrivedBy(confirmMs));
      this.clock.jumpTo(confirmMs);
      this.deliverConfirmations(confirmMs);
    }
    this.jumpToFrame(lastFrame);
    return true;
  }

  private jumpToFrame(frame: number): void {
    if (frame < this.next) return;
    this.clock.jumpTo(this.arrivalMs(frame));
    this.deliverGenuine(frame);
  }

  private capturedMs(frame: number): number {
    return this.firstCaptureMs + frame * this.profile.frameIntervalMs;
  }

  private arrivalMs(frame: number): number {
    return this.capturedMs(frame) + this.profile.frameLatencyMs;
  }

  private lastArrivedBy(timeMs: number): number {
    return Math.floor((timeMs - this.profile.frameLatencyMs - this.firstCaptureMs) / this.profile.frameIntervalMs);
  }
}
