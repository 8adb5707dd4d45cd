import type { BoltPlace, Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';

const RELIEF_MAX_MS = 400;

/**
 * S1 unwatched: the retract motor is switched on for a visitor while, in truth for the whole last 100 ms, the camera
 * is unpowered, or its newest frame is older than 500 ms, or the recorder has not confirmed a frame of this entry
 * captured within the last 2 s. Relief reversals of a jammed relock last at most 0.4 s each and never reach the
 * retracted switch.
 */
export class UnwatchedMonitor implements Monitor {
  readonly property = 'S1';
  private readonly scene: Scene;
  private readonly relief: Deadline;

  constructor(scene: Scene) {
    this.scene = scene;
    this.relief = scene.truth.deadlines.create((expiredMs) => {
      this.expireRelief(expiredMs);
    });
  }

  motor(nowMs: number, drive: Drive): void {
    const { intentGoal } = this.scene.truth;
    this.relief.disarm();
    if (drive !== 'retract') return;
    if (intentGoal === 'locked') this.reviewRelief();
    else if (this.scene.truth.forVisitor()) this.judge(nowMs);
  }

  bolt(nowMs: number, place: BoltPlace): void {
    const { drive, intentGoal, handTurns } = this.scene.truth;
    if (place !== 'retracted' || drive !== 'retract') return;
    if (intentGoal !== 'locked' || handTurns === 'retract') return;
    this.scene.violate('S1', nowMs, 'a relief reversal of a relock reaches the retracted switch');
  }

  private reviewRelief(): void {
    const { truth } = this.scene;
    this.relief.arm(truth.dueAfter(truth.driveSinceMs, RELIEF_MAX_MS));
  }

  private expireRelief(expiredMs: number): void {
    this.reviewRelief();
    if (this.relief.dueMs > expiredMs) return;
    this.scene.violate('S1', expiredMs, 'a relief reversal of a relock lasts longer than 0.4 s');
  }

  private judge(nowMs: number): void {
    const { truth, visits } = this.scene;
    const knownMs = nowMs - LATENCY_MS;
    if (!truth.cameraPowered && truth.cameraPowerSinceMs < knownMs) {
      this.scene.violate('S1', nowMs, 'the motor retracts for a visitor with the camera unpowered');
    } else if (truth.cameraLostFromMs() < knownMs) {
      this.scene.violate('S1', nowMs, 'the motor retracts for a visitor with no frame for 500 ms');
    } else if (truth.unrecordedFromMs(visits.current?.entryBeganMs ?? Infinity) < knownMs) {
      this.scene.violate('S1', nowMs, 'the motor retracts for a visitor with no frame of this entry confirmed for 2 s');
    }
  }
}
