import { decideAnnouncement, decideOwner, decideResident, decideVisitor } from './access/decide.js';
import type { AccessFacts } from './access/decide.js';
import type { CoreEvent } from './core/events.js';
import { type JournalSum, LEDGER_MAX } from './journal/fold.js';
import type { JournalEvent, LedgerEntry, RefusalReason } from './journal/records.js';
import type { NoticeKind } from '../hal/contracts/notices.js';
import type { Grant, Request, Resident } from './requests.js';

/** What becomes of a request before the core sees it. */
export type Reception =
  | { readonly kind: 'pass'; readonly event: CoreEvent }
  | { readonly kind: 'refuse'; readonly reason: RefusalReason; readonly visitId: string | null }
  /** Concerns records only: no machine needs to know. */
  | {
      readonly kind: 'keep';
      readonly event: JournalEvent;
      /** What the owner is told of it, if anything. */
      readonly notice: NoticeKind | null;
      readonly visitId: string;
      /** What follows for the core, if anything. */
      readonly consequence: CoreEvent | null;
    };

/** What a request is judged by. */
export interface ReceptionFacts extends AccessFacts {
  readonly records: JournalSum;
  readonly residents: ReadonlyMap<string, Resident>;
  readonly nowMs: number;
}

/** Who may ask what: pure, and total over every request (DESIGN, modes; S7). */
export function receive(request: Request, facts: ReceptionFacts): Reception {
  const { records, residents } = facts;
  switch (request.kind) {
    case 'announceVisit': {
      const reason = announcementRefusal(request.grant, facts);
      if (reason !== null) return refuse(reason, request.grant.id);
      return keep({ kind: 'visitAnnounced', grant: request.grant }, 'announced', request.grant.id, null);
    }
    case 'correctVisit':
      return receiveCorrection(request, facts);
    case 'arrive':
      return receiveArrival(request, facts);
    case 'enter': {
      const known = records.ledger.get(request.visitId);
      const reason = decideVisitor(known, request.personId, facts);
      if (reason !== null) return refuse(reason, request.visitId);
      const { visitId, personId, entry } = request;
      if (known !== undefined && entry <= known.entriesSpent) return refuse('entrySpent', visitId);
      return pass({ kind: 'entryAllowed', visitId, personId, entry });
    }
    case 'ring':
      return ofVisitor(request, facts, { kind: 'visitorRang', visitId: request.visitId });
    case 'withdraw':
      return ofVisitor(request, facts, {
        kind: 'visitorWithdrew',
        visitId: request.visitId,
        reason: request.reason,
      });
    case 'depart':
      return ofVisitor(request, facts, { kind: 'departureStated', visitId: request.visitId });
    case 'claimDelivered':
      return ofVisitor(request, facts, {
        kind: 'deliveryClaimed',
        visitId: request.visitId,
        personId: request.personId,
      });
    case 'answer':
      return residents.has(request.personId) ? pass({ kind: 'answeredAtDoor' }) : refuse('unknownPerson', null);
    case 'lock':
      return pass({ kind: 'lockAsked', personId: request.personId });
    case 'unlock': {
      const { personId, by } = request;
      const reason = decideResident(residents.get(personId), by, facts.mode);
      if (reason !== null) return refuse(reason, null);
      return pass({ kind: 'unlockAllowed', personId, source: by === 'app' ? 'remote' : 'keypad' });
    }
    case 'endVisit':
    case 'setMode':
    case 'revokeGrant':
    case 'clearAlarm':
      return receiveOwner(request, facts);
  }
}

type OwnerRequest = Extract<Request, { kind: 'endVisit' | 'setMode' | 'revokeGrant' | 'clearAlarm' }>;

function receiveOwner(request: OwnerRequest, facts: ReceptionFacts): Reception {
  const { personId } = request;
  const reason = decideOwner(facts.residents.get(personId));
  if (reason !== null) return refuse(reason, 'visitId' in request ? request.visitId : null);
  switch (request.kind) {
    case 'endVisit':
      return stopVisit(request.visitId, facts.records.ledger.get(request.visitId));
    case 'setMode':
      return pass({ kind: 'modeSet', mode: request.mode, personId });
    case 'clearAlarm':
      return pass({ kind: 'alarmCleared', alarm: request.alarm, personId });
    case 'revokeGrant': {
      const { grantId } = request;
      const entry = facts.records.ledger.get(grantId);
      if (entry === undefined) return refuse('unknownVisit', grantId);
      if (entry.outcome !== null || entry.revoked) return refuse('visitEnded', grantId);
      return keep({ kind: 'grantRevoked', grantId, personId }, null, grantId, {
        kind: 'visitStopped',
        visitId: grantId,
        why: 'revoked',
      });
    }
  }
}

function stopVisit(visitId: string, entry: LedgerEntry | undefined): Reception {
  if (entry === undefined) return refuse('unknownVisit', visitId);
  if (entry.outcome !== null) return refuse('visitEnded', visitId);
  return pass({ kind: 'visitStopped', visitId, why: 'endedByOwner' });
}

function receiveArrival(request: Extract<Request, { kind: 'arrive' }>, facts: ReceptionFacts): Reception {
  const { visitId, personId } = request;
  const entry = facts.records.ledger.get(visitId);
  const reason = decideVisitor(entry, personId, facts);
  if (reason !== null || entry === undefined || facts.utcMs === null) {
    return refuse(reason ?? 'unknownVisit', visitId);
  }
  const { grant } = entry;
  return pass({
    kind: 'visitorArrived',
    visitId,
    personId,
    purpose: grant.purpose,
    entries: grant.entries,
    entriesSpent: entry.entriesSpent,
    windowUntilAtMs: facts.nowMs + (grant.untilUtcMs - facts.utcMs),
  });
}

function announcementRefusal(grant: Grant, facts: ReceptionFacts): RefusalReason | null {
  const { ledger } = facts.records;
  if (ledger.size >= LEDGER_MAX) return 'tooManyVisits';
  return decideAnnouncement(grant, ledger.get(grant.id), facts);
}

function receiveCorrection(request: Extract<Request, { kind: 'correctVisit' }>, facts: ReceptionFacts): Reception {
  const replaced = facts.records.ledger.get(request.replaces);
  if (replaced === undefined) return refuse('unknownVisit', request.replaces);
  if (replaced.outcome !== null || replaced.entriesSpent > 0) return refuse('visitEnded', request.replaces);
  const { grant } = request;
  const reason = announcementRefusal(grant, facts);
  if (reason !== null) return refuse(reason, grant.id);
  return keep({ kind: 'visitAnnounced', grant }, 'corrected', grant.id, {
    kind: 'visitStopped',
    visitId: request.replaces,
    why: 'replaced',
  });
}

function ofVisitor(
  request: { readonly visitId: string; readonly personId: string },
  facts: ReceptionFacts,
  event: CoreEvent,
): Reception {
  const entry = facts.records.ledger.get(request.visitId);
  if (entry === undefined) return refuse('unknownVisit', request.visitId);
  if (entry.grant.personId !== request.personId) return refuse('notYourVisit', request.visitId);
  return entry.outcome === null ? pass(event) : refuse('visitEnded', request.visitId);
}

function pass(event: CoreEvent): Reception {
  return { kind: 'pass', event };
}

function refuse(reason: RefusalReason, visitId: string | null): Reception {
  return { kind: 'refuse', reason, visitId };
}

function keep(
  event: JournalEvent,
  notice: NoticeKind | null,
  visitId: string,
  consequence: CoreEvent | null,
): Reception {
  return { kind: 'keep', event, notice, visitId, consequence };
}
