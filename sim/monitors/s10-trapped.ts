import type { Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';

const FIGHT_MAX_MS = 250;

/**
 * S10 trapped: the motor is driven against the thumb-turn or key for more than 250 ms (600 ms with host or host-board
 * link dead); or a manual retraction is undone by the motor within 10 s (5-60), unless the door has since opened and
 * closed. A retracted bolt found at boot without a journaled intent counts as just retracted by hand.
 */
export class TrappedMonitor implements Monitor {
  readonly property = 'S10';
  private readonly scene: Scene;
  private readonly fight: Deadline;
  private readonly undoing: Deadline;

  constructor(scene: Scene) {
    this.scene = scene;
    this.fight = scene.truth.deadlines.create((expiredMs) => {
      this.expireFight(expiredMs);
    });
    this.undoing = scene.truth.deadlines.create((expiredMs) => {
      this.expireUndoing(expiredMs);
    });
  }

  motor(nowMs: number, drive: Drive): void {
    const { truth, hold } = this.scene;
    this.reviewFight();
    if (drive !== 'extend') {
      this.undoing.disarm();
    } else if (truth.intentGoal !== 'unlocked' && nowMs < hold.untilMs) {
      this.undoing.arm(nowMs > hold.sinceMs + LATENCY_MS ? nowMs : hold.sinceMs + FIGHT_MAX_MS);
    }
  }

  hand(): void {
    this.reviewFight();
  }

  bolt(nowMs: number): void {
    const { truth, hold } = this.scene;
    if (truth.drive !== 'extend') return;
    if (hold.sinceMs === nowMs) this.undoing.arm(truth.due(nowMs, FIGHT_MAX_MS));
  }

  life(): void {
    this.reviewFight();
  }

  private reviewFight(): void {
    const { truth } = this.scene;
    const { drive, handTurns } = truth;
    const against = (drive === 'extend' && handTurns === 'retract') || (drive === 'retract' && handTurns === 'extend');
    if (!against) this.fight.disarm();
    else this.fight.arm(truth.due(Math.max(truth.driveSinceMs, truth.handSinceMs), FIGHT_MAX_MS));
  }

  private expireFight(expiredMs: number): void {
    this.reviewFight();
    if (this.fight.dueMs > expiredMs) return;
    this.scene.violate('S10', expiredMs, 'the motor is driven against a hand for more than 250 ms');
  }

  private expireUndoing(expiredMs: number): void {
    if (expiredMs >= this.scene.hold.untilMs) return;
    this.scene.violate('S10', expiredMs, 'the motor undoes a manual retraction too soon');
  }
}
