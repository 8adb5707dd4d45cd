import type { JournalRecord } from '../../firmware/journal/records.js';
import type { BoltPlace, Drive, Observer } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { ManualHold } from './manual-hold.js';
import type { MonitorSettings } from './settings.js';
import { LATENCY_MS, type Truth } from './truth.js';
import type { Visits } from './visits.js';

/** A drive this long has timed out: policy cuts at 2.5 s. */
const TIMED_OUT_AFTER_MS = 2400;

/**
 * Since when the bolt ought to be going home. In a visit: at once from each closing of the door, or, with the door
 * closed, from deny, end, withdrawal, lock-down, camera loss, an abandoned retraction or the end of the entry wait.
 * Outside visits: the auto-relock time after each closing or retraction, never in passage mode. Nothing is owed while
 * the door is open or while power, host or host-board link is down; what was owed is owed anew from their return.
 */
export class RelockDuty implements Observer {
  /** From here on relocking is due; infinite while nothing is owed, in the future while a wait still runs. */
  owedFromMs = Infinity;
  /** A visit opened the door, and the bolt has not been home since the visit. */
  toVisit = false;
  /** When a locking attempt last jammed or timed out. */
  jammedMs = -Infinity;
  private readonly truth: Truth;
  private readonly visits: Visits;
  private readonly hold: ManualHold;
  private readonly settings: MonitorSettings;
  private readonly cameraLoss: Deadline;
  private readonly wasAlive = { now: false, owing: false };
  private extendingSinceMs = Infinity;

  constructor(truth: Truth, visits: Visits, hold: ManualHold, settings: MonitorSettings) {
    this.truth = truth;
    this.visits = visits;
    this.hold = hold;
    this.settings = settings;
    this.cameraLoss = truth.deadlines.create((dueMs) => {
      this.reviewCamera(dueMs);
    });
  }

  /** From when the lock has no excuse left: neither a manual retraction to respect nor a hand on the bolt. */
  startMs(): number {
    if (this.truth.handTurns !== 'none') return Infinity;
    return Math.max(this.owedFromMs, this.hold.possiblyUntilMs, this.truth.handSinceMs);
  }

  door(nowMs: number, closed: boolean): void {
    if (!closed) this.owedFromMs = Infinity;
    else if (this.toVisit || this.visits.current !== null) this.oweAtOnce(nowMs);
    else this.oweAfterWait(nowMs);
  }

  bolt(nowMs: number, place: BoltPlace): void {
    if (place === this.truth.previousPlace) return;
    if (place === 'extended') {
      this.owedFromMs = Infinity;
      this.reviewVisit();
    } else if (this.owedFromMs > nowMs) {
      this.oweAfterWait(nowMs);
    }
  }

  motor(nowMs: number, drive: Drive): void {
    if (drive === this.truth.previousDrive) return;
    if (this.extendingSinceMs + TIMED_OUT_AFTER_MS <= nowMs) this.jammedMs = nowMs;
    this.extendingSinceMs = drive === 'extend' ? nowMs : Infinity;
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    const { drive, place, handTurns } = this.truth;
    if (stalled && drive === 'extend' && place !== 'extended' && handTurns === 'none') this.jammedMs = nowMs;
  }

  cameraPower(): void {
    this.watchCamera();
  }

  host(nowMs: number): void {
    this.reviewLife(nowMs);
  }

  boardLink(nowMs: number): void {
    this.reviewLife(nowMs);
  }

  lockPower(nowMs: number): void {
    this.reviewLife(nowMs);
  }

  record(nowMs: number, record: JournalRecord): void {
    const event = record.event;
    switch (event.kind) {
      case 'driveIntended':
        if (event.goal === 'unlocked') {
          this.toVisit = event.visitId !== null || this.visits.current !== null;
          this.oweAfterWait(nowMs);
        }
        break;
      case 'driveEnded':
        if (event.goal === 'locked') break;
        if (event.result === 'jammed' || event.result === 'timedOut') this.oweAtOnce(nowMs);
        else if (this.owedFromMs > nowMs) this.oweAfterWait(nowMs);
        break;
      case 'jamDetected':
        if (event.goal === 'locked') this.jammedMs = nowMs;
        break;
      case 'recordingConfirmed':
        this.watchCamera();
        break;
      case 'withdrawn':
        this.oweAtOnce(nowMs);
        break;
      case 'visitEnded':
        if (this.toVisit) this.oweAtOnce(nowMs);
        this.reviewVisit();
        break;
      case 'modeChanged':
        if (event.mode === 'lockDown') this.oweAtOnce(nowMs);
        else if (this.owedFromMs > nowMs) this.oweAfterWait(nowMs);
        break;
      default:
    }
  }

  private oweAtOnce(nowMs: number): void {
    const { doorClosed, place, alive } = this.truth;
    if (doorClosed && place !== 'extended' && alive && this.owedFromMs > nowMs) this.owedFromMs = nowMs;
  }

  private oweAfterWait(nowMs: number): void {
    const { doorClosed, place, alive, resting, intentGoal } = this.truth;
    const opening = !resting && intentGoal === 'unlocked' && place !== 'retracted';
    const nothing = !doorClosed || place === 'extended' || !alive || opening;
    this.owedFromMs = nothing ? Infinity : nowMs + this.waitMs();
  }

  private waitMs(): number {
    if (this.toVisit) return this.settings.entryWaitMs;
    if (this.truth.mode === 'lockDown') return 0;
    return this.truth.mode === 'passage' ? Infinity : this.settings.autoRelockMs;
  }

  /** A visit that has ended is over for good once the bolt is home. */
  private reviewVisit(): void {
    if (this.truth.locked() && this.visits.current === null) this.toVisit = false;
  }

  private reviewLife(nowMs: number): void {
    const { alive, raised } = this.truth;
    if (alive === this.wasAlive.now) return;
    this.wasAlive.now = alive;
    if (!alive) {
      this.wasAlive.owing = this.owedFromMs <= nowMs;
      this.owedFromMs = Infinity;
      return;
    }
    if (this.wasAlive.owing) this.oweAtOnce(nowMs);
    else this.oweAfterWait(nowMs);
    if (raised.has('LockJammed')) this.jammedMs = nowMs;
  }

  private watchCamera(): void {
    const visit = this.visits.current;
    if (visit === null || !visit.recordingConfirmed) return;
    this.cameraLoss.arm(Math.max(this.truth.cameraLostFromMs(), visit.entryBeganMs) + LATENCY_MS);
  }

  private reviewCamera(dueMs: number): void {
    this.watchCamera();
    if (this.cameraLoss.dueMs > dueMs) return;
    this.cameraLoss.disarm();
    this.oweAtOnce(dueMs);
  }
}
