import { expect } from 'chai';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { Request } from '../../../firmware/requests.js';
import { ANNOUNCED, ARRIVED, ask, codeFor, ENROLLED, refusal, WALK } from '../support/paws.js';
import { UNTIL_UTC_MS } from '../support/records.js';

describe('A code for a visit', () => {
  const code = codeFor({ kind: 'visit', visitId: 'paws/walk' });
  const byFirm = { kind: 'provider', providerId: 'paws', keyId: 'k1' } as const;
  const byOwner = { kind: 'person', personId: 'owner' } as const;

  it('is set by the owner, or by the firm whose visit it is', () => {
    expect(refusal({ kind: 'setCode', asker: byOwner, code })).to.equal(null);
    expect(refusal({ kind: 'setCode', asker: byFirm, code })).to.equal(null);
    expect(refusal({ kind: 'setCode', asker: { ...byFirm, providerId: 'parcels' }, code })).to.equal('notAllowed');
    expect(refusal({ kind: 'setCode', asker: { kind: 'person', personId: 'child' }, code })).to.equal('notAllowed');
  });

  it('is refused for what is wrong: no entry is left, or the window has passed', () => {
    const set: Request = { kind: 'setCode', asker: byOwner, code };
    const spent = (entry: number): JournalEvent => ({
      kind: 'driveIntended',
      goal: 'unlocked',
      source: 'visit',
      visitId: 'paws/walk',
      entry,
    });
    const here = [ENROLLED, ANNOUNCED, ARRIVED];
    const all = Array.from({ length: WALK.entries }, (_, index) => spent(index + 1));
    expect(refusal(set, [...here, ...all])).to.equal('entrySpent');
    expect(ask(set, here, { utcMs: UNTIL_UTC_MS }).refusal).to.equal('windowPassed');
  });

  it('is set once the visitor is there, and no firm sets any other', () => {
    expect(refusal({ kind: 'setCode', asker: byOwner, code }, [ENROLLED, ANNOUNCED])).to.equal('notArrived');
    const forResident = codeFor({ kind: 'resident', personId: 'child' });
    expect(refusal({ kind: 'setCode', asker: byFirm, code: forResident })).to.equal('notAllowed');
  });

  it('opens the next entry of that visit, and is spent with it', () => {
    const given: JournalEvent = { kind: 'codeSet', code, asker: byOwner };
    const { records, next } = ask({ kind: 'enterCode', userNumber: 7, right: true }, [
      ENROLLED,
      ANNOUNCED,
      ARRIVED,
      given,
    ]);
    expect(records).to.deep.equal([{ kind: 'codeAccepted', userNumber: 7 }]);
    expect(next).to.deep.equal([
      {
        kind: 'enter',
        personId: 'paws/wanda',
        visitId: 'paws/walk',
        entry: 1,
        proof: { kind: 'code', userNumber: 7 },
      },
    ]);
    const typed: JournalEvent = { kind: 'codeAccepted', userNumber: 7 };
    const again = [ENROLLED, ANNOUNCED, ARRIVED, given, typed];
    expect(refusal({ kind: 'enterCode', userNumber: 7, right: true }, again), 'typed in vain').to.equal(null);
    const spent = { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: 'paws/walk', entry: 1 } as const;
    expect(refusal({ kind: 'enterCode', userNumber: 7, right: true }, [...again, spent])).to.equal('codeExpired');
  });
});

describe("A guest's code", () => {
  const guest: JournalEvent = {
    kind: 'guestSet',
    guest: { personId: 'gran', schedule: { kind: 'always' }, expiresUtcMs: null },
    personId: 'owner',
  };
  const code: JournalEvent = {
    kind: 'codeSet',
    code: codeFor({ kind: 'guest', personId: 'gran' }),
    asker: { kind: 'person', personId: 'owner' },
  };

  it('announces a visit, arrives and enters, and ends the visit if that is refused', () => {
    const { next, otherwise } = ask({ kind: 'enterCode', userNumber: 7, right: true }, [guest, code]);
    expect(next.map(({ kind }) => kind)).to.deep.equal(['announceVisit', 'arrive', 'enter']);
    const [first] = next;
    const visitId = first?.kind === 'announceVisit' ? first.grant.id : '';
    expect(otherwise).to.deep.equal({ kind: 'visitStopped', visitId, why: 'notEntered' });
  });
});

describe('Wrong codes', () => {
  const wrong: Request = { kind: 'enterCode', userNumber: 7, right: false };
  const counted: JournalEvent = { kind: 'codeRefused', userNumber: 7 };

  it('are counted, and raise the alarm at the fifth in a row', () => {
    expect(ask(wrong, [counted, counted, counted]).events).to.deep.equal([]);
    const fifth = ask(wrong, [counted, counted, counted, counted]);
    expect(fifth.refusal).to.equal('wrongCode');
    expect(fifth.records).to.deep.equal([counted]);
    expect(fifth.events).to.deep.equal([{ kind: 'wrongCodesCounted', limitReached: true }]);
  });

  it('lock out the right one too, for a while', () => {
    const code = codeFor({ kind: 'resident', personId: 'child' });
    const set: JournalEvent = { kind: 'codeSet', code, asker: { kind: 'person', personId: 'owner' } };
    const right: Request = { ...wrong, right: true };
    expect(refusal(right, [set])).to.equal(null);
    expect(refusal(right, [set, counted, counted, counted, counted, counted])).to.equal('lockedOut');
  });
});
