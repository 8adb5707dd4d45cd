import {
  checkAccessKey,
  checkCode,
  checkGuest,
  checkMet,
  checkPolicy,
  checkProvider,
  checkRevocations,
  checkTarget,
} from '../access/checks.js';
import { decideFirm, decideOwner } from '../access/decide.js';
import { additionsOf, findSupport, keyOf, mayRevoke, revocationOf } from '../access/revocation.js';
import type { Asker, Code, Provider, RevocationTarget } from '../access/authority.js';
import type { CoreEvent } from '../core/events.js';
import type { JournalEvent, RefusalReason } from '../journal/records.js';
import type { AccessRequest } from '../requests.js';
import { agree, keep, type Reception, type ReceptionFacts, refuse } from './reception.js';

type Of<Kind extends AccessRequest['kind']> = Extract<AccessRequest, { kind: Kind }>;

/** Who may enter at all: the owner says so, and firms take back what is theirs. */
export function receiveAccess(request: AccessRequest, facts: ReceptionFacts): Reception {
  if (request.kind === 'takeRevocations') return receiveList(request, facts);
  if (request.kind === 'setCode') return receiveNewCode(request, facts);
  const reason = decideOwner(facts.residents.get(request.personId)) ?? objectionTo(request, facts);
  if (reason !== null) return refuse(reason);
  switch (request.kind) {
    case 'enrolProvider': {
      const { provider, personId } = request;
      return changed(
        { kind: 'providerEnrolled', provider, personId },
        `enrolled provider ${provider.id}`,
        stops(droppedKeys(provider, facts), facts),
      );
    }
    case 'setGuest': {
      const { guest, personId } = request;
      return changed({ kind: 'guestSet', guest, personId }, `set guest ${guest.personId}`);
    }
    case 'setAccessKey': {
      const { accessKey, personId } = request;
      return changed({ kind: 'accessKeySet', accessKey, personId }, `set access key for ${accessKey.personId}`);
    }
    case 'setPolicy': {
      const { policy, personId } = request;
      return changed({ kind: 'policySet', policy, personId }, 'set policy');
    }
    case 'confirmMet': {
      const { workerId, personId } = request;
      if (facts.access.metWorkerIds.has(workerId)) return agree();
      return keep({ kind: 'workerMet', workerId, personId }, null, []);
    }
    case 'setPetLoose': {
      const { loose, personId } = request;
      if (facts.access.petLoose === loose) return agree();
      return keep({ kind: 'petLooseSet', loose, personId }, null, []);
    }
    case 'revoke': {
      const { target, personId } = request;
      const support = supportOf(target, facts);
      const detail = `revoked ${revocationOf(target.kind, target.id)}`;
      return changed({ kind: 'revoked', target, personId }, detail, stops([support], facts));
    }
    case 'trustCalendar': {
      const { calendarUtcMs: utcMs, records, nowMs } = facts;
      if (utcMs === null) return refuse('clockUnset');
      // It is believed already, and no token is too old for that.
      if (utcMs >= records.leastUtcMs(nowMs)) return agree();
      return changed({ kind: 'calendarTrusted', utcMs, personId: request.personId }, 'trusted calendar');
    }
  }
}

/** Enrolled anew without a key, a firm has that key revoked. */
function droppedKeys({ id: providerId, keys }: Provider, { access }: ReceptionFacts): RevocationTarget[] {
  const known = access.providers.get(providerId)?.keys ?? [];
  const dropped = known.filter(({ id }) => keys.every((key) => key.id !== id));
  return dropped.map(({ id }) => ({ kind: 'key', id: keyOf(providerId, id) }));
}

