import { expect } from 'chai';
import sinon from 'sinon';
import type { WebhookMessage } from '../../../../hal/adapters/notices/webhook.js';
import { Webhook } from '../../../../hal/adapters/notices/webhook.js';
import { distrustOf } from '../../../../hal/adapters/notices/webhook-signature.js';
import type { HalFault } from '../../../../hal/contracts/hal-fault.js';
import type { Heartbeat, Notice } from '../../../../hal/contracts/notices.js';
import { describeNotices } from '../../contracts/notices.suite.js';
import { HookServer } from './hook-server.js';
import { AwaitedTransport } from './turns.js';

const SECRET = Buffer.alloc(32, 7);
const NOTICE: Notice = { number: 5, to: 'owner', kind: 'relocked', visitId: null, detail: '', utcMs: null };
const HEARTBEAT: Heartbeat = { visitId: 'visit-1', number: 1, utcMs: null, newestNotice: 5, nextWithinMs: 12_000 };

describe('webhook', () => {
  let server: HookServer;
  let url: URL;
  let troubles: string[];
  let hook: Webhook;

  beforeEach(async () => {
    server = new HookServer();
    url = await server.listen();
    troubles = [];
    hook = hookTo(url);
  });

  afterEach(() => server.close());

  function hookTo(receiver: URL): Webhook {
    return new Webhook({
      url: receiver,
      secret: SECRET,
      doorId: 'front-door',
      onTrouble: (trouble) => troubles.push(trouble),
    });
  }

  function send(notice: Notice = NOTICE, by = hook): Promise<HalFault | null> {
    return new Promise((resolve) => by.send(notice, resolve));
  }

  describeNotices('a webhook', () => {
    const first = server.posted.length;
    let up = true;
    server.answer = () => (up ? 204 : null);
    const notices = new AwaitedTransport(hook);
    return Promise.resolve({
      notices,
      setNetwork: (nowUp) => {
        up = nowUp;
      },
      received: () =>
        server.posted
          .slice(first)
          .map(({ body }) => JSON.parse(body) as WebhookMessage)
          .flatMap((message) => (message.type === 'notice' ? [message.data] : [])),
      advance: (durationMs) => notices.advance(durationMs),
    });
  });

  it('posts the notice with its door and stream, signed', async () => {
    expect(await send()).to.equal(null);
    const [posted] = server.posted;
    expect(posted?.url).to.equal('/hook/very-secret-path');
    expect(JSON.parse(posted?.body ?? '')).to.deep.equal({
      type: 'notice',
      door: 'front-door',
      stream: 'home',
      data: NOTICE,
    });
    expect(posted?.headers['content-type']).to.equal('application/json');
    const headers = posted?.headers as Record<string, string>;
    expect(distrustOf(SECRET, headers, Buffer.from(posted?.body ?? ''), Date.now())).to.equal(null);
  });

  it('gives a notice the same id at each try, and a summary one of its own', async () => {
    await send();
    await send();
    await send({ ...NOTICE, kind: 'summary' });
    await send({ ...NOTICE, to: 'provider:acme' });
    expect(server.posted.map(({ headers }) => headers['webhook-id'])).to.deep.equal([
      'home-5',
      'home-5',
      'home-5-summary',
      'provider:acme-5',
    ]);
  });

  it('posts heartbeats, but none while one is under way', async () => {
    hook.beat(HEARTBEAT);
    hook.beat({ ...HEARTBEAT, number: 2 });
    await send();
    const heard = server.posted.map(({ body }) => JSON.parse(body) as WebhookMessage);
    expect(heard.filter(({ type }) => type === 'heartbeat')).to.deep.equal([
      { type: 'heartbeat', door: 'front-door', stream: 'home', data: HEARTBEAT },
    ]);
  });

  const outages: readonly number[] = [500, 502, 503, 429, 408];
  for (const status of outages) {
    it(`keeps what is answered by ${status} for later, without a word`, async () => {
      server.answer = () => status;
      expect(await send()).to.deep.equal({ part: 'notices', detail: `the webhook: ${url.host} answers ${status}` });
      expect(troubles).to.deep.equal([]);
    });
  }

  const refusals: readonly number[] = [301, 307, 400, 401, 404, 413];
  for (const status of refusals) {
    it(`tells once that it is answered by ${status}, and again only after something was taken`, async () => {
      server.answer = (_, response) => {
        response.setHeader('location', url.href);
        return status;
      };
      expect(await send()).to.not.equal(null);
      await send();
      expect(troubles).to.deep.equal([`the webhook: ${url.host} answers ${status}`]);
      server.answer = () => 200;
      expect(await send()).to.equal(null);
      server.answer = () => status;
      await send();
      expect(troubles.length).to.equal(2);
    });
  }

  it('follows no redirect', async () => {
    server.answer = (_, response) => {
      response.setHeader('location', '/elsewhere');
      return 302;
    };
    await send();
    expect(server.posted.map((posted) => posted.url)).to.deep.equal(['/hook/very-secret-path']);
  });

  it('waits ten seconds for an answer', async () => {
    const waitsMs: number[] = [];
    const timeout = sinon.stub(AbortSignal, 'timeout').callsFake((waitMs) => {
      waitsMs.push(waitMs);
      return AbortSignal.abort(new DOMException('too late', 'TimeoutError'));
    });
    try {
      const fault = await send();
      expect(fault?.detail).to.equal(`the webhook: ${url.host} cannot be reached: no answer in time`);
      expect(waitsMs).to.deep.equal([10_000]);
    } finally {
      timeout.restore();
    }
  });

  it('leaves a receiver alone that is gone for good', async () => {
    server.answer = () => 410;
    await send();
    const fault = await send();
    expect(fault?.detail).to.equal(`the webhook: ${url.host} wants no more`);
    expect(server.posted.length).to.equal(1);
    expect(troubles.length).to.equal(1);
  });

  it('reads no more of an answer than its head', async () => {
    const ends: number[] = [];
    server.answer = (_, response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', pour).on('close', () => ends.push(1));
      response.end = () => response;
      pour();
      return 200;
    };
    expect(await send()).to.equal(null);
    while (ends.length === 0) await new Promise(setImmediate);
  });

  it('says that nobody answers, but never the path, which may be a secret', async () => {
    server.close();
    const fault = await send();
    expect(fault?.detail).to.equal(`the webhook: ${url.host} cannot be reached: ECONNREFUSED`);
  });
});
