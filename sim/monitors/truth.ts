import type { AlarmName, LockReport, Mode } from '../../hal/contracts/report.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import type { BoltPlace, Drive, Observer } from '../observation.js';
import { Deadlines } from './deadlines.js';

/** The latency granted to the lock wherever no other is named. */
export const LATENCY_MS = 100;
/** The latency granted wherever the host, or its link to the board, is dead: the board's own watchdog acts. */
export const DEAD_LATENCY_MS = 600;
/** A camera whose newest frame is older than this is stale. */
export const STALE_AFTER_MS = 500;
/** A frame that the recorder confirmed counts for this long. */
export const RECORDED_FOR_MS = 2000;

/**
 * What all monitors know: the world as it is, and what the lock last put out. It comes first among the observers, so
 * that a monitor reads here what is true from this observation on. Before it takes in an observation it lets every
 * deadline expire that passed since the one before, against the truth that held until now.
 */
export class Truth implements Observer {
  readonly deadlines = new Deadlines();

  drive: Drive = 'off';
  /** The drive before the latest motor observation; equal to `drive` when that observation repeated it. */
  previousDrive: Drive = 'off';
  /** Since when the motor does what it does. */
  driveSinceMs = -Infinity;
  stalled = false;
  place: BoltPlace = 'extended';
  /** The place before the latest bolt observation. */
  previousPlace: BoltPlace = 'extended';
  placeSinceMs = -Infinity;
  handTurns: 'extend' | 'retract' | 'none' = 'none';
  handSinceMs = -Infinity;
  doorClosed = true;
  doorSinceMs = -Infinity;

  lockPowered = true;
  /** False until the first boot is told. */
  hostRunning = false;
  linkUp = true;
  networkUp = true;
  networkSinceMs = -Infinity;
  /** Lock powered, host running and its link to the board up. */
  alive = false;
  /** Since when `alive` is what it is. */
  aliveSinceMs = -Infinity;
  /** Since when the host runs, or does not. */
  hostSinceMs = -Infinity;

  cameraPowered = false;
  cameraPowerSinceMs = -Infinity;
  /** When the newest genuine frame was captured. */
  newestFrameMs = -Infinity;
  /** When the newest frame that the recorder confirmed was captured. */
  newestRecordedMs = -Infinity;

  /** The intent that governs the motor since this boot, complete or not; `null` if none was handed over. */
  intentGoal: 'locked' | 'unlocked' | null = null;
  intentVisitId: string | null = null;
  intentEntry: number | null = null;
  intentNumber = -Infinity;
  /** No intent was handed to the store since boot or since the last completed movement. */
  resting = true;
  restingSinceMs = -Infinity;
  /** Everything up to and including this record is durable. */
  syncedNumber = -Infinity;
  mode: Mode = 'normal';

  latestReport: LockReport | null = null;
  readonly raised = new Set<AlarmName>();

  /** What to add to virtual time to get the true calendar; `NaN` until it is told. */
  private utcOffsetMs = NaN;

  /** When the lock must at the latest have reacted to what is so since `sinceMs`, as things stand. */
  due(sinceMs: number, latencyMs: number): number {
    return Math.max(sinceMs, this.aliveSinceMs) + (this.alive ? latencyMs : DEAD_LATENCY_MS);
  }

  /** Since when, or from when unless another frame comes, the camera is unpowered or stale. */
  cameraLostFromMs(): number {
    const staleFromMs = this.newestFrameMs + STALE_AFTER_MS;
    return this.cameraPowered ? staleFromMs : Math.min(staleFromMs, this.cameraPowerSinceMs);
  }

  /** Since when, or from when unless another frame is confirmed, no fresh one of this entry is. */
  unrecordedFromMs(entryBeganMs: number): number {
    return this.newestRecordedMs >= entryBeganMs ? this.newestRecordedMs + RECORDED_FOR_MS : -Infinity;
  }

  /** The motor's orders serve the opening for a visitor. */
  forVisitor(): boolean {
    return this.intentGoal === 'unlocked' && this.intentVisitId !== null;
  }

  /** The true calendar; `NaN` if it was never told. */
  utcMs(nowMs: number): number {
    return nowMs + this.utcOffsetMs;
  }

  /** Bolt extended and door closed, in truth. */
  locked(): boolean {
    return this.place === 'extended' && this.doorClosed;
  }

