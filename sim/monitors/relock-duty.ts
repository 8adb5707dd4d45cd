import type { BoltPlace, Drive } from '../observation.js';
import type { Listener } from './changes.js';
import type { Deadline } from './deadlines.js';
import type { ManualHold } from './manual-hold.js';
import type { MonitorSettings } from './settings.js';
import { LATENCY_MS, type Truth } from './truth.js';
import type { Visits } from './visits.js';
import type { RecordHandlers } from './record-readers.js';

/** A drive this long has timed out: policy cuts at 2.5 s. */
const TIMED_OUT_AFTER_MS = 2400;

/**
 * Since when the bolt ought to be going home. In a visit: at once from each closing of the door, or, with the door
 * closed, from deny, end, withdrawal, lock-down, camera loss, an abandoned retraction or the end of the entry wait.
 * Outside visits: the auto-relock time after each closing or retraction, never in passage mode; in a lock-down at once,
 * but an opening by the owner waits to be used, as an entry does. Nothing is owed while the door is open or while power,
 * host or host-board link is down; what was owed is owed anew from their return.
 */
export class RelockDuty implements Listener {
  readonly records: RecordHandlers = {
    driveIntended: (nowMs, { goal, visitId }) => {
      this.openedByMotor = goal === 'unlocked';
      if (goal === 'locked') return;
      this.toVisit = visitId !== null || (this.toVisit && this.visits.current !== null);
      this.oweAfterWait(nowMs);
    },
    driveEnded: (nowMs, { goal, result }) => {
      if (goal === 'locked') return;
      if (result === 'jammed' || result === 'timedOut') this.oweAtOnce(nowMs);
      else this.reconsiderWait(nowMs);
    },
    jamDetected: (nowMs, { goal }) => {
      if (goal === 'locked') this.jammedMs = nowMs;
    },
    recordingConfirmed: () => {
      this.watchCamera();
    },
    withdrawn: (nowMs) => {
      if (this.toVisit) this.oweAtOnce(nowMs);
    },
    visitEnded: (nowMs) => {
      if (this.toVisit && this.visits.current === null) this.oweAtOnce(nowMs);
      this.reviewVisit();
    },
    modeChanged: (nowMs, { mode }) => {
      if (mode === 'lockDown') this.oweAtOnce(nowMs);
      else if (mode === 'passage' && !this.toVisit) this.owe(Infinity);
      else if (!this.toVisit) this.oweAfterWait(nowMs);
    },
  };
  /** The latest movement was an opening, and the door has not been closed since. */
  private openedByMotor = false;
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
  private owedAtDeath = false;
  private owedAtOpeningMs = Infinity;
  private excusedUntilMs = -Infinity;
  private readonly watchers: (() => void)[] = [];
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

  /** Has `review` called whenever something else is owed. */
  watch(review: () => void): void {
    this.watchers.push(review);
  }

  /** From when the lock has no excuse left: neither a manual retraction to respect nor a hand on the bolt. */
  startMs(): number {
    if (this.truth.handTurns !== 'none') return Infinity;
    return Math.max(this.owedFromMs, this.hold.possiblyUntilMs, this.truth.handSinceMs, this.excusedUntilMs);
  }

  /** Sensors that lied are mended: what they now show may look like the work of a hand, which is to be left alone. */
  resume(nowMs: number): void {
    this.excusedUntilMs = nowMs + this.settings.manualHoldMs;
    if (!this.toVisit) this.oweAfterWait(nowMs);
  }

  door(nowMs: number, closed: boolean): void {
    if (closed) this.openedByMotor = false;
    if (!closed) {
      this.owedAtOpeningMs = this.owedFromMs;
      this.owe(Infinity);
      return;
    }
    if (this.toVisit) this.oweAtOnce(nowMs);
    else this.oweAfterWait(nowMs);
    if (this.truth.doorFlickered) this.owe(Math.max(this.owedFromMs, this.owedAtOpeningMs));
  }

  bolt(nowMs: number, place: BoltPlace): void {
    if (place === 'extended') {
      this.owe(Infinity);
      this.reviewVisit();
    } else {
      this.reconsiderWait(nowMs);
    }
  }

  motor(nowMs: number, drive: Drive): void {
    if (this.extendingSinceMs + TIMED_OUT_AFTER_MS <= nowMs) this.jammedMs = nowMs;
    this.extendingSinceMs = drive === 'extend' ? nowMs : Infinity;
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    const { drive, place, handTurns } = this.truth;
    if (stalled && drive === 'extend' && place !== 'extended' && handTurns === 'none') this.jammedMs = nowMs;
  }

  camera(): void {
    this.watchCamera();
  }

  life(nowMs: number, alive: boolean): void {
    if (!alive) {
      this.owedAtDeath = this.owedFromMs <= nowMs;
      this.owe(Infinity);
      return;
    }
    if (this.owedAtDeath) this.oweAtOnce(nowMs);
    else this.oweAfterWait(nowMs);
    if (this.truth.raised.has('LockJammed')) this.jammedMs = nowMs;
  }

  private oweAtOnce(nowMs: number): void {
    const { doorClosed, place, alive } = this.truth;
    if (doorClosed && place !== 'extended' && alive && this.owedFromMs > nowMs) this.owe(nowMs);
  }

  private oweAfterWait(nowMs: number): void {
    const { doorClosed, place, alive, resting, intentGoal } = this.truth;
    const opening = !resting && intentGoal === 'unlocked' && place !== 'retracted';
    const nothing = !doorClosed || place === 'extended' || !alive || opening;
    this.owe(nothing ? Infinity : nowMs + this.waitMs());
  }

  /** A wait that still runs begins anew; what is owed already stays owed. */
  private reconsiderWait(nowMs: number): void {
    if (this.owedFromMs > nowMs) this.oweAfterWait(nowMs);
  }

  private owe(fromMs: number): void {
    if (fromMs === this.owedFromMs) return;
    this.owedFromMs = fromMs;
    for (const review of this.watchers) review();
  }

  private waitMs(): number {
    if (this.toVisit) return this.settings.entryWaitMs;
    if (this.truth.mode === 'lockDown') return this.openedByMotor ? this.settings.entryWaitMs : 0;
    return this.truth.mode === 'passage' ? Infinity : this.settings.autoRelockMs;
  }

  /** A visit that has ended is over for good once the bolt is home. */
  private reviewVisit(): void {
    if (this.truth.locked() && this.visits.current === null) this.toVisit = false;
  }

  private watchCamera(): void {
    const visit = this.visits.current;
    if (visit === null || !visit.recordingConfirmed || !this.truth.cameraLost()) return;
    const { truth } = this;
    this.cameraLoss.arm(Math.max(truth.cameraLostFromMs(), visit.entryBeganMs, truth.aliveSinceMs) + LATENCY_MS);
  }

  private reviewCamera(dueMs: number): void {
    this.watchCamera();
    if (this.cameraLoss.dueMs === dueMs) this.oweAtOnce(dueMs);
  }
}
