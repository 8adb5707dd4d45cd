import { expect } from 'chai';
import { EventEmitter, once } from 'node:events';
import type { FetchHandler } from '../../../../hal/adapters/http/fetch-handler.js';
import { RawClient, get } from './raw-client.js';
import { ServerBench } from './server-bench.js';

/** Tells every reader the same, and keeps whatever they do not take. */
class Teller {
  readonly signs = new EventEmitter();
  private readonly readers = new Set<ReadableStreamDefaultController<Uint8Array>>();

  readonly handler: FetchHandler = () => {
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const events = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.readers.add(controller);
        this.signs.emit('come');
      },
      cancel: () => {
        if (own !== undefined) this.readers.delete(own);
        this.signs.emit('gone');
      },
    });
    return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
  };

  tell(text: string): void {
    for (const reader of this.readers) reader.enqueue(new TextEncoder().encode(text));
  }

  end(): void {
    for (const reader of this.readers) reader.close();
  }

  get readersCount(): number {
    return this.readers.size;
  }
}

describe('event streams of a door server', () => {
  let bench: ServerBench;
  let teller: Teller;

  beforeEach(() => {
    bench = new ServerBench();
    teller = new Teller();
  });

  afterEach(() => bench.clear());

  async function reader(): Promise<RawClient> {
    const client = new RawClient(bench.path).write(get('/events'));
    await client.until('\r\n\r\n');
    return client;
  }

  it('tell at once, bear any silence, and end', async () => {
    await bench.serve(teller.handler, { silenceMs: 100, requestMs: 200, headersMs: 100 });
    const client = await reader();
    expect(client.text).to.match(/^HTTP\/1.1 200 OK\r\n(.*\r\n)*content-type: text\/event-stream\r\n/);
    teller.tell('id: 1\n\n');
    await client.until('id: 1\n\n');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    teller.tell('id: 2\n\n');
    await client.until('id: 2\n\n');
    const end = client.until('0\r\n\r\n');
    teller.end();
    await end;
    client.leave();
  });

  it('are bounded in number, and do not count as requests', async () => {
    await bench.serve(teller.handler, { eventStreams: 2, inFlight: 1 });
    const readers = [await reader(), await reader()];
    const gone = once(teller.signs, 'gone');
    const third = new RawClient(bench.path).write(get('/events'));
    expect(await third.until('busy')).to.match(/^HTTP\/1.1 503 /);
    await gone;
    expect(teller.readersCount).to.equal(2);
    for (const each of [...readers, third]) each.leave();
  });

  it('are given up when the reader leaves', async () => {
    await bench.serve(teller.handler);
    const client = await reader();
    const gone = once(teller.signs, 'gone');
    client.leave();
    await gone;
    expect(teller.readersCount).to.equal(0);
  });

  it('drop a reader who does not keep up, and no other', async () => {
    await bench.serve(teller.handler, { eventBytes: 16 * 1024 });
    const [quick, slow] = [await reader(), await reader()];
    slow.socket.pause();
    const gone = once(teller.signs, 'gone');
    const event = `data: ${'x'.repeat(1_000)}\n\n`;
    const pieces = 2_000;
    for (let piece = 1; piece <= pieces; piece += 1) {
      teller.tell(event);
      // As quickly as the quick one reads.
      if (piece % 10 === 0) {
        teller.tell(`id: ${piece}\n\n`);
        await quick.until(`id: ${piece}\n\n`);
      }
    }
    await gone;
    expect(quick.text.length).to.be.above(pieces * event.length);
    slow.socket.resume();
    expect((await slow.end()).length).to.be.below(pieces * event.length);
    expect(teller.readersCount).to.equal(1);
    quick.leave();
  });
});
