import type { Mode } from '../../hal/contracts/report.js';
import type { RefusalReason } from '../journal/records.js';
import type { Grant, Resident } from '../requests.js';
import type { Asker, Issuance, Purpose } from './authority.js';
import { ownerRefusal, prolongMaxMs } from './owner-rules.js';
import type { AccessFacts, VisitEntry, VisitorQuestion } from './question.js';
import { RULES } from './rules.js';
import { purposeRefusal, signerRefusal, skewRefusal } from './token-rules.js';
import { revocationRefusal } from './visit-rules.js';

export type { AccessFacts, VisitorQuestion } from './question.js';

/** At most so many entries in one plan by the owner's own hand. Chosen. */
const ENTRIES_MAX = 16;

/** What a token may ask for. Chosen: a parcel needs the door once, and firms name windows of hours, not days. */
const TOKEN_BOUNDS: Readonly<Record<Purpose, { readonly entries: number; readonly windowMs: number }>> = {
  delivery: { entries: 1, windowMs: 12 * 3_600_000 },
  deliveryInside: { entries: 1, windowMs: 12 * 3_600_000 },
  service: { entries: ENTRIES_MAX, windowMs: 24 * 3_600_000 },
  maintenance: { entries: ENTRIES_MAX, windowMs: 12 * 3_600_000 },
  guest: { entries: 0, windowMs: 0 },
};

/** So far ahead a window by the owner's own hand may end. Chosen: as with codes, nothing is for ever. */
const OWN_HAND_AHEAD_MAX_MS = 366 * 86_400_000;

/** How far a visit may be prolonged where no rule of the owner's says so: nobody is locked out with the dog. Chosen. */
export const PROLONG_DEFAULT_MS = 2 * 3_600_000;

/** However far the owner's rules go. Chosen: what lasts longer is another visit. */
export const PROLONG_MAX_MS = 24 * 3_600_000;

/**
 * May this visitor do this, for this visit, now? `null` allows. Door, bolt and camera are judged by the core; this is
 * about who, where and when (S7).
 */
export function decideVisitor(
  entry: VisitEntry | undefined,
  question: VisitorQuestion,
  facts: AccessFacts,
): RefusalReason | null {
  if (entry === undefined) return 'unknownVisit';
  const { rules, conditions } = RULES[question.act];
  for (const rule of rules) {
    const reason = rule.refusal(entry, question, facts);
    if (reason !== null) return reason;
  }
  return ownerRefusal(conditions, entry, question, facts);
}

/** Opening for the household, by app or by a code at the door. Needs no calendar. */
export function decideResident(resident: Resident | undefined, by: 'app' | 'code', mode: Mode): RefusalReason | null {
  if (resident === undefined) return 'unknownPerson';
  switch (mode) {
    case 'normal':
    case 'passage':
      return null;
    case 'privacy':
      return 'mode';
    case 'vacation':
      return by === 'app' ? null : 'mode';
    case 'lockDown':
      return resident.role === 'owner' ? null : 'mode';
  }
}

/** What only the owner may do. */
export function decideOwner(resident: Resident | undefined): RefusalReason | null {
  if (resident === undefined) return 'unknownPerson';
  return resident.role === 'owner' ? null : 'notAllowed';
}

/**
 * Whether an announced grant makes sense, is for this door, and comes from a firm that may send it; a known id is never
 * announced twice. The owner's rules are asked when the visitor comes: until then they may change.
 */
export function decideAnnouncement(
  grant: Grant,
  known: VisitEntry | undefined,
  facts: AccessFacts,
): RefusalReason | null {
  if (!isSound(grant) || known !== undefined) return 'invalidGrant';
  if (grant.doorId !== facts.settings.doorId) return 'wrongDoor';
  const reason =
    revocationRefusal(grant, facts.access) ??
    signerRefusal(grant.issuance, facts.access) ??
    purposeRefusal(grant.issuance, grant.purpose, facts.access) ??
    skewRefusal(grant.issuance, facts.utcMs) ??
    (grant.issuance === null ? ownHandRefusal(grant, facts) : tokenRefusal(grant, grant.issuance, facts));
  if (reason !== null) return reason;
  return facts.utcMs !== null && facts.utcMs >= grant.untilUtcMs ? 'windowPassed' : null;
}

/**
 * Whether a visit that has begun may last until then; that it does already is no reason to refuse. That a person who asks
 * is the owner is for `decideOwner`. A visit that nobody has come for is corrected instead.
 */
