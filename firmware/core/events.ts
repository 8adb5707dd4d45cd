import type { AlarmName, Mode } from '../../hal/contracts/report.js';
import type { Purpose } from '../access/authority.js';
import type { WithdrawalReason } from '../requests.js';
import type { Outcome } from '../journal/records.js';

/** What the two end switches say together; `both` at once is a contradiction. */
export type BoltPlace = 'extended' | 'retracted' | 'between' | 'both' | 'unknown';
export type MotorLoad = 'idle' | 'running' | 'stalled';
export type Picture = 'unknown' | 'off' | 'booting' | 'live' | 'stale';
export type SupplyLevel = 'good' | 'low' | 'tooLow';

/** What `sense` made of the hardware's numbers. */
export type Fact =
  | { readonly kind: 'boltSensed'; readonly place: BoltPlace }
  /** The motor's current contradicts its orders: it flows while off, or does not while driven. */
  | { readonly kind: 'contradictionSensed' }
  | { readonly kind: 'doorSensed'; readonly closed: boolean }
  | { readonly kind: 'motorSensed'; readonly load: MotorLoad }
  | { readonly kind: 'pictureSensed'; readonly picture: Picture }
  | { readonly kind: 'recordingSensed'; readonly confirmed: boolean }
  | { readonly kind: 'supplySensed'; readonly level: SupplyLevel }
  | { readonly kind: 'boardLinkSensed'; readonly up: boolean };

/** How an effect that can fail, or takes time, came out. */
export type Aftermath =
  | { readonly kind: 'intentSynced' }
  | { readonly kind: 'storeSensed'; readonly working: boolean }
  | { readonly kind: 'driveRefused' };

/** What people ask, after `access` has judged who they are and what they may. */
export type Asked =
  | {
      readonly kind: 'visitorArrived';
      readonly visitId: string;
      readonly personId: string;
      readonly purpose: Purpose;
      readonly entries: number;
      readonly entriesSpent: number;
      /** The window's end on the lock's monotonic clock. */
      readonly windowUntilAtMs: number;
    }
  | { readonly kind: 'visitorRang'; readonly visitId: string }
  | { readonly kind: 'answeredAtDoor' }
  | { readonly kind: 'entryAllowed'; readonly visitId: string; readonly personId: string; readonly entry: number }
  | { readonly kind: 'visitorWithdrew'; readonly visitId: string; readonly reason: WithdrawalReason }
  | { readonly kind: 'departureStated'; readonly visitId: string }
  | { readonly kind: 'deliveryClaimed'; readonly visitId: string; readonly personId: string }
  /** The owner, a mode, a revocation or a corrected window ends the visit. */
  | { readonly kind: 'visitStopped'; readonly visitId: string; readonly why: StopCause }
  /** The calendar was set: the window of the visit ends at another time of the lock's clock. */
  | { readonly kind: 'windowMoved'; readonly visitId: string; readonly windowUntilAtMs: number }
  /** Too many wrong codes were typed in a row, or a right one has come since. */
  | { readonly kind: 'wrongCodesCounted'; readonly limitReached: boolean }
  | { readonly kind: 'lockAsked'; readonly personId: string }
  | { readonly kind: 'unlockAllowed'; readonly personId: string; readonly source: 'remote' | 'keypad' }
  | { readonly kind: 'modeSet'; readonly mode: Mode; readonly personId: string }
  | { readonly kind: 'alarmCleared'; readonly alarm: AlarmName; readonly personId: string };

export type StopCause = Extract<Outcome, 'endedByOwner' | 'lockedDown' | 'revoked' | 'replaced' | 'notEntered'>;

/** The first event of a boot: what the journal adds up to. */
export interface Booted {
  readonly kind: 'booted';
  readonly mode: Mode;
  readonly raisedAlarms: readonly AlarmName[];
  /** Whether the journal explains a retracted bolt; if not, a hand has just retracted it (S10). */
  readonly retractionIntended: boolean;
  /** A visit whose visitor arrived, and whose end the journal does not hold. */
  readonly openVisit: OpenVisit | null;
}

export interface OpenVisit {
  readonly visitId: string;
  readonly personId: string;
  readonly purpose: Purpose;
  readonly entries: number;
  readonly entriesSpent: number;
  readonly windowUntilAtMs: number;
  /** The last entry was spent, and no departure is recorded: somebody may be inside. */
  readonly entryOpen: boolean;
  /** The door was seen open in that entry. */
  readonly entered: boolean;
  /** Up to its latest closing. */
  readonly doorOpenMs: number;
  /** Why it ends other than by its plan, or `null`. */
  readonly cause: Outcome | null;
  readonly jams: number;
  readonly deliveryClaimed: boolean;
}

/** Time has passed. Harmless when nothing was due. */
export interface Wake {
  readonly kind: 'wake';
}

export type CoreEvent = Fact | Aftermath | Asked | Booted | Wake;
