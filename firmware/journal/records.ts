import type { Notice, NoticeResult, NoticeStream } from '../../hal/contracts/notices.js';
import type { AlarmName, LastResult, Mode } from '../../hal/contracts/report.js';
import type { AccessKey, Asker, Code, Guest, Provider, RevocationTarget } from '../access/authority.js';
import type { Policy } from '../access/policy.js';
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
  /** The visitor has not come to the door yet. */
  | 'notArrived'
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
  | 'invalidGrant'
  /** Nobody has proved to be the visitor: no device signed, and no code was typed. */
  | 'notProved'
  /** Another device signed than the one that the grant is bound to. */
  | 'wrongDevice'
  /** No statement that the lock understands: malformed, too long, or of another algorithm. */
  | 'malformedStatement'
  | 'badSignature'
  | 'unknownProvider'
  | 'unknownKey'
  /** An answer to a challenge that was used already, is too old, or is none of this lock's. */
  | 'badChallenge'
  | 'tokenExpired'
  /** Issued in the future by the lock's calendar: one of the two clocks is wrong. */
  | 'clockSkew'
  | 'tokenTooOld'
  | 'outsideHours'
  | 'petLoose'
  | 'certificateMissing'
  | 'notMet'
  | 'tooFarAway'
  | 'distanceUnknown'
  | 'notesUnread'
  | 'deniedByPolicy'
  | 'purposeNotAllowed'
  | 'wrongCode'
  | 'codeExpired'
  | 'lockedOut'
  | 'prolongedTooFar'
  | 'staleList'
  /** As many as the lock keeps; one must be revoked or forgotten first. */
  | 'tooMany'
  /** What is to be revoked is not there: a name mistyped, or forgotten already. */
  | 'nothingToRevoke'
  /** A request of the owner's that makes no sense: a code without an end, a schedule that is empty. */
  | 'invalidRequest';

export type MovementSource = 'visit' | 'remote' | 'keypad' | 'auto' | 'button' | 'homing';

/** What happened, in the past tense: the only durable truth. */
export type JournalEvent =
  | { readonly kind: 'booted' }
  /** `replaces`: the visit that dies with it, for one of the two must never stand without the other's end. */
  | { readonly kind: 'visitAnnounced'; readonly grant: Grant; readonly replaces?: string }
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
  | {
      readonly kind: 'visitProlonged';
      readonly visitId: string;
      readonly untilUtcMs: number;
      readonly asker: Asker;
    }
  /** What the worker's device says of itself, measured by nobody. */
  | {
      readonly kind: 'distanceReported';
      readonly visitId: string;
      readonly moment: 'unlock' | 'departure';
      readonly distanceM: number;
    }
  | { readonly kind: 'notesAcknowledged'; readonly visitId: string; readonly notesId: string }
  /** Somebody asked for the bolt itself: who, since the movement that follows does not say. */
  | {
      readonly kind: 'boltAsked';
      readonly goal: 'locked' | 'unlocked';
      readonly personId: string;
      readonly source: MovementSource;
    }
  | { readonly kind: 'providerEnrolled'; readonly provider: Provider; readonly personId: string }
  | { readonly kind: 'guestSet'; readonly guest: Guest; readonly personId: string }
  | { readonly kind: 'codeSet'; readonly code: Code; readonly asker: Asker }
  /** A right one was typed: what came of it follows. */
  | { readonly kind: 'codeAccepted'; readonly userNumber: number }
  /** Counts towards the limit of wrong codes until a resident's right one comes. */
  | { readonly kind: 'codeRefused'; readonly userNumber: number }
  | { readonly kind: 'accessKeySet'; readonly accessKey: AccessKey; readonly personId: string }
  | { readonly kind: 'policySet'; readonly policy: Policy; readonly personId: string }
  | { readonly kind: 'workerMet'; readonly workerId: string; readonly personId: string }
  | { readonly kind: 'petLooseSet'; readonly loose: boolean; readonly personId: string }
  | { readonly kind: 'revoked'; readonly target: RevocationTarget; readonly personId: string }
  | {
      readonly kind: 'revocationsTaken';
      readonly providerId: string;
      readonly sequence: number;
      readonly targets: readonly RevocationTarget[];
    }
  /** The owner's word that the calendar is right, though the records are ahead of it. */
  | { readonly kind: 'calendarTrusted'; readonly utcMs: number; readonly personId: string }
  /** So many refusals of the same minute are not recorded one by one, for the journal has an end. */
  | { readonly kind: 'refusalsOmitted'; readonly count: number }
  | { readonly kind: 'noticeQueued'; readonly notice: Notice }
  /** All notices of the stream up to and including this number are with their receivers. */
  | { readonly kind: 'noticesDelivered'; readonly stream: NoticeStream; readonly number: number }
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
  /** The window's end, UTC: the grant's, or later where the visit was prolonged. */
  readonly untilUtcMs: number;
  /** The visitor came to the door. */
  readonly arrived: boolean;
  /** An entry was spent and neither a departure nor the visit's end is recorded. */
  readonly entryOpen: boolean;
  /** The door was seen open since the latest entry was spent. */
  readonly entered: boolean;
  /** How long the door has stood open during the visit, up to its latest closing. */
  readonly doorOpenMs: number;
  /** No further entry is granted; whoever is inside leaves as ever. */
  readonly revoked: boolean;
  /** Why the visit ends other than by its plan, or `null`. */
  readonly cause: Outcome | null;
  /** How the visit ended, or `null`. */
  readonly outcome: Outcome | null;
  /** Jams while its visitor was there. */
  readonly jams: number;
  /** The worker's word. */
  readonly deliveryClaimed: boolean;
  /** What the owner is still to be told of its end: a power cut may fall between an end and its notice. */
  readonly untoldResult: NoticeResult | null;
}

/** What waits to be told in one stream. */
export interface NoticeQueueState {
  readonly stream: NoticeStream;
  readonly nextNumber: number;
  readonly pending: readonly Notice[];
}

/** Who may enter at all, and under which rules. */
export interface AccessState {
  readonly providers: readonly Provider[];
  readonly guests: readonly Guest[];
  readonly codes: readonly Code[];
  readonly accessKeys: readonly AccessKey[];
  /** As `<kind> <id>`. */
  readonly revoked: readonly string[];
  /** By provider: the number of its latest list. */
  readonly listSequences: Readonly<Record<string, number>>;
  readonly metWorkerIds: readonly string[];
  readonly policy: Policy;
  readonly petLoose: boolean;
  /** Wrong codes since a resident's right one. */
  readonly wrongCodes: number;
  /** Tokens issued before are refused: visits by them may have been forgotten. `null`: none are. */
  readonly issuedAfterUtcMs: number | null;
}

/** Everything that survives a reboot: the sum of the journal's records. */
export interface DurableState {
  readonly nextRecordNumber: number;
  readonly mode: Mode;
  readonly ledger: readonly LedgerEntry[];
  readonly raisedAlarms: readonly AlarmName[];
  readonly noticeQueues: readonly NoticeQueueState[];
  /** An opening was intended since the bolt was last home. */
  readonly retractionIntended: boolean;
  /** The latest calendar time on record, carried on to the snapshot; `null`: none. */
  readonly latestUtcMs: number | null;
  readonly access: AccessState;
}
