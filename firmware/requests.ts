import type { AlarmName, Mode } from '../hal/contracts/report.js';

export type Role = 'owner' | 'household' | 'guest' | 'worker';

export type Purpose = 'delivery' | 'deliveryInside' | 'service' | 'maintenance' | 'guest';

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
}

export type WithdrawalReason = 'barkingHeard' | 'looseAnimal' | 'entryBlocked' | 'nobodyToMeet' | 'other';

/**
 * Everything a person can ask of the lock. Requests are absolute, never toggles: repeated or reordered they never do
 * the opposite of their words.
 */
export type Request =
  | { readonly kind: 'announceVisit'; readonly grant: Grant }
  /** A corrected window: the new grant replaces the one named, which dies. */
  | { readonly kind: 'correctVisit'; readonly replaces: string; readonly grant: Grant }
  | { readonly kind: 'arrive'; readonly personId: string; readonly visitId: string }
  | { readonly kind: 'ring'; readonly personId: string; readonly visitId: string }
  /** Somebody inside came to the door. */
  | { readonly kind: 'answer'; readonly personId: string }
  /** `entry` counts from 1, so that a repeated request can never open a second time. */
  | {
      readonly kind: 'enter';
      readonly personId: string;
      readonly visitId: string;
      readonly entry: number;
    }
  | {
      readonly kind: 'withdraw';
      readonly personId: string;
      readonly visitId: string;
      readonly reason: WithdrawalReason;
    }
  | { readonly kind: 'depart'; readonly personId: string; readonly visitId: string }
  /** The worker's word, kept apart from what is measured. */
  | { readonly kind: 'claimDelivered'; readonly personId: string; readonly visitId: string }
  /** The owner ends a visit at any moment: before the unlock it is denied, later ended. */
  | { readonly kind: 'endVisit'; readonly personId: string; readonly visitId: string }
  | { readonly kind: 'lock'; readonly personId: string }
  | { readonly kind: 'unlock'; readonly personId: string; readonly by: 'app' | 'code' }
  | { readonly kind: 'setMode'; readonly personId: string; readonly mode: Mode }
  | { readonly kind: 'revokeGrant'; readonly personId: string; readonly grantId: string }
  | { readonly kind: 'clearAlarm'; readonly personId: string; readonly alarm: AlarmName };
