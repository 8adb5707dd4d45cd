import { expect } from 'chai';
import { EVENTS_KEPT_MAX } from '../../../firmware/interface/event-ring.js';
import { STREAMS_MAX } from '../../../firmware/interface/open-streams.js';
import type { Notice } from '../../../hal/contracts/notices.js';
import { CHARLIE, NOW_UTC_MS, OLGA, ROSA, WALK_ID } from '../credentials/plain-door.js';
import { type Caller, LOCKED, StagedDoor } from './staged-door.js';

interface Told {
  readonly event: string;
  readonly data: Record<string, unknown>;
  readonly id?: string;
}

/** Reads one event at a time, as a client does. */
class Listener {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private text = '';

  constructor(response: Response) {
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
    if (response.body === null) throw new Error('no stream');
    this.reader = response.body.getReader();
  }

  /** `null` at the end of the stream. */
  async next(): Promise<Told | null> {
    while (!this.text.includes('\n\n')) {
      const { done, value } = await this.reader.read();
      if (done) return null;
      this.text += new TextDecoder().decode(value);
    }
    const end = this.text.indexOf('\n\n');
    const fields = Object.fromEntries(
      this.text
        .slice(0, end)
        .split('\n')
        .map((line) => line.split(/: (.*)/).slice(0, 2)),
    ) as Record<string, string>;
    this.text = this.text.slice(end + 2);
    const { event = '', data = '', id } = fields;
    return { event, data: JSON.parse(data) as Record<string, unknown>, ...(id !== undefined && { id }) };
  }

  async leave(): Promise<void> {
    await this.reader.cancel();
  }
}

function notice(number: number, parts: Partial<Notice> = {}): Notice {
  return { number, to: 'owner', kind: 'rang', visitId: null, detail: '', utcMs: NOW_UTC_MS, ...parts };
}

