import { expect } from 'chai';
import { Desk } from '../../../firmware/desk.js';
import { doorApp } from '../../../firmware/interface/app.js';
import { DoorEvents } from '../../../firmware/interface/door-events.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';
import { PAWS, ROSA } from '../credentials/plain-door.js';
import { LockBench } from '../support/lock-bench.js';
import { CHILD, FROM_UTC_MS, OWNER, UNTIL_UTC_MS } from '../support/records.js';

/** The interface, the desk and the lock as they ship; only the hardware is the test's. */
class LivingDoor {
  readonly bench = LockBench.ready();
  private readonly app: { fetch(request: Request): Promise<Response> };
  private readonly keys: Readonly<Record<string, string | null>>;

  constructor() {
    const { lock, clock } = this.bench;
    const common = { lock, clock, residents: [OWNER, CHILD], settings: DEFAULT_SETTINGS };
    const desk = new Desk({ ...common, entropy: new SimulatedEntropy(1) });
    this.keys = {
      owner: desk.issueAccessKey(OWNER.id, OWNER.id).accessKey,
      child: desk.issueAccessKey(OWNER.id, CHILD.id).accessKey,
    };
    const door = { ...common, desk, events: new DoorEvents('boot') };
    const onFault = (error: unknown): void => {
      throw error;
    };
    this.app = doorApp({ door, channel: 'door', description: '{}', onFault });
  }

  /** What is answered, with its status. */
  async ask(by: 'owner' | 'child' | null, line: string, body?: unknown): Promise<Record<string, unknown>> {
    const [method = '', path = ''] = line.split(' ');
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (by !== null) headers['authorization'] = `Bearer ${this.keys[by] ?? ''}`;
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await this.synced(this.app.fetch(new Request(`http://door${path}`, { method, headers, ...sent })));
    const text = await response.text();
    return { ...(text === '' ? {} : (JSON.parse(text) as object)), status: response.status };
  }

  /** The store makes durable whatever the answer waits for. */
  private async synced(answer: Promise<Response>): Promise<Response> {
    const waiting = { answer: true };
    const answered = answer.finally(() => {
      waiting.answer = false;
    });
    while (waiting.answer) {
      this.bench.store.completeSync();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    return answered;
  }

  async prove(act: 'arrive' | 'view', visit: string): Promise<Record<string, unknown>> {
    const { challenge } = await this.ask(null, 'GET /challenge');
    const statement = await ROSA.phone.prove({ challenge: String(challenge), visit, door: 'front-door' }, { act });
    return this.ask(null, `POST ${act === 'view' ? '/visits/view' : '/proofs'}`, { statement });
  }
}

const WALK = {
  visit: 'walk-1',
  worker: ROSA,
  door: 'front-door',
  purpose: 'service',
  fromUtcMs: FROM_UTC_MS,
  untilUtcMs: UNTIL_UTC_MS,
  entries: 2,
  issuedUtcMs: FROM_UTC_MS - 60_000,
  expiresUtcMs: UNTIL_UTC_MS,
} as const;
const FIRM = { name: 'Happy Paws', keys: PAWS.publicKeys, purposes: ['service'], tokenLifeMaxMs: 86_400_000 };
const VISIT = '/visits/paws%2Fwalk-1';

describe('the interface of a real lock', () => {
  it('carries a visit from its token to its end', async () => {
    const door = new LivingDoor();
    const statement = await PAWS.token(WALK);
    expect(await door.ask(null, 'POST /tokens', { statement })).to.include({ status: 403, reason: 'unknownProvider' });
    expect(await door.ask('owner', 'PUT /providers/paws', FIRM)).to.deep.equal({ status: 204 });
    expect(await door.ask(null, 'POST /tokens', { statement })).to.deep.equal({ status: 200, visitId: 'paws/walk-1' });
    expect(await door.prove('arrive', 'paws/walk-1')).to.deep.equal({ status: 200, visitId: 'paws/walk-1' });
    expect(await door.prove('view', 'paws/walk-1')).to.include({ status: 200, arrived: true, entriesSpent: 0 });
    expect((await door.ask('child', 'GET /status'))['visit']).to.deep.equal({ purpose: 'service' });
    expect(await door.ask('child', `POST ${VISIT}/end`)).to.include({ status: 403, reason: 'notAllowed' });
    expect(await door.ask('owner', `POST ${VISIT}/end`)).to.deep.equal({ status: 204 });
    door.bench.pass(60_000);
    expect((await door.ask('owner', `GET ${VISIT}`))['outcome']).to.equal('denied');
    expect(await door.ask('owner', `POST ${VISIT}/end`)).to.include({ status: 409, reason: 'visitEnded' });
  });

  it('records who was refused at it', async () => {
    const door = new LivingDoor();
    await door.ask('child', 'PUT /policy', { rules: [] });
    door.bench.pass(1);
    expect(door.bench.recordsOf('requestRefused')).to.deep.include({
      kind: 'requestRefused',
      request: 'setPolicy',
      personId: CHILD.id,
      visitId: null,
      entry: null,
      reason: 'notAllowed',
    });
  });

  it('opens for the household, and locks', async () => {
    const door = new LivingDoor();
    expect(await door.ask('child', 'POST /unlock')).to.deep.equal({ status: 204 });
    door.bench.pass(10);
    expect(await door.ask('owner', 'GET /status')).to.include({ activity: 'unlocking' });
    expect(await door.ask('owner', 'PUT /mode', { mode: 'privacy' })).to.deep.equal({ status: 204 });
    expect(await door.ask('child', 'POST /unlock')).to.include({ status: 409, reason: 'mode' });
  });

  it('asks twice what it is asked twice, to the same end', async () => {
    const door = new LivingDoor();
    const grant = {
      personId: 'plumber',
      purpose: 'maintenance',
      fromUtcMs: FROM_UTC_MS,
      untilUtcMs: UNTIL_UTC_MS,
      entries: 1,
    };
    await door.ask('owner', 'PUT /providers/paws', FIRM);
    for (let count = 0; count < 2; count += 1) {
      expect(await door.ask('owner', 'PUT /grants/boiler', grant)).to.include({ status: 200 });
      expect(await door.ask('owner', 'PUT /pets', { loose: true })).to.include({ status: 204 });
      expect(await door.ask('owner', 'PUT /revocations/worker/paws%2Frosa')).to.include({ status: 204 });
      expect(await door.ask('owner', 'POST /lock')).to.include({ status: 204 });
    }
    expect(await door.ask('owner', 'GET /status')).to.include({ position: 'locked', petLoose: true });
    expect(door.bench.recordsOf('visitAnnounced')).to.have.length(1);
    expect(door.bench.recordsOf('requestRefused')).to.deep.equal([]);
  });
});
