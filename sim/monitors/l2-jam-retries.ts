import type { AlarmName } from '../../hal/contracts/report.js';
import type { BoltPlace, Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import type { RecordHandlers } from './record-readers.js';

const BACK_OFF_MS = [500, 1000, 2000];
const RELIEF_MAX_MS = 400;
/** Chosen: the last relief reversal and its coast fit in. */
const RAISE_WITHIN_MS = 1000;

/**
 * L2, the retries: a jam is retried 3 times (relief reversal of at most 0.4 s, back-off of at least 0.5, 1, 2 s, drive)
 * and no more; unless JAMMED already, a locking attempt is given up after no fewer. Then LockJammed is raised, within
 * 1 s of the last drive. An attempt that door, hand, host or link interrupts counts anew.
 */
export class JamRetriesMonitor implements Monitor {
  readonly property = 'L2';
  readonly records: RecordHandlers = {
    driveEnded: (nowMs, { goal, result }) => {
      if (goal === 'locked' && result === 'jammed' && !this.scene.series.beganJammed) this.judgeGivingUp(nowMs);
      this.drives = 0;
      this.interrupted = false;
    },
  };
  private readonly scene: Scene;
  private readonly relief: Deadline;
  private readonly raiseDue: Deadline;
  /** The drives of the attempt, kept over the record that ends it. */
  private drives = 0;
  /** The door, a hand or a dead link came between the drives of this movement: it owes no fixed number of them. */
  private interrupted = false;
  private jammed = false;

  constructor(scene: Scene) {
    this.scene = scene;
    this.relief = scene.truth.deadlines.create((expiredMs) => {
      this.expireRelief(expiredMs);
    });
    this.raiseDue = scene.truth.deadlines.create((dueMs) => {
      scene.violate('L2', dueMs, 'three retries have jammed, and LockJammed is not raised');
    });
  }

  motor(nowMs: number, drive: Drive, previousDrive: Drive): void {
    const { truth, series } = this.scene;
    this.relief.disarm();
    if (series.leadsToGoal(drive)) this.judgeDrive(nowMs);
    else if (drive !== 'off' && truth.intentGoal !== null) this.reviewRelief();
    if (drive === 'off' && previousDrive === 'extend') this.reviewExhaustion(nowMs);
  }

  bolt(_nowMs: number, place: BoltPlace): void {
    if (place === 'extended') this.raiseDue.disarm();
  }

  door(): void {
    this.interrupt();
  }

  hand(): void {
    this.interrupt();
  }

  life(): void {
    this.interrupt();
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    if (alarm !== 'LockJammed' || raised === this.jammed) return;
    this.jammed = raised;
    if (!raised) return;
    this.raiseDue.disarm();
    this.judgeGivingUp(nowMs);
  }

  private reviewRelief(): void {
    const { truth } = this.scene;
    this.relief.arm(truth.dueAfter(truth.driveSinceMs, RELIEF_MAX_MS));
  }

  private expireRelief(expiredMs: number): void {
    this.reviewRelief();
    if (this.relief.dueMs > expiredMs) return;
    this.scene.violate('L2', expiredMs, 'a relief reversal lasts longer than 0.4 s');
  }

  private judgeDrive(nowMs: number): void {
    const { drives, previousStalled, offSinceMs } = this.scene.series;
    this.drives = drives;
    this.raiseDue.disarm();
    const backOffMs = BACK_OFF_MS[drives - 2];
    if (drives > BACK_OFF_MS.length + 1) {
      this.scene.violate('L2', nowMs, 'a jam is retried more than 3 times');
    } else if (backOffMs !== undefined && previousStalled && nowMs - offSinceMs < backOffMs) {
      this.scene.violate('L2', nowMs, `retry ${drives - 1} of a jam comes before its back-off of ${backOffMs} ms`);
    }
  }

  private judgeGivingUp(nowMs: number): void {
    if (this.interrupted || this.drives === 0 || this.drives > BACK_OFF_MS.length) return;
    this.scene.violate('L2', nowMs, `a jam is given up after ${this.drives - 1} retries`);
    this.drives = 0;
  }

  private reviewExhaustion(nowMs: number): void {
    const { truth, series } = this.scene;
    const exhausted = truth.intentGoal === 'locked' && series.drives === BACK_OFF_MS.length + 1;
    if (!exhausted || truth.place === 'extended' || truth.raised.has('LockJammed')) return;
    this.raiseDue.arm(nowMs + RAISE_WITHIN_MS);
  }

  private interrupt(): void {
    this.drives = 0;
    this.interrupted = !this.scene.truth.resting;
    this.raiseDue.disarm();
  }
}
