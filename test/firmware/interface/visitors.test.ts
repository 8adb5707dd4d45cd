import { expect } from 'chai';
import type { PhoneAct } from '../../../sim/people/phone.js';
import { CHARLIE, NOW_UTC_MS, OLGA, PAWS, ROSA, WALK, WALK_ID } from '../credentials/plain-door.js';
import { StagedDoor } from './staged-door.js';

async function challengeOf(staged: StagedDoor): Promise<string> {
  const response = await staged.ask({ method: 'GET', path: '/challenge' });
  return ((await response.json()) as { challenge: string }).challenge;
}

async function present(staged: StagedDoor, path: string, statement: string) {
  const response = await staged.ask({ method: 'POST', path, body: { statement } });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

async function proof(staged: StagedDoor, act: PhoneAct): Promise<string> {
  return ROSA.phone.prove({ challenge: await challengeOf(staged), visit: WALK_ID, door: 'front-door' }, act);
}

describe('visitors at the interface', () => {
  let staged: StagedDoor;
  beforeEach(() => {
    staged = new StagedDoor();
  });

  it('announce a visit by its token, without a key of the lock’s', async () => {
    const { status, answer } = await present(staged, '/tokens', await PAWS.token(WALK));
    expect({ status, answer }).to.deep.equal({ status: 200, answer: { visitId: WALK_ID } });
    expect(staged.lock.requests.map(({ kind }) => kind)).to.deep.equal(['announceVisit']);
  });

  it('act by proofs over a challenge', async () => {
    await staged.announceWalk();
    const { status, answer } = await present(staged, '/proofs', await proof(staged, { act: 'arrive' }));
    expect({ status, answer }).to.deep.equal({ status: 200, answer: { visitId: WALK_ID } });
    expect(staged.lock.requests).to.deep.equal([
      {
        kind: 'arrive',
        personId: 'paws/rosa',
        visitId: WALK_ID,
        proof: { kind: 'device', deviceId: ROSA.phone.deviceId },
      },
    ]);
  });

  it('are told why a statement is refused', async () => {
    const { status, answer } = await present(staged, '/proofs', 'no statement at all');
    expect(status).to.equal(400);
    expect(answer).to.deep.include({ title: 'Refused', reason: 'malformedStatement' });
    expect(JSON.stringify(answer)).to.not.include('no statement at all');
    expect(staged.lock.requests).to.deep.equal([]);
  });

  it('see their own visit, with the notes to be read, and ask nothing of the lock', async () => {
    await staged.announceWalk();
    const rule = { name: 'notes', purposes: [], providerIds: [], hours: null, noLoosePet: false, certificates: [] };
    const notes = { id: 'dog', text: 'The dog bites the tall.' };
    const open = { metInPerson: false, distanceMaxM: null, prolongMaxMs: null, deny: false };
    staged.lock.record({ kind: 'policySet', policy: { rules: [{ ...rule, ...open, notes }] }, personId: OLGA.id });
    const { status, answer } = await present(staged, '/visits/view', await proof(staged, { act: 'view' }));
    expect(status).to.equal(200);
    expect(answer).to.deep.include({ visitId: WALK_ID, entries: 2, entriesSpent: 0, notes });
    expect(staged.lock.requests).to.deep.equal([]);
  });

  it('see no visit by a proof of something else', async () => {
    await staged.announceWalk();
    const { status } = await present(staged, '/visits/view', await proof(staged, { act: 'arrive' }));
    expect(status).to.equal(403);
    expect(staged.lock.requests).to.deep.equal([]);
  });

  it('are taken back by their firm', async () => {
    const list = await PAWS.revocations(1, NOW_UTC_MS, [{ kind: 'worker', id: 'rosa' }]);
    expect((await present(staged, '/revocations', list)).status).to.equal(200);
    expect(staged.lock.requests).to.deep.equal([
      {
        kind: 'takeRevocations',
        providerId: 'paws',
        keyId: 'key-1',
        sequence: 1,
        targets: [{ kind: 'worker', id: 'paws/rosa' }],
      },
    ]);
  });

  it('are given more time by their firm', async () => {
    await staged.announceWalk();
    const untilUtcMs = WALK.untilUtcMs + 600_000;
    const statement = await PAWS.prolongation('walk-1', untilUtcMs, await challengeOf(staged));
    expect((await present(staged, '/prolongations', statement)).status).to.equal(200);
    expect(staged.lock.requests).to.deep.equal([
      {
        kind: 'prolongVisit',
        asker: { kind: 'provider', providerId: 'paws', keyId: 'key-1' },
        visitId: WALK_ID,
        untilUtcMs,
      },
    ]);
  });

  describe('with a code', () => {
    async function codeOf(holder: object) {
      const body = { holder, expiresUtcMs: null, usesLeft: 3 };
      const response = await staged.ask({ method: 'POST', path: '/codes', by: 'owner', body });
      expect(response.status).to.equal(200);
      staged.lock.requests.length = 0;
      return (await response.json()) as { userNumber: number; code: string };
    }

    it('type it at the door', async () => {
      const body = await codeOf({ kind: 'resident', personId: CHARLIE.id });
      const response = await staged.ask({ method: 'POST', path: '/keypad', body });
      expect(response.status).to.equal(200);
      expect(staged.lock.requests).to.deep.equal([{ kind: 'enterCode', userNumber: body.userNumber, right: true }]);
    });

    it('cannot type it over the network', async () => {
      const body = await codeOf({ kind: 'resident', personId: CHARLIE.id });
      const response = await staged.ask({ method: 'POST', path: '/keypad', body, over: 'network' });
      expect(response.status).to.equal(403);
      expect(staged.lock.requests).to.deep.equal([]);
    });

    it('do not read it back, from the lock or from an error', async () => {
      const { code } = await codeOf({ kind: 'resident', personId: CHARLIE.id });
      const codes = await staged.ask({ method: 'GET', path: '/codes', by: 'owner' });
      const text = await codes.text();
      expect(text).to.include('charlie').and.not.include(code).and.not.include('hash').and.not.include('salt');
      const body = { userNumber: code, code: Number(code), [`k${code}`]: code };
      const unfit = await staged.ask({ method: 'POST', path: '/keypad', body });
      expect(unfit.status).to.equal(400);
      expect(await unfit.text()).to.not.include(code);
    });
  });

  it('get an access key only from the owner, who sees it once', async () => {
    const made = await staged.ask({
      method: 'POST',
      path: '/access-keys',
      by: 'owner',
      body: { personId: CHARLIE.id },
    });
    const { accessKey } = (await made.json()) as { accessKey: string };
    const status = await staged.ask({
      method: 'GET',
      path: '/status',
      headers: { authorization: `Bearer ${accessKey}` },
    });
    expect(status.status).to.equal(200);
    const keys = await staged.ask({ method: 'GET', path: '/access-keys', by: 'owner' });
    expect(await keys.text())
      .to.not.include(accessKey)
      .and.not.include('hash');
  });
});
