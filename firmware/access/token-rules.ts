import type { RefusalReason } from '../journal/records.js';
import type { AccessView } from './access-view.js';
import type { Issuance, Provider, Purpose } from './authority.js';
import type { Rule, VisitEntry } from './question.js';
import { moment, nowText } from './visit-rules.js';

/**
 * The rules about the token behind a grant: whether the firm that signed it may still be believed. A grant by the
 * owner's own hand has none, and nothing to ask of it.
 */

/** A token may come from a clock so much ahead of the lock's. Chosen: phones and servers that know the time agree better. */
export const SKEW_MAX_MS = 60_000;

const OWN_HAND = 'there is no token: the owner granted it';

/** Removing a firm, or a key of it, ends what they signed: rotation therefore adds the new key before it drops the old. */
export const signerKnown: Rule = {
  name: 'firm and key',
  judges: 'records',
  refusal: ({ grant }, _question, { access }) => signerRefusal(grant.issuance, access),
  asks: 'the firm is enrolled, with the key that signed the token',
  finds: ({ grant: { issuance } }, _question, { access }) => {
    if (issuance === null) return OWN_HAND;
    const { providerId, keyId } = issuance;
    const provider = access.providers.get(providerId);
    if (provider === undefined) return `the firm ${providerId} is not enrolled`;
    return `${provider.name} (${providerId}) ${keyOf(provider, keyId) ? 'has' : 'no longer has'} the key ${keyId}`;
  },
};

export const purposeAllowed: Rule = {
  name: 'purpose',
  judges: 'records',
  refusal: ({ grant }, _question, { access }) => purposeRefusal(grant.issuance, grant.purpose, access),
  asks: 'the firm may send people for this purpose',
  finds: ({ grant: { issuance, purpose } }, _question, { access }) => {
    if (issuance === null) return OWN_HAND;
    const allowed = access.providers.get(issuance.providerId)?.purposes ?? [];
    return `the purpose is ${purpose}; it may send them for ${allowed.join(', ') || 'nothing'}`;
  },
};

export const noSkew: Rule = {
  name: 'clocks agree',
  judges: 'visit',
  refusal: ({ grant }, _question, { utcMs }) => skewRefusal(grant.issuance, utcMs),
  asks: 'the token is not from the future',
  finds: ({ grant: { issuance } }, _question, facts) =>
    issuance === null ? OWN_HAND : `issued ${moment(facts, issuance.issuedUtcMs)}; now is ${nowText(facts)}`,
};

/**
 * The expiry bounds how long a lock that hears nothing trusts a token that was taken back: so it is judged at each entry,
 * not at the arrival alone.
 */
export const unexpired: Rule = {
  name: 'expiry',
  judges: 'visit',
  refusal: (entry, _question, { access, utcMs }) => {
    const { issuance } = entry.grant;
    if (issuance === null) return null;
    if (utcMs === null) return 'clockUnset';
    return utcMs < trustedUntilUtcMs(entry, issuance, access) ? null : 'tokenExpired';
  },
  asks: 'the token has not expired',
  finds: (entry, _question, facts) => {
    const { issuance } = entry.grant;
    if (issuance === null) return OWN_HAND;
    const until = moment(facts, trustedUntilUtcMs(entry, issuance, facts.access));
    return `it is trusted until ${until}; now is ${nowText(facts)}`;
  },
};

export function signerRefusal(issuance: Issuance | null, access: AccessView): RefusalReason | null {
  if (issuance === null) return null;
  const provider = access.providers.get(issuance.providerId);
  if (provider === undefined) return 'unknownProvider';
  return keyOf(provider, issuance.keyId) ? null : 'unknownKey';
}

export function purposeRefusal(issuance: Issuance | null, purpose: Purpose, access: AccessView): RefusalReason | null {
  if (issuance === null) return null;
  const allowed: readonly Purpose[] = access.providers.get(issuance.providerId)?.purposes ?? [];
  return allowed.includes(purpose) ? null : 'purposeNotAllowed';
}

/** While the lock has no calendar there is nothing to compare. */
export function skewRefusal(issuance: Issuance | null, utcMs: number | null): RefusalReason | null {
  if (issuance === null || utcMs === null) return null;
  return issuance.issuedUtcMs <= utcMs + SKEW_MAX_MS ? null : 'clockSkew';
}

/**
 * The expiry, or earlier if the owner has shortened what the firm's tokens may last since. A prolongation is a newer
 * word, by the owner or signed by the firm, and carries the visit on to its end.
 */
function trustedUntilUtcMs({ grant, untilUtcMs }: VisitEntry, issuance: Issuance, access: AccessView): number {
  const lifeMaxMs = access.providers.get(issuance.providerId)?.tokenLifeMaxMs ?? 0;
  const byTokenUtcMs = Math.min(issuance.expiresUtcMs, issuance.issuedUtcMs + lifeMaxMs);
  return untilUtcMs > grant.untilUtcMs ? Math.max(byTokenUtcMs, untilUtcMs) : byTokenUtcMs;
}

function keyOf({ keys }: Provider, keyId: string): boolean {
  for (const key of keys) if (key.id === keyId) return true;
  return false;
}
