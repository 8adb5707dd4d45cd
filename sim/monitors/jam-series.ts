import type { JournalRecord } from '../../firmware/journal/records.js';
import type { Drive, Observer } from '../observation.js';
import type { Truth } from './truth.js';

/**
 * The drives of the bounded attempt under way, as the pins show them. An attempt is over when its movement has ended,
 * when the door or a hand moved, when the goal changed, or when host or link came or went.
 */
export class JamSeries implements Observer {
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

  /** The motor has just been switched on towards the goal of its intent. */
  drivesToGoal(drive: Drive): boolean {
    const { intentGoal, previousDrive } = this.truth;
    return drive !== previousDrive && drive === (intentGoal === 'locked' ? 'extend' : 'retract') && intentGoal !== null;
  }

  motor(nowMs: number, drive: Drive): void {
    if (drive === 'off' && this.truth.previousDrive !== 'off') this.offSinceMs = nowMs;
    if (!this.drivesToGoal(drive)) return;
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

  record(_nowMs: number, record: JournalRecord): void {
    const event = record.event;
    if (event.kind === 'driveEnded') {
      this.drives = 0;
    } else if (event.kind === 'driveIntended' && event.goal !== this.goal) {
      this.goal = event.goal;
      this.drives = 0;
    }
  }

  door(): void {
    this.drives = 0;
  }

  hand(): void {
    this.drives = 0;
  }

  host(): void {
    this.drives = 0;
  }

  boardLink(): void {
    this.drives = 0;
  }
}
