import { expect } from 'chai';
import type { News } from '../../../cli/notices/receiver-state.js';
import { ReceiverState } from '../../../cli/notices/receiver-state.js';
import type { WebhookMessage } from '../../../hal/adapters/notices/webhook.js';
import { beatMessage, notice, noticeMessage, TEN_UTC_MS } from './messages.js';

/** A receiver with its clocks in the test's hand. */
class StateBench {
  readonly state = new ReceiverState();
  readonly news: News[] = [];
  nowMs = 0;

  /** Sent `agoMs` before it arrives. */
  take(message: WebhookMessage, agoMs = 0): this {
    const utcMs = TEN_UTC_MS + this.nowMs;
    this.news.push(...this.state.take({ message, utcMs, sentUtcMs: utcMs - agoMs, nowMs: this.nowMs }));
    return this;
  }

  /** As the command does it: woken when something is due. */
  pass(ms: number): this {
    const untilMs = this.nowMs + ms;
    while (this.state.dueMs <= untilMs) {
      this.nowMs = this.state.dueMs;
      this.news.push(...this.state.pass(this.nowMs));
    }
    this.nowMs = untilMs;
    return this;
  }

  /** What it said since this was last asked. */
  said(): string[] {
    return this.news.splice(0).map(({ kind }) => kind);
  }
}

const AT_DOOR = notice(1, { kind: 'atDoor', visitId: 'visit-1' });
const ENDED = notice(2, { kind: 'visitEnded', visitId: 'visit-1', detail: 'completed' });

describe('What a receiver says', () => {
  it('keeps gaps, repeats and late ones apart, by stream and door', () => {
    const bench = new StateBench();
    bench.take(noticeMessage(notice(1))).take(noticeMessage(notice(1)));
    expect(bench.said()).to.deep.equal(['notice', 'repeat']);
    bench.take(noticeMessage(notice(4)));
    expect(bench.news[0]).to.deep.equal({ kind: 'gap', door: 'front-door', stream: 'home', from: 2, to: 3 });
    expect(bench.said()).to.deep.equal(['gap', 'notice']);
    bench.take(noticeMessage(notice(2)));
    expect(bench.said()).to.deep.equal(['filled', 'notice']);
    bench.take(noticeMessage(notice(1, { to: 'provider:acme' }))).take(noticeMessage(notice(9), 'back-door'));
    expect(bench.said()).to.deep.equal(['notice', 'notice']);
    bench.take(noticeMessage(notice(5, { to: 'worker' })));
    expect(bench.said()).to.deep.equal(['notice']);
  });

  it('says how late a notice is, beyond a minute', () => {
    const bench = new StateBench();
    bench.pass(60_000).take(noticeMessage(notice(1)));
    bench.pass(1).take(noticeMessage(notice(2)));
    bench.take(noticeMessage(notice(3, { utcMs: null })));
    const lates = bench.news.map((news) => (news.kind === 'notice' ? news.lateMs : undefined));
    expect(lates).to.deep.equal([null, 60_001, null]);
  });

  it('says that a lock begins anew', () => {
    const bench = new StateBench().take(noticeMessage(notice(7)));
    bench.take(noticeMessage(notice(1, { utcMs: TEN_UTC_MS + 1 })));
    expect(bench.said()).to.deep.equal(['notice', 'anew', 'notice']);
  });

  it('says what the lock has had since the heartbeat before, and is not here, once', () => {
    const bench = new StateBench().take(noticeMessage(AT_DOOR));
    bench.take(beatMessage(1, { newestNotice: 3 })).pass(10_000);
    expect(bench.said()).to.deep.equal(['notice']);
    bench.take(beatMessage(2, { newestNotice: 4 }));
    expect(bench.news).to.deep.equal([{ kind: 'lacking', door: 'front-door', from: 2, to: 3 }]);
    bench.said();
    bench.pass(10_000).take(beatMessage(3, { newestNotice: 4 }));
    expect(bench.news).to.deep.equal([{ kind: 'lacking', door: 'front-door', from: 4, to: 4 }]);
    bench.said();
    bench.pass(10_000).take(beatMessage(4, { newestNotice: 4 }));
    expect(bench.said()).to.deep.equal([]);
  });

  it('says nothing of notices that were just on their way', () => {
    const bench = new StateBench().take(noticeMessage(AT_DOOR)).take(beatMessage(1, { newestNotice: 2 }));
    bench
      .take(noticeMessage(notice(2)))
      .pass(10_000)
      .take(beatMessage(2, { newestNotice: 2 }));
    expect(bench.said()).to.deep.equal(['notice', 'notice']);
  });

  it('knows what it must keep for the next time', () => {
    const { state } = new StateBench().take(noticeMessage(AT_DOOR)).take(beatMessage(1));
    expect(state.mustKeep(noticeMessage(AT_DOOR))).to.equal(false);
    expect(state.mustKeep(noticeMessage(notice(2)))).to.equal(true);
    expect(state.mustKeep(noticeMessage(notice(3)))).to.equal(true);
    expect(state.mustKeep(noticeMessage(AT_DOOR, 'other-door'))).to.equal(true);
    expect(state.mustKeep(beatMessage(2))).to.equal(false);
    expect(state.mustKeep(beatMessage(1, { visitId: 'visit-2' }))).to.equal(true);
    expect(state.mustKeep(beatMessage(1, {}, 'other-door'))).to.equal(true);
  });

  it('forgets doors rather than grow without end', () => {
    const bench = new StateBench();
    for (let door = 0; door < 1_001; door += 1) bench.take(noticeMessage(notice(1), `door-${door}`));
    bench.said();
    bench.take(noticeMessage(notice(1), 'door-1000')).take(noticeMessage(notice(1), 'door-0'));
    expect(bench.said()).to.deep.equal(['repeat', 'notice']);
  });
});

