import * as v from 'valibot';
import type { LedgerEntry, RefusalReason } from '../journal/records.js';
import type { Resident } from '../requests.js';
import type { AccessView } from './access-view.js';
import type { AccessKey, Code, CodeHolder, Guest, Provider, RevocationTarget } from './authority.js';
import type { Policy } from './policy.js';
import type { AccessFacts } from './question.js';
import { keyOf } from './revocation.js';
import {
  accessKeyShape,
  codeShape,
  guestShape,
  policyShape,
  providerShape,
  revocationTargetShape,
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
const CODE_LIFE_MAX_MS = 366 * 86_400_000;

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
  if (known === undefined && countLive(facts) >= CODES_MAX) return 'tooMany';
  return checkEnd(code, facts) ?? checkHolder(code, facts);
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

/** A full table never refuses a revocation that would matter: from then on nobody comes in at all. */
export function checkRevocations(targets: readonly RevocationTarget[], access: AccessView): RefusalReason | null {
  if (targets.length > LIST_LENGTH_MAX) return 'tooMany';
  if (!targets.every((target) => v.is(revocationTargetShape, target))) return 'invalidRequest';
  const fresh = targets.some(({ kind, id }) => !access.isRevoked(kind, id));
  return fresh && access.revocationCount >= REVOCATIONS_MAX ? 'tooMany' : null;
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
      if (!entry.arrived || entry.outcome !== null || entry.cause !== null) return 'visitEnded';
      const once = usesLeft === 1 && expiresUtcMs !== null && expiresUtcMs <= entry.untilUtcMs;
      return once ? null : 'invalidRequest';
    }
  }
}

export function isSameHolder(one: CodeHolder, other: CodeHolder): boolean {
  if (one.kind === 'visit') return other.kind === 'visit' && one.visitId === other.visitId;
  return one.kind === other.kind && one.personId === other.personId;
}
