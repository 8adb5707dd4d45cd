import { expect } from 'chai';
import { BODY_BYTES_MAX } from '../../../firmware/interface/app.js';
import { refusal as problemOf } from '../../../firmware/interface/problem.js';
import type { RefusalReason } from '../../../firmware/journal/records.js';
import { refusalTexts } from '../../../firmware/refusal-texts.js';
import { CHARLIE, NOW_UTC_MS, WALK_ID } from '../credentials/plain-door.js';
import { StagedDoor } from './staged-door.js';

describe('the local interface', () => {
  let staged: StagedDoor;
  beforeEach(() => {
    staged = new StagedDoor();
  });
  afterEach(() => {
    expect(staged.faults).to.deep.equal([]);
  });

  async function refused(response: Response, status: number): Promise<Record<string, unknown>> {
    expect(response.status).to.equal(status);
    expect(response.headers.get('content-type')).to.equal('application/problem+json');
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).to.have.property('status', status);
    expect(body['detail']).to.match(/^[A-Z].*\.$/);
    expect(staged.lock.requests).to.deep.equal([]);
    return body;
  }

  it('describes itself', async () => {
    const response = await staged.ask({ method: 'GET', path: '/openapi.json' });
    expect(response.headers.get('content-type')).to.equal('application/json');
    expect(await response.json()).to.deep.equal({ openapi: '3.1.1' });
  });

  it('knows no other paths, and says which methods there are', async () => {
    await refused(await staged.ask({ method: 'GET', path: '/nowhere', by: 'owner' }), 404);
    const response = await staged.ask({ method: 'DELETE', path: '/mode', by: 'owner' });
    expect(response.headers.get('allow')).to.equal('PUT');
    await refused(response, 405);
  });

  const unfit: readonly (readonly [string, { text: string; headers?: Record<string, string> }, number])[] = [
    ['nothing', { text: '' }, 400],
    ['half of JSON', { text: '{"mode":' }, 400],
    ['a list', { text: '[]' }, 400],
    ['a text', { text: '"privacy"' }, 400],
    ['no object', { text: 'null' }, 400],
    ['another mode', { text: '{"mode":"party"}' }, 400],
    ['an unknown key', { text: '{"mode":"privacy","force":true}' }, 400],
    ['a key of every object', { text: '{"mode":"privacy","__proto__":{}}' }, 400],
    ['a deep list', { text: `{"mode":${'['.repeat(20_000)}${']'.repeat(20_000)}}` }, 400],
    ['deep objects', { text: `${'{"mode":'.repeat(5_000)}1${'}'.repeat(5_000)}` }, 400],
    ['too much', { text: `{"mode":"${'x'.repeat(BODY_BYTES_MAX)}"}` }, 413],
    ['a form', { text: 'mode=privacy', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['plain text', { text: '{"mode":"privacy"}', headers: { 'content-type': 'text/plain' } }, 415],
    ['nearly JSON', { text: '{"mode":"privacy"}', headers: { 'content-type': 'application/json5' } }, 415],
  ];
  for (const [what, { text, headers = {} }, status] of unfit) {
    it(`does nothing for ${what}`, async () => {
      await refused(await staged.ask({ method: 'PUT', path: '/mode', by: 'owner', text, headers }), status);
    });
  }

  it('takes JSON with its character set named', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const response = await staged.ask({
      method: 'PUT',
      path: '/mode',
      by: 'owner',
      text: '{"mode":"privacy"}',
      headers,
    });
    expect(response.status).to.equal(204);
  });

  it('does not read what comes without a length beyond its limit', async () => {
    let sentBytes = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sentBytes += 4_096;
        controller.enqueue(new Uint8Array(4_096).fill(0x20));
      },
    });
    const request = new Request('http://door/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    });
    await refused(await staged.fetch(request), 413);
    expect(sentBytes).to.be.below(2 * BODY_BYTES_MAX);
  });

  it('says where a body is unfit, without repeating it', async () => {
    const body = { personId: 'x', purpose: 'delivery', fromUtcMs: 1, untilUtcMs: 'secret', entries: 1 };
    const { detail } = await refused(await staged.ask({ method: 'PUT', path: '/grants/g', by: 'owner', body }), 400);
    expect(detail).to.equal('The body is unfit: untilUtcMs: expected number.');
    const misplaced = {
      holder: { kind: 'resident', personId: 'charlie', 482913: true },
      expiresUtcMs: null,
      usesLeft: 1,
    };
    const codes = await staged.ask({ method: 'POST', path: '/codes', by: 'owner', body: misplaced });
    const found = await refused(codes, 400);
    expect(found['detail']).to.equal('The body is unfit: holder: it has a key that is not known here.');
  });

  for (const path of ['/visits/a%2Fb%2Fc', '/visits/%00', '/alarms/Party', '/revocations/everything/x', '/met/%0A']) {
    it(`does nothing for the path ${path}`, async () => {
      const method = { a: 'DELETE', r: 'PUT', m: 'PUT', v: 'GET' }[path[1] ?? ''] ?? 'GET';
      await refused(await staged.ask({ method, path, by: 'owner' }), 400);
    });
  }

  it('takes no key but by the header', async () => {
    const key = staged.accessKeys.owner ?? '';
    await refused(await staged.ask({ method: 'POST', path: `/unlock?access_key=${key}` }), 401);
    for (const authorization of [key, `Basic ${key}`, `Bearer ${key}, Bearer ${key}`, 'Bearer ', `Bearer ${key}A`]) {
      await refused(await staged.ask({ method: 'POST', path: '/unlock', headers: { authorization } }), 401);
    }
  });

  it('says what it has done already when asked once more', async () => {
    const body = {
      personId: 'plumber',
      purpose: 'maintenance',
      fromUtcMs: NOW_UTC_MS,
      untilUtcMs: NOW_UTC_MS + 1,
      entries: 1,
    };
    const once = { method: 'PUT', path: '/grants/boiler', by: 'owner', body } as const;
    for (let count = 0; count < 3; count += 1) {
      const response = await staged.ask(once);
      expect(await response.json()).to.deep.equal({ visitId: 'boiler' });
    }
    expect(staged.lock.requests.map(({ kind }) => kind)).to.deep.equal(['announceVisit']);
    staged.lock.answer = 'invalidGrant';
    expect((await staged.ask({ ...once, body: { ...body, entries: 2 } })).status).to.equal(400);
  });

  it('revokes once', async () => {
    const once = { method: 'PUT', path: '/revocations/worker/paws%2Frosa', by: 'owner' } as const;
    await staged.ask(once);
    staged.lock.record({ kind: 'revoked', target: { kind: 'worker', id: 'paws/rosa' }, personId: 'olga' });
    expect((await staged.ask(once)).status).to.equal(204);
    expect(staged.lock.requests).to.have.length(1);
  });

  it('tells the household that somebody is in, and the owner who', async () => {
    await staged.announceWalk();
    staged.lock.record({ kind: 'visitorArrived', visitId: WALK_ID, personId: 'paws/rosa' });
    const status = async (by: 'household' | 'owner') =>
      (await (await staged.ask({ method: 'GET', path: '/status', by })).json()) as Record<string, unknown>;
    expect((await status('household'))['visit']).to.deep.equal({ purpose: 'service' });
    expect((await status('owner'))['visit']).to.deep.equal({ purpose: 'service', visitId: WALK_ID });
  });

  it('lets nobody keep an answer', async () => {
    for (const path of ['/status', '/challenge', '/visits']) {
      const response = await staged.ask({ method: 'GET', path, by: 'owner' });
      expect(response.headers.get('cache-control'), path).to.equal('no-store');
    }
  });

  it('explains of whomever it is asked', async () => {
    const explain = async (who: string) => {
      const body = { who, purpose: 'delivery', atUtcMs: NOW_UTC_MS };
      const response = await staged.ask({ method: 'POST', path: '/policy/explain', by: 'owner', body });
      const { verdicts } = (await response.json()) as {
        verdicts: { rule: string; verdict: string; refusal: string }[];
      };
      return verdicts.map(({ rule, verdict, refusal }) => `${rule} ${verdict} ${refusal}`);
    };
    expect(await explain(CHARLIE.id)).to.deep.equal(['mode allows null']);
    expect(await explain('paws/rosa')).to.include('purpose refuses purposeNotAllowed');
    await staged.announceWalk();
    expect(await explain(WALK_ID)).to.include('purpose allows null');
  });

  it('has a sentence for every refusal', () => {
    for (const reason of Object.keys(refusalTexts) as RefusalReason[]) {
      expect(problemOf(reason).detail, reason).to.match(/^[A-Z].*\.$/);
    }
  });

  it('tells the log of its own faults, and the client nothing of them', async () => {
    staged.lock.utcMs = () => {
      throw new Error('the inside of the lock');
    };
    const response = await staged.ask({ method: 'GET', path: '/status', by: 'owner' });
    expect(await response.clone().text()).to.not.include('inside');
    await refused(response, 500);
    expect(staged.faults.splice(0).map(String)).to.deep.equal(['Error: the inside of the lock']);
  });
});
