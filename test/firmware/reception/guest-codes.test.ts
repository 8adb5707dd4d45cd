import { expect } from 'chai';
import type { Code } from '../../../firmware/access/authority.js';
import { Fold } from '../../../firmware/journal/fold.js';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import { askerOf, receive } from '../../../firmware/reception/receive.js';
import type { Reception, ReceptionFacts } from '../../../firmware/reception/reception.js';
import type { Request } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { CHILD, FROM_UTC_MS, grantOf, OWNER, recordsOf, UNTIL_UTC_MS } from '../support/records.js';

const UTC_MS = FROM_UTC_MS + 60_000;

function sumOf(events: readonly JournalEvent[]): Fold {
  const records = new Fold();
  for (const record of recordsOf(events)) records.apply(record);
  return records;
}

function ask(request: Request, events: readonly JournalEvent[], parts: Partial<ReceptionFacts> = {}): Reception {
  const records = sumOf(events);
  return receive(request, {
    settings: DEFAULT_SETTINGS,
    mode: 'normal',
    utcMs: UTC_MS,
    calendarUtcMs: UTC_MS,
    nowMs: 600_000,
    access: records.access,
    records,
    residents: new Map([OWNER, CHILD].map((resident) => [resident.id, resident])),
    ...parts,
  });
}

function codeSet(userNumber: number, holder: Code['holder'], parts: Partial<Code> = {}): JournalEvent {
  const hash = { salt: 'A'.repeat(22), hash: 'A'.repeat(43), cost: 14 };
  const code = { userNumber, holder, hash, expiresUtcMs: UNTIL_UTC_MS, usesLeft: null, ...parts };
  return { kind: 'codeSet', code, asker: { kind: 'person', personId: 'owner' } };
}

const typed = (userNumber: number, right = true): Request => ({ kind: 'enterCode', userNumber, right });
const WRONG: JournalEvent = { kind: 'codeRefused', userNumber: 1 };
const FOUR_WRONG = [WRONG, WRONG, WRONG, WRONG];
const CHILDS = codeSet(1, { kind: 'resident', personId: 'child' });
const GRANS = codeSet(7, { kind: 'guest', personId: 'gran' }, { usesLeft: 1 });
const GRAN: JournalEvent = {
  kind: 'guestSet',
  guest: { personId: 'gran', schedule: { kind: 'always' }, expiresUtcMs: null },
  personId: 'owner',
};
const COMES: JournalEvent = {
  kind: 'visitAnnounced',
  grant: grantOf({ id: 'guest-7-3', personId: 'gran', purpose: 'guest' }),
};
const COME: JournalEvent = { kind: 'visitorArrived', visitId: 'guest-7-3', personId: 'gran' };
const ACCEPTED: JournalEvent = { kind: 'codeAccepted', userNumber: 7 };

describe('The code of a guest', () => {
  it('announces a visit, arrives and enters', () => {
    const { records, next } = ask(typed(7), [GRAN, GRANS]);
    expect(records).to.deep.equal([ACCEPTED]);
    expect(next.map(({ kind }) => kind)).to.deep.equal(['announceVisit', 'arrive', 'enter']);
  });

  it('announces nothing where its guest would be refused', () => {
    const reception = ask(typed(7), [GRAN, GRANS], { mode: 'privacy' });
    expect(reception).to.deep.include({ refusal: 'mode', records: [], next: [] });
  });

  it('typed in vain is as good as it was, and goes on with the same visit', () => {
    const kinds = (...events: JournalEvent[]) =>
      ask(typed(7), [GRAN, GRANS, ACCEPTED, ...events]).next.map(({ kind }) => kind);
    expect(kinds(COMES)).to.deep.equal(['arrive', 'enter']);
    expect(kinds(COMES, COME)).to.deep.equal(['enter']);
  });

  it('is used up by the entry, and once only however often its intent is recorded', () => {
    const intended = {
      kind: 'driveIntended',
      goal: 'unlocked',
      source: 'visit',
      visitId: 'guest-7-3',
      entry: 1,
    } as const;
    const twice = codeSet(7, { kind: 'guest', personId: 'gran' }, { usesLeft: 2 });
    expect(ask(typed(7), [GRAN, GRANS, ACCEPTED, COMES, COME, intended]).refusal).to.equal('codeExpired');
    const { codes } = sumOf([GRAN, twice, ACCEPTED, COMES, COME, intended, intended]).access;
    expect(codes.get(7)?.usesLeft).to.equal(1);
  });

  it('takes none of the wrong codes back: its guest could guess at others for ever', () => {
    const counts = (...events: JournalEvent[]) =>
      sumOf([CHILDS, GRAN, GRANS, ...FOUR_WRONG, ...events]).access.wrongCodes;
    expect(counts(ACCEPTED)).to.equal(4);
    expect(counts({ kind: 'codeAccepted', userNumber: 1 })).to.equal(0);
    expect(counts({ kind: 'alarmCleared', alarm: 'WrongCodeEntryLimit' })).to.equal(0);
    expect(counts({ kind: 'alarmCleared', alarm: 'DoorAjar' })).to.equal(4);
  });

  it('clears no alarm about wrong codes, as a resident clears it', () => {
    const cleared = { kind: 'wrongCodesCounted', limitReached: false };
    const records = [CHILDS, GRAN, GRANS, ...FOUR_WRONG, WRONG];
    expect(ask(typed(7), records).events).to.deep.equal([]);
    expect(ask(typed(1), records).events).to.deep.include(cleared);
  });

  it('taken back ends the visit that it was typed for', () => {
    const revoke: Request = { kind: 'revoke', personId: 'owner', target: { kind: 'code', id: '7' } };
    expect(ask(revoke, [GRAN, GRANS, ACCEPTED, COMES, COME]).events).to.deep.equal([
      { kind: 'visitStopped', visitId: 'guest-7-3', why: 'revoked' },
    ]);
  });
});

describe('A code that is refused', () => {
  it("is refused in the name of its holder if it was right, and in nobody's otherwise", () => {
    const records = sumOf([CHILDS, GRAN, GRANS]);
    expect(askerOf(typed(7), records)).to.equal('gran');
    expect(askerOf(typed(7, false), records)).to.equal('');
    expect(askerOf(typed(9), records)).to.equal('');
  });

  it('had expired by the records already, though the calendar is unset', () => {
    const unset = { utcMs: null, calendarUtcMs: null };
    expect(ask(typed(1), [CHILDS], unset).refusal).to.equal(null);
    const later: JournalEvent = { kind: 'calendarTrusted', utcMs: UNTIL_UTC_MS, personId: 'owner' };
    expect(ask(typed(1), [CHILDS, later], unset).refusal).to.equal('codeExpired');
  });
});
