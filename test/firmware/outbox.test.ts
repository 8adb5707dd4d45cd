import { expect } from 'chai';
import fc from 'fast-check';
import { NEVER } from '../../firmware/core/never.js';
import { Journal } from '../../firmware/journal/journal.js';
import { PENDING_NOTICES_MAX } from '../../firmware/journal/notice-queue.js';
import { Outbox } from '../../firmware/outbox.js';
import type { HalFault } from '../../hal/contracts/hal-fault.js';
import {
  type Notice,
  type NoticeStream,
  type NoticeTransport,
  type Recipient,
  streamOf,
} from '../../hal/contracts/notices.js';
import { CalendarToHand, CountedClock, PostOffice } from './support/hal-to-hand.js';
import { noticeOf } from './support/records.js';
import { RecordsToHand } from './support/record-stores.js';

const DAY_MS = 86_400_000;

const LOST: HalFault = { part: 'notices', detail: 'told to lose it' };

/** Receivers that answer at once, each in its own way; what they have seen, in order. */
class Receivers implements NoticeTransport {
  readonly seen: Notice[] = [];
  /** Whether a notice arrives, and whether its acknowledgement does. */
  arrives: (notice: Notice) => boolean = () => true;
  isAcknowledged: (notice: Notice) => boolean = () => true;
  private readonly answers: (() => void)[] = [];

  send(notice: Notice, done: (fault: HalFault | null) => void): void {
    const arrives = this.arrives(notice);
    if (arrives) this.seen.push(notice);
    this.answers.push(() => done(arrives && this.isAcknowledged(notice) ? null : LOST));
  }

  beat(): void {}

  answerAll(): void {
    for (let answer = this.answers.shift(); answer !== undefined; answer = this.answers.shift()) answer();
  }

  numbersOf(stream: NoticeStream): number[] {
    return this.seen.filter(({ to }) => streamOf(to) === stream).map(({ number }) => number);
  }
}

/** An outbox on a journal, pumped as the shell pumps it: after each try, and when its retry is due. */
class OutboxBench<Transport extends NoticeTransport = PostOffice> {
  readonly clock = new CountedClock();
  readonly post: Transport;
  readonly store: RecordsToHand;
  readonly outbox: Outbox;
  readonly journal: Journal;
  /** The latest record that may be told of. */
  durableNumber = Infinity;

  constructor(post: Transport, store = new RecordsToHand()) {
    this.post = post;
    this.store = store;
    this.journal = new Journal(store, this.clock, new CalendarToHand(this.clock, 0), () => {});
    this.outbox = new Outbox({
      pending: this.journal.sum,
      transport: this.post,
      mayTell: (recordNumber) => recordNumber <= this.durableNumber,
      nowMs: () => this.clock.nowMs(),
      record: (event) => this.journal.append(event),
      onSettled: () => this.outbox.pump(),
    });
  }

  queue(count: number, to: Recipient = 'owner'): this {
    for (let queued = 0; queued < count; queued += 1) {
      const number = this.journal.sum.noticeQueues.get(streamOf(to))?.nextNumber ?? 1;
      this.journal.append({ kind: 'noticeQueued', notice: noticeOf(number, { to }) });
    }
    this.outbox.pump();
    return this;
  }

  /** Lets time go by, and pumps when a retry is due. */
  pass(ms: number, meanwhile: () => void = () => {}): this {
    const untilMs = this.clock.nowMs() + ms;
    meanwhile();
    while (this.outbox.wakeAtMs <= untilMs) {
      this.clock.pass(this.outbox.wakeAtMs - this.clock.nowMs());
      this.outbox.pump();
      meanwhile();
    }
    this.clock.pass(untilMs - this.clock.nowMs());
    return this;
  }
}

function benchWith(store?: RecordsToHand): OutboxBench {
  return new OutboxBench(new PostOffice(), store);
}

function sentBy(bench: OutboxBench): number[] {
  return bench.post.letters.map(({ number }) => number);
}