describe('the stream of events', () => {
  let staged: StagedDoor;
  beforeEach(() => {
    staged = new StagedDoor();
  });

  async function listen(by: Caller, lastEventId?: string): Promise<Listener> {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    return new Listener(await staged.ask({ method: 'GET', path: '/events', by, headers }));
  }

  it('begins with how things stand, then tells the owner all', async () => {
    const listener = await listen('owner');
    const first = await listener.next();
    expect(first?.event).to.equal('status');
    expect(first?.data).to.include({ position: 'locked', door: 'closed' });
    staged.events.report(LOCKED);
    staged.events.alarm('DoorAjar', true);
    staged.events.notice(notice(1));
    expect(await listener.next()).to.deep.equal({ event: 'report', data: LOCKED, id: 'boot-1' });
    const alarm = { event: 'alarm', data: { alarm: 'DoorAjar', raised: true }, id: 'boot-2' };
    expect(await listener.next()).to.deep.equal(alarm);
    expect(await listener.next()).to.deep.equal({ event: 'notice', data: notice(1), id: 'boot-3' });
  });

  it('tells the household no notices, and leaves no gap in the numbers where they were', async () => {
    const listener = await listen('household');
    await listener.next();
    staged.events.notice(notice(1));
    staged.events.alarm('DoorAjar', true);
    expect(await listener.next()).to.deep.include({ event: 'alarm', id: 'boot-1' });
  });

  it('tells a repeated notice once, and those of firms to nobody', async () => {
    const listener = await listen('owner');
    await listener.next();
    staged.events.notice(notice(1));
    staged.events.notice(notice(1));
    staged.events.notice(notice(1, { to: 'provider:paws' }));
    staged.events.notice(notice(2));
    expect(await listener.next()).to.have.nested.property('data.number', 1);
    expect(await listener.next()).to.have.nested.property('data.number', 2);
  });

  it('goes on after the last event that a client has seen', async () => {
    for (let number = 1; number <= 5; number += 1) staged.events.notice(notice(number));
    const listener = await listen('owner', 'boot-3');
    expect(await listener.next()).to.deep.include({ event: 'notice', id: 'boot-4' });
    expect(await listener.next()).to.deep.include({ event: 'notice', id: 'boot-5' });
  });

  it('says so where events are lost', async () => {
    for (let number = 1; number <= EVENTS_KEPT_MAX + 10; number += 1) staged.events.notice(notice(number));
    const listener = await listen('owner', 'boot-3');
    expect(await listener.next()).to.deep.equal({ event: 'gap', data: {}, id: 'boot-10' });
    expect(await listener.next()).to.deep.include({ event: 'notice', id: 'boot-11' });
  });

  for (const id of ['earlier-3', 'boot-99', 'nonsense']) {
    it(`says so of an id that this boot never gave: ${id}`, async () => {
      staged.events.notice(notice(1));
      const listener = await listen('owner', id);
      expect(await listener.next()).to.deep.equal({ event: 'gap', data: {}, id: 'boot-1' });
      expect(await listener.next()).to.deep.include({ event: 'status', id: 'boot-1' });
    });
  }

  it('queues nothing for a client that does not read, who finds a gap later', async () => {
    const listener = await listen('owner');
    await listener.next();
    for (let number = 1; number <= 10 * EVENTS_KEPT_MAX; number += 1) {
      staged.events.notice(notice(number));
      if (number % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const told: string[] = [];
    for (let count = 0; count <= EVENTS_KEPT_MAX; count += 1) told.push((await listener.next())?.event ?? 'end');
    expect(told.filter((event) => event === 'gap')).to.have.length(1);
    // What was on its way when the client stopped to read; the pipe holds a few, not thousands.
    expect(told.indexOf('gap')).to.be.below(8);
  });

  it('ends once the access key is revoked', async () => {
    const listener = await listen('household');
    await listener.next();
    const key = [...staged.lock.sum.access.accessKeys.values()].find(({ personId }) => personId === CHARLIE.id);
    staged.lock.record({
      kind: 'revoked',
      target: { kind: 'accessKey', id: key?.id ?? '' },
      personId: OLGA.id,
    });
    staged.events.alarm('DoorAjar', true);
    expect(await listener.next()).to.equal(null);
  });

  it('is for so many at a time, and a place becomes free when one leaves', async () => {
    const listeners = await Promise.all(Array.from({ length: STREAMS_MAX.resident }, () => listen('owner')));
    expect((await staged.ask({ method: 'GET', path: '/events', by: 'owner' })).status).to.equal(503);
    await listeners[0]?.leave();
    await new Promise((resolve) => setImmediate(resolve));
    await (await listen('owner')).next();
    expect(staged.faults).to.deep.equal([]);
  });

  it('is not opened for whoever reads only the head', async () => {
    for (let count = 0; count <= STREAMS_MAX.resident; count += 1) {
      const response = await staged.ask({ method: 'HEAD', path: '/events', by: 'owner' });
      expect(response.status).to.equal(405);
    }
    await (await listen('owner')).next();
  });

  it('tells a worker the notices of their own visit, from its beginning to its end', async () => {
    await staged.announceWalk();
    const to = 'worker' as const;
    staged.events.notice(notice(1, { to, visitId: 'paws/another' }));
    staged.events.notice(notice(2, { to, visitId: WALK_ID }));
    const { challenge } = (await (await staged.ask({ method: 'GET', path: '/challenge' })).json()) as {
      challenge: string;
    };
    const statement = await ROSA.phone.prove({ challenge, visit: WALK_ID, door: 'front-door' }, { act: 'view' });
    const listener = new Listener(
      await staged.ask({ method: 'POST', path: '/visits/follow', body: { statement }, over: 'network' }),
    );
    expect(await listener.next()).to.have.property('event', 'visit');
    expect(await listener.next()).to.deep.equal({ event: 'notice', data: notice(2, { to, visitId: WALK_ID }) });
    staged.lock.record({
      kind: 'visitEnded',
      visitId: WALK_ID,
      outcome: 'completed',
      entriesSpent: 2,
      doorOpenMs: 1,
      jams: 0,
      deliveryClaimed: false,
    });
    const end = notice(3, { to, visitId: WALK_ID, kind: 'visitEnded', detail: 'completed' });
    staged.events.notice(end);
    expect(await listener.next()).to.deep.equal({ event: 'notice', data: end });
    expect(await listener.next()).to.equal(null);
  });
});
