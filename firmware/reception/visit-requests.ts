import {
  decideAnnouncement,
  decideOwner,
  decideProlongation,
  decideVisitor,
  type VisitorQuestion,
} from '../access/decide.js';
import type { CoreEvent } from '../core/events.js';
import { isPast, LEDGER_MAX } from '../journal/fold.js';
import type { JournalEvent, LedgerEntry, RefusalReason } from '../journal/records.js';
import type { Grant, VisitRequest } from '../requests.js';
import { agree, keep, pass, type Reception, type ReceptionFacts, refuse, type Telling } from './reception.js';

/** So many visits of one firm, that others and the owner have room left. Chosen: no door sees so many parcels in a month. */
const FIRM_VISITS_MAX = 256;

type Of<Kind extends VisitRequest['kind']> = Extract<VisitRequest, { kind: Kind }>;

/** Announcing a visit, what its visitor asks, and what others ask of it. */
export function receiveVisit(request: VisitRequest, facts: ReceptionFacts): Reception {
  const entry = 'visitId' in request ? facts.records.ledger.get(request.visitId) : undefined;
  switch (request.kind) {
    case 'announceVisit':
      return receiveAnnouncement(request.grant, facts);
    case 'correctVisit':
      return receiveCorrection(request, facts);
    case 'arrive':
      return receiveArrival(request, entry, facts);
    case 'enter':
      return receiveEntry(request, entry, facts);
    case 'ring':
      return ofVisitor(request, entry, facts, { kind: 'visitorRang', visitId: request.visitId });
    case 'withdraw': {
      const { visitId, reason } = request;
      return ofVisitor(request, entry, facts, { kind: 'visitorWithdrew', visitId, reason });
    }
    case 'depart': {
      const { visitId, distanceM } = request;
      return ofVisitor(request, entry, facts, { kind: 'departureStated', visitId }, reports(visitId, distanceM));
    }
    case 'claimDelivered': {
      const { visitId, personId } = request;
      return ofVisitor(request, entry, facts, { kind: 'deliveryClaimed', visitId, personId });
    }
    case 'endVisit':
      return receiveEnd(request, entry, facts);
    case 'prolongVisit':
      return receiveProlongation(request, entry, facts);
  }
}

/** The window's end on the lock's clock. */
export function windowUntilAtMs(untilUtcMs: number, utcMs: number, nowMs: number): number {
  return nowMs + (untilUtcMs - utcMs);
}

function receiveAnnouncement(grant: Grant, facts: ReceptionFacts): Reception {
  if (isRepeated(grant, facts)) return agree(grant.id);
  const reason = announcementRefusal(grant, facts);
  return reason === null
    ? keep({ kind: 'visitAnnounced', grant }, grant.id, [told('announced', grant.id)])
    : refuse(reason, grant.id);
}

/** The same announcement again, as a network repeats it, is no other one. Grants are made in one way, so that texts compare. */
function isRepeated(grant: Grant, { records }: ReceptionFacts): boolean {
  const known = records.ledger.get(grant.id);
  return known?.outcome === null && JSON.stringify(known.grant) === JSON.stringify(grant);
}

function announcementRefusal(grant: Grant, facts: ReceptionFacts): RefusalReason | null {
  const { records, nowMs } = facts;
  const reason = decideAnnouncement(grant, records.ledger.get(grant.id), facts);
  if (reason !== null) return reason;
  // Without a calendar too: its visit may be spent and forgotten, and the owner may set the calendar back.
  if (grant.untilUtcMs <= records.leastUtcMs(nowMs)) return 'windowPassed';
  return hasRoomFor(grant, facts) ? null : 'tooManyVisits';
}

/** What can be forgotten takes no room: the announcement itself has it forgotten. */
function hasRoomFor({ issuance }: Grant, { records, nowMs }: ReceptionFacts): boolean {
  const { ledger } = records;
  if (ledger.size < (issuance === null ? LEDGER_MAX : FIRM_VISITS_MAX)) return true;
  const leastUtcMs = records.leastUtcMs(nowMs);
  let visits = 0;
  let ofFirm = 0;
  for (const entry of ledger.values()) {
    if (isPast(entry, leastUtcMs)) continue;
    visits += 1;
    if (issuance !== null && entry.grant.issuance?.providerId === issuance.providerId) ofFirm += 1;
  }
  return visits < LEDGER_MAX && ofFirm < FIRM_VISITS_MAX;
}

function receiveCorrection({ replaces, grant }: Of<'correctVisit'>, facts: ReceptionFacts): Reception {
  if (isRepeated(grant, facts)) return agree(grant.id);
  const replaced = facts.records.ledger.get(replaces);
  if (replaced === undefined) return refuse('unknownVisit', replaces);
  const reason = replacementRefusal(replaced, grant);
  if (reason !== null) return refuse(reason, replaces);
  const objection = announcementRefusal(grant, facts);
  if (objection !== null) return refuse(objection, grant.id);
  return keep(
    { kind: 'visitAnnounced', grant, replaces },
    grant.id,
    [told('corrected', grant.id)],
    [{ kind: 'visitStopped', visitId: replaces, why: 'replaced' }],
  );
}