export function decideProlongation(
  entry: VisitEntry | undefined,
  untilUtcMs: number,
  asker: Asker,
  facts: AccessFacts,
): RefusalReason | null {
  if (entry === undefined) return 'unknownVisit';
  const { grant } = entry;
  const { access, utcMs } = facts;
  if (asker.kind === 'provider') {
    const reason = decideFirm(asker, access) ?? (isOfFirm(grant, asker.providerId) ? null : 'notYourVisit');
    if (reason !== null) return reason;
  }
  if (entry.revoked) return 'revoked';
  const revoked = revocationRefusal(grant, access);
  if (revoked !== null) return revoked;
  if (entry.outcome !== null || entry.cause !== null) return 'visitEnded';
  if (!entry.arrived) return 'notArrived';
  if (utcMs === null) return 'clockUnset';
  if (utcMs >= entry.untilUtcMs) return 'windowPassed';
  if (!Number.isFinite(untilUtcMs)) return 'invalidRequest';
  if (untilUtcMs <= entry.untilUtcMs) return null;
  return untilUtcMs <= latestEndUtcMs(grant, access) ? null : 'prolongedTooFar';
}

/** How late a visit may be made to end, by the owner's rules as they are now. */
export function latestEndUtcMs(grant: Grant, { policy }: AccessFacts['access']): number {
  return grant.untilUtcMs + Math.min(prolongMaxMs(grant, policy) ?? PROLONG_DEFAULT_MS, PROLONG_MAX_MS);
}

/** Whether what a firm states by this key of its own is its word still. */
export function decideFirm(
  { providerId, keyId }: { readonly providerId: string; readonly keyId: string },
  access: AccessFacts['access'],
): RefusalReason | null {
  if (access.isRevoked('provider', providerId) || access.isRevoked('key', `${providerId}/${keyId}`)) return 'revoked';
  const provider = access.providers.get(providerId);
  if (provider === undefined) return 'unknownProvider';
  return provider.keys.some(({ id }) => id === keyId) ? null : 'unknownKey';
}

function isOfFirm({ issuance }: Grant, providerId: string): boolean {
  return issuance !== null && issuance.providerId === providerId;
}

function isSound(grant: Grant): boolean {
  return (
    isNamedBy(grant, grant.issuance) &&
    Number.isInteger(grant.entries) &&
    grant.entries >= 1 &&
    grant.entries <= ENTRIES_MAX &&
    Number.isFinite(grant.fromUtcMs) &&
    Number.isFinite(grant.untilUtcMs) &&
    grant.fromUtcMs < grant.untilUtcMs
  );
}

/** A firm's names begin with its own and a slash; no others have one, so that nobody's visit takes the name of another's. */
function isNamedBy({ id, personId }: Grant, issuance: Issuance | null): boolean {
  if (issuance === null) return id !== '' && personId !== '' && !id.includes('/');
  const prefix = `${issuance.providerId}/`;
  return id.startsWith(prefix) && personId.startsWith(prefix);
}

function ownHandRefusal({ untilUtcMs }: Grant, { utcMs }: AccessFacts): RefusalReason | null {
  return utcMs !== null && untilUtcMs > utcMs + OWN_HAND_AHEAD_MAX_MS ? 'invalidGrant' : null;
}

function tokenRefusal(grant: Grant, issuance: Issuance, { access, utcMs }: AccessFacts): RefusalReason | null {
  const { issuedUtcMs, expiresUtcMs, providerId } = issuance;
  const lifeMaxMs = access.providers.get(providerId)?.tokenLifeMaxMs ?? 0;
  const bounds = TOKEN_BOUNDS[grant.purpose];
  const sound =
    issuedUtcMs < expiresUtcMs &&
    expiresUtcMs - issuedUtcMs <= lifeMaxMs &&
    // Else nobody could ever use it, and the lock would remember it until then.
    grant.fromUtcMs < expiresUtcMs &&
    grant.entries <= bounds.entries &&
    grant.untilUtcMs - grant.fromUtcMs <= bounds.windowMs;
  if (!sound) return 'invalidGrant';
  // At the limit itself the forgotten visit may be this one.
  if (issuedUtcMs <= access.issuedAfterUtcMs) return 'tokenTooOld';
  return utcMs !== null && utcMs >= expiresUtcMs ? 'tokenExpired' : null;
}
