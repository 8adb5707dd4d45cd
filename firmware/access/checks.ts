import * as v from 'valibot';
import type { LedgerEntry, RefusalReason } from '../journal/records.js';
import type { Resident } from '../requests.js';
import type { AccessView } from './access-view.js';
import type { AccessKey, Code, CodeHolder, Guest, Provider, RevocationTarget } from './authority.js';
import type { Policy } from './policy.js';
import type { AccessFacts } from './question.js';
import { firmOf, hangsOn, isRemembered, keyOf } from './revocation.js';
import {
  accessKeyShape,
  codeShape,
  firmsNameShape,
  guestShape,
  policyShape,
  providerShape,
  revocationTargetShape,
  thumbprintShape,
  workerIdShape,
} from './shapes.js';
import { REVOCATIONS_MAX } from './visit-rules.js';

/** Whether what the owner or a firm wants kept can be kept: `null`, or why not. Who may ask is for `reception`. */

export const PROVIDERS_MAX = 16;
export const GUESTS_MAX = 100;
export const CODES_MAX = 200;
export const ACCESS_KEYS_MAX = 32;
export const MET_WORKERS_MAX = 1_000;
/** In one list. Chosen. */
export const LIST_LENGTH_MAX = 1_000;

/** No code is for ever. Chosen: a year is long enough to be bothered by a new one. */
export const CODE_LIFE_MAX_MS = 366 * 86_400_000;

/** What else is known where a code or a guest is checked. */
export interface PeopleFacts extends AccessFacts {
  readonly residents: ReadonlyMap<string, Resident>;
  readonly records: { readonly ledger: ReadonlyMap<string, LedgerEntry> };
}

/**
 * A firm once revoked, or a key, is never enrolled again; and a key's name never passes to another key, for grants
 * remember only the name.
 */
export function checkProvider(provider: Provider, access: AccessView): RefusalReason | null {
  if (!v.is(providerShape, provider)) return 'invalidRequest';
  if (access.isRevoked('provider', provider.id)) return 'revoked';
  if (provider.keys.some((key) => access.isRevoked('key', keyOf(provider.id, key.id)))) return 'revoked';
  const known = access.providers.get(provider.id);
  const renamed = provider.keys.some(({ id, x }) => known?.keys.some((key) => key.id === id && key.x !== x));
  if (renamed) return 'invalidRequest';
  return known === undefined && access.providers.size >= PROVIDERS_MAX ? 'tooMany' : null;
}

export function checkGuest(guest: Guest, { access, residents, utcMs }: PeopleFacts): RefusalReason | null {
  if (!v.is(guestShape, guest) || residents.has(guest.personId)) return 'invalidRequest';
  const { personId, schedule, expiresUtcMs } = guest;
  const endUtcMs = Math.min(expiresUtcMs ?? Infinity, schedule.kind === 'once' ? schedule.untilUtcMs : Infinity);
  if (utcMs !== null && endUtcMs <= utcMs) return 'invalidRequest';
  return !access.guests.has(personId) && access.guests.size >= GUESTS_MAX ? 'tooMany' : null;
}

/** A user number may get a new code, but no new holder: whoever knows the old code must not open for another. */
export function checkCode(code: Code, facts: PeopleFacts): RefusalReason | null {
  if (!v.is(codeShape, code)) return 'invalidRequest';
  const { access } = facts;
  if (access.isRevoked('code', String(code.userNumber))) return 'revoked';
  const known = access.codes.get(code.userNumber);
  if (known !== undefined && isLive(known, facts) && !isSameHolder(known.holder, code.holder)) return 'invalidRequest';
  if ((known === undefined || !isLive(known, facts)) && countLive(facts) >= CODES_MAX) return 'tooMany';
  return checkHolder(code, facts) ?? checkEnd(code, facts);
}

export function checkAccessKey(accessKey: AccessKey, access: AccessView): RefusalReason | null {
  if (!v.is(accessKeyShape, accessKey) || access.accessKeys.has(accessKey.id)) return 'invalidRequest';
  if (access.isRevoked('accessKey', accessKey.id)) return 'revoked';
  return access.accessKeys.size >= ACCESS_KEYS_MAX ? 'tooMany' : null;
}

