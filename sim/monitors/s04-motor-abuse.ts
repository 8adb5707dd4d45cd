import type { Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { DEAD_LATENCY_MS, LATENCY_MS } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

const COAST_MIN_MS = 50;
const DRIVE_MAX_MS = 3000;
const STALL_MAX_MS = 250;

/**
 * S4 motor abuse: both directions at once; a reversal with less than 50 ms of coast; a drive longer than 3 s; a stall
 * longer than 250 ms (or 600 ms after host or link died); any drive while resting (no intent handed over since boot or
 * since the last completed movement; 100 ms of latency, counted from the return of host and link), or later than 600 ms
 * after host or link died.
 */
export class MotorAbuseMonitor implements Monitor {
  readonly property = 'S4';
  readonly records: RecordHandlers = {
    driveIntended: () => {
      this.rest.disarm();
    },
    driveEnded: () => {
      this.reviewRest();
    },
  };
  private readonly scene: Scene;
  private readonly drive: Deadline;
  private readonly stall: Deadline;
  private readonly rest: Deadline;
  private readonly death: Deadline;
  private stalledSinceMs = -Infinity;
  private lastDirection: Drive = 'off';
  private lastDriveEndedMs = -Infinity;

  constructor(scene: Scene) {
    this.scene = scene;
    const watch = (detail: string): Deadline =>
      scene.truth.deadlines.create((dueMs) => {
        scene.violate('S4', dueMs, detail);
      });
    this.drive = watch('one drive lasts longer than 3 s');
    this.stall = scene.truth.deadlines.create((expiredMs) => {
      this.expireStall(expiredMs);
    });
    this.rest = scene.truth.deadlines.create((expiredMs) => {
      this.expireRest(expiredMs);
    });
    this.death = watch('the motor is driven 600 ms after host or link died');
  }

  motor(nowMs: number, drive: Drive, previousDrive: Drive): void {
    if (previousDrive !== 'off') {
      this.lastDirection = previousDrive;
      this.lastDriveEndedMs = nowMs;
    }
    this.stall.disarm();
    if (drive === 'off') {
      this.drive.disarm();
      this.rest.disarm();
      this.death.disarm();
    } else {
      this.drive.arm(nowMs + DRIVE_MAX_MS);
      this.judgeStart(nowMs, drive);
    }
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    if (!stalled) this.stall.disarm();
    else if (this.stall.dueMs === Infinity) {
      this.stalledSinceMs = nowMs;
      this.reviewStall();
    }
  }

  life(nowMs: number, alive: boolean): void {
    if (alive) this.death.disarm();
    else if (this.scene.truth.drive !== 'off') this.death.arm(nowMs + DEAD_LATENCY_MS);
    this.reviewRest();
  }

  private judgeStart(nowMs: number, drive: Drive): void {
    const { resting, alive, aliveSinceMs } = this.scene.truth;
    if (drive === 'both') this.scene.violate('S4', nowMs, 'both directions of the motor are switched on at once');
    else if (drive !== this.lastDirection && nowMs < this.lastDriveEndedMs + COAST_MIN_MS) {
      this.scene.violate('S4', nowMs, 'the motor is reversed with less than 50 ms of coast');
    }
    if (resting) this.scene.violate('S4', nowMs, 'the motor is switched on while the lock rests');
    if (!alive) this.death.arm(Math.max(nowMs, aliveSinceMs + DEAD_LATENCY_MS));
  }

  private reviewStall(): void {
    this.stall.arm(this.scene.truth.dueAfter(this.stalledSinceMs, STALL_MAX_MS));
  }

  private expireStall(expiredMs: number): void {
    this.reviewStall();
    if (this.stall.dueMs > expiredMs) return;
    this.scene.violate('S4', expiredMs, 'the motor is stalled for longer than 250 ms');
  }

  private reviewRest(): void {
    const { truth } = this.scene;
    if (truth.drive === 'off' || !truth.resting) this.rest.disarm();
    else this.rest.arm(truth.due(truth.restingSinceMs, LATENCY_MS));
  }

  private expireRest(expiredMs: number): void {
    this.reviewRest();
    if (this.rest.dueMs > expiredMs) return;
    this.scene.violate('S4', expiredMs, 'the motor is driven while the lock rests');
  }
}
