import type { Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';

/**
 * S2 abandoned unlock: S1's condition fails while the bolt retracts for a visitor, and 100 ms later (600 ms with host
 * or host-board link dead) it still retracts.
 */
export class AbandonedUnlockMonitor implements Monitor {
  readonly property = 'S2';
  private readonly scene: Scene;
  private readonly stop: Deadline;

  constructor(scene: Scene) {
    this.scene = scene;
    this.stop = scene.truth.deadlines.create((expiredMs) => {
      this.expire(expiredMs);
    });
  }

  motor(_nowMs: number, drive: Drive): void {
    if (drive === 'retract' && this.scene.truth.forVisitor()) this.review();
    else this.stop.disarm();
  }

  camera(): void {
    this.reviewIfRetracting();
  }

  life(): void {
    this.reviewIfRetracting();
  }

  private reviewIfRetracting(): void {
    if (this.stop.dueMs !== Infinity) this.review();
  }

  private review(): void {
    const { truth, visits } = this.scene;
    const failsFromMs = Math.min(
      truth.cameraLost() ? truth.cameraLostFromMs() : Infinity,
      truth.unrecordedFromMs(visits.current?.entryBeganMs ?? Infinity),
    );
    this.stop.arm(truth.due(Math.max(failsFromMs, truth.driveSinceMs), LATENCY_MS));
  }

  private expire(expiredMs: number): void {
    this.review();
    if (this.stop.dueMs > expiredMs) return;
    this.scene.violate('S2', expiredMs, 'the bolt still retracts for a visitor, 100 ms after the watch was lost');
  }
}