export function checkMet(workerId: string, access: AccessView): RefusalReason | null {
  if (!v.is(workerIdShape, workerId)) return 'invalidRequest';
  return access.metWorkerIds.size >= MET_WORKERS_MAX ? 'tooMany' : null;
}

/** Whether it has the shape of a policy; whether it makes sense is for `policyWarnings`. */
export function checkPolicy(policy: Policy): RefusalReason | null {
  return v.is(policyShape, policy) ? null : 'invalidRequest';
}

/** A full table never refuses a revocation that would matter: from then on no visitor comes in at all. */
export function checkRevocations(targets: readonly RevocationTarget[], access: AccessView): RefusalReason | null {
  if (targets.length > LIST_LENGTH_MAX) return 'tooMany';
  if (!targets.every((target) => v.is(revocationTargetShape, target))) return 'invalidRequest';
  const fresh = targets.some((target) => isRemembered(target) && !access.isRevoked(target.kind, target.id));
  return fresh && access.revocationCount >= REVOCATIONS_MAX ? 'tooMany' : null;
}

/** Whether the owner takes back something that is there: a mistyped name must not look like success. */
export function checkTarget(target: RevocationTarget, { access, records }: PeopleFacts): RefusalReason | null {
  for (const { grant } of records.ledger.values()) if (hangsOn(grant, target)) return null;
  return mayBeThere(target, access) ? null : 'nothingToRevoke';
}

/** Workers and devices are known to their firm before they are to the lock: there the form must do. */
function mayBeThere({ kind, id }: RevocationTarget, access: AccessView): boolean {
  switch (kind) {
    case 'worker':
      return v.is(firmsNameShape, id) && access.providers.has(firmOf(id));
    case 'device':
      return v.is(thumbprintShape, id);
    case 'provider':
      return access.providers.has(id);
    case 'key':
      return access.providers.get(firmOf(id))?.keys.some((key) => keyOf(firmOf(id), key.id) === id) ?? false;
    case 'guest':
      return access.guests.has(id);
    case 'code':
      return access.codes.has(Number(id)) && String(Number(id)) === id;
    case 'accessKey':
      return access.accessKeys.has(id);
    case 'grant':
      return false;
  }
}

/** The number of one that is spent or expired is free again. */
function isLive({ usesLeft, expiresUtcMs }: Code, { utcMs }: AccessFacts): boolean {
  return usesLeft !== 0 && (expiresUtcMs === null || utcMs === null || utcMs < expiresUtcMs);
}

function countLive(facts: PeopleFacts): number {
  let count = 0;
  for (const code of facts.access.codes.values()) if (isLive(code, facts)) count += 1;
  return count;
}

function checkEnd({ expiresUtcMs, usesLeft }: Code, { utcMs }: AccessFacts): RefusalReason | null {
  if (expiresUtcMs === null) return usesLeft === null ? 'invalidRequest' : null;
  if (utcMs === null) return 'clockUnset';
  return expiresUtcMs > utcMs && expiresUtcMs <= utcMs + CODE_LIFE_MAX_MS ? null : 'invalidRequest';
}

function checkHolder({ holder, usesLeft, expiresUtcMs }: Code, facts: PeopleFacts): RefusalReason | null {
  switch (holder.kind) {
    case 'resident':
      return facts.residents.has(holder.personId) ? null : 'unknownPerson';
    case 'guest':
      return facts.access.guests.has(holder.personId) ? null : 'unknownPerson';
    case 'visit': {
      const entry = facts.records.ledger.get(holder.visitId);
      if (entry === undefined) return 'unknownVisit';
      if (entry.revoked) return 'revoked';
      if (entry.outcome !== null || entry.cause !== null) return 'visitEnded';
      if (!entry.arrived) return 'notArrived';
      if (entry.entriesSpent >= entry.grant.entries) return 'entrySpent';
      if (facts.utcMs !== null && facts.utcMs >= entry.untilUtcMs) return 'windowPassed';
      const once = usesLeft === 1 && expiresUtcMs !== null && expiresUtcMs <= entry.untilUtcMs;
      return once ? null : 'invalidRequest';
    }
  }
}

export function isSameHolder(one: CodeHolder, other: CodeHolder): boolean {
  if (one.kind === 'visit') return other.kind === 'visit' && one.visitId === other.visitId;
  return one.kind === other.kind && one.personId === other.personId;
}
