import { decideCode, guestGrant, WRONG_CODES_MAX } from '../access/codes.js';
import { decideOwner, decideResident, decideVisitor } from '../access/decide.js';
import { unstarted } from '../access/question.js';
import type { Code } from '../access/authority.js';
import type { JournalEvent, LedgerEntry } from '../journal/records.js';
import type { DoorRequest, Request } from '../requests.js';
import { pass, type Reception, type ReceptionFacts, refuse } from './reception.js';

/** What is asked of the door itself. */
export function receiveDoor(request: DoorRequest, facts: ReceptionFacts): Reception {
  switch (request.kind) {
    case 'answer':
      return facts.residents.has(request.personId) ? pass({ kind: 'answeredAtDoor' }) : refuse('unknownPerson');
    case 'lock': {
      const { personId } = request;
      return pass({ kind: 'lockAsked', personId }, null, [asked('locked', personId, 'remote')]);
    }
    case 'unlock': {
      const { personId, by } = request;
      const reason = decideResident(facts.residents.get(personId), by, facts.mode);
      return reason === null ? unlock(personId, by === 'app' ? 'remote' : 'keypad', []) : refuse(reason);
    }
    case 'enterCode':
      return receiveCode(request, facts);
    case 'setMode':
    case 'clearAlarm': {
      const { personId } = request;
      const reason = decideOwner(facts.residents.get(personId));
      if (reason !== null) return refuse(reason);
      return request.kind === 'setMode'
        ? pass({ kind: 'modeSet', mode: request.mode, personId })
        : pass({ kind: 'alarmCleared', alarm: request.alarm, personId });
    }
  }
}

function unlock(personId: string, source: 'remote' | 'keypad', records: readonly JournalEvent[]): Reception {
  const event = { kind: 'unlockAllowed', personId, source } as const;
  return pass(event, null, [...records, asked('unlocked', personId, source)]);
}

function asked(goal: 'locked' | 'unlocked', personId: string, source: 'remote' | 'keypad'): JournalEvent {
  return { kind: 'boltAsked', goal, personId, source };
}

function receiveCode(
  { userNumber, right }: Extract<DoorRequest, { kind: 'enterCode' }>,
  facts: ReceptionFacts,
): Reception {
  const code = facts.access.codes.get(userNumber);
  const reason = decideCode(code, right, facts);
  if (reason === 'wrongCode') {
    const limitReached = facts.access.wrongCodes + 1 >= WRONG_CODES_MAX;
    const events = limitReached ? [{ kind: 'wrongCodesCounted', limitReached } as const] : [];
    return refuse(reason, null, [{ kind: 'codeRefused', userNumber }], events);
  }
  if (reason !== null || code === undefined) return refuse(reason ?? 'wrongCode');
  // Without a calendar too: last month's code comes to no new life by a reboot.
  if ((code.expiresUtcMs ?? Infinity) <= facts.records.leastUtcMs(facts.nowMs)) return refuse('codeExpired');
  const reception = useCode(code, facts);
  if (reception.refusal !== null || facts.access.wrongCodes < WRONG_CODES_MAX) return reception;
  if (code.holder.kind !== 'resident') return reception;
  return { ...reception, events: [{ kind: 'wrongCodesCounted', limitReached: false }, ...reception.events] };
}

function useCode(code: Code, facts: ReceptionFacts): Reception {
  const { holder, userNumber } = code;
  const accepted: JournalEvent = { kind: 'codeAccepted', userNumber };
  switch (holder.kind) {
    case 'resident': {
      const reason = decideResident(facts.residents.get(holder.personId), 'code', facts.mode);
      return reason === null ? unlock(holder.personId, 'keypad', [accepted]) : refuse(reason);
    }
    case 'guest':
      return useGuestCode(code, holder.personId, facts);
    case 'visit': {
      const { visitId } = holder;
      const entry = facts.records.ledger.get(visitId);
      if (entry === undefined) return refuse('unknownVisit', visitId);
      return useFor(accepted, [entryFor(entry, userNumber)]);
    }
  }
}

/** A guest's visit begins with the code; who would be refused announces none. */
function useGuestCode(code: Code, personId: string, facts: ReceptionFacts): Reception {
  const { userNumber } = code;
  const awaited = awaitedVisit(personId, facts);
  const guest = facts.access.guests.get(personId);
  const grant = awaited?.grant ?? guestGrant(guest, code, facts.records.nextRecordNumber, facts);
  if (typeof grant === 'string') return refuse(grant);
  const asking = { personId, visitId: grant.id, proof: { kind: 'code', userNumber } } as const;
  const question = { act: 'enter', ...asking, distanceM: null, notesId: null } as const;
  const reason = decideVisitor(awaited ?? unstarted(grant), question, facts);
  if (reason !== null) return refuse(reason, awaited === null ? null : grant.id);
  const next: Request[] = awaited === null ? [{ kind: 'announceVisit', grant }] : [];
  if (awaited?.arrived !== true) next.push({ kind: 'arrive', ...asking });
  next.push({ kind: 'enter', entry: 1, ...asking });
  // A guest who is turned away must not hold the door until the window ends: nobody else could come.
  const otherwise = { kind: 'visitStopped', visitId: grant.id, why: 'notEntered' } as const;
  return { ...useFor({ kind: 'codeAccepted', userNumber }, next), otherwise };
}

/** The guest came before, and the door has not opened yet: the recording did not come, say, or the door stood open. */
function awaitedVisit(personId: string, { records, utcMs }: ReceptionFacts): LedgerEntry | null {
  for (const entry of records.ledger.values()) {
    const { grant, untilUtcMs, entriesSpent, cause, outcome } = entry;
    const isTheirs = grant.purpose === 'guest' && grant.personId === personId;
    const isNow = utcMs !== null && grant.fromUtcMs <= utcMs && utcMs < untilUtcMs;
    if (isTheirs && isNow && entriesSpent === 0 && cause === null && outcome === null) return entry;
  }
  return null;
}

function entryFor({ grant, entriesSpent }: LedgerEntry, userNumber: number): Request {
  const { id: visitId, personId } = grant;
  return { kind: 'enter', personId, visitId, entry: entriesSpent + 1, proof: { kind: 'code', userNumber } };
}

function useFor(accepted: JournalEvent, next: Reception['next']): Reception {
  return { refusal: null, visitId: null, records: [accepted], notices: [], events: [], next };
}