describe('The outbox', () => {
  it('sends one notice at a time, the oldest first', () => {
    const bench = benchWith().queue(3);
    expect(sentBy(bench)).to.deep.equal([1]);
    bench.post.deliver();
    bench.post.deliver();
    bench.post.deliver();
    expect(sentBy(bench)).to.deep.equal([1, 2, 3]);
    expect(bench.post.underWay).to.equal(0);
  });

  it('keeps each delivery in the journal', () => {
    const bench = benchWith().queue(2);
    bench.post.deliver();
    expect(bench.store.kept.at(-1)?.event).to.deep.equal({
      kind: 'noticesDelivered',
      stream: 'home',
      number: 1,
    });
  });

  it('tries a lost one again before any other, after 1, 2, 4 s and so on to a minute', () => {
    const bench = benchWith().queue(2);
    const waitsMs: number[] = [];
    for (let tries = 0; tries < 9; tries += 1) {
      bench.post.lose();
      const waitMs = bench.outbox.wakeAtMs - bench.clock.nowMs();
      waitsMs.push(waitMs);
      bench.pass(waitMs - 1);
      expect(bench.post.underWay).to.equal(0);
      bench.pass(1);
    }
    expect(waitsMs).to.deep.equal([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
    expect(new Set(sentBy(bench))).to.deep.equal(new Set([1]));
    bench.post.deliver();
    expect(sentBy(bench).at(-1)).to.equal(2);
  });

  it('begins with a second again after a success', () => {
    const bench = benchWith().queue(2);
    bench.post.lose();
    bench.pass(1_000).post.lose();
    bench.pass(2_000).post.deliver();
    bench.post.lose();
    expect(bench.outbox.wakeAtMs - bench.clock.nowMs()).to.equal(1_000);
  });

  it('does not wait when the network comes back', () => {
    const bench = benchWith().queue(1);
    for (let tries = 0; tries < 5; tries += 1) {
      bench.post.lose();
      bench.pass(bench.outbox.wakeAtMs - bench.clock.nowMs());
    }
    bench.post.lose();
    bench.outbox.retryNow();
    expect(bench.post.underWay).to.equal(1);
    bench.post.lose();
    expect(bench.outbox.wakeAtMs - bench.clock.nowMs()).to.equal(1_000);
  });

  it('sends nothing twice at once, however often it is pumped', () => {
    const bench = benchWith().queue(2);
    bench.outbox.pump();
    bench.outbox.retryNow();
    expect(sentBy(bench)).to.deep.equal([1]);
  });

  it('sends nothing before it is durable: after a crash its number would be given to another', () => {
    const bench = benchWith();
    bench.durableNumber = 1;
    bench.queue(3);
    bench.post.deliver();
    expect(sentBy(bench)).to.deep.equal([1]);
    bench.outbox.retryNow();
    bench.pass(DAY_MS);
    expect(sentBy(bench)).to.deep.equal([1]);
    // Records: two notices, the delivery of the first.
    bench.durableNumber = 2;
    bench.outbox.pump();
    expect(sentBy(bench)).to.deep.equal([1, 2]);
  });

  it('is idle with nothing to send', () => {
    const bench = benchWith();
    bench.outbox.pump();
    expect(sentBy(bench)).to.be.empty;
    expect(bench.outbox.wakeAtMs).to.equal(NEVER);
  });

  it('loses nothing over a restart, and repeats at most what was under way', () => {
    const first = benchWith().queue(5);
    first.post.deliver();
    first.post.deliver();
    const second = benchWith(new RecordsToHand(first.store.kept)).queue(0);
    while (second.post.underWay > 0) second.post.deliver();
    expect(sentBy(second)).to.deep.equal([3, 4, 5]);
    expect(sentBy(second.queue(1)).at(-1)).to.equal(6);
  });

  it('sends the summary in place of the notices that were folded into it, also while one of them is under way', () => {
    const bench = benchWith().queue(1).queue(PENDING_NOTICES_MAX);
    bench.post.deliver();
    expect(bench.post.letters.at(-1)).to.deep.include({ kind: 'summary', number: 5_001, detail: '1-5001' });
    bench.post.deliver();
    expect(sentBy(bench).at(-1)).to.equal(5_002);
  });
});

describe('The streams of the outbox', () => {
  it('are numbered and sent each for itself', () => {
    const bench = benchWith().queue(2).queue(1, 'provider:acme').queue(1, 'worker');
    const letters = bench.post.letters.map(({ to, number }) => `${to} ${number}`);
    expect(letters).to.deep.equal(['owner 1', 'provider:acme 1']);
    bench.post.deliver();
    bench.post.deliver();
    bench.post.deliver();
    expect(bench.post.letters.map(({ to, number }) => `${to} ${number}`).slice(2)).to.deep.equal([
      'owner 2',
      'worker 3',
    ]);
  });

  it('wait for their own receivers only: a dead provider delays nobody', () => {
    const bench = new OutboxBench(new Receivers());
    bench.post.arrives = ({ to }) => to !== 'provider:dead';
    bench.queue(3, 'provider:dead').queue(3).queue(3, 'provider:acme');
    bench.pass(0, () => bench.post.answerAll());
    expect(bench.post.numbersOf('home')).to.deep.equal([1, 2, 3]);
    expect(bench.post.numbersOf('provider:acme')).to.deep.equal([1, 2, 3]);
    bench.pass(DAY_MS, () => bench.post.answerAll());
    bench.queue(1).pass(0, () => bench.post.answerAll());
    expect(bench.post.numbersOf('home')).to.deep.equal([1, 2, 3, 4]);
    expect(bench.post.numbersOf('provider:dead')).to.deep.equal([]);
    expect(bench.outbox.wakeAtMs - bench.clock.nowMs()).to.be.within(1, 60_000);
  });

  it('are all tried at once when the network comes back', () => {
    const bench = new OutboxBench(new Receivers());
    bench.post.arrives = () => false;
    bench.queue(1).queue(1, 'provider:acme');
    bench.pass(DAY_MS, () => bench.post.answerAll());
    bench.post.arrives = () => true;
    bench.outbox.retryNow();
    expect(bench.post.seen.length).to.equal(2);
  });

  it('of a provider that is revoked end: what waits is not sent', () => {
    const bench = new OutboxBench(new Receivers());
    bench.post.arrives = () => false;
    bench.queue(2, 'provider:acme').pass(5_000, () => bench.post.answerAll());
    bench.journal.append({ kind: 'revoked', target: { kind: 'provider', id: 'acme' }, personId: 'owner' });
    bench.post.arrives = () => true;
    bench.pass(DAY_MS, () => bench.post.answerAll());
    expect(bench.post.seen).to.deep.equal([]);
    expect(bench.outbox.wakeAtMs).to.equal(NEVER);
  });
});

describe('After an outage of days', () => {
  it('every notice arrives, in order, and a repeat is known by its number', () => {
    const bench = new OutboxBench(new Receivers());
    const { post } = bench;
    const answer = (): void => post.answerAll();
    post.arrives = () => false;
    for (let hour = 0; hour < 72; hour += 1) bench.queue(5).queue(1, 'provider:acme').pass(3_600_000, answer);
    expect(post.seen).to.deep.equal([]);

    post.arrives = () => true;
    const unacknowledged = new Set([1, 7, 100]);
    post.isAcknowledged = ({ number }) => !unacknowledged.delete(number);
    bench.outbox.retryNow();
    bench.pass(10 * 60_000, answer);

    const expected = Array.from({ length: 360 }, (_, index) => index + 1);
    const numbers = post.numbersOf('home');
    expect([...new Set(numbers)]).to.deep.equal(expected);
    expect(numbers).to.deep.equal(numbers.toSorted((a, b) => a - b));
    const repeats = post.seen.length - 360 - 72;
    expect(repeats).to.equal(3);
    for (const seen of post.seen) {
      const same = post.seen.find(({ to, number }) => to === seen.to && number === seen.number);
      expect(seen).to.deep.equal(same);
    }
    expect([...new Set(post.numbersOf('provider:acme'))]).to.deep.equal(expected.slice(0, 72));
    expect(bench.outbox.wakeAtMs).to.equal(NEVER);
  });

  it('so it does through any losses and restarts', () => {
    const losses = fc.array(fc.constantFrom('lost', 'unacknowledged', 'restart', 'queue'), { maxLength: 60 });
    fc.assert(
      fc.property(losses, (happenings) => {
        const receivers = new Receivers();
        let bench = new OutboxBench(receivers);
        for (const happening of happenings) {
          receivers.arrives = () => happening !== 'lost';
          receivers.isAcknowledged = () => happening !== 'unacknowledged';
          if (happening === 'restart') bench = new OutboxBench(receivers, new RecordsToHand(bench.store.kept));
          bench.queue(happening === 'queue' ? 2 : 0).queue(happening === 'queue' ? 1 : 0, 'provider:acme');
          bench.pass(60_000, () => receivers.answerAll());
        }
        receivers.arrives = () => true;
        receivers.isAcknowledged = () => true;
        bench.pass(120_000, () => receivers.answerAll());
        for (const [stream, { nextNumber }] of bench.journal.sum.noticeQueues) {
          const numbers = receivers.numbersOf(stream);
          expect(numbers).to.deep.equal(numbers.toSorted((a, b) => a - b));
          expect([...new Set(numbers)]).to.deep.equal(Array.from({ length: nextNumber - 1 }, (_, index) => index + 1));
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
