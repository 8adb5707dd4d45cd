import type { AlarmName, Mode } from '../hal/contracts/report.js';
import type {
  AccessKey,
  Asker,
  Code,
  Guest,
  Issuance,
  Proof,
  Provider,
  Purpose,
  RevocationTarget,
} from './access/authority.js';
import type { Policy } from './access/policy.js';

export type Role = 'owner' | 'household' | 'guest' | 'worker';

/** Somebody who lives behind the door. Visitors are known by their grants only. */
export interface Resident {
  readonly id: string;
  readonly role: 'owner' | 'household';
}

/** Authorises one person to enter for one purpose, within one window, a number of times. Spent entries never return. */
export interface Grant {
  /** Also the id of the one visit that uses it. */
  readonly id: string;
  readonly personId: string;
  readonly doorId: string;
  readonly purpose: Purpose;
  /** The window, UTC: from inclusive, until exclusive. */
  readonly fromUtcMs: number;
  readonly untilUtcMs: number;
  /** How many times the door may be opened from outside: a parcel 1, a dog walk 2. 1 to 16. */
  readonly entries: number;
  /** The token it comes from, or `null`: by the owner's own hand. */
  readonly issuance: Issuance | null;
}

export type WithdrawalReason = 'barkingHeard' | 'looseAnimal' | 'entryBlocked' | 'nobodyToMeet' | 'other';

/** Something that the visitor of one visit asks. Without `proof` it is their word only. */
interface OfVisitor {
  readonly personId: string;
  readonly visitId: string;
  readonly proof?: Proof;
}

/**
 * Everything a person can ask of the lock, once the edge (`desk.ts`) has verified signatures and codes. Requests are
 * absolute, never toggles: repeated or reordered they never do the opposite of their words.
 */
export type Request = VisitRequest | DoorRequest | AccessRequest;

export type VisitRequest =
  | { readonly kind: 'announceVisit'; readonly grant: Grant }
  /** A corrected window: the new grant replaces the one named, which dies. */
  | { readonly kind: 'correctVisit'; readonly replaces: string; readonly grant: Grant }
  | ({ readonly kind: 'arrive' } & OfVisitor)
  | ({ readonly kind: 'ring' } & OfVisitor)
  /** `entry` counts from 1, so that a repeated request can never open a second time. */
  | ({
      readonly kind: 'enter';
      readonly entry: number;
      /** How far from the door the worker's device says it is; nobody measures that. */
      readonly distanceM?: number;
      /** Which notes the worker has acknowledged. */
      readonly notesId?: string;
    } & OfVisitor)
  | ({ readonly kind: 'withdraw'; readonly reason: WithdrawalReason } & OfVisitor)
  | ({ readonly kind: 'depart'; readonly distanceM?: number } & OfVisitor)
  /** The worker's word, kept apart from what is measured. */
  | ({ readonly kind: 'claimDelivered' } & OfVisitor)
  /** The owner ends a visit at any moment: before the unlock it is denied, later ended. */
  | { readonly kind: 'endVisit'; readonly personId: string; readonly visitId: string }
  /** A visit under way may last until then: by the owner, or by the firm that sent the visitor. Never shortens it. */
  | {
      readonly kind: 'prolongVisit';
      readonly asker: Asker;
      readonly visitId: string;
      readonly untilUtcMs: number;
    };

export type DoorRequest =
  /** Somebody inside came to the door. */
  | { readonly kind: 'answer'; readonly personId: string }
  | { readonly kind: 'lock'; readonly personId: string }
  | { readonly kind: 'unlock'; readonly personId: string; readonly by: 'app' | 'code' }
  /** A user number and a code were typed at the door; the edge has compared the code with its hash. */
  | { readonly kind: 'enterCode'; readonly userNumber: number; readonly right: boolean }
  | { readonly kind: 'setMode'; readonly personId: string; readonly mode: Mode }
  | { readonly kind: 'clearAlarm'; readonly personId: string; readonly alarm: AlarmName };

/** Who may enter at all: asked by the owner, but for what firms state of their own people. */
export type AccessRequest =
  /** New, or with other keys: one that is missing is revoked, and the grants that it signed die. */
  | { readonly kind: 'enrolProvider'; readonly personId: string; readonly provider: Provider }
  | { readonly kind: 'setGuest'; readonly personId: string; readonly guest: Guest }
  /** A code for a visit may also be set by the firm whose visit it is. */
  | { readonly kind: 'setCode'; readonly asker: Asker; readonly code: Code }
  | { readonly kind: 'setAccessKey'; readonly personId: string; readonly accessKey: AccessKey }
  | { readonly kind: 'setPolicy'; readonly personId: string; readonly policy: Policy }
  /** The owner has met this worker in person. */
  | { readonly kind: 'confirmMet'; readonly personId: string; readonly workerId: string }
  | { readonly kind: 'setPetLoose'; readonly personId: string; readonly loose: boolean }
  /** Takes something back everywhere and for good; a visit under way that hangs on it ends. */
  | { readonly kind: 'revoke'; readonly personId: string; readonly target: RevocationTarget }
  /** A firm's list of what it has taken back, complete so far: newer lists have higher numbers. */
  | {
      readonly kind: 'takeRevocations';
      readonly providerId: string;
      readonly keyId: string;
      readonly sequence: number;
      readonly targets: readonly RevocationTarget[];
    }
  /**
   * The calendar is right now, even if it seems to have gone back: without this word the lock never believes it to be
   * earlier than its records.
   */
  | { readonly kind: 'trustCalendar'; readonly personId: string };
