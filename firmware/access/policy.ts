import type { Purpose } from './authority.js';
import type { LocalHours } from './local-hours.js';

/**
 * One rule of the owner's: what must hold for the visits that it names. All rules that name a visit must be met, so their
 * order never matters. A condition that is `null` asks nothing.
 */
export interface PolicyRule {
  readonly name: string;
  /** Which visits it is about: empty means all. */
  readonly purposes: readonly Purpose[];
  /** Of which firms: empty means all, and visits by the owner's own grant too. */
  readonly providerIds: readonly string[];
  /** Only within one of these. */
  readonly hours: readonly LocalHours[] | null;
  /** Not while a pet is loose at home. */
  readonly noLoosePet: boolean;
  /** Every one of these, unexpired. */
  readonly certificates: readonly RequiredCertificate[];
  /** The owner must have met the worker first. */
  readonly metInPerson: boolean;
  /** The worker's own report of the distance, at the unlock. */
  readonly distanceMaxM: number | null;
  /** To be acknowledged before the unlock. */
  readonly notes: Notes | null;
  /** How much longer than its window a visit under way may be made. */
  readonly prolongMaxMs: number | null;
  /** Never. */
  readonly deny: boolean;
}

export interface RequiredCertificate {
  readonly kind: string;
  /** Who must have issued it, or `null`: anybody. */
  readonly issuers: readonly string[] | null;
  /** Whether the firm's own word is enough. */
  readonly selfStatedIsEnough: boolean;
}

export interface Notes {
  /** Changes with the text: who has read an older one has not read this. */
  readonly id: string;
  readonly text: string;
}

/** What the owner allows beyond grants. */
export interface Policy {
  readonly rules: readonly PolicyRule[];
}

export const EMPTY_POLICY: Policy = { rules: [] };
