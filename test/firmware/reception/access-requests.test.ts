import { expect } from 'chai';
import type { RevocationTarget } from '../../../firmware/access/authority.js';
import { EMPTY_POLICY } from '../../../firmware/access/policy.js';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { Request } from '../../../firmware/requests.js';
import { ANNOUNCED, ask, ENROLLED, FIRM, refusal, UTC_MS, WALK, X, KEPT } from '../support/paws.js';
import { grantOf } from '../support/records.js';

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
      { kind: 'calendarTrusted', utcMs: UTC_MS - 30_000, personId: 'owner' },
    ]);
  });
});

describe('The calendar', () => {
  const trust: Request = { kind: 'trustCalendar', personId: 'owner' };
  const trusted = (utcMs: number): JournalEvent => ({ kind: 'calendarTrusted', utcMs, personId: 'owner' });

  it('is believed without a word where the records are not ahead of it', () => {
    const reception = ask(trust, [ENROLLED], { calendarUtcMs: UTC_MS });
    expect(reception).to.deep.include({ refusal: null, records: [] });
  });

  it('set back twice brings back no token that was too old the first time', () => {
    const request: Request = { kind: 'announceVisit', grant: WALK };
    expect(refusal(request, [ENROLLED])).to.equal(null);
    expect(refusal(request, [ENROLLED, trusted(UTC_MS)])).to.equal('tokenTooOld');
    expect(refusal(request, [ENROLLED, trusted(UTC_MS), trusted(UTC_MS - 86_400_000)])).to.equal('tokenTooOld');
  });
});

describe('What is to be revoked', () => {
  const revoke = ({ kind, id }: RevocationTarget): Request => ({
    kind: 'revoke',
    personId: 'owner',
    target: { kind, id },
  });
  const there: readonly RevocationTarget[] = [
    { kind: 'worker', id: 'paws/nobody.yet' },
    { kind: 'device', id: X },
    { kind: 'provider', id: 'paws' },
    { kind: 'key', id: 'paws/k1' },
    { kind: 'guest', id: '7' },
    { kind: 'code', id: '7' },
    { kind: 'accessKey', id: '7' },
  ];
  for (const target of there) {
    it(`is there: ${target.kind} ${target.id}`, () => {
      expect(refusal(revoke(target), KEPT)).to.equal(null);
    });
  }

  const mistyped: readonly RevocationTarget[] = [
    { kind: 'worker', id: 'wanda' },
    { kind: 'worker', id: 'pawsx' },
    { kind: 'worker', id: 'paws/' },
    { kind: 'worker', id: 'paws/wanda/x' },
    { kind: 'worker', id: 'pows/wanda' },
    { kind: 'device', id: 'x' },
    { kind: 'device', id: `${X}A` },
    { kind: 'provider', id: 'pows' },
    { kind: 'key', id: 'paws' },
    { kind: 'key', id: 'paws/k2' },
    { kind: 'key', id: 'pows/k1' },
    { kind: 'guest', id: 'nobody' },
    { kind: 'code', id: '77' },
    { kind: 'code', id: '07' },
    { kind: 'code', id: 'abc' },
    { kind: 'accessKey', id: '8' },
  ];
  for (const target of mistyped) {
    it(`is not there, and so nothing looks done: ${target.kind} ${target.id}`, () => {
      const reception = ask(revoke(target), KEPT);
      expect(reception).to.deep.include({ refusal: 'nothingToRevoke', records: [], events: [] });
    });
  }
});

describe('What was revoked', () => {
  const listed = (sequence: number): JournalEvent => ({
    kind: 'revocationsTaken',
    providerId: 'paws',
    sequence,
    targets: [],
  });

  it('ends the visit of a worker whom the owner let in by hand', () => {
    const byHand: JournalEvent = { kind: 'visitAnnounced', grant: grantOf({ personId: 'paws/wanda' }) };
    const target = { kind: 'worker', id: 'paws/wanda' } as const;
    expect(ask({ kind: 'revoke', personId: 'owner', target }, [byHand]).events).to.deep.equal([
      { kind: 'visitStopped', visitId: 'visit-1', why: 'revoked' },
    ]);
    const arrive: Request = { kind: 'arrive', personId: 'paws/wanda', visitId: 'visit-1' };
    expect(refusal(arrive, [byHand, { kind: 'revoked', target, personId: 'owner' }])).to.equal('revoked');
  });

  it('stays so for a guest whose visit had no time to end', () => {
    const byHand: JournalEvent = { kind: 'visitAnnounced', grant: grantOf({ personId: 'gran' }) };
    const revoked: JournalEvent = { kind: 'revoked', target: { kind: 'guest', id: 'gran' }, personId: 'owner' };
    const arrive: Request = { kind: 'arrive', personId: 'gran', visitId: 'visit-1' };
    expect(refusal(arrive, [byHand])).to.equal(null);
    expect(refusal(arrive, [byHand, revoked])).to.equal('revoked');
  });

  it('may be a stolen access key or a code, however full the table is', () => {
    const targets = Array.from({ length: 10_000 }, (_, index) => ({ kind: 'device', id: `device ${index}` }) as const);
    const full: JournalEvent = { kind: 'revocationsTaken', providerId: 'paws', sequence: 1, targets };
    const events = [...KEPT, full];
    for (const kind of ['accessKey', 'code', 'guest'] as const) {
      expect(refusal({ kind: 'revoke', personId: 'owner', target: { kind, id: '7' } }, events), kind).to.equal(null);
    }
    expect(
      refusal({ kind: 'revoke', personId: 'owner', target: { kind: 'worker', id: 'paws/wanda' } }, events),
    ).to.equal('tooMany');
  });

  it('takes the number of its latest list along with a key: a thief could have made it the last of all', () => {
    const list = (keyId: string): Request => ({
      kind: 'takeRevocations',
      providerId: 'paws',
      keyId,
      sequence: 2,
      targets: [],
    });
    const keys = [{ id: 'k2', x: X }];
    const rotated: JournalEvent = { kind: 'providerEnrolled', provider: { ...FIRM, keys }, personId: 'owner' };
    const thiefs = listed(Number.MAX_SAFE_INTEGER);
    expect(refusal(list('k1'), [ENROLLED, thiefs])).to.equal('staleList');
    expect(refusal(list('k2'), [ENROLLED, thiefs, rotated])).to.equal(null);
  });

  it('is no worker whom the owner has met', () => {
    const met: JournalEvent = { kind: 'workerMet', workerId: 'paws/wanda', personId: 'owner' };
    const revoked: JournalEvent = { kind: 'revoked', target: { kind: 'worker', id: 'paws/wanda' }, personId: 'owner' };
    const confirm: Request = { kind: 'confirmMet', personId: 'owner', workerId: 'paws/wanda' };
    expect(ask(confirm, [met]).records).to.be.empty;
    expect(ask(confirm, [met, revoked]).records).to.have.length(1);
  });
});

describe('What changes who may enter', () => {
  it('is told with its verb first', () => {
    const told = (request: Request) => ask(request).notices.map(({ kind, detail }) => `${kind}: ${detail}`);
    expect(told({ kind: 'enrolProvider', personId: 'owner', provider: FIRM })).to.deep.equal([
      'accessChanged: enrolled provider paws',
    ]);
    expect(told({ kind: 'revoke', personId: 'owner', target: { kind: 'key', id: 'paws/k1' } })).to.deep.equal([
      'accessChanged: revoked key paws/k1',
    ]);
    expect(told({ kind: 'setPolicy', personId: 'owner', policy: EMPTY_POLICY })).to.deep.equal([
      'accessChanged: set policy',
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