  motor(nowMs: number, drive: Drive): void {
    this.deadlines.settle(nowMs);
    this.previousDrive = this.drive;
    if (drive === this.drive) return;
    this.drive = drive;
    this.driveSinceMs = nowMs;
    this.stalled = false;
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    this.deadlines.settle(nowMs);
    this.stalled = stalled;
  }

  bolt(nowMs: number, place: BoltPlace): void {
    this.deadlines.settle(nowMs);
    this.previousPlace = this.place;
    if (place === this.place) return;
    this.place = place;
    this.placeSinceMs = nowMs;
  }

  door(nowMs: number, closed: boolean): void {
    this.deadlines.settle(nowMs);
    if (closed === this.doorClosed) return;
    this.doorClosed = closed;
    this.doorSinceMs = nowMs;
  }

  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void {
    this.deadlines.settle(nowMs);
    if (turns === this.handTurns) return;
    this.handTurns = turns;
    this.handSinceMs = nowMs;
  }

  lockPower(nowMs: number, on: boolean): void {
    this.deadlines.settle(nowMs);
    this.lockPowered = on;
    this.reviewLife(nowMs);
  }

  host(nowMs: number, running: boolean): void {
    this.deadlines.settle(nowMs);
    if (running === this.hostRunning) return;
    this.hostRunning = running;
    this.hostSinceMs = nowMs;
    this.reviewLife(nowMs);
    if (!running) return;
    this.intentGoal = null;
    this.intentVisitId = null;
    this.intentEntry = null;
    this.rest(nowMs);
  }

  boardLink(nowMs: number, up: boolean): void {
    this.deadlines.settle(nowMs);
    this.linkUp = up;
    this.reviewLife(nowMs);
  }

  network(nowMs: number, up: boolean): void {
    this.deadlines.settle(nowMs);
    if (up === this.networkUp) return;
    this.networkUp = up;
    this.networkSinceMs = nowMs;
  }

  cameraPower(nowMs: number, on: boolean): void {
    this.deadlines.settle(nowMs);
    if (on === this.cameraPowered) return;
    this.cameraPowered = on;
    this.cameraPowerSinceMs = nowMs;
  }

  /** A run may be told long after it began: only up to its first frame was the one before it the newest. */
  frames(_nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    this.deadlines.settle(firstCapturedMs);
    if (lastCapturedMs > this.newestFrameMs) this.newestFrameMs = lastCapturedMs;
  }

  recorded(_nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    this.deadlines.settle(firstCapturedMs);
    if (lastCapturedMs > this.newestRecordedMs) this.newestRecordedMs = lastCapturedMs;
  }

  fault(nowMs: number): void {
    this.deadlines.settle(nowMs);
  }

  request(nowMs: number): void {
    this.deadlines.settle(nowMs);
  }

  calendar(nowMs: number, trueUtcMs: number): void {
    this.deadlines.settle(nowMs);
    this.utcOffsetMs = trueUtcMs - nowMs;
  }

  record(nowMs: number, record: JournalRecord): void {
    this.deadlines.settle(nowMs);
    const event = record.event;
    if (event.kind === 'driveIntended') {
      this.intentGoal = event.goal;
      this.intentVisitId = event.visitId;
      this.intentEntry = event.entry;
      this.intentNumber = record.number;
      this.resting = false;
    } else if (event.kind === 'driveEnded') {
      this.rest(nowMs);
    } else if (event.kind === 'modeChanged') {
      this.mode = event.mode;
    }
  }

  synced(nowMs: number, upToNumber: number): void {
    this.deadlines.settle(nowMs);
    if (upToNumber > this.syncedNumber) this.syncedNumber = upToNumber;
  }

  storeFault(nowMs: number): void {
    this.deadlines.settle(nowMs);
  }

  report(nowMs: number, report: LockReport): void {
    this.deadlines.settle(nowMs);
    this.latestReport = report;
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    this.deadlines.settle(nowMs);
    if (raised) this.raised.add(alarm);
    else this.raised.delete(alarm);
  }

  notice(nowMs: number): void {
    this.deadlines.settle(nowMs);
  }

  finish(nowMs: number): void {
    this.deadlines.settle(nowMs);
  }

  private rest(nowMs: number): void {
    if (!this.resting) this.restingSinceMs = nowMs;
    this.resting = true;
  }

  private reviewLife(nowMs: number): void {
    const alive = this.lockPowered && this.hostRunning && this.linkUp;
    if (alive === this.alive) return;
    this.alive = alive;
    this.aliveSinceMs = nowMs;
  }
}
