import { expect } from 'chai';
import type { Code, Provider, RevocationTarget } from '../../../firmware/access/authority.js';
import { EMPTY_POLICY } from '../../../firmware/access/policy.js';
import { Fold } from '../../../firmware/journal/fold.js';
import type { JournalEvent, RefusalReason } from '../../../firmware/journal/records.js';
import { receive } from '../../../firmware/reception/receive.js';
import type { Reception } from '../../../firmware/reception/reception.js';
import type { Request } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { CHILD, FROM_UTC_MS, grantOf, OWNER, recordsOf, UNTIL_UTC_MS } from '../support/records.js';

const UTC_MS = FROM_UTC_MS + 60_000;
const RESIDENTS = new Map([OWNER, CHILD].map((resident) => [resident.id, resident]));
const X = 'A'.repeat(43);

const FIRM: Provider = {
  id: 'paws',
  name: 'Paws',
  keys: [{ id: 'k1', x: X }],
  purposes: ['service'],
  tokenLifeMaxMs: 86_400_000,
};
const ENROLLED: JournalEvent = { kind: 'providerEnrolled', provider: FIRM, personId: 'owner' };
const WALK = grantOf({
  id: 'paws/walk',
  personId: 'paws/wanda',
  purpose: 'service',
  issuance: {
    providerId: 'paws',
    keyId: 'k1',
    workerName: 'Wanda',
    photo: null,
    deviceX: X,
    deviceId: 'device-1',
    issuedUtcMs: FROM_UTC_MS - 60_000,
    expiresUtcMs: UNTIL_UTC_MS,
    certificates: [],
  },
});
const ANNOUNCED: JournalEvent = { kind: 'visitAnnounced', grant: WALK };
const ARRIVED: JournalEvent = { kind: 'visitorArrived', visitId: 'paws/walk', personId: 'paws/wanda' };

function ask(request: Request, events: readonly JournalEvent[] = [ENROLLED, ANNOUNCED, ARRIVED]): Reception {
  const records = new Fold();
  for (const record of recordsOf(events)) records.apply(record);
  return receive(request, {
    settings: DEFAULT_SETTINGS,
    mode: 'normal',
    utcMs: UTC_MS,
    calendarUtcMs: UTC_MS - 5_000,
    nowMs: 50_000,
    access: records.access,
    records,
    residents: RESIDENTS,
  });
}

function refusal(request: Request, events?: readonly JournalEvent[]): RefusalReason | null {
  return ask(request, events).refusal;
}

function codeFor(holder: Code['holder']): Code {
  return {
    userNumber: 7,
    holder,
    hash: { salt: X.slice(0, 22), hash: X, cost: 14 },
    expiresUtcMs: UNTIL_UTC_MS,
    usesLeft: 1,
  };
}

