import type { AccessKey, Code, Guest, Provider, RevocationKind } from './authority.js';
import type { Policy } from './policy.js';

/** Who may enter at all, and under which rules, as the journal's records add up. */
export interface AccessView {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly guests: ReadonlyMap<string, Guest>;
  /** By user number. */
  readonly codes: ReadonlyMap<number, Code>;
  readonly accessKeys: ReadonlyMap<string, AccessKey>;
  readonly listSequences: ReadonlyMap<string, number>;
  readonly metWorkerIds: ReadonlySet<string>;
  readonly policy: Policy;
  readonly petLoose: boolean;
  /** Wrong codes since a resident's right one, or since the owner cleared the alarm about them. */
  readonly wrongCodes: number;
  /** On the lock's clock: when the latest of them was typed, or this boot began if that was later. */
  readonly wrongCodeAtMs: number;
  /** Visits by tokens issued before this may have been forgotten: such tokens are refused. */
  readonly issuedAfterUtcMs: number;
  /** How many things are revoked: at `REVOCATIONS_MAX` no visitor comes in any more. */
  readonly revocationCount: number;
  isRevoked(kind: RevocationKind, id: string): boolean;
}