function replacementRefusal(replaced: LedgerEntry, grant: Grant): RefusalReason | null {
  if (!isSameIssuer(replaced.grant, grant)) return 'notYourVisit';
  if (replaced.revoked) return 'revoked';
  if (replaced.outcome !== null || replaced.cause !== null) return 'visitEnded';
  return replaced.entriesSpent > 0 ? 'visitUnderWay' : null;
}

/** A firm corrects its own visits only. */
function isSameIssuer(one: Grant, other: Grant): boolean {
  return one.issuance?.providerId === other.issuance?.providerId;
}

function receiveArrival(request: Of<'arrive'>, entry: LedgerEntry | undefined, facts: ReceptionFacts): Reception {
  const { visitId, personId } = request;
  const reason = decideVisitor(entry, questionOf(request, 'arrive'), facts);
  if (reason !== null || entry === undefined || facts.utcMs === null) {
    return refuse(reason ?? 'unknownVisit', visitId);
  }
  const event: CoreEvent = {
    kind: 'visitorArrived',
    visitId,
    personId,
    purpose: entry.grant.purpose,
    entries: entry.grant.entries,
    entriesSpent: entry.entriesSpent,
    windowUntilAtMs: windowUntilAtMs(entry.untilUtcMs, facts.utcMs, facts.nowMs),
  };
  return pass(event, visitId);
}

function receiveEntry(request: Of<'enter'>, known: LedgerEntry | undefined, facts: ReceptionFacts): Reception {
  const { visitId, personId, entry, distanceM, notesId } = request;
  const records = reports(visitId, distanceM, 'unlock');
  const reason = decideVisitor(known, questionOf(request, 'enter'), facts);
  if (reason !== null) return refuse(reason, visitId, known === undefined ? [] : records);
  if (known !== undefined && entry <= known.entriesSpent) return refuse('entrySpent', visitId);
  if (known?.arrived === false) return refuse('notArrived', visitId, records);
  if (notesId !== undefined) records.push({ kind: 'notesAcknowledged', visitId, notesId });
  return pass({ kind: 'entryAllowed', visitId, personId, entry }, visitId, records);
}

function reports(
  visitId: string,
  distanceM: number | undefined,
  moment: 'unlock' | 'departure' = 'departure',
): JournalEvent[] {
  return distanceM === undefined ? [] : [{ kind: 'distanceReported', visitId, moment, distanceM }];
}

function ofVisitor(
  request: Of<'ring' | 'withdraw' | 'depart' | 'claimDelivered'>,
  entry: LedgerEntry | undefined,
  facts: ReceptionFacts,
  event: CoreEvent,
  records: readonly JournalEvent[] = [],
): Reception {
  const { visitId } = request;
  const reason = decideVisitor(entry, questionOf(request, 'other'), facts);
  if (reason !== null) return refuse(reason, visitId);
  return entry?.arrived === false ? refuse('notArrived', visitId) : pass(event, visitId, records);
}

function questionOf(
  request: Of<'arrive' | 'enter' | 'ring' | 'withdraw' | 'depart' | 'claimDelivered'>,
  act: VisitorQuestion['act'],
): VisitorQuestion {
  const { personId, proof = { kind: 'word' } } = request;
  const distanceM = 'distanceM' in request ? (request.distanceM ?? null) : null;
  const notesId = 'notesId' in request ? (request.notesId ?? null) : null;
  return { act, personId, proof, distanceM, notesId };
}

function receiveEnd(request: Of<'endVisit'>, entry: LedgerEntry | undefined, facts: ReceptionFacts): Reception {
  const { visitId, personId } = request;
  const reason = decideOwner(facts.residents.get(personId));
  if (reason !== null) return refuse(reason, visitId);
  if (entry === undefined) return refuse('unknownVisit', visitId);
  if (entry.outcome !== null) return refuse('visitEnded', visitId);
  return pass({ kind: 'visitStopped', visitId, why: 'endedByOwner' }, visitId);
}

function receiveProlongation(
  request: Of<'prolongVisit'>,
  entry: LedgerEntry | undefined,
  facts: ReceptionFacts,
): Reception {
  const { visitId, untilUtcMs, asker } = request;
  if (asker.kind === 'person') {
    const reason = decideOwner(facts.residents.get(asker.personId));
    if (reason !== null) return refuse(reason, visitId);
  }
  const reason = decideProlongation(entry, untilUtcMs, asker, facts);
  if (reason !== null || facts.utcMs === null) return refuse(reason ?? 'clockUnset', visitId);
  // Repeated, or overtaken by a longer one: prolonging never shortens.
  if (entry !== undefined && untilUtcMs <= entry.untilUtcMs) return agree(visitId);
  const untilAtMs = windowUntilAtMs(untilUtcMs, facts.utcMs, facts.nowMs);
  return keep(
    { kind: 'visitProlonged', visitId, untilUtcMs, asker },
    visitId,
    [{ kind: 'prolonged', visitId, detail: String(untilUtcMs), worker: true }],
    [{ kind: 'windowMoved', visitId, windowUntilAtMs: untilAtMs }],
  );
}

function told(kind: Telling['kind'], visitId: string): Telling {
  return { kind, visitId, detail: '', worker: false };
}
