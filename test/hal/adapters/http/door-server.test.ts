import { expect } from 'chai';
import { EventEmitter, once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import type { DoorServer } from '../../../../hal/adapters/http/door-server.js';
import type { FetchHandler } from '../../../../hal/adapters/http/fetch-handler.js';
import type { Limits } from '../../../../hal/adapters/http/limits.js';
import { RawClient, get, post } from './raw-client.js';
import { ServerBench } from './server-bench.js';

describe('door server', () => {
  let bench: ServerBench;
  let path: string;

  beforeEach(() => {
    bench = new ServerBench();
    path = bench.path;
  });

  afterEach(() => bench.clear());

  const serve = (handler: FetchHandler, changed?: Partial<Limits>): Promise<DoorServer> =>
    bench.serve(handler, changed);

  const client = (): RawClient => new RawClient(path);

  it('hands on whole requests, and carries answers back', async () => {
    await serve(async (request) => {
      const { pathname } = new URL(request.url);
      return new Response(`${request.method} ${pathname} ${request.headers.get('x-who')} ${await request.text()}`, {
        status: 201,
        headers: { 'x-lock': 'yes' },
      });
    });
    const asking = client().write('POST /visits HTTP/1.1\r\nHost: lock\r\nX-Who: me\r\nContent-Length: 5\r\n\r\nhe');
    asking.write('llo');
    const answer = await asking.until('hello');
    expect(answer).to.match(/^HTTP\/1.1 201 Created\r\n/);
    expect(answer).to.match(/\r\nx-lock: yes\r\n/);
    expect(answer).to.match(/\r\n\r\nPOST \/visits me hello$/);
    asking.text = '';
    expect(await asking.write(get('/again', 'X-Who: you\r\n')).until('you')).to.match(/GET \/again you $/);
    asking.leave();
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('answers without a body', async () => {
    await serve(() => new Response(null, { status: 204 }));
    expect(await client().write(get('/', 'Connection: close\r\n')).end()).to.match(/^HTTP\/1.1 204 No Content\r\n/);
  });

  it('keeps the handler from what is malformed, too large or of unknown length', async () => {
    let asked = 0;
    const handler: FetchHandler = () => {
      asked += 1;
      return new Response('fine');
    };
    await serve(handler, { keepAliveMs: 100 });
    const refusals: readonly (readonly [number, string])[] = [
      [400, 'open sesame\r\n\r\n'],
      [400, 'GET / HTTP/1.1\r\n\r\n'],
      [400, 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n'],
      [400, 'TRACE / HTTP/1.1\r\nHost: lock\r\nConnection: close\r\n\r\n'],
      [400, 'POST / HTTP/1.1\r\nHost: lock\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
      [411, 'POST / HTTP/1.1\r\nHost: lock\r\nTransfer-Encoding: chunked\r\n\r\n'],
      [413, 'POST / HTTP/1.1\r\nHost: lock\r\nContent-Length: 65537\r\n\r\n'],
      [431, get('/', `X: ${'x'.repeat(8 * 1024)}\r\n`)],
      [431, get('/', 'X: y\r\n'.repeat(64))],
      // The length that counts stands behind more headers than are looked at.
      [431, `POST / HTTP/1.1\r\nHost: lock\r\n${'X:\r\n'.repeat(1_900)}Content-Length: 99999\r\n\r\n`],
    ];
    for (const [status, text] of refusals) {
      const answer = await client().write(text).end();
      expect(answer, text.slice(0, 100)).to.match(new RegExp(`^HTTP/1.1 ${status} `));
    }
    expect(asked).to.equal(0);
    expect(
      await client()
        .write(post('/', 'x'.repeat(64 * 1024)))
        .until('fine'),
    ).to.contain('200 OK');
    expect(bench.troubles).to.deep.equal([]);
  });

  it('cuts off who is slow: with the headers, with the body, with nothing, between requests', async () => {
    let asked = 0;
    const handler: FetchHandler = () => {
      asked += 1;
      return new Response('fine');
    };
    await serve(handler, { headersMs: 200, requestMs: 400, keepAliveMs: 200 });
    const answers = await Promise.all([
      client().write('GET / HTTP/1.1\r\nHost: lock\r\nX').end(),
      client().write('POST / HTTP/1.1\r\nHost: lock\r\nContent-Length: 9\r\n\r\nhalf').end(),
      client().end(),
      client().write(get('/')).end(),
    ]);
    expect(answers[0]).to.match(/^HTTP\/1.1 408 /);
    expect(answers[1]).to.match(/^HTTP\/1.1 408 /);
    expect(answers[2]).to.match(/^(HTTP\/1.1 408 |$)/);
    expect(answers[3]).to.match(/fine$/);
    expect(asked).to.equal(1);
  });

  it('cuts off who does not read the answer', async () => {
    await serve(() => new Response('x'.repeat(8 * 1024 * 1024)), { silenceMs: 200 });
    const lazy = client().write(get('/'));
    await once(lazy.socket, 'readable');
    lazy.socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 800));
    lazy.socket.resume();
    expect((await lazy.end()).length).to.be.below(8 * 1024 * 1024);
  });

  it('lets nobody ask before the last answer', async () => {
    let asked = 0;
    await serve(() => {
      asked += 1;
      return new Response('fine');
    });
    expect(await client().write(get('/').repeat(1_000)).end()).to.equal('');
    expect(asked).to.be.at.most(1);
  });

  it('takes so many requests at a time, and so many connections', async () => {
    const gate = new EventEmitter();
    await serve(
      async () => {
        gate.emit('asked');
        await once(gate, 'open');
        return new Response('fine');
      },
      { inFlight: 2, connections: 4 },
    );
    const held: RawClient[] = [];
    for (let times = 0; times < 2; times += 1) {
      const asked = once(gate, 'asked');
      held.push(client().write(get('/')));
      await asked;
    }
    const third = client();
    await third.write(get('/')).until('503 Service Unavailable');
    expect(third.text).to.match(/\r\nretry-after: 1\r\n/);
    const fourth = client();
    await once(fourth.socket, 'connect');
    expect(await client().write(get('/')).end()).to.equal('');
    gate.emit('open');
    for (const one of held) await one.until('fine');
    const asked = once(gate, 'asked');
    fourth.write(get('/'));
    await asked;
    gate.emit('open');
    await fourth.until('fine');
    for (const one of [...held, fourth]) one.leave();
  });

  it('turns a flood away', async () => {
    let asked = 0;
    await serve(
      () => {
        asked += 1;
        return new Response('fine');
      },
      { overall: { perS: 0.001, burst: 6 } },
    );
    const keen = client();
    for (let times = 0; times < 5; times += 1) {
      keen.text = '';
      await keen.write(get('/')).until('fine');
    }
    keen.text = '';
    const answer = await keen.write(get('/')).end();
    expect(answer).to.match(/^HTTP\/1.1 429 Too Many Requests\r\n/);
    expect(answer).to.match(/\r\nretry-after: 1\r\n/);
    expect(await client().write(get('/')).end()).to.equal('');
    expect(asked).to.equal(5);
  });

  it('tells the handler that nobody waits any more', async () => {
    const told = new EventEmitter();
    await serve(async ({ signal }) => {
      told.emit('asked');
      await once(signal, 'abort');
      told.emit('left');
      return new Response();
    });
    const asked = once(told, 'asked');
    const left = once(told, 'left');
    const impatient = client().write(get('/'));
    await asked;
    impatient.leave();
    await left;
  });

  it('answers for a handler that fails, and goes on', async () => {
    await serve(({ url }) => {
      if (url.endsWith('/bad')) throw new Error('secret of the house');
      return new Response('fine');
    });
    const asking = client();
    expect(await asking.write(get('/bad')).until('fault')).to.match(/^HTTP\/1.1 500 /);
    expect(asking.text).to.not.contain('secret');
    expect(bench.troubles).to.deep.equal(['a request could not be answered: secret of the house']);
    await asking.write(get('/good')).until('fine');
    asking.leave();
  });

  it('lets go of the place', async () => {
    const server = await serve(() => new Response('fine'));
    const idle = client().write(get('/'));
    await idle.until('fine');
    await server.close();
    await idle.end();
    expect(existsSync(path)).to.equal(false);
  });
});
