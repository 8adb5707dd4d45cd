import { decideCode, guestGrant, WRONG_CODES_MAX } from '../access/codes.js';
import { decideOwner, decideResident } from '../access/decide.js';
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
  const reception = useCode(code, facts);
  if (reception.refusal !== null || facts.access.wrongCodes < WRONG_CODES_MAX) return reception;
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
    case 'guest': {
      const underWay = awaitedVisit(holder.personId, facts);
      if (underWay !== null) return useFor(accepted, [entryFor(underWay, userNumber)]);
      const guest = facts.access.guests.get(holder.personId);
      const grant = guestGrant(guest, code, facts.records.nextRecordNumber, facts);
      if (typeof grant === 'string') return refuse(grant);
      const asking = { personId: grant.personId, visitId: grant.id, proof: { kind: 'code', userNumber } } as const;
      return useFor(accepted, [
        { kind: 'announceVisit', grant },
        { kind: 'arrive', ...asking },
        { kind: 'enter', entry: 1, ...asking },
      ]);
    }
    case 'visit': {
      const { visitId } = holder;
      const entry = facts.records.ledger.get(visitId);
      if (entry === undefined) return refuse('unknownVisit', visitId);
      return useFor(accepted, [entryFor(entry, userNumber)]);
    }
  }
}

/** The guest came before, and the door has not opened yet: the recording did not come, say. */
function awaitedVisit(personId: string, { records }: ReceptionFacts): LedgerEntry | null {
  for (const entry of records.ledger.values()) {
    const { grant, arrived, entriesSpent, outcome } = entry;
    const isTheirs = grant.purpose === 'guest' && grant.personId === personId;
    if (isTheirs && arrived && entriesSpent === 0 && outcome === null) return entry;
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
