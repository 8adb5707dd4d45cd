import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';

const HOME_WITHIN_MS = 5000;
const HOME_OR_JAMMED_WITHIN_MS = 20_000;

/**
 * L1: from when relocking is owed (see RelockDuty), bolt extended within 5 s if no attempt jams; in every case within
 * 20 s extended or LockJammed raised. S10's hold and a hand on the bolt stop the clock: it then starts anew, since the
 * whole travel may lie ahead again. So does the end of a fault that voids the property.
 */
export class RelockMonitor implements Monitor {
  readonly property = 'L1';
  private readonly scene: Scene;
  private readonly home: Deadline;

  constructor(scene: Scene) {
    this.scene = scene;
    this.home = scene.truth.deadlines.create((expiredMs) => {
      this.expire(expiredMs);
    });
    scene.duty.watch(() => {
      this.review();
    });
  }

  resume(nowMs: number): void {
    this.scene.duty.resume(nowMs);
    this.review();
  }

  hand(): void {
    this.review();
  }

  alarm(): void {
    this.review();
  }

  private review(): void {
    const { duty, truth } = this.scene;
    const startMs = duty.startMs();
    const jammed = duty.jammedMs >= duty.owedFromMs;
    const satisfied = truth.raised.has('LockJammed');
    if (startMs === Infinity || satisfied) this.home.disarm();
    else this.home.arm(startMs + (jammed ? HOME_OR_JAMMED_WITHIN_MS : HOME_WITHIN_MS));
  }

  private expire(expiredMs: number): void {
    this.review();
    if (this.home.dueMs > expiredMs) return;
    const { owedFromMs, jammedMs } = this.scene.duty;
    const jammed = jammedMs >= owedFromMs;
    this.scene.violate(
      'L1',
      expiredMs,
      jammed
        ? 'neither is the bolt extended nor LockJammed raised 20 s after relocking was due'
        : 'the bolt is not extended 5 s after relocking was due, and nothing jammed',
    );
  }
}