/** What is wrong with what the owner asks. */
function objectionTo(
  request: Exclude<AccessRequest, Of<'takeRevocations' | 'setCode'>>,
  facts: ReceptionFacts,
): RefusalReason | null {
  switch (request.kind) {
    case 'enrolProvider':
      return checkProvider(request.provider, facts.access);
    case 'setGuest':
      return checkGuest(request.guest, facts);
    case 'setAccessKey':
      if (!facts.residents.has(request.accessKey.personId)) return 'unknownPerson';
      return checkAccessKey(request.accessKey, facts.access);
    case 'setPolicy':
      return checkPolicy(request.policy);
    case 'confirmMet':
      return checkMet(request.workerId, facts.access);
    case 'revoke': {
      const { target } = request;
      if (target.kind === 'grant') return grantObjection(target.id, facts);
      if (facts.access.isRevoked(target.kind, target.id)) return 'revoked';
      return checkRevocations([target], facts.access) ?? checkTarget(target, facts);
    }
    case 'setPetLoose':
    case 'trustCalendar':
      return null;
  }
}

function grantObjection(grantId: string, { records }: ReceptionFacts): RefusalReason | null {
  const entry = records.ledger.get(grantId);
  if (entry === undefined) return 'unknownVisit';
  return entry.outcome !== null || entry.revoked ? 'visitEnded' : null;
}

/** The owner gives codes to anybody; a firm only for a visit of its own that is under way. */
function receiveNewCode({ asker, code }: Of<'setCode'>, facts: ReceptionFacts): Reception {
  const reason = mayGiveCode(asker, code, facts) ?? checkCode(code, facts);
  if (reason !== null) return refuse(reason);
  return changed({ kind: 'codeSet', code, asker }, `set code ${code.userNumber}`);
}

function mayGiveCode(asker: Asker, { holder }: Code, facts: ReceptionFacts): RefusalReason | null {
  if (asker.kind === 'person') return decideOwner(facts.residents.get(asker.personId));
  const entry = holder.kind === 'visit' ? facts.records.ledger.get(holder.visitId) : undefined;
  return entry?.grant.issuance?.providerId === asker.providerId ? decideFirm(asker, facts.access) : 'notAllowed';
}

function receiveList(
  { providerId, keyId, sequence, targets }: Of<'takeRevocations'>,
  facts: ReceptionFacts,
): Reception {
  const { access } = facts;
  const reason = decideFirm({ providerId, keyId }, access) ?? checkRevocations(targets, access);
  if (reason !== null) return refuse(reason);
  const latest = access.listSequences.get(providerId) ?? 0;
  if (sequence === latest) return agree();
  if (sequence < latest) return refuse('staleList');
  if (!targets.every((target) => mayRevoke(providerId, target))) return refuse('notAllowed');
  const fresh = additionsOf(providerId, targets, access);
  return changed(
    { kind: 'revocationsTaken', providerId, sequence, targets: fresh },
    `took list ${sequence} of provider ${providerId}`,
    stops(fresh, facts),
  );
}

/** With a guest's code goes the visit that the guest has typed it for. */
function supportOf(target: RevocationTarget, { access }: ReceptionFacts): RevocationTarget {
  const holder = target.kind === 'code' ? access.codes.get(Number(target.id))?.holder : undefined;
  return holder?.kind === 'guest' ? { kind: 'guest', id: holder.personId } : target;
}

/** The visits that end with what is taken back. */
function stops(targets: readonly RevocationTarget[], { records }: ReceptionFacts): CoreEvent[] {
  const events: CoreEvent[] = [];
  const meant = new Set(targets.map(({ kind, id }) => revocationOf(kind, id)));
  for (const { grant, outcome } of records.ledger.values()) {
    if (outcome !== null || findSupport(grant, (kind, id) => meant.has(revocationOf(kind, id))) === null) continue;
    events.push({ kind: 'visitStopped', visitId: grant.id, why: 'revoked' });
  }
  return events;
}

function changed(record: JournalEvent, detail: string, events: readonly CoreEvent[] = []): Reception {
  const visitId = record.kind === 'revoked' && record.target.kind === 'grant' ? record.target.id : null;
  return keep(record, visitId, [{ kind: 'accessChanged', visitId, detail, worker: false }], events);
}
