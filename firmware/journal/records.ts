import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, LastResult, Mode } from '../../hal/contracts/report.js';
import type { Grant, WithdrawalReason } from '../requests.js';

/** How a visit ended. Every visit reaches exactly one. */
export type Outcome =
  | 'completed'
  | 'departureUnconfirmed'
  | 'leftUnlocked'
  | 'notEntered'
  | 'entryBlocked'
  | 'withdrawn'
  | 'answeredAtDoor'
  | 'denied'
  | 'endedByOwner'
  | 'lockedDown'
  | 'cameraLost'
  | 'unlockFailed'
  | 'interrupted'
  | 'replaced'
  | 'revoked'
  | 'missed';

/** Why a request was refused. */
export type RefusalReason =
  | 'unknownPerson'
  | 'unknownVisit'
  | 'visitEnded'
  | 'notYourVisit'
  | 'wrongDoor'
  | 'tooEarly'
  | 'windowPassed'
  | 'clockUnset'
  | 'revoked'
  | 'entrySpent'
  | 'notRung'
  | 'anotherVisitOpen'
  | 'visitUnderWay'
  | 'lockAsked'
  | 'cameraOff'
  | 'cameraBooting'
  | 'cameraStale'
  | 'recordingUnconfirmed'
  | 'storeFailed'
  | 'positionUnknown'
  | 'sensorContradiction'
  | 'jammed'
  | 'hostLinkLost'
  | 'batteryLow'
  | 'doorOpen'
  | 'notLocked'
  | 'mode'
  | 'notAllowed'
  | 'tooManyVisits'
  | 'invalidGrant';

export type MovementSource = 'visit' | 'remote' | 'keypad' | 'auto' | 'button' | 'homing';

/** What happened, in the past tense: the only durable truth. */
export type JournalEvent =
  | { readonly kind: 'booted' }
  | { readonly kind: 'visitAnnounced'; readonly grant: Grant }
  | { readonly kind: 'visitorArrived'; readonly visitId: string; readonly personId: string }
  | { readonly kind: 'visitorRang'; readonly visitId: string }
  /** An entry begins: the request was accepted, nothing has moved. */
  | { readonly kind: 'entryAccepted'; readonly visitId: string; readonly entry: number }
  | { readonly kind: 'recordingConfirmed'; readonly visitId: string; readonly entry: number }
  | {
      readonly kind: 'requestRefused';
      readonly request: string;
      readonly personId: string;
      readonly visitId: string | null;
      readonly entry: number | null;
      readonly reason: RefusalReason;
    }
  /**
   * Handed over before the motor is switched on. With a visit it spends that entry, and the motor waits until it is
   * synced.
   */
  | {
      readonly kind: 'driveIntended';
      readonly goal: 'locked' | 'unlocked';
      readonly source: MovementSource;
      readonly visitId: string | null;
      readonly entry: number | null;
    }
  | { readonly kind: 'jamDetected'; readonly goal: 'locked' | 'unlocked'; readonly attempt: number }
  /** The movement is over: until the next intent the lock rests. */
  | {
      readonly kind: 'driveEnded';
      readonly goal: 'locked' | 'unlocked';
      readonly result: LastResult;
      readonly bolt: 'extended' | 'retracted' | 'between' | 'unknown';
    }
  | { readonly kind: 'boltMovedByHand'; readonly bolt: 'extended' | 'retracted' | 'between' }
  /** The position at boot or after the link's return: what moved unpowered is recorded here. */
  | {
      readonly kind: 'positionFound';
      readonly bolt: 'extended' | 'retracted' | 'between' | 'unknown';
      readonly doorClosed: boolean;
    }
  | { readonly kind: 'doorMoved'; readonly closed: boolean }
  | { readonly kind: 'departed'; readonly visitId: string; readonly how: 'shown' | 'stated' }
  | { readonly kind: 'deliveryClaimed'; readonly visitId: string; readonly personId: string }
  | { readonly kind: 'withdrawn'; readonly visitId: string; readonly reason: WithdrawalReason }
  /** The visit ends otherwise than by its plan, once whoever is inside has left: no further entry is granted. */
  | { readonly kind: 'visitStopped'; readonly visitId: string; readonly cause: Outcome }
  /** Measured facts of the visit, apart from what anyone claimed. */
  | {
      readonly kind: 'visitEnded';
      readonly visitId: string;
      readonly outcome: Outcome;
      readonly entriesSpent: number;
      readonly doorOpenMs: number;
      readonly jams: number;
      readonly deliveryClaimed: boolean;
    }
  | { readonly kind: 'alarmRaised'; readonly alarm: AlarmName }
  | { readonly kind: 'alarmCleared'; readonly alarm: AlarmName }
  | { readonly kind: 'modeChanged'; readonly mode: Mode; readonly personId: string }
  | { readonly kind: 'grantRevoked'; readonly grantId: string; readonly personId: string }
  | { readonly kind: 'noticeQueued'; readonly notice: Notice }
  /** All notices up to and including this number are with their receivers. */
  | { readonly kind: 'noticesDelivered'; readonly number: number }
  /** Opens a segment after rotation: what the dropped records had added up to. */
  | { readonly kind: 'snapshot'; readonly state: DurableState };

/** One record of the journal. */
export interface JournalRecord {
  /** Counts up by one over the lock's life. */
  readonly number: number;
  /** Monotonic time, milliseconds since this boot's clock started. */
  readonly atMs: number;
  /** The calendar, or `null` while it is unset. */
  readonly utcMs: number | null;
  readonly event: JournalEvent;
}

/** One grant and what has come of it. */
export interface LedgerEntry {
  readonly grant: Grant;
  /** Intents handed to the store: each spends an entry, whether or not the bolt moved. */
  readonly entriesSpent: number;
  /** The visitor came to the door. */
  readonly arrived: boolean;
  /** An entry was spent and neither a departure nor the visit's end is recorded. */
  readonly entryOpen: boolean;
  /** No further entry is granted; whoever is inside leaves as ever. */
  readonly revoked: boolean;
  /** Why the visit ends other than by its plan, or `null`. */
  readonly cause: Outcome | null;
  /** How the visit ended, or `null`. */
  readonly outcome: Outcome | null;
}

/** Everything that survives a reboot: the sum of the journal's records. */
export interface DurableState {
  readonly nextRecordNumber: number;
  readonly nextNoticeNumber: number;
  readonly mode: Mode;
  readonly ledger: readonly LedgerEntry[];
  readonly raisedAlarms: readonly AlarmName[];
  readonly pendingNotices: readonly Notice[];
  /** An opening was intended since the bolt was last home. */
  readonly retractionIntended: boolean;
  /** The latest calendar time on record: the calendar is never believed to be earlier. */
  readonly latestUtcMs: number;
}
