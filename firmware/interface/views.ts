import type { AccessView } from '../access/access-view.js';
import { notesFor } from '../access/owner-rules.js';
import type { LedgerEntry } from '../journal/records.js';
import type { Purpose } from '../access/authority.js';
import type { Resident } from '../requests.js';
import type {
  accessKeysAnswer,
  codesAnswer,
  guestsAnswer,
  ownVisitAnswer,
  providersAnswer,
  statusAnswer,
  visitAnswer,
} from './answers.js';
import type { Door } from './door.js';
import type { AnswerOf } from './route.js';

/** What of the lock's memory each role sees, and nothing else of it. */

type Visit = AnswerOf<typeof visitAnswer>;
type OwnVisit = AnswerOf<typeof ownVisitAnswer>;

/** Whoever lives here knows that somebody is in, and for what; who, only the owner. */
export function statusFor({ role }: Resident, { lock }: Door): AnswerOf<typeof statusAnswer> {
  const { sum } = lock;
  const { position, assumed, activity, lastResult, door, mode } = lock.report();
  return {
    position,
    assumed,
    activity,
    lastResult,
    door,
    mode,
    alarms: [...sum.raisedAlarms],
    petLoose: sum.access.petLoose,
    utcMs: lock.utcMs(),
    visit: visitUnderWay(role, sum.ledger),
  };
}

function visitUnderWay(
  role: Resident['role'],
  ledger: ReadonlyMap<string, LedgerEntry>,
): { purpose: Purpose; visitId?: string } | null {
  for (const { grant, arrived, outcome } of ledger.values()) {
    if (!arrived || outcome !== null) continue;
    const { purpose } = grant;
    return role === 'owner' ? { purpose, visitId: grant.id } : { purpose };
  }
  return null;
}

function entriesOf({ grant, untilUtcMs, entriesSpent, arrived, revoked, cause, outcome }: LedgerEntry) {
  const { id: visitId, doorId, purpose, fromUtcMs, entries } = grant;
  return {
    visitId,
    doorId,
    purpose,
    fromUtcMs,
    untilUtcMs,
    entries,
    entriesSpent,
    arrived,
    revoked,
    cause,
    outcome,
  };
}

/** For the owner. */
export function visitView(entry: LedgerEntry, { providers }: AccessView): Visit {
  const { personId, issuance } = entry.grant;
  if (issuance === null) return { ...entriesOf(entry), personId, worker: null };
  const { workerName: name, photo, providerId, deviceId, certificates } = issuance;
  const firm = providers.get(providerId)?.name ?? null;
  return {
    ...entriesOf(entry),
    personId,
    worker: { name, photo, providerId, firm, deviceId, certificates },
  };
}

/** For the worker whose visit it is. */
export function ownVisitView(entry: LedgerEntry, { policy }: AccessView): OwnVisit {
  return { ...entriesOf(entry), notes: notesFor(entry.grant, policy) };
}

export function providersView(access: AccessView): AnswerOf<typeof providersAnswer> {
  return {
    providers: Array.from(access.providers.values(), ({ id, name, keys, purposes, tokenLifeMaxMs }) => ({
      id,
      name,
      keyIds: keys.map((key) => key.id),
      purposes,
      tokenLifeMaxMs,
    })),
  };
}

export function guestsView(access: AccessView): AnswerOf<typeof guestsAnswer> {
  return {
    guests: Array.from(access.guests.values(), ({ personId, schedule, expiresUtcMs }) => ({
      personId,
      schedule,
      expiresUtcMs,
    })),
  };
}

export function codesView(access: AccessView): AnswerOf<typeof codesAnswer> {
  return {
    codes: Array.from(access.codes.values(), ({ userNumber, holder, expiresUtcMs, usesLeft }) => ({
      userNumber,
      holder,
      expiresUtcMs,
      usesLeft,
    })),
  };
}

export function accessKeysView(access: AccessView): AnswerOf<typeof accessKeysAnswer> {
  return {
    accessKeys: Array.from(access.accessKeys.values(), ({ id, personId }) => ({
      id,
      personId,
    })),
  };
}
