import type { BoltPlace } from '../observation.js';
import type { Listener } from './changes.js';
import type { Truth } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

/** No such record: none is durable. */
const NOTHING = Infinity;

/**
 * How long a bolt that a hand retracted must be left alone. A manual retraction: a hand moves an undriven bolt off the
 * extended switch, or any bolt that an opening is not drawing in anyway onto the retracted one. The hold ends early when
 * the door has since opened and closed, when a hand or anything else brings the bolt home, or when somebody is let in. A
 * retracted bolt found at boot counts as just retracted by hand, unless the journal holds an intent since the bolt was
 * last home.
 */
export class ManualHold implements Listener {
  readonly records: RecordHandlers = {
    driveIntended: (_nowMs, { goal }, { number }) => {
      this.intended = true;
      if (goal !== 'unlocked') return;
      this.openedBy = number;
      this.movedByHandBy = NOTHING;
      this.end();
    },
    driveEnded: (_nowMs, { bolt }) => {
      this.noteRecorded(bolt);
    },
    boltMovedByHand: (_nowMs, { bolt }, { number }) => {
      this.noteRecorded(bolt);
      this.openedBy = NOTHING;
      this.movedByHandBy = number;
    },
    positionFound: (_nowMs, { bolt }) => {
      this.noteRecorded(bolt);
    },
  };
  /** When the latest manual retraction happened. */
  sinceMs = -Infinity;
  /** Before this the motor must not undo it. */
  untilMs = -Infinity;
  /**
   * Before this the lock may believe that it must not: the journal may have lost the intent in a crash, and what moved
   * while the lock was dead may look as if it moved at its return.
   */
  possiblyUntilMs = -Infinity;
  private readonly truth: Truth;
  private readonly holdMs: number;
  private openedSince = false;
  /** The lock saw it open. */
  private seenOpenSince = false;
  private diedMs = Infinity;
  /** An intent was journaled since the bolt was last home, and the number of the latest to open. */
  private intended = false;
  private openedBy = NOTHING;
  /** The record of a hand since that intent. */
  private movedByHandBy = NOTHING;

  constructor(truth: Truth, holdMs: number) {
    this.truth = truth;
    this.holdMs = holdMs;
  }

  bolt(nowMs: number, place: BoltPlace): void {
    const truth = this.truth;
    if (place === 'extended') this.end();
    else if (
      truth.handTurns === 'retract' &&
      (truth.drive === 'off' || (place === 'retracted' && !this.motorHelps()))
    ) {
      this.begin(nowMs);
    }
  }

  door(_nowMs: number, closed: boolean): void {
    const { alive } = this.truth;
    if (!closed) {
      this.openedSince = true;
      if (alive) this.seenOpenSince = true;
    } else {
      if (this.openedSince) this.untilMs = -Infinity;
      if (this.seenOpenSince && !this.truth.doorFlickered) this.possiblyUntilMs = -Infinity;
    }
  }

  life(nowMs: number, alive: boolean): void {
    if (!alive) this.diedMs = nowMs;
    else if (this.sinceMs >= this.diedMs) {
      if (this.intended) this.end();
      this.holdPossibly(nowMs);
    } else if (this.truth.place === 'retracted' && this.openedBy > this.truth.syncedNumber) {
      this.holdPossibly(nowMs);
    }
  }

  /** A sensor that begins or ceases to lie shows a motion that was none. */
  fault(nowMs: number, component: string): void {
    if (component === 'extendedSwitch' || component === 'retractedSwitch') this.holdPossibly(nowMs);
    else if (component === 'doorContact') this.untilMs = -Infinity;
  }

  host(nowMs: number, running: boolean): void {
    if (!running || this.truth.place !== 'retracted') return;
    if (!this.intended) this.begin(nowMs);
    else if (this.movedByHandBy > this.truth.syncedNumber) this.end();
  }

  /** A hand that turns along with an opening cannot be told from the motor, and asks for what the motor does anyway. */
  private motorHelps(): boolean {
    return this.truth.drive === 'retract' && this.truth.intentGoal === 'unlocked';
  }

  private noteRecorded(bolt: BoltPlace | 'unknown'): void {
    if (bolt !== 'extended') return;
    this.intended = false;
    this.openedBy = NOTHING;
  }

  private begin(nowMs: number): void {
    this.sinceMs = nowMs;
    this.untilMs = nowMs + this.holdMs;
    this.possiblyUntilMs = this.untilMs;
    this.openedSince = false;
    this.seenOpenSince = false;
  }

  private holdPossibly(nowMs: number): void {
    this.possiblyUntilMs = nowMs + this.holdMs;
    this.seenOpenSince = false;
  }

  private end(): void {
    this.untilMs = -Infinity;
    this.possiblyUntilMs = -Infinity;
  }
}
