import { expect } from 'chai';
import { CHALLENGE_LIFE_MS } from '../../firmware/credentials/challenges.js';
import type { Request } from '../../firmware/requests.js';
import { FORGERIES } from '../../sim/people/forger.js';
import { Firm } from '../../sim/people/firm.js';
import { Phone, type PhoneAct } from '../../sim/people/phone.js';
import { NOW_UTC_MS, OLGA, PAWS, PlainDoor, ROSA, WALK, WALK_ID } from './credentials/plain-door.js';

describe('Desk', () => {
  let door: PlainDoor;

  beforeEach(() => {
    door = new PlainDoor();
  });

  /** A proof by this phone over a fresh challenge. */
  function prove(act: PhoneAct, phone: Phone = ROSA.phone, subject: Partial<Parameters<Phone['prove']>[0]> = {}) {
    return phone.prove({ challenge: door.desk.challenge(), visit: WALK_ID, door: WALK.door, ...subject }, act);
  }

  function takeRequests(): readonly Request[] {
    return door.lock.requests.splice(0);
  }

  function takeRefusals(): readonly string[] {
    return door.lock.refusals.splice(0);
  }

  describe('tokens', () => {
    it('announce a visit', async () => {
      const answer = await door.desk.presentToken(await PAWS.token(WALK));
      expect(answer).to.deep.equal({ refused: null, visitId: WALK_ID });
      expect(takeRequests().map(({ kind }) => kind)).to.deep.equal(['announceVisit']);
    });

    it('correct the visit that they name, of the same firm', async () => {
      const token = await PAWS.token({ ...WALK, visit: 'walk-2', replaces: 'walk-1' });
      expect(await door.desk.presentToken(token)).to.deep.equal({ refused: null, visitId: 'paws/walk-2' });
      expect(takeRequests()[0]).to.include({ kind: 'correctVisit', replaces: 'paws/walk-1' });
    });

    it('are refused as the lock refuses them, which needs no second record', async () => {
      door.lock.answer = 'tokenExpired';
      expect(await door.desk.presentToken(await PAWS.token(WALK))).to.include({ refused: 'tokenExpired' });
      expect(takeRefusals()).to.deep.equal([]);
    });

    it('are refused at the edge where nobody has shown who sent them, and the lock is told', async () => {
      const token = await PAWS.token(WALK);
      for (const [text, reason] of [
        ['nonsense', 'malformedStatement'],
        [FORGERIES.anotherKey(token), 'badSignature'],
        [await new Firm('claws').token(WALK), 'unknownProvider'],
        [await new Firm('paws', ['key-9']).token(WALK), 'unknownKey'],
      ] as const) {
        expect(await door.desk.presentToken(text)).to.deep.equal({ refused: reason, visitId: null });
        expect(takeRefusals()).to.deep.equal([`announceVisit: ${reason}, by "" for null`]);
      }
      expect(takeRequests()).to.deep.equal([]);
    });
  });

  describe('proofs', () => {
    const acts: readonly (readonly [PhoneAct, object])[] = [
      [{ act: 'arrive' }, { kind: 'arrive' }],
      [{ act: 'ring' }, { kind: 'ring' }],
      [
        { act: 'enter', entry: 2 },
        { kind: 'enter', entry: 2 },
      ],
      [
        { act: 'enter', entry: 1, distance: 12, notes: 'dog-2+alarm.1' },
        { kind: 'enter', entry: 1, distanceM: 12, notesId: 'dog-2+alarm.1' },
      ],
      [
        { act: 'withdraw', reason: 'looseAnimal' },
        { kind: 'withdraw', reason: 'looseAnimal' },
      ],
      [{ act: 'depart' }, { kind: 'depart' }],
      [
        { act: 'depart', distance: 900 },
        { kind: 'depart', distanceM: 900 },
      ],
      [{ act: 'claim' }, { kind: 'claimDelivered' }],
    ];

    beforeEach(async () => {
      await door.announce();
      takeRequests();
    });

    for (const [act, request] of acts) {
      it(`ask what the device has signed: ${JSON.stringify(act)}`, async () => {
        expect(await door.desk.presentProof(await prove(act))).to.deep.equal({ refused: null, visitId: WALK_ID });
        const proof = { kind: 'device', deviceId: ROSA.phone.deviceId };
        expect(takeRequests()).to.deep.equal([{ ...request, personId: 'paws/rosa', visitId: WALK_ID, proof }]);
      });
    }

    it('ask to lock', async () => {
      expect(await door.desk.presentProof(await prove({ act: 'lock' }))).to.include({ refused: null });
      expect(takeRequests()).to.deep.equal([{ kind: 'lock', personId: 'paws/rosa' }]);
    });

    it('show the visit, which asks nothing of the lock', async () => {
      expect(await door.desk.presentView(await prove({ act: 'view' }))).to.deep.equal({
        refused: null,
        visitId: WALK_ID,
      });
      expect(await door.desk.presentView(await prove({ act: 'enter', entry: 1 }))).to.include({
        refused: 'notAllowed',
      });
      expect(await door.desk.presentProof(await prove({ act: 'view' }))).to.include({ refused: 'notAllowed' });
      expect(takeRequests()).to.deep.equal([]);
    });

    /** What is presented, and why it is refused. The lock must hear of the visit, and of nobody's name. */
    async function refuses(statement: string, reason: string, visit: string | null = WALK_ID): Promise<void> {
      const answer = await door.desk.presentProof(statement);
      expect(answer.refused).to.equal(reason);
      expect(takeRefusals().map((refusal) => refusal.replace(/^\w+: /, ''))).to.deep.equal([
        `${reason}, by "" for ${String(visit)}`,
      ]);
      expect(takeRequests()).to.deep.equal([]);
    }

    it('are worth nothing from another phone: the token was lent or copied', async () => {
      await refuses(await prove({ act: 'arrive' }, new Phone('ben')), 'wrongDevice');
    });

    it('are worth nothing from a phone that takes the name of the right one', async () => {
      const statement = await prove({ act: 'arrive' });
      await refuses(FORGERIES.anotherKey(statement), 'badSignature');
      await refuses(FORGERIES.publicKeyAsSecret(statement, ROSA.phone.publicX), 'malformedStatement', null);
      await refuses(FORGERIES.unsigned(statement), 'malformedStatement', null);
      await refuses(FORGERIES.ownKeyInHeader(statement), 'malformedStatement', null);
      await refuses(FORGERIES.oneMegabyte(statement), 'malformedStatement', null);
    });

    it('are good once', async () => {
      const statement = await prove({ act: 'arrive' });
      expect(await door.desk.presentProof(statement)).to.include({ refused: null });
      takeRequests();
      await refuses(statement, 'badChallenge');
    });

    it('are good once, also where two come at the same moment', async () => {
      const statement = await prove({ act: 'arrive' });
      const answers = await Promise.all([1, 2, 3].map(() => door.desk.presentProof(statement)));
      expect(answers.filter(({ refused }) => refused === null)).to.have.lengthOf(1);
      expect(takeRequests()).to.have.lengthOf(1);
    });

    it('are good for one act only over one challenge', async () => {
      const challenge = door.desk.challenge();
      await door.desk.presentProof(await prove({ act: 'arrive' }, ROSA.phone, { challenge }));
      takeRequests();
      await refuses(await prove({ act: 'enter', entry: 1 }, ROSA.phone, { challenge }), 'badChallenge');
    });

    it('spend no challenge until the device has signed it: nobody can use up another’s', async () => {
      const challenge = door.desk.challenge();
      const statement = await prove({ act: 'arrive' }, ROSA.phone, { challenge });
      await refuses(FORGERIES.anotherKey(statement), 'badSignature');
      await refuses(await prove({ act: 'arrive' }, new Phone('ben'), { challenge }), 'wrongDevice');
      expect(await door.desk.presentProof(statement)).to.include({ refused: null });
    });

    it('are good for 30 s', async () => {
      const [early, late] = [await prove({ act: 'arrive' }), await prove({ act: 'ring' })];
      door.pass(CHALLENGE_LIFE_MS - 1);
      expect(await door.desk.presentProof(early)).to.include({ refused: null });
      takeRequests();
      door.pass(1);
      await refuses(late, 'badChallenge');
    });

    it('answer this lock, in this boot', async () => {
      const neighbour = new PlainDoor(2);
      await neighbour.announce();
      const challenge = neighbour.desk.challenge();
      await refuses(await prove({ act: 'arrive' }, ROSA.phone, { challenge }), 'badChallenge');
    });

    it('are for this door', async () => {
      await refuses(await prove({ act: 'arrive' }, ROSA.phone, { door: 'back-door' }), 'wrongDoor');
    });

    it('are for a visit that the lock knows, whose device it knows', async () => {
      await refuses(await prove({ act: 'arrive' }, ROSA.phone, { visit: 'paws/walk-9' }), 'unknownVisit', null);
      const grant = { ...(await door.announce()), id: 'by-hand', issuance: null };
      door.lock.record({ kind: 'visitAnnounced', grant });
      takeRequests();
      await refuses(await prove({ act: 'arrive' }, ROSA.phone, { visit: 'by-hand' }), 'notProved', 'by-hand');
    });

    it('say another visit, act or distance only under another signature', async () => {
      await door.announce({ ...WALK, visit: 'walk-2' });
      takeRequests();
      for (const other of [{ visit: 'paws/walk-2' }, { act: 'enter', entry: 1 }, { distance: 0 }]) {
        const [header, claims = '', signature] = (await prove({ act: 'depart', distance: 900 })).split('.');
        const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
        const altered = Buffer.from(JSON.stringify({ ...said, ...other })).toString('base64url');
        const answer = await door.desk.presentProof([header, altered, signature].join('.'));
        expect(answer.refused).to.equal('badSignature');
      }
      expect(takeRequests()).to.deep.equal([]);
    });

    it('are no other statements of the same device', async () => {
      await refuses(await PAWS.token(WALK), 'malformedStatement', null);
      await refuses(await PAWS.prolongation('walk-1', NOW_UTC_MS, door.desk.challenge()), 'malformedStatement', null);
    });

    it('name an act that the lock knows, with what belongs to it and nothing more', async () => {
      for (const act of [
        { act: 'unlock' },
        { act: 'enter' },
        { act: 'enter', entry: 0 },
        { act: 'enter', entry: 17 },
        { act: 'enter', entry: 1.5 },
        { act: 'enter', entry: 1, distance: -1 },
        { act: 'enter', entry: 1, distance: 1e9 },
        { act: 'enter', entry: 1, notes: 'a b' },
        { act: 'arrive', entry: 1 },
        { act: 'withdraw' },
        { act: 'withdraw', reason: 'bored' },
        { act: 'depart', distance: '900' },
        {},
      ]) {
        await refuses(await prove(act as PhoneAct), 'malformedStatement', null);
      }
    });
  });

  describe('revocation lists', () => {
    it('name what the firm takes back: its own within the firm, devices as everybody names them', async () => {
      const list = await PAWS.revocations(7, NOW_UTC_MS, [
        { kind: 'worker', id: 'rosa' },
        { kind: 'device', id: ROSA.phone.deviceId },
        { kind: 'key', id: 'key-1' },
        { kind: 'grant', id: 'walk-1' },
      ]);
      expect(await door.desk.presentRevocations(list)).to.deep.equal({ refused: null, visitId: null });
      expect(takeRequests()).to.deep.equal([
        {
          kind: 'takeRevocations',
          providerId: 'paws',
          keyId: 'key-1',
          sequence: 7,
          targets: [
            { kind: 'worker', id: 'paws/rosa' },
            { kind: 'device', id: ROSA.phone.deviceId },
            { kind: 'key', id: 'paws/key-1' },
            { kind: 'grant', id: 'paws/walk-1' },
          ],
        },
      ]);
    });

    it('are refused where another firm, another key or nobody signed, or where they make no sense', async () => {
      const list = await PAWS.revocations(1, NOW_UTC_MS, [{ kind: 'worker', id: 'rosa' }]);
      const { key } = PAWS.key();
      const odd = [
        { iss: 'paws', seq: 0, iat: 1, revoked: [] },
        { iss: 'paws', seq: 2 ** 53, iat: 1, revoked: [] },
        { iss: 'paws', seq: 1.5, iat: 1, revoked: [] },
        { iss: 'paws', seq: 1, iat: 1 },
        { iss: 'paws', seq: 1, iat: 1, revoked: [{ kind: 'provider', id: 'claws' }] },
        { iss: 'paws', seq: 1, iat: 1, revoked: [{ kind: 'worker', id: 'claws/ben' }] },
        { iss: 'paws', seq: 1, iat: 1, revoked: [{ kind: 'device', id: 'not-a-thumbprint' }] },
        { iss: 'paws', seq: 1, iat: 1, revoked: [{ kind: 'worker', id: 'rosa', all: true }] },
      ];
      for (const [text, reason] of [
        [FORGERIES.anotherKey(list), 'badSignature'],
        [await new Firm('claws').revocations(1, NOW_UTC_MS, []), 'unknownProvider'],
        [await PAWS.token(WALK), 'malformedStatement'],
        ...(await Promise.all(
          odd.map(async (claims) => [
            await key.sign('latchkey-revocations+jwt', 'key-1', claims),
            'malformedStatement',
          ]),
        )),
      ] as [string, string][]) {
        expect(await door.desk.presentRevocations(text)).to.deep.equal({ refused: reason, visitId: null });
        expect(takeRefusals()).to.deep.equal([`takeRevocations: ${reason}, by "" for null`]);
      }
      expect(takeRequests()).to.deep.equal([]);
    });
  });

  describe('prolongations', () => {
    const untilUtcMs = NOW_UTC_MS + 7_200_000;

    it('ask for one of the firm’s own visits, once', async () => {
      const statement = await PAWS.prolongation('walk-1', untilUtcMs, door.desk.challenge());
      expect(await door.desk.presentProlongation(statement)).to.deep.equal({ refused: null, visitId: WALK_ID });
      const asker = { kind: 'provider', providerId: 'paws', keyId: 'key-1' };
      expect(takeRequests()).to.deep.equal([{ kind: 'prolongVisit', asker, visitId: WALK_ID, untilUtcMs }]);
      expect(await door.desk.presentProlongation(statement)).to.include({ refused: 'badChallenge' });
      expect(takeRequests()).to.deep.equal([]);
    });

    it('are refused without a challenge of this lock, or without the firm’s key', async () => {
      const stale = await PAWS.prolongation('walk-1', untilUtcMs, new PlainDoor(2).desk.challenge());
      expect(await door.desk.presentProlongation(stale)).to.include({ refused: 'badChallenge' });
      const forged = FORGERIES.anotherKey(await PAWS.prolongation('walk-1', untilUtcMs, door.desk.challenge()));
      expect(await door.desk.presentProlongation(forged)).to.include({ refused: 'badSignature' });
      expect(await door.desk.presentProlongation(await PAWS.token(WALK))).to.include({ refused: 'malformedStatement' });
      expect(takeRequests()).to.deep.equal([]);
    });
  });

  it('asks what others have authenticated', () => {
    expect(door.desk.ask({ kind: 'lock', personId: OLGA.id })).to.deep.equal({ refused: null, visitId: null });
    const request: Request = { kind: 'endVisit', personId: OLGA.id, visitId: WALK_ID };
    expect(door.desk.ask(request)).to.deep.equal({ refused: null, visitId: WALK_ID });
    expect(takeRequests()).to.deep.equal([{ kind: 'lock', personId: OLGA.id }, request]);
  });
});
