import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import type { SinonFakeTimers } from 'sinon';
import { restore, stub, useFakeTimers } from 'sinon';
import { RealClock, SystemWallClock } from '../../../hal/adapters/real-clock.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { describeClock } from '../contracts/clock.suite.js';
import { describeWallClock } from '../contracts/wall-clock.suite.js';

const START_UTC_MS = Date.UTC(2026, 5, 1, 12);

/** Node's timers of 5 ms more are served after all that were due before, however late all of them are. */
const GRACE_MS = 5;

describeClock('RealClock', () => ({
  clock: new RealClock(),
  time: 'real',
  advance: async (durationMs) => {
    const untilMs = performance.now() + durationMs;
    while (performance.now() < untilMs) await delay(1);
    await delay(GRACE_MS);
  },
}));

describe('RealClock, on timers that obey', () => {
  let timers: SinonFakeTimers;
  let clock: RealClock;
  /** How far the monotonic clock is from what the timers go by. */
  let aheadMs: number;

  beforeEach(() => {
    timers = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], now: 0 });
    aheadMs = 0;
    stub(performance, 'now').callsFake(() => timers.now + aheadMs);
    clock = new RealClock();
  });

  afterEach(() => {
    restore();
  });

  it('fires nothing once it is stopped, not even what is due in the same round, and lets the process end', () => {
    const fired: string[] = [];
    const later = clock.alarm(() => fired.push('later'));
    clock
      .alarm(() => {
        fired.push('first');
        clock.stop();
      })
      .set(10);
    later.set(10);
    timers.tick(50);
    later.set(60);
    timers.tick(50);
    expect(fired).to.deep.equal(['first']);
    expect(timers.countTimers()).to.equal(0);
  });

  it("waits for months, by as few of Node's timers as that takes", () => {
    const dueMs = clock.nowMs() + 100 * 86_400_000;
    let firedAtMs = NaN;
    clock.alarm(() => (firedAtMs = clock.nowMs())).set(dueMs);
    for (let waits = 0; waits < 5; waits += 1) {
      expect(firedAtMs).to.deep.equal(NaN);
      timers.next();
    }
    expect(firedAtMs).to.equal(dueMs);
  });

  it('waits on when a timer comes early', () => {
    const dueMs = clock.nowMs() + 100;
    let firedAtMs = NaN;
    clock.alarm(() => (firedAtMs = clock.nowMs())).set(dueMs);
    aheadMs = -0.1;
    timers.tick(100);
    expect(firedAtMs).to.deep.equal(NaN);
    timers.tick(1);
    expect(firedAtMs).to.equal(dueMs);
  });

  it('loses no alarm to another that throws', () => {
    const fired: string[] = [];
    clock
      .alarm(() => {
        throw new Error('mishap');
      })
      .set(10);
    clock.alarm(() => fired.push('same time')).set(10);
    clock.alarm(() => fired.push('later')).set(20);
    expect(() => timers.tick(10)).to.throw('mishap');
    timers.tick(10);
    expect(fired).to.deep.equal(['same time', 'later']);
  });

  it('keeps no timer while no alarm is set, so that a process may end', () => {
    const alarm = clock.alarm(() => {});
    alarm.set(Infinity);
    expect(timers.countTimers()).to.equal(0);
    alarm.set(10);
    expect(timers.countTimers()).to.equal(1);
    alarm.clear();
    expect(timers.countTimers()).to.equal(0);
  });

  it('tells whole milliseconds', () => {
    aheadMs = 12.9;
    expect(clock.nowMs()).to.equal(12);
  });
});

describe('SystemWallClock', () => {
  let date: SinonFakeTimers;

  beforeEach(() => {
    date = useFakeTimers({ toFake: ['Date'], now: START_UTC_MS });
  });

  afterEach(() => {
    restore();
  });

  function putBy(byMs: number): void {
    date.setSystemTime(Date.now() + byMs);
  }

  /** Moves both clocks together, in steps short enough for the checks to see each moment. */
  function pass(clock: VirtualClock, durationMs: number, gain: number): void {
    for (let restMs = durationMs; restMs > 0; restMs -= 1_000) {
      const stepMs = Math.min(restMs, 1_000);
      date.tick(stepMs);
      putBy(stepMs * gain);
      clock.advanceTo(clock.nowMs() + stepMs);
    }
  }

  describeWallClock('SystemWallClock', () => {
    const clock = new VirtualClock();
    let gain = 0;
    let hiddenUtcMs = 0;
    return Promise.resolve({
      wallClock: new SystemWallClock(clock),
      startUtcMs: START_UTC_MS,
      advance: (durationMs) => {
        pass(clock, durationMs, gain);
        return Promise.resolve();
      },
      putAhead: () => putBy(86_400_000),
      putBack: () => putBy(-30 * 86_400_000),
      setSet: (set) => {
        if (!set) hiddenUtcMs = Date.now();
        putBy(set ? hiddenUtcMs : -hiddenUtcMs);
      },
      drift: () => (gain = 0.01),
    });
  });

  it('takes an early date for that of a machine without a calendar', () => {
    const wallClock = new SystemWallClock(new VirtualClock());
    date.setSystemTime(Date.UTC(2024, 11, 31));
    expect(wallClock.nowUtcMs()).to.equal(null);
    date.setSystemTime(Date.UTC(2025, 0, 1));
    expect(wallClock.nowUtcMs()).to.equal(Date.UTC(2025, 0, 1));
  });

  it('takes a small correction for drift', () => {
    const clock = new VirtualClock();
    let jumps = 0;
    new SystemWallClock(clock).watch(() => (jumps += 1));
    for (const byMs of [999, -999, 999, 0]) {
      putBy(byMs);
      pass(clock, 1_000, 0);
    }
    expect(jumps).to.equal(0);
    putBy(1_000);
    pass(clock, 1_000, 0);
    expect(jumps).to.equal(1);
  });
});
