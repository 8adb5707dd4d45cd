import { expect } from 'chai';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { createReceiverServer } from '../../../cli/notices/receiver-server.js';
import type { WebhookMessage } from '../../../hal/adapters/notices/webhook.js';
import { Webhook } from '../../../hal/adapters/notices/webhook.js';
import { signWebhook } from '../../../hal/adapters/notices/webhook-signature.js';
import type { HalFault } from '../../../hal/contracts/hal-fault.js';
import { beatMessage, notice, noticeMessage, TEN_UTC_MS } from './messages.js';

const SECRET = Buffer.alloc(32, 7);

describe('The receiver’s server', () => {
  let server: Server;
  let url: URL;
  let taken: [WebhookMessage, number][];
  let refusals: string[];
  let failing: boolean;

  async function listen(secret: Buffer | null, utcMs = (): number => TEN_UTC_MS): Promise<void> {
    server = createReceiverServer({
      secret,
      utcMs,
      take: async (message, sentUtcMs) => {
        if (failing) throw new Error('the disk is full');
        await Promise.resolve(taken.push([message, sentUtcMs]));
      },
      onRefusal: (why) => refusals.push(why),
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/any/path`);
  }

  beforeEach(() => {
    taken = [];
    refusals = [];
    failing = false;
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  async function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    const signed = { ...signWebhook(SECRET, 'home-1', TEN_UTC_MS, body), ...headers };
    const { status } = await fetch(url, { method: 'POST', body, headers: signed });
    return status;
  }

  it('understands what the lock’s webhook sends', async () => {
    await listen(SECRET, Date.now);
    const hook = new Webhook({ url, secret: SECRET, doorId: 'front-door', onTrouble: () => {} });
    const sent = notice(1, {
      kind: 'visitEnded',
      visitId: 'acme/1',
      detail: 'completed',
      visitor: { name: 'Carla', firm: 'Acme', purpose: 'delivery', fromUtcMs: 0, untilUtcMs: 1 },
      result: { entriesSpent: 1, measured: { doorOpenMs: 12_000, jams: 0 }, claimed: { delivered: true } },
    });
    expect(await new Promise<HalFault | null>((resolve) => hook.send(sent, resolve))).to.equal(null);
    hook.beat({ visitId: 'acme/1', number: 1, utcMs: null, newestNotice: 1, nextWithinMs: 12_000 });
    while (taken.length < 2) await new Promise(setImmediate);
    expect(taken[0]?.[0]).to.deep.equal(noticeMessage(sent));
    expect(taken[1]?.[0]).to.deep.equal(beatMessage(1, { visitId: 'acme/1', newestNotice: 1 }));
    expect(Math.abs(Date.now() - (taken[0]?.[1] ?? 0))).to.be.below(60_000);
  });

  it('takes a notice of a later version for one', async () => {
    await listen(SECRET);
    const data = { ...notice(1), kind: 'ofLaterVersions', more: { things: true } };
    expect(await post(JSON.stringify({ ...noticeMessage(notice(1)), data }))).to.equal(204);
    expect(taken.length).to.equal(1);
  });

  const good = JSON.stringify(noticeMessage(notice(1)));

  it('takes the same message again: telling repeats apart is not its business', async () => {
    await listen(SECRET);
    expect([await post(good), await post(good)]).to.deep.equal([204, 204]);
    expect(taken.map(([, sentUtcMs]) => sentUtcMs)).to.deep.equal([TEN_UTC_MS, TEN_UTC_MS]);
  });

  const wrongSigned: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['another secret’s signature', { ...signWebhook(Buffer.alloc(32, 8), 'home-1', TEN_UTC_MS, good) }, 'wrong'],
    ['no signature', { 'webhook-signature': '' }, 'wrong'],
    ['an old signature', { ...signWebhook(SECRET, 'home-1', TEN_UTC_MS - 301_000, good) }, 'more than five minutes'],
    ['a signature of the future', { ...signWebhook(SECRET, 'home-1', TEN_UTC_MS + 301_000, good) }, 'in the future'],
  ];
  for (const [what, headers, why] of wrongSigned) {
    it(`does not believe ${what}`, async () => {
      await listen(SECRET);
      expect(await post(good, headers)).to.equal(401);
      expect(refusals[0]).to.contain(why);
      expect(taken).to.deep.equal([]);
    });
  }

  it('does not believe a message without any of the headers', async () => {
    await listen(SECRET);
    const { status } = await fetch(url, { method: 'POST', body: good });
    expect(status).to.equal(401);
  });

  it('without a secret believes everybody', async () => {
    await listen(null);
    const { status } = await fetch(url, { method: 'POST', body: good });
    expect(status).to.equal(204);
    expect(taken[0]?.[1]).to.equal(TEN_UTC_MS);
  });

  const malformed: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['another message', '{"type":"ping"}'],
    ['a number below 1', JSON.stringify(noticeMessage(notice(0)))],
    ['a number that is none', JSON.stringify(noticeMessage(notice(Number.MAX_SAFE_INTEGER + 1)))],
    ['a stranger as recipient', good.replace('"owner"', '"neighbour"')],
  ];
  for (const [what, body] of malformed) {
    it(`refuses ${what}, and goes on`, async () => {
      await listen(SECRET);
      expect(await post(body)).to.equal(400);
      expect(await post(good)).to.equal(204);
    });
  }

  it('refuses other methods', async () => {
    await listen(SECRET);
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('allow')]).to.deep.equal([405, 'POST']);
  });

  it('has the sender try again what it cannot keep', async () => {
    await listen(SECRET);
    failing = true;
    expect(await post(good)).to.equal(503);
    expect(refusals[0]).to.contain('the disk is full');
  });

  it('refuses a message that is too long before it is there', async () => {
    await listen(SECRET);
    const socket = await connected();
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 65537\r\n\r\n');
    expect(await answerOf(socket)).to.contain('413');
  });

  it('refuses a message without an end', async () => {
    await listen(SECRET);
    const socket = await connected();
    socket.on('error', () => {});
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    const pour = setInterval(() => socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`), 1);
    expect(await answerOf(socket)).to.contain('413');
    if (!socket.destroyed) await once(socket, 'close');
    clearInterval(pour);
  });

  it('takes no notice of a message that is cut short', async () => {
    await listen(SECRET);
    const socket = await connected();
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"type"');
    socket.destroy();
    while (refusals.length === 0) await new Promise(setImmediate);
    expect(refusals).to.deep.equal(['a message that was cut short']);
    expect(await post(good)).to.equal(204);
  });

  it('has bounds for time and number', async () => {
    await listen(SECRET);
    expect(server.headersTimeout).to.equal(10_000);
    expect(server.requestTimeout).to.equal(10_000);
    expect(server.keepAliveTimeout).to.equal(30_000);
    expect(server.maxConnections).to.equal(64);
  });

  async function connected(): Promise<Socket> {
    const socket = connect(Number(url.port), '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }

  async function answerOf(socket: Socket): Promise<string> {
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString();
  }
});
