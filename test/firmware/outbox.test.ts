import { expect } from 'chai';
import { NEVER } from '../../firmware/core/never.js';
import { PENDING_NOTICES_MAX } from '../../firmware/journal/fold.js';
import { Journal } from '../../firmware/journal/journal.js';
import { Outbox } from '../../firmware/outbox.js';
import { CalendarToHand, CountedClock, PostOffice } from './support/hal-to-hand.js';
import { noticeOf } from './support/records.js';
import { RecordsToHand } from './support/record-stores.js';

/** An outbox on a journal, pumped as the shell pumps it: after each try, and when its retry is due. */
class OutboxBench {
  readonly clock = new CountedClock();
  readonly post = new PostOffice();
  readonly store: RecordsToHand;
  readonly outbox: Outbox;
  private readonly journal: Journal;

  constructor(store = new RecordsToHand()) {
    this.store = store;
    this.journal = new Journal(store, this.clock, new CalendarToHand(this.clock, 0), () => {});
    this.outbox = new Outbox(
      this.journal,
      this.post,
      () => this.clock.nowMs(),
      (event) => this.journal.append(event),
      () => this.outbox.pump(),
    );
  }

  queue(count: number): this {
    for (let queued = 0; queued < count; queued += 1) {
      this.journal.append({ kind: 'noticeQueued', notice: noticeOf(this.journal.sum.nextNoticeNumber) });
    }
    this.outbox.pump();
    return this;
  }

  /** Lets time go by, and pumps when a retry is due. */
  pass(ms: number): this {
    const untilMs = this.clock.nowMs() + ms;
    while (this.outbox.wakeAtMs <= untilMs) {
      this.clock.pass(this.outbox.wakeAtMs - this.clock.nowMs());
      this.outbox.pump();
    }
    this.clock.pass(untilMs - this.clock.nowMs());
    return this;
  }

  get sent(): number[] {
    return this.post.letters.map(({ number }) => number);
  }
}

describe('The outbox', () => {
  it('sends one notice at a time, the oldest first', () => {
    const bench = new OutboxBench().queue(3);
    expect(bench.sent).to.deep.equal([1]);
    bench.post.deliver();
    bench.post.deliver();
    bench.post.deliver();
    expect(bench.sent).to.deep.equal([1, 2, 3]);
    expect(bench.post.underWay).to.equal(0);
  });

  it('keeps each delivery in the journal', () => {
    const bench = new OutboxBench().queue(2);
    bench.post.deliver();
    expect(bench.store.kept.at(-1)?.event).to.deep.equal({ kind: 'noticesDelivered', number: 1 });
  });

  it('tries a lost one again before any other, after 1, 2, 4 s and so on to a minute', () => {
    const bench = new OutboxBench().queue(2);
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
    expect(new Set(bench.sent)).to.deep.equal(new Set([1]));
    bench.post.deliver();
    expect(bench.sent.at(-1)).to.equal(2);
  });

  it('begins with a second again after a success', () => {
    const bench = new OutboxBench().queue(2);
    bench.post.lose();
    bench.pass(1_000).post.lose();
    bench.pass(2_000).post.deliver();
    bench.post.lose();
    expect(bench.outbox.wakeAtMs - bench.clock.nowMs()).to.equal(1_000);
  });

  it('does not wait when the network comes back', () => {
    const bench = new OutboxBench().queue(1);
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
    const bench = new OutboxBench().queue(2);
    bench.outbox.pump();
    bench.outbox.retryNow();
    expect(bench.sent).to.deep.equal([1]);
  });

  it('is idle with nothing to send', () => {
    const bench = new OutboxBench();
    bench.outbox.pump();
    expect(bench.sent).to.be.empty;
    expect(bench.outbox.wakeAtMs).to.equal(NEVER);
  });

  it('loses nothing over a restart, and repeats at most what was under way', () => {
    const first = new OutboxBench().queue(5);
    first.post.deliver();
    first.post.deliver();
    const second = new OutboxBench(new RecordsToHand(first.store.kept)).queue(0);
    while (second.post.underWay > 0) second.post.deliver();
    expect(second.sent).to.deep.equal([3, 4, 5]);
    expect(second.queue(1).sent.at(-1)).to.equal(6);
  });

  it('sends the summary in place of the notices that were folded into it, also while one of them is under way', () => {
    const bench = new OutboxBench().queue(1).queue(PENDING_NOTICES_MAX);
    bench.post.deliver();
    expect(bench.post.letters.at(-1)).to.deep.include({ kind: 'summary', number: 5_001, detail: '1-5001' });
    bench.post.deliver();
    expect(bench.sent.at(-1)).to.equal(5_002);
  });
});
