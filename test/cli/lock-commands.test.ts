import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runGrantGive, runGrantList } from '../../cli/grant-command.js';
import { runGuestAdd, runGuestCode, runGuestList } from '../../cli/guest-command.js';
import { OWNER_KEY_NAME } from '../../cli/lock-folder.js';
import { runProviderEnrol, runProviderList } from '../../cli/provider-command.js';
import { runRevoke } from '../../cli/revoke-command.js';
import {
  runVisitAnnounce,
  runVisitCode,
  runVisitEnd,
  runVisitList,
  runVisitProlong,
  runVisitShow,
} from '../../cli/visit-command.js';
import { NOW_UTC_MS, OLGA, PAWS, WALK, WALK_ID } from '../firmware/credentials/plain-door.js';
import { LockStage } from './lock-stage.js';

const plain = { json: false };
const personId = OLGA.id;

describe('the clients of a running lock', () => {
  let stage: LockStage;
  before(() => {
    stage = new LockStage();
    return stage.start();
  });
  after(() => stage.stop());
  beforeEach(() => {
    stage.door.lock.requests.length = 0;
    stage.door.lock.refusals.length = 0;
    stage.door.lock.answer = null;
  });
  const requests = () => stage.door.lock.requests;

  describe('latchkey visit', () => {
    it('announces a visit by a token, which needs no access key', async () => {
      const file = stage.file('token', `${await PAWS.token(WALK)}\n`);
      const key = join(stage.folder, OWNER_KEY_NAME);
      chmodSync(key, 0o644);
      try {
        const { exitCode, out } = await stage.run((around) => runVisitAnnounce(file, plain, around));
        expect({ exitCode, out }).to.deep.equal({ exitCode: 0, out: `visit ${WALK_ID} is announced\n` });
      } finally {
        chmodSync(key, 0o600);
      }
    });

    it('lists visits, and shows one', async () => {
      const list = await stage.run((around) => runVisitList(plain, around));
      expect(list.out).to.match(
        /^ID .*\npaws\/walk-1 +Rosa \(Happy Paws\) +service +2026-11-24 09:00.* 0 of 2 +expected\n$/,
      );
      const show = await stage.run((around) => runVisitShow(WALK_ID, plain, around));
      expect(show.out)
        .to.match(/^person +paws\/rosa$/m)
        .and.match(/^certificates +none$/m);
      const json = await stage.run((around) => runVisitShow(WALK_ID, { json: true }, around));
      expect(JSON.parse(json.out)).to.include({ visitId: WALK_ID, entries: 2 });
    });

    it('ends a visit', async () => {
      const { exitCode } = await stage.run((around) => runVisitEnd(WALK_ID, plain, around));
      expect(exitCode).to.equal(0);
      expect(requests()).to.deep.equal([{ kind: 'endVisit', personId, visitId: WALK_ID }]);
    });

    it("prolongs a visit, by the door's own clock", async () => {
      const options = { ...plain, until: '2026-11-24 10:30' };
      const { exitCode, out } = await stage.run((around) => runVisitProlong(WALK_ID, options, around));
      expect(exitCode).to.equal(0);
      // This lock agrees, and keeps nothing: what is told is the end that stands.
      expect(out).to.equal(`visit ${WALK_ID} may last until 2026-11-24 10:00Z\n`);
      const untilUtcMs = NOW_UTC_MS + 90 * 60_000;
      const asker = { kind: 'person', personId };
      expect(requests()).to.deep.equal([{ kind: 'prolongVisit', asker, visitId: WALK_ID, untilUtcMs }]);
    });

    it('shortens no visit by prolonging it, and says which end stands', async () => {
      const options = { ...plain, until: '2026-11-24 09:30' };
      const { out } = await stage.run((around) => runVisitProlong(WALK_ID, options, around));
      expect(out).to.equal(`visit ${WALK_ID} may last until 2026-11-24 10:00Z already: prolonging never shortens\n`);
    });

    it('says how far a visit may be prolonged', async () => {
      stage.door.lock.answer = 'prolongedTooFar';
      const options = { ...plain, until: '2026-11-25' };
      const { exitCode, error } = await stage.run((around) => runVisitProlong(WALK_ID, options, around));
      expect(exitCode).to.equal(1);
      expect(error).to.match(/^refused: The visit may last until .*12:00.* at most\. \(prolongedTooFar\)\n$/);
    });

    it('makes a code for a visit, good for one entry', async () => {
      const { out, error } = await stage.run((around) => runVisitCode(WALK_ID, plain, around));
      expect(out).to.match(/^user number \d+, code \d{6}\n$/);
      expect(error).to.equal('Hand it on now: it is not shown again.\n');
      expect(requests()).to.have.nested.property('[0].code.usesLeft', 1);
      expect(requests(), 'no longer than the visit').to.have.nested.property(
        '[0].code.expiresUtcMs',
        NOW_UTC_MS + 3_600_000,
      );
      expect(requests()).to.have.deep.nested.property('[0].code.holder', { kind: 'visit', visitId: WALK_ID });
    });
  });

  describe('latchkey grant', () => {
    const give = {
      ...plain,
      person: 'plumber',
      for: 'maintenance',
      from: '2026-11-24 09:00',
      until: '2026-11-24T12:00Z',
      entries: 2,
    } as const;

    it('lets somebody in, and lists that', async () => {
      const { exitCode, out } = await stage.run((around) => runGrantGive(give, around));
      expect(exitCode).to.equal(0);
      expect(out).to.match(/^plumber may come for maintenance: visit grant-[\da-f]{12}\n$/);
      expect(requests()[0]).to.deep.nested.include({
        'grant.personId': 'plumber',
        'grant.fromUtcMs': NOW_UTC_MS,
        'grant.untilUtcMs': NOW_UTC_MS + 3 * 3_600_000,
        'grant.issuance': null,
      });
      const list = await stage.run((around) => runGrantList(plain, around));
      expect(list.out).to.include('plumber').and.not.include('paws');
    });

    it('finds that a window ends before it begins', async () => {
      const { exitCode, error } = await stage.run((around) => runGrantGive({ ...give, until: '2026-11-24' }, around));
      expect(exitCode).to.equal(2);
      expect(error).to.equal('latchkey: --until is not after --from; give a later time.\n');
      expect(requests()).to.deep.equal([]);
    });
  });

  describe('latchkey guest', () => {
    const guest = { ...plain, always: false };

    it('adds guests for once, weekly and always', async () => {
      const expires = '2026-12-24';
      await stage.run((around) => runGuestAdd('bob', { ...guest, weekly: 'tue 10:00-12:00', expires }, around));
      await stage.run((around) => runGuestAdd('eve', { ...guest, always: true }, around));
      const once = { ...guest, from: '2026-11-24 10:00', until: '2026-11-24 11:00' };
      const { out } = await stage.run((around) => runGuestAdd('kim', once, around));
      expect(out).to.include('from 2026-11-24T10:00').and.include('latchkey guest code kim');
      expect(requests().map((request) => (request.kind === 'setGuest' ? request.guest : null))).to.deep.equal([
        {
          personId: 'bob',
          schedule: { kind: 'weekly', hours: { days: ['tuesday'], fromMinute: 600, untilMinute: 720 } },
          expiresUtcMs: Date.UTC(2026, 11, 24),
        },
        { personId: 'eve', schedule: { kind: 'always' }, expiresUtcMs: null },
        {
          personId: 'kim',
          schedule: { kind: 'once', fromUtcMs: Date.UTC(2026, 10, 24, 10), untilUtcMs: Date.UTC(2026, 10, 24, 11) },
          expiresUtcMs: null,
        },
      ]);
    });

    const unfit = [
      [{}, /when may the guest come/],
      [{ always: true, weekly: 'mon 08:00-09:00' }, /when may the guest come/],
      [{ weekly: 'tuesdays' }, /--weekly tuesdays: are no hours/],
      [{ from: '2026-11-24' }, /--from and --until go together/],
      [{ from: '2026-11-25', until: '2026-11-24 12:00' }, /--until is not after --from/],
      [{ from: '2026-11-23', until: '2026-11-24 08:00' }, /--until: .* has passed/],
      [{ always: true, expires: '2020-01-01' }, /--expires: .* has passed/],
      [{ always: true, expires: 'soon' }, /--expires soon: is no time/],
    ] as const;
    for (const [options, message] of unfit) {
      it(`finds what is wrong with ${JSON.stringify(options)}`, async () => {
        const { exitCode, error } = await stage.run((around) => runGuestAdd('bob', { ...guest, ...options }, around));
        expect(exitCode).to.equal(2);
        expect(error).to.match(message);
        expect(requests()).to.deep.equal([]);
      });
    }

    it('is told that a resident has the name', async () => {
      const { exitCode, error } = await stage.run((around) => runGuestAdd(OLGA.id, { ...guest, always: true }, around));
      expect(exitCode).to.equal(1);
      expect(error).to.include('A resident has this name already');
    });

    for (const [expires, message] of [
      ['2020-01-01', /--expires: .* has passed/],
      ['2099-01-01', /--expires 2099-01-01: no code lasts longer than 366 days/],
    ] as const) {
      it(`makes no code until ${expires}, and says why`, async () => {
        const { exitCode, error } = await stage.run((around) => runGuestCode('bob', { ...plain, expires }, around));
        expect(exitCode).to.equal(2);
        expect(error).to.match(message);
        expect(requests()).to.deep.equal([]);
      });
    }

    it('makes a code, which goes to a file that only its owner can read', async () => {
      stage.door.lock.record({
        kind: 'guestSet',
        guest: { personId: 'bob', schedule: { kind: 'always' }, expiresUtcMs: null },
        personId,
      });
      const out = join(stage.folder, 'bob.code');
      const made = await stage.run((around) => runGuestCode('bob', { ...plain, uses: 3, out }, around));
      const code = /^\d+ (\d{6})\n$/.exec(readFileSync(out, 'utf8'))?.[1];
      expect(code, 'the file').to.not.equal(undefined);
      expect(statSync(out).mode & 0o777).to.equal(0o600);
      expect(made.out + made.error)
        .to.include(out)
        .and.not.include(code);
      const again = await stage.run((around) => runGuestCode('bob', { ...plain, uses: 3, out }, around));
      expect(again.exitCode).to.equal(2);
      expect(again.error).to.include('cannot be made: file already exists');
      expect(requests()).to.have.length(1);
      const list = await stage.run((around) => runGuestList(plain, around));
      expect(list.out)
        .to.match(/^bob +\d+ +always +no end$/m)
        .and.not.include(code);
    });

    it('leaves no file where the code is refused', async () => {
      stage.door.lock.answer = 'tooMany';
      const out = join(stage.folder, 'refused.code');
      const { exitCode, error } = await stage.run((around) => runGuestCode('bob', { ...plain, uses: 1, out }, around));
      expect(exitCode).to.equal(1);
      expect(error).to.equal('refused: The lock keeps no more of these; revoke one first. (tooMany)\n');
      expect(existsSync(out)).to.equal(false);
    });

    it('makes no code for ever', async () => {
      const { exitCode, error } = await stage.run((around) => runGuestCode('bob', plain, around));
      expect({ exitCode, error }).to.deep.equal({
        exitCode: 2,
        error: 'latchkey: no code is for ever; add --expires TIME, --uses N, or both.\n',
      });
    });
  });

  describe('latchkey provider', () => {
    const enrolment = { ...plain, id: 'second', name: 'Second Retail', for: ['delivery'], tokenLifeHours: 24 } as const;
    const keySet = (more: object = {}) =>
      JSON.stringify({
        keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'k1', alg: 'EdDSA', x: 'A'.repeat(43), ...more }],
      });

    it('enrols a firm by its key set', async () => {
      const file = stage.file('keys.json', keySet());
      const { exitCode } = await stage.run((around) => runProviderEnrol(file, enrolment, around));
      expect(exitCode).to.equal(0);
      const provider = {
        id: 'second',
        name: 'Second Retail',
        keys: [{ id: 'k1', x: 'A'.repeat(43) }],
        purposes: ['delivery'],
        tokenLifeMaxMs: 86_400_000,
      };
      expect(requests()).to.deep.equal([{ kind: 'enrolProvider', personId, provider }]);
    });

    it('says which keys were dropped when it enrols a firm anew', async () => {
      const file = stage.file('keys.json', keySet());
      const options = { ...enrolment, id: 'paws' };
      const { out } = await stage.run((around) => runProviderEnrol(file, options, around));
      expect(out).to.include('; dropped for good: key-1, key-2; visits that hang on them end\n');
    });

    it('takes no private key', async () => {
      const file = stage.file('private.json', keySet({ d: 'SECRETSECRET' }));
      const { exitCode, error } = await stage.run((around) => runProviderEnrol(file, enrolment, around));
      expect(exitCode).to.equal(2);
      expect(error)
        .to.match(/private\.json:1:\d+: keys\[0\]\.d: this is a private key/)
        .and.not.include('SECRETSECRET');
      expect(requests()).to.deep.equal([]);
    });

    it('takes no key of another kind', async () => {
      const file = stage.file('rsa.json', '{"keys":[{"kty":"RSA","kid":"k1"}]}');
      const { exitCode, error } = await stage.run((around) => runProviderEnrol(file, enrolment, around));
      expect(exitCode).to.equal(2);
      expect(error).to.include('rsa.json:1:').and.include('must be OKP');
    });

    it('lists firms', async () => {
      const { out } = await stage.run((around) => runProviderList(plain, around));
      expect(out).to.match(/^paws +Happy Paws +service +24 h +key-1, key-2$/m);
    });
  });

  const mistyped = [
    ['worker', 'rosa', /rosa: is no worker; .*latchkey revoke worker FIRM\/WORKER/],
    ['key', 'paws', /paws: is no key; .*latchkey revoke key FIRM\/KEY/],
    ['code', 'abc', /abc: is no code; .*latchkey revoke code NUMBER/],
    ['device', 'x', /x: is no device; .*THUMBPRINT/],
  ] as const;
  for (const [kind, id, message] of mistyped) {
    it(`latchkey revoke asks nothing of the lock for ${kind} ${id}`, async () => {
      const { exitCode, out, error } = await stage.run((around) => runRevoke(kind, id, plain, around));
      expect({ exitCode, out }).to.deep.equal({ exitCode: 2, out: '' });
      expect(error).to.match(message);
      expect(requests()).to.deep.equal([]);
    });
  }

  it('latchkey revoke says that there was nothing to take back', async () => {
    stage.door.lock.answer = 'nothingToRevoke';
    const { exitCode, out, error } = await stage.run((around) => runRevoke('guest', 'nobody', plain, around));
    expect({ exitCode, out }).to.deep.equal({ exitCode: 1, out: '' });
    expect(error).to.equal(
      'refused: The lock knows no guest nobody, so nothing is revoked; see latchkey guest list. (nothingToRevoke)\n',
    );
  });

  it('latchkey revoke takes back', async () => {
    const { out } = await stage.run((around) => runRevoke('access-key', 'k-1', plain, around));
    expect(out).to.equal('access-key k-1 is revoked\n');
    await stage.run((around) => runRevoke('key', 'paws/key-1', plain, around));
    expect(requests()).to.deep.equal([
      { kind: 'revoke', personId, target: { kind: 'accessKey', id: 'k-1' } },
      { kind: 'revoke', personId, target: { kind: 'key', id: 'paws/key-1' } },
    ]);
  });
});
