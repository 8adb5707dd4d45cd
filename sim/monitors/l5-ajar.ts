import type { AlarmName } from '../../hal/contracts/report.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

/** Chosen: the notice that repeats the alarm may come this much later than the bound. */
const REPEAT_GRACE_MS = 1000;

/**
 * L5: a door open longer than its purpose's bound (delivery 60 s, delivery inside 120 s, service, maintenance and
 * guest 180 s, household 300 s) raises DoorAjar within 100 ms, repeated (the alarm again, or a notice) after each
 * further bound, until closed.
 */
export class AjarMonitor implements Monitor {
  readonly property = 'L5';
  readonly records: RecordHandlers = {
    visitEnded: (nowMs) => {
      // The lock may see the opening only after the end.
      if (this.scene.truth.doorSinceMs >= nowMs - LATENCY_MS) this.boundMs = this.scene.settings.ajarBoundMs.household;
    },
    noticeQueued: (nowMs, { notice }) => {
      if (notice.kind === 'alarmRaised' && notice.detail === 'DoorAjar') this.tell(nowMs);
    },
  };
  private readonly scene: Scene;
  private readonly telling: Deadline;
  private boundMs: number;
  private toldMs = -Infinity;
  private resumedMs = -Infinity;

  constructor(scene: Scene) {
    this.scene = scene;
    this.boundMs = scene.settings.ajarBoundMs.household;
    this.telling = scene.truth.deadlines.create((expiredMs) => {
      this.expire(expiredMs);
    });
  }

  resume(nowMs: number): void {
    this.resumedMs = nowMs;
    this.boundMs = this.scene.settings.ajarBoundMs.household;
    this.review();
  }

  door(_nowMs: number, closed: boolean): void {
    this.toldMs = -Infinity;
    const purpose = this.scene.visits.current?.grant.purpose ?? 'household';
    if (!closed) this.boundMs = this.scene.settings.ajarBoundMs[purpose];
    this.review();
  }

  /** Who opened the door while the lock was dead, or whose visit it was before, it may not know. */
  life(_nowMs: number, alive: boolean): void {
    if (alive) this.boundMs = this.scene.settings.ajarBoundMs.household;
    this.review();
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    const { truth } = this.scene;
    if (alarm !== 'DoorAjar') return;
    if (raised) this.tell(nowMs);
    else if (!truth.doorClosed && truth.doorSinceMs < nowMs - LATENCY_MS) {
      this.scene.violate('L5', nowMs, 'DoorAjar is cleared while the door is open');
    }
  }

  private tell(nowMs: number): void {
    this.toldMs = nowMs;
    this.review();
  }

  private review(): void {
    const { truth } = this.scene;
    if (truth.doorClosed || !truth.alive) {
      this.telling.disarm();
      return;
    }
    const sinceMs = Math.max(truth.doorSinceMs, truth.aliveSinceMs, this.resumedMs);
    if (this.toldMs < sinceMs) this.telling.arm(sinceMs + this.boundMs + LATENCY_MS);
    else this.telling.arm(this.toldMs + this.boundMs + REPEAT_GRACE_MS);
  }

  private expire(expiredMs: number): void {
    this.review();
    if (this.telling.dueMs > expiredMs) return;
    const again = this.toldMs === -Infinity ? '' : ' again';
    this.scene.violate('L5', expiredMs, `the door stands open, and DoorAjar is not raised${again}`);
    this.tell(expiredMs);
  }
}
