import { expect } from 'chai';
import { NEVER } from '../../firmware/core/never.js';
import { HEARTBEAT_MS, Heartbeats } from '../../firmware/heartbeat.js';
import type { Heartbeat } from '../../hal/contracts/notices.js';

/** Heartbeats pumped as the lock pumps them: after what happens, and when one is due. */
class HeartbeatBench {
  nowMs = 5_000;
  newestNotice = 3;
  readonly heard: Heartbeat[] = [];
  readonly heartbeats = new Heartbeats({
    transport: { send: () => {}, beat: (heartbeat) => void this.heard.push(heartbeat) },
    nowMs: () => this.nowMs,
    utcMs: () => 1_000_000 + this.nowMs,
    newestNotice: () => this.newestNotice,
  });

  pass(ms: number, visitId: string | null): this {
    const untilMs = this.nowMs + ms;
    while (this.heartbeats.wakeAtMs <= untilMs) {
      this.nowMs = this.heartbeats.wakeAtMs;
      this.heartbeats.pump(visitId);
    }
    this.nowMs = untilMs;
    this.heartbeats.pump(visitId);
    return this;
  }
}

describe('Heartbeats', () => {
  it('begin with the visit, and come every ten seconds until it ends', () => {
    const bench = new HeartbeatBench().pass(60_000, null);
    expect(bench.heard).to.deep.equal([]);
    bench.heartbeats.pump('visit-1');
    bench.pass(35_000, 'visit-1').pass(60_000, null);
    expect(bench.heard.map(({ number, utcMs }) => [number, utcMs])).to.deep.equal([
      [1, 1_065_000],
      [2, 1_075_000],
      [3, 1_085_000],
      [4, 1_095_000],
    ]);
    expect(bench.heartbeats.wakeAtMs).to.equal(NEVER);
  });

  it('say which visit, the newest notice, and when to listen for the next', () => {
    const bench = new HeartbeatBench();
    bench.heartbeats.pump('visit-1');
    bench.newestNotice = 8;
    bench.pass(HEARTBEAT_MS, 'visit-1');
    expect(bench.heard[0]).to.deep.equal({
      visitId: 'visit-1',
      number: 1,
      utcMs: 1_005_000,
      newestNotice: 3,
      nextWithinMs: 12_000,
    });
    expect(bench.heard[1]).to.include({ number: 2, newestNotice: 8 });
  });

  it('come no more often for being pumped often', () => {
    const bench = new HeartbeatBench();
    for (let pumps = 0; pumps < 100; pumps += 1) bench.pass(100, 'visit-1');
    expect(bench.heard.length).to.equal(1);
    bench.pass(100, 'visit-1');
    expect(bench.heard.length).to.equal(2);
  });

  it('are counted anew in the next visit, at once', () => {
    const bench = new HeartbeatBench().pass(25_000, 'visit-1').pass(1, 'visit-2');
    expect(bench.heard.at(-1)).to.include({ visitId: 'visit-2', number: 1 });
    expect(bench.heartbeats.wakeAtMs).to.equal(bench.nowMs + HEARTBEAT_MS);
  });
});