describe('A lock is silent', () => {
  it('after two missed heartbeats in a visit, once, and is heard again with the next', () => {
    const bench = new StateBench().take(beatMessage(1)).pass(10_000).take(beatMessage(2)).pass(23_999);
    expect(bench.said()).to.deep.equal([]);
    bench.pass(1);
    expect(bench.news).to.deep.equal([
      { kind: 'lockSilent', door: 'front-door', visitId: 'visit-1', silentMs: 24_000 },
    ]);
    bench.said();
    bench.pass(3_600_000);
    expect(bench.said()).to.deep.equal([]);
    bench.take(beatMessage(3));
    expect(bench.news).to.deep.equal([{ kind: 'lockHeard', door: 'front-door', silentMs: 3_624_000 }]);
    bench.said();
    expect(bench.pass(24_000).said()).to.deep.equal(['lockSilent']);
  });

  it('also if no heartbeat ever follows the visitor’s arrival', () => {
    const bench = new StateBench().take(noticeMessage(AT_DOOR)).pass(24_000);
    expect(bench.said()).to.deep.equal(['notice', 'lockSilent']);
  });

  it('not while heartbeats or notices come', () => {
    const bench = new StateBench().take(beatMessage(1));
    for (let number = 1; number < 10; number += 1) bench.pass(20_000).take(noticeMessage(notice(number)));
    for (let number = 2; number < 10; number += 1) bench.pass(20_000).take(beatMessage(number));
    expect(new Set(bench.said())).to.deep.equal(new Set(['notice']));
  });

  it('not outside visits: before one, after its end, or after a summary in which the end may be', () => {
    const bench = new StateBench().take(noticeMessage(notice(1))).pass(3_600_000);
    bench
      .take(beatMessage(1))
      .take(noticeMessage({ ...ENDED, number: 2 }))
      .pass(3_600_000);
    bench.take(beatMessage(1, { visitId: 'visit-2' }));
    bench.take(noticeMessage(notice(900, { kind: 'summary', detail: '3-900' }))).pass(3_600_000);
    expect(bench.said()).to.deep.equal(['notice', 'notice', 'notice']);
    expect(bench.state.dueMs).to.equal(Infinity);
  });

  it('not for a heartbeat that comes after the visit’s end', () => {
    const bench = new StateBench().take(beatMessage(1)).take(noticeMessage(ENDED)).take(beatMessage(2));
    expect(bench.pass(3_600_000).said()).to.deep.equal(['notice']);
  });

  it('although somebody sends its old heartbeats and notices again', () => {
    const bench = new StateBench().take(noticeMessage(AT_DOOR)).take(beatMessage(1)).pass(10_000).take(beatMessage(2));
    bench.pass(14_000).take(beatMessage(1), 24_000);
    bench.take(beatMessage(2), 14_000).take(noticeMessage(AT_DOOR), 14_000);
    expect(bench.pass(10_000).said()).to.deep.equal(['notice', 'repeat', 'lockSilent']);
  });

  it('not because its calendar was put back', () => {
    const bench = new StateBench().take(beatMessage(1)).pass(10_000).take(beatMessage(2), 200_000);
    expect(bench.pass(23_999).said()).to.deep.equal([]);
  });

  it('each for itself', () => {
    const bench = new StateBench()
      .take(beatMessage(1))
      .take(beatMessage(1, {}, 'back-door'))
      .pass(20_000);
    bench.take(beatMessage(2)).pass(4_000);
    expect(bench.news.map(({ kind, door }) => `${kind} ${door}`)).to.deep.equal(['lockSilent back-door']);
  });
});
