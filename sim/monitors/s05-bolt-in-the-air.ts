import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';

/**
 * S5 bolt in the air: the bolt is still driven out 100 ms (600 ms with host or host-board link dead) after the door
 * opened.
 */
export class BoltInTheAirMonitor implements Monitor {
  readonly property = 'S5';
  private readonly scene: Scene;
  private readonly stop: Deadline;

  constructor(scene: Scene) {
    this.scene = scene;
    this.stop = scene.truth.deadlines.create((expiredMs) => {
      this.expire(expiredMs);
    });
  }

  motor(): void {
    this.review();
  }

  door(): void {
    this.review();
  }

  life(): void {
    this.review();
  }

  private review(): void {
    const { drive, doorClosed, doorSinceMs, driveSinceMs } = this.scene.truth;
    if (drive !== 'extend' || doorClosed) this.stop.disarm();
    else this.stop.arm(Math.max(this.scene.truth.due(doorSinceMs, LATENCY_MS), driveSinceMs));
  }

  private expire(expiredMs: number): void {
    this.review();
    if (this.stop.dueMs > expiredMs) return;
    this.scene.violate('S5', expiredMs, 'the bolt is driven out with the door open');
  }
}
