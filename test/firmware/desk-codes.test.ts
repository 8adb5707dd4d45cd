import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { expect } from 'chai';
import sinon from 'sinon';
import type { Asker, CodeHolder } from '../../firmware/access/authority.js';
import { WRONG_CODES_MAX } from '../../firmware/access/codes.js';
import type { Request } from '../../firmware/requests.js';
import { CHARLIE, NOW_UTC_MS, OLGA, PlainDoor, WALK_ID } from './credentials/plain-door.js';

const BY_OLGA: Asker = { kind: 'person', personId: OLGA.id };

describe('Desk: what people know and keep', () => {
  let door: PlainDoor;

  beforeEach(() => {
    door = new PlainDoor();
  });

  function takeRequests(): readonly Request[] {
    return door.lock.requests.splice(0);
  }

  function takeRefusals(): readonly string[] {
    return door.lock.refusals.splice(0);
  }

  describe('codes', () => {
    const guest: CodeHolder = { kind: 'guest', personId: 'aunt' };
    const plan = { holder: guest, expiresUtcMs: NOW_UTC_MS + 86_400_000, usesLeft: null };

    it('are made by chance, shown once, and kept as a hash', async () => {
      const issued = await door.desk.issueCode(BY_OLGA, plan);
      expect(issued).to.include({ refused: null, userNumber: 1 });
      expect(issued.code).to.match(/^\d{6}$/);
      const [request] = takeRequests();
      expect(request).to.deep.include({ kind: 'setCode', asker: BY_OLGA });
      expect(JSON.stringify(request)).to.not.include(issued.code);
    });

    it('go to the lock, wrong ones as right ones', async () => {
      const { userNumber, code } = await door.desk.issueCode(BY_OLGA, plan);
      if (userNumber === null || code === null) throw new Error('no code was made');
      const wrong = code === '493027' ? '493028' : '493027';
      takeRequests();
      await door.desk.enterCode(userNumber, wrong);
      await door.desk.enterCode(userNumber + 1, code);
      await door.desk.enterCode(userNumber, `${code}0`);
      await door.desk.enterCode(userNumber, '');
      await door.desk.enterCode(userNumber, code);
      expect(takeRequests().map((request) => ('right' in request ? request.right : null))).to.deep.equal([
        false,
        false,
        false,
        false,
        true,
      ]);
    });

    it('are hashed once a try, whether or not there is such a user number, and whatever was typed', async () => {
      const { userNumber } = await door.desk.issueCode(BY_OLGA, plan);
      const hashed = sinon.spy(crypto, 'scrypt');
      syncBuiltinESMExports();
      try {
        for (const [typedNumber, code] of [
          [userNumber ?? 0, '493027'],
          [9_999, '493027'],
          [userNumber ?? 0, '1'],
          [9_999, '1'],
          [9_999, ''],
        ] as const) {
          hashed.resetHistory();
          await door.desk.enterCode(typedNumber, code);
          expect(
            hashed.args.map((given): unknown => given[3]),
            `${typedNumber} ${code}`,
          ).to.deep.equal([{ N: 2 ** 15, r: 8, p: 1, maxmem: 256 * 8 * 2 ** 15 }]);
        }
      } finally {
        hashed.restore();
        syncBuiltinESMExports();
      }
    });

    it('are not even tried for user numbers that cannot be', async () => {
      for (const userNumber of [0, -1, 10_000, 1.5, NaN]) {
        expect(await door.desk.enterCode(userNumber, '493027')).to.include({ refused: 'malformedStatement' });
      }
      expect(takeRequests()).to.deep.equal([]);
    });

    it('are not tried during a lock-out, were they right: guesses that wait together gain nothing', async () => {
      const { userNumber, code } = await door.desk.issueCode(BY_OLGA, plan);
      if (userNumber === null || code === null) throw new Error('no code was made');
      takeRequests();
      const guesses = Array.from({ length: WRONG_CODES_MAX }, () => door.desk.enterCode(userNumber, '000000'));
      const right = door.desk.enterCode(userNumber, code);
      await Promise.all(guesses);
      expect(await right).to.include({ refused: 'lockedOut' });
      expect(takeRequests()).to.have.lengthOf(WRONG_CODES_MAX);
      expect(takeRefusals()).to.deep.equal(['enterCode: lockedOut, by "" for null']);
    });

    it('wait for one another, and not without end', async () => {
      const { userNumber } = await door.desk.issueCode(BY_OLGA, plan);
      const answers = await Promise.all(Array.from({ length: 20 }, () => door.desk.enterCode(userNumber ?? 0, 'x')));
      expect(answers.filter(({ refused }) => refused === 'lockedOut')).to.have.length.above(11);
    });

    it('are wrong once they were taken back, were it while they were hashed', async () => {
      const { userNumber, code } = await door.desk.issueCode(BY_OLGA, plan);
      takeRequests();
      const answer = door.desk.enterCode(userNumber ?? 0, code ?? '');
      await Promise.resolve();
      await Promise.resolve();
      door.lock.record({ kind: 'revoked', target: { kind: 'code', id: String(userNumber) }, personId: OLGA.id });
      await answer;
      expect(takeRequests()).to.deep.equal([{ kind: 'enterCode', userNumber, right: false }]);
    });

    it('keep their user number when they are made anew; others get the lowest that is free', async () => {
      const holders: readonly CodeHolder[] = [
        guest,
        { kind: 'resident', personId: 'aunt' },
        { kind: 'visit', visitId: WALK_ID },
        guest,
      ];
      const numbers: (number | null)[] = [];
      for (const holder of holders) numbers.push((await door.desk.issueCode(BY_OLGA, { ...plan, holder })).userNumber);
      expect(numbers).to.deep.equal([1, 2, 3, 1]);
      door.lock.record({ kind: 'revoked', target: { kind: 'code', id: '2' }, personId: OLGA.id });
      expect(await door.desk.issueCode(BY_OLGA, { ...plan, holder: { kind: 'guest', personId: 'uncle' } })).to.include({
        userNumber: 2,
      });
    });

    it('name the visit whose entry they stand for', async () => {
      const { userNumber, code } = await door.desk.issueCode(BY_OLGA, {
        ...plan,
        holder: { kind: 'visit', visitId: WALK_ID },
      });
      expect(await door.desk.enterCode(userNumber ?? 0, code ?? '')).to.deep.equal({ refused: null, visitId: WALK_ID });
    });

    it('are shown to nobody where the lock refuses to keep them', async () => {
      door.lock.answer = 'notAllowed';
      const issued = await door.desk.issueCode({ kind: 'person', personId: CHARLIE.id }, plan);
      expect(issued).to.deep.equal({ refused: 'notAllowed', userNumber: null, code: null });
    });
  });

  describe('access keys', () => {
    it('tell residents from one another', () => {
      const keys = [OLGA, CHARLIE].map(({ id }) => door.desk.issueAccessKey(OLGA.id, id));
      expect(keys.map(({ accessKey }) => door.desk.personOf(accessKey ?? ''))).to.deep.equal([OLGA, CHARLIE]);
      expect(door.desk.personOf('')).to.equal(null);
      const stranger = door.desk.issueAccessKey(OLGA.id, 'nobody');
      expect(door.desk.personOf(stranger.accessKey ?? '')).to.equal(null);
    });

    it('are shown to nobody where the lock refuses to keep them', () => {
      door.lock.answer = 'notAllowed';
      const refused = { refused: 'notAllowed', id: null, accessKey: null };
      expect(door.desk.issueAccessKey(CHARLIE.id, CHARLIE.id)).to.deep.equal(refused);
    });
  });
});
