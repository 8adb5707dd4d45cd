import type { LockReport } from '../../hal/contracts/report.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { DEAD_LATENCY_MS, LATENCY_MS } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

/**
 * S9 false report: for more than 100 ms (600 ms with the host-board link dead) "locked" is reported while bolt or door
 * is not; or a jam or time-out becomes "unlocked" (the motor off, the bolt not retracted, the door closed); or silence
 * becomes either (600 ms after the link died the position is unknown). "Assumed" stands only beside "unknown", and with
 * the position unknown or the sensors in contradiction no entry is granted. A dead host reports nothing and is not judged.
 */
export class FalseReportMonitor implements Monitor {
  readonly property = 'S9';
  readonly records: RecordHandlers = {
    driveIntended: (nowMs, { goal, visitId }) => {
      if (goal === 'unlocked' && visitId !== null) this.judgeEntry(nowMs);
    },
  };
  private readonly scene: Scene;
  private readonly correction: Deadline;
  private reportedMs = -Infinity;
  private notLockedSinceMs = -Infinity;
  private unknownSinceMs = Infinity;
  private wasLocked = true;

  constructor(scene: Scene) {
    this.scene = scene;
    this.correction = scene.truth.deadlines.create((expiredMs) => {
      this.expire(expiredMs);
    });
  }

  resume(nowMs: number): void {
    this.reportedMs = nowMs;
    this.review();
  }

  report(nowMs: number, report: LockReport): void {
    this.reportedMs = nowMs;
    if (report.position !== 'unknown') this.unknownSinceMs = Infinity;
    else if (this.unknownSinceMs === Infinity) this.unknownSinceMs = nowMs;
    if (report.assumed !== null && report.position !== 'unknown') {
      this.scene.violate('S9', nowMs, `a position is assumed beside "${report.position}"`);
    }
    this.review();
  }

  bolt(nowMs: number): void {
    this.noteLocked(nowMs);
  }

  door(nowMs: number): void {
    this.noteLocked(nowMs);
  }

  motor(): void {
    this.review();
  }

  life(): void {
    this.review();
  }

  private judgeEntry(nowMs: number): void {
    if (this.unknownSinceMs < nowMs - LATENCY_MS) {
      this.scene.violate('S9', nowMs, 'an entry is granted while the position is reported unknown');
    } else if (this.scene.truth.raised.has('SensorContradiction')) {
      this.scene.violate('S9', nowMs, 'an entry is granted while the sensors contradict one another');
    }
  }

  private noteLocked(nowMs: number): void {
    const locked = this.scene.truth.locked();
    if (this.wasLocked && !locked) this.notLockedSinceMs = nowMs;
    this.wasLocked = locked;
    this.review();
  }

  private review(): void {
    this.correction.arm(this.falseFromMs());
  }

  /** When the latest report will have been false for too long; infinite while it is true. */
  private falseFromMs(): number {
    const { truth } = this.scene;
    const position = truth.latestReport?.position;
    if (!truth.hostRunning || !truth.lockPowered) return Infinity;
    if (position === 'locked' && !truth.locked()) {
      return truth.due(Math.max(this.reportedMs, this.notLockedSinceMs), LATENCY_MS);
    }
    if (position !== 'locked' && position !== 'unlocked') return Infinity;
    if (!truth.alive) return Math.max(truth.aliveSinceMs + DEAD_LATENCY_MS, this.reportedMs);
    const stuck = truth.drive === 'off' && truth.place !== 'retracted' && truth.doorClosed;
    if (position !== 'unlocked' || !stuck) return Infinity;
    return truth.due(Math.max(this.reportedMs, truth.placeSinceMs, truth.driveSinceMs), LATENCY_MS);
  }

  private expire(expiredMs: number): void {
    this.review();
    if (this.correction.dueMs > expiredMs) return;
    const { latestReport, place, doorClosed, alive } = this.scene.truth;
    const truly = alive ? `bolt ${place}, door ${doorClosed ? 'closed' : 'open'}` : 'nothing is heard from the board';
    this.scene.violate('S9', expiredMs, `"${latestReport?.position ?? 'nothing'}" is reported: ${truly}`);
  }
}
