import type { AlarmName, LockReport, Mode } from '../../hal/contracts/report.js';
import type { BoltPlace, Drive } from '../observation.js';
import { Deadlines } from './deadlines.js';
import type { RecordHandlers, RecordReader } from './record-readers.js';

/** The latency granted to the lock wherever no other is named. */
export const LATENCY_MS = 100;
/** The latency granted wherever the host, or its link to the board, is dead: the board's own watchdog acts. */
export const DEAD_LATENCY_MS = 600;
/** A camera whose newest frame is older than this is stale. */
export const STALE_AFTER_MS = 500;
/** A frame that the recorder confirmed counts for this long. */
export const RECORDED_FOR_MS = 2000;

/** What all monitors know: the world as it is since the latest observation, and what the lock last put out. */
export class Truth implements RecordReader {
  readonly records: RecordHandlers = {
    driveIntended: (_nowMs, { goal, visitId, entry }, { number }) => {
      this.intentGoal = goal;
      this.intentVisitId = visitId;
      this.intentEntry = entry;
      this.intentNumber = number;
      this.resting = false;
    },
    driveEnded: (nowMs) => {
      this.rest(nowMs);
    },
    modeChanged: (_nowMs, { mode }) => {
      this.mode = mode;
    },
  };
  readonly deadlines = new Deadlines();

  drive: Drive = 'off';
  /** Since when the motor does what it does. */
  driveSinceMs = -Infinity;
  place: BoltPlace = 'extended';
  placeSinceMs = -Infinity;
  handTurns: 'extend' | 'retract' | 'none' = 'none';
  handSinceMs = -Infinity;
  doorClosed = true;
  doorSinceMs = -Infinity;
  /** How often the door has opened, and for how long it was open each time but the present. */
  doorOpenings = 0;
  private doorOpenBeforeMs = 0;
  /** The door has closed again so soon after its opening that the lock may have seen neither. */
  doorFlickered = false;

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

  /** When frames will have failed to come for 500 ms; infinite once that was noted. */
  private staleAfterMs = Infinity;
  /** What to add to virtual time to get the true calendar; `NaN` until it is told. */
  private utcOffsetMs = NaN;

  /** When the lock must at the latest have reacted to what is so since `sinceMs`, as things stand. */
  due(sinceMs: number, latencyMs: number): number {
    return Math.max(sinceMs, this.aliveSinceMs) + (this.alive ? latencyMs : DEAD_LATENCY_MS);
  }

  /** When what began at `sinceMs` and may last for `boundMs` must at the latest have ended, as things stand. */
  dueAfter(sinceMs: number, boundMs: number): number {
    return Math.max(sinceMs + boundMs, this.aliveSinceMs + (this.alive ? LATENCY_MS : DEAD_LATENCY_MS));
  }

  /** Since when, or from when unless another frame comes, the camera is unpowered or stale. */
  cameraLostFromMs(): number {
    const staleFromMs = this.newestFrameMs + STALE_AFTER_MS;
    return this.cameraPowered ? staleFromMs : Math.min(staleFromMs, this.cameraPowerSinceMs);
  }

  /** The camera is unpowered, or no frame has come for 500 ms. */
  cameraLost(): boolean {
    return !this.cameraPowered || this.staleAfterMs === Infinity;
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

  /** For how long the door has been open altogether. */
  doorOpenMs(nowMs: number): number {
    return this.doorOpenBeforeMs + (this.doorClosed ? 0 : nowMs - this.doorSinceMs);
  }

  /** Bolt extended and door closed, in truth. */
  locked(): boolean {
    return this.place === 'extended' && this.doorClosed;
  }

  motor(nowMs: number, drive: Drive): void {
    this.drive = drive;
    this.driveSinceMs = nowMs;
  }

  bolt(nowMs: number, place: BoltPlace): void {
    this.place = place;
    this.placeSinceMs = nowMs;
  }

  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void {
    this.handTurns = turns;
    this.handSinceMs = nowMs;
  }

  door(nowMs: number, closed: boolean): void {
    this.doorClosed = closed;
    if (closed && this.doorOpenings > 0) this.doorOpenBeforeMs += nowMs - this.doorSinceMs;
    else this.doorOpenings += 1;
    this.doorFlickered = closed && nowMs < this.doorSinceMs + LATENCY_MS;
    this.doorSinceMs = nowMs;
  }

  host(nowMs: number, running: boolean): void {
    this.hostRunning = running;
    this.hostSinceMs = nowMs;
    if (!running) return;
    this.intentGoal = null;
    this.intentVisitId = null;
    this.intentEntry = null;
    this.rest(nowMs);
  }

  network(nowMs: number, up: boolean): void {
    this.networkUp = up;
    this.networkSinceMs = nowMs;
  }

  cameraPower(nowMs: number, on: boolean): void {
    this.cameraPowered = on;
    this.cameraPowerSinceMs = nowMs;
  }

  frames(lastCapturedMs: number): void {
    if (lastCapturedMs <= this.newestFrameMs) return;
    this.newestFrameMs = lastCapturedMs;
    this.staleAfterMs = lastCapturedMs + STALE_AFTER_MS;
  }

  /** Whether frames have by now failed to come for 500 ms; true only once until another comes. */
  framesStopped(nowMs: number): boolean {
    if (nowMs <= this.staleAfterMs) return false;
    this.staleAfterMs = Infinity;
    return true;
  }

  recorded(lastCapturedMs: number): void {
    if (lastCapturedMs > this.newestRecordedMs) this.newestRecordedMs = lastCapturedMs;
  }

  calendar(nowMs: number, trueUtcMs: number): void {
    this.utcOffsetMs = trueUtcMs - nowMs;
  }

  synced(upToNumber: number): void {
    if (upToNumber > this.syncedNumber) this.syncedNumber = upToNumber;
  }

  alarm(alarm: AlarmName, raised: boolean): void {
    if (raised) this.raised.add(alarm);
    else this.raised.delete(alarm);
  }

  /** Whether the lock came alive or died. */
  reviewLife(nowMs: number): boolean {
    const alive = this.lockPowered && this.hostRunning && this.linkUp;
    if (alive === this.alive) return false;
    this.alive = alive;
    this.aliveSinceMs = nowMs;
    return true;
  }

  private rest(nowMs: number): void {
    if (!this.resting) this.restingSinceMs = nowMs;
    this.resting = true;
  }
}
