import type { Drive } from '../observation.js';
import type { Listener } from './changes.js';
import type { Truth } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

/**
 * The drives of the bounded attempt under way, as the pins show them. An attempt is over when its movement has ended,
 * when the door moved, when the goal changed, or when host or link came or went.
 */
export class JamSeries implements Listener {
  readonly records: RecordHandlers = {
    driveEnded: () => {
      this.drives = 0;
    },
    driveIntended: (_nowMs, { goal }) => {
      if (goal !== this.goal) this.drives = 0;
      this.goal = goal;
    },
  };
  /** How many drives towards the goal there were, and when the first began. */
  drives = 0;
  beganMs = -Infinity;
  /** When the first drive of the attempt before began. */
  previousBeganMs = -Infinity;
  /** LockJammed was already raised when it began. */
  beganJammed = false;
  /** The latest drive towards the goal stalled short of it, and the one before did. */
  stalled = false;
  previousStalled = false;
  /** When the motor last came to rest, in whatever direction it had been driven. */
  offSinceMs = -Infinity;
  private readonly truth: Truth;
  private goal: 'locked' | 'unlocked' | null = null;

  constructor(truth: Truth) {
    this.truth = truth;
  }

  /** This drive leads towards the goal of the intent. */
  leadsToGoal(drive: Drive): boolean {
    const { intentGoal } = this.truth;
    return intentGoal !== null && drive === (intentGoal === 'locked' ? 'extend' : 'retract');
  }

  motor(nowMs: number, drive: Drive): void {
    if (drive === 'off') this.offSinceMs = nowMs;
    if (!this.leadsToGoal(drive)) return;
    if (this.drives === 0) {
      this.previousBeganMs = this.beganMs;
      this.beganMs = nowMs;
      this.beganJammed = this.truth.raised.has('LockJammed');
    }
    this.drives += 1;
    this.previousStalled = this.stalled;
    this.stalled = false;
  }

  motorStalled(_nowMs: number, stalled: boolean): void {
    const { drive, intentGoal, place } = this.truth;
    if (!stalled || intentGoal === null) return;
    if (intentGoal === 'locked') this.stalled ||= drive === 'extend' && place !== 'extended';
    else this.stalled ||= drive === 'retract' && place !== 'retracted';
  }

  door(): void {
    this.drives = 0;
  }

  life(): void {
    this.drives = 0;
  }
}