describe('Who may enter at all', () => {
  const ofOwner: readonly Request[] = [
    { kind: 'enrolProvider', personId: 'owner', provider: FIRM },
    {
      kind: 'setGuest',
      personId: 'owner',
      guest: { personId: 'gran', schedule: { kind: 'always' }, expiresUtcMs: null },
    },
    { kind: 'setPolicy', personId: 'owner', policy: EMPTY_POLICY },
    { kind: 'confirmMet', personId: 'owner', workerId: 'paws/wanda' },
    { kind: 'setPetLoose', personId: 'owner', loose: true },
    { kind: 'revoke', personId: 'owner', target: { kind: 'worker', id: 'paws/wanda' } },
    { kind: 'trustCalendar', personId: 'owner' },
  ];
  for (const request of ofOwner) {
    it(`is the owner's to say: ${request.kind}`, () => {
      expect(refusal(request)).to.equal(null);
      expect(ask(request).records).to.have.length(1);
      expect(refusal({ ...request, personId: 'child' } as Request)).to.equal('notAllowed');
      expect(refusal({ ...request, personId: 'paws/wanda' } as Request)).to.equal('unknownPerson');
    });
  }

  const supports: readonly RevocationTarget[] = [
    { kind: 'grant', id: 'paws/walk' },
    { kind: 'worker', id: 'paws/wanda' },
    { kind: 'device', id: 'device-1' },
    { kind: 'provider', id: 'paws' },
    { kind: 'key', id: 'paws/k1' },
  ];
  for (const target of supports) {
    it(`ends the visit that hangs on it: ${target.kind}`, () => {
      expect(ask({ kind: 'revoke', personId: 'owner', target }).events).to.deep.equal([
        { kind: 'visitStopped', visitId: 'paws/walk', why: 'revoked' },
      ]);
      const arrive: Request = {
        kind: 'arrive',
        personId: 'paws/wanda',
        visitId: 'paws/walk',
        proof: { kind: 'device', deviceId: 'device-1' },
      };
      expect(refusal(arrive, [ENROLLED, ANNOUNCED])).to.equal(null);
      const revoked: JournalEvent = { kind: 'revoked', target, personId: 'owner' };
      expect(refusal(arrive, [ENROLLED, ANNOUNCED, revoked])).to.be.oneOf(['revoked', 'unknownProvider', 'unknownKey']);
    });
  }

  it('leaves alone what hangs on something else', () => {
    const target = { kind: 'worker', id: 'paws/wilma' } as const;
    expect(ask({ kind: 'revoke', personId: 'owner', target }).events).to.deep.equal([]);
  });

  it('keeps the calendar as it reads, not as the records had it', () => {
    expect(ask({ kind: 'trustCalendar', personId: 'owner' }).records).to.deep.equal([
      { kind: 'calendarTrusted', utcMs: UTC_MS - 5_000, personId: 'owner' },
    ]);
  });
});

describe('A firm takes back', () => {
  const list = (parts: object = {}): Request => ({
    kind: 'takeRevocations',
    providerId: 'paws',
    keyId: 'k1',
    sequence: 3,
    targets: [{ kind: 'worker', id: 'paws/wanda' }],
    ...parts,
  });
  const taken: JournalEvent = { kind: 'revocationsTaken', providerId: 'paws', sequence: 3, targets: [] };

  it('what is its own, and visits end with it', () => {
    const { records, events } = ask(list());
    expect(records).to.deep.equal([
      { kind: 'revocationsTaken', providerId: 'paws', sequence: 3, targets: [{ kind: 'worker', id: 'paws/wanda' }] },
    ]);
    expect(events).to.deep.equal([{ kind: 'visitStopped', visitId: 'paws/walk', why: 'revoked' }]);
  });

  it('nothing of anybody else, nor a firm or a code', () => {
    for (const target of [
      { kind: 'worker', id: 'parcels/carl' },
      { kind: 'grant', id: 'visit-1' },
      { kind: 'provider', id: 'paws' },
      { kind: 'code', id: '7' },
    ] as const) {
      expect(refusal(list({ targets: [target] })), target.kind).to.equal('notAllowed');
    }
  });

  it('never with an older list, and the same one twice changes nothing', () => {
    expect(refusal(list({ sequence: 2 }), [ENROLLED, taken])).to.equal('staleList');
    expect(ask(list(), [ENROLLED, taken]).records).to.deep.equal([]);
  });

  it('only while it is enrolled, and with a key that is still its own', () => {
    expect(refusal(list(), [])).to.equal('unknownProvider');
    expect(refusal(list({ keyId: 'k2' }))).to.equal('unknownKey');
    const removed: JournalEvent = { kind: 'revoked', target: { kind: 'key', id: 'paws/k1' }, personId: 'owner' };
    expect(refusal(list(), [ENROLLED, removed])).to.equal('revoked');
  });
});

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

  it('is set once the visitor is there, and no firm sets any other', () => {
    expect(refusal({ kind: 'setCode', asker: byOwner, code }, [ENROLLED, ANNOUNCED])).to.equal('visitEnded');
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
    const used: JournalEvent = { kind: 'codeAccepted', userNumber: 7 };
    expect(
      refusal({ kind: 'enterCode', userNumber: 7, right: true }, [ENROLLED, ANNOUNCED, ARRIVED, given, used]),
    ).to.equal('codeExpired');
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
