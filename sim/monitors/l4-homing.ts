import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import type { RecordHandlers } from './record-readers.js';

const HOME_WITHIN_MS = 5000;

/**
 * L4: after power-up in any position, mid-throw too, the lock homes, or says why not (an alarm, or a last result that
 * is a failure), within 5 s of the door being closed. S10's hold and a hand on the bolt stop the clock. Passage mode
 * and a new opening end what boot owed.
 */
export class HomingMonitor implements Monitor {
  readonly property = 'L4';
  readonly records: RecordHandlers = {
    driveIntended: (_nowMs, { goal }) => {
      if (goal === 'unlocked') this.pending = false;
      this.review();
    },
    modeChanged: () => {
      this.review();
    },
  };
  private readonly scene: Scene;
  private readonly home: Deadline;
  private pending = false;
  private resumedMs = -Infinity;
  private saidWhyNot = false;

  constructor(scene: Scene) {
    this.scene = scene;
    this.home = scene.truth.deadlines.create((expiredMs) => {
      this.expire(expiredMs);
    });
  }

  resume(nowMs: number): void {
    // What a mended sensor shows may look like the work of a hand, which is to be left alone.
    this.resumedMs = nowMs + this.scene.settings.manualHoldMs;
    this.review();
  }

  host(_nowMs: number, running: boolean): void {
    this.pending = running;
    this.saidWhyNot = false;
  }

  life(): void {
    this.review();
  }

  door(): void {
    this.review();
  }

  bolt(): void {
    this.review();
  }

  hand(): void {
    this.review();
  }

  alarm(_nowMs: number, alarm: AlarmName, raised: boolean): void {
    if (raised && alarm !== 'DoorAjar' && alarm !== 'DepartureUnconfirmed') this.saidWhyNot = true;
  }

  report(_nowMs: number, report: LockReport): void {
    if (report.lastResult === 'jammed' || report.lastResult === 'timedOut') this.saidWhyNot = true;
  }

  private review(): void {
    const { truth, hold } = this.scene;
    if (truth.place === 'extended') this.pending = false;
    const waits = !truth.alive || !truth.doorClosed || truth.handTurns !== 'none';
    if (!this.pending || waits || truth.mode === 'passage') {
      this.home.disarm();
      return;
    }
    const startMs = Math.max(
      truth.aliveSinceMs,
      truth.doorSinceMs,
      truth.handSinceMs,
      hold.possiblyUntilMs,
      this.resumedMs,
    );
    this.home.arm(startMs + HOME_WITHIN_MS);
  }

  private expire(expiredMs: number): void {
    this.review();
    if (this.home.dueMs > expiredMs) return;
    this.pending = false;
    if (this.saidWhyNot) return;
    this.scene.violate('L4', expiredMs, 'the lock has neither homed nor said why not, 5 s after power-up');
  }
}
