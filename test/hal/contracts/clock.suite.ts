import { expect } from 'chai';
import type { Alarm, Clock } from '../../../hal/contracts/clock.js';

/** Longer than any timer of Node. */
const FAR_MS = 2 ** 31 + 2 ** 20;

export interface ClockFixture {
  readonly clock: Clock;
  /** `virtual`: inside an alarm the time is its due time. `real`: it is not before that. */
  readonly time: 'virtual' | 'real';
  /** Lets at least so much time pass, and everything fire that is due by then. */
  advance(durationMs: number): Promise<void>;
}

export function describeClock(name: string, makeFixture: () => ClockFixture): void {
  describe(`clock: ${name}`, () => {
    let fixture: ClockFixture;
    let clock: Clock;
    let alarms: Alarm[];
    let fired: string[];

    beforeEach(() => {
      fixture = makeFixture();
      ({ clock } = fixture);
      alarms = [];
      fired = [];
    });

    afterEach(() => {
      for (const made of alarms) made.clear();
    });

    /** An alarm that notes its name, and then does something more. */
    function alarm(word: string, andThen: () => void = () => {}): Alarm {
      const made = clock.alarm(() => {
        fired.push(word);
        andThen();
      });
      alarms.push(made);
      return made;
    }

    it('never goes back', async () => {
      const times = [clock.nowMs()];
      const tick: Alarm = alarm('tick', () => {
        times.push(clock.nowMs());
        if (fired.length < 10) tick.set(clock.nowMs() + (fired.length % 3));
        times.push(clock.nowMs());
      });
      tick.set(clock.nowMs());
      while (fired.length < 10) {
        await fixture.advance(5);
        times.push(clock.nowMs());
      }
      expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    });

    it('goes on by what passes', async () => {
      const startMs = clock.nowMs();
      await fixture.advance(20);
      if (fixture.time === 'virtual') expect(clock.nowMs()).to.equal(startMs + 20);
      else expect(clock.nowMs()).to.be.at.least(startMs + 20);
    });

    it('fires an alarm once, at its time and not before', async () => {
      const dueMs = clock.nowMs() + 20;
      const firedAtMs: number[] = [];
      alarm('once', () => firedAtMs.push(clock.nowMs())).set(dueMs);
      await fixture.advance(5);
      if (clock.nowMs() < dueMs) expect(fired).to.deep.equal([]);
      await fixture.advance(40);
      expect(fired).to.deep.equal(['once']);
      if (fixture.time === 'virtual') expect(firedAtMs).to.deep.equal([dueMs]);
      else expect(firedAtMs[0]).to.be.at.least(dueMs);
    });

    it('is never early, wherever between two ticks an alarm was set', async () => {
      const early: number[] = [];
      for (let delay = 0; delay < 30; delay += 1) {
        const dueMs = clock.nowMs() + delay / 3;
        if (delay % 6 === 0) await fixture.advance(1);
        alarm('some time', () => {
          if (clock.nowMs() < dueMs) early.push(dueMs - clock.nowMs());
        }).set(dueMs);
      }
      await fixture.advance(20);
      expect(early).to.deep.equal([]);
      expect(fired).to.have.length(30);
    });

    it('does not fire an alarm that was never set', async () => {
      alarm('never set');
      await fixture.advance(5);
      expect(fired).to.deep.equal([]);
    });

    it('fires alarms by time, whatever the order of setting', async () => {
      const startMs = clock.nowMs();
      alarm('third').set(startMs + 15);
      alarm('first').set(startMs + 5);
      alarm('second').set(startMs + 10);
      await fixture.advance(20);
      expect(fired).to.deep.equal(['first', 'second', 'third']);
    });

    it('fires alarms of the same time in the order in which they were set, not made', async () => {
      const dueMs = clock.nowMs() + 10;
      const [a, b, c] = [alarm('a'), alarm('b'), alarm('c')];
      a.set(dueMs + 5);
      c.set(dueMs);
      b.set(dueMs);
      a.set(dueMs);
      c.set(dueMs);
      await fixture.advance(20);
      expect(fired).to.deep.equal(['b', 'a', 'c']);
    });

    for (const words of ['present', 'past'] as const) {
      it(`fires the ${words} soon, but never from inside set`, async () => {
        await fixture.advance(2);
        alarm('soon').set(words === 'present' ? clock.nowMs() : clock.nowMs() - 1_000_000);
        expect(fired).to.deep.equal([]);
        await Promise.resolve();
        expect(fired).to.deep.equal([]);
        await fixture.advance(1);
        expect(fired).to.deep.equal(['soon']);
      });
    }

    it('does not go back for a time long past', async () => {
      await fixture.advance(2);
      const setAtMs = clock.nowMs();
      let firedAtMs = NaN;
      alarm('past', () => (firedAtMs = clock.nowMs())).set(-Infinity);
      await fixture.advance(1);
      expect(firedAtMs).to.be.at.least(setAtMs);
    });

    it('fires times already past in the order in which they were set', async () => {
      await fixture.advance(5);
      const nowMs = clock.nowMs();
      alarm('set first').set(nowMs - 1);
      alarm('set second').set(nowMs - 3);
      await fixture.advance(1);
      expect(fired).to.deep.equal(['set first', 'set second']);
    });

    it('keeps the last of several settings, earlier or later', async () => {
      const startMs = clock.nowMs();
      const [earlier, later] = [alarm('earlier'), alarm('later')];
      earlier.set(startMs + FAR_MS);
      earlier.set(startMs + 5);
      later.set(startMs + 5);
      later.set(startMs + FAR_MS);
      await fixture.advance(20);
      expect(fired).to.deep.equal(['earlier']);
    });

    it('forgets a cleared alarm; clearing it twice, or one that was never set, does nothing', async () => {
      const [cleared, kept] = [alarm('cleared'), alarm('kept')];
      kept.clear();
      cleared.set(clock.nowMs() + 5);
      kept.set(clock.nowMs() + 5);
      cleared.clear();
      cleared.clear();
      await fixture.advance(20);
      kept.clear();
      await fixture.advance(1);
      expect(fired).to.deep.equal(['kept']);
    });

    it('fires a cleared alarm that was set again', async () => {
      const again = alarm('again');
      again.set(clock.nowMs() + 5);
      again.clear();
      again.set(clock.nowMs() + 5);
      await fixture.advance(10);
      again.set(clock.nowMs() + 1);
      await fixture.advance(10);
      expect(fired).to.deep.equal(['again', 'again']);
    });

    it('lets an alarm clear, or put off, another of the same time', async () => {
      const dueMs = clock.nowMs() + 5;
      const [cleared, putOff] = [alarm('cleared'), alarm('put off')];
      alarm('first', () => {
        cleared.clear();
        putOff.set(clock.nowMs() + FAR_MS);
      }).set(dueMs);
      cleared.set(dueMs);
      putOff.set(dueMs);
      await fixture.advance(20);
      expect(fired).to.deep.equal(['first']);
    });

    it('lets an alarm set itself again', async () => {
      const repeated: Alarm = alarm('repeated', () => {
        if (fired.length < 3) repeated.set(clock.nowMs() + 2);
      });
      repeated.set(clock.nowMs() + 2);
      while (fired.length < 3) await fixture.advance(5);
      await fixture.advance(10);
      expect(fired).to.deep.equal(['repeated', 'repeated', 'repeated']);
    });

    it('fires in the same round what an alarm sets and is due, after what was set before', async () => {
      const dueMs = clock.nowMs() + 5;
      const added = alarm('added');
      alarm('first', () => {
        queueMicrotask(() => fired.push('the next round'));
        added.set(clock.nowMs() - 1);
        expect(fired).to.deep.equal(['first']);
      }).set(dueMs);
      alarm('second').set(dueMs);
      await fixture.advance(20);
      expect(fired).to.deep.equal(['first', 'second', 'added', 'the next round']);
    });

    it('waits for days without firing early', async () => {
      const startMs = clock.nowMs();
      for (const [word, delayMs] of Object.entries({ far: FAR_MS, twiceAsFar: 2 * FAR_MS, ever: Infinity })) {
        alarm(word).set(startMs + delayMs);
      }
      await fixture.advance(20);
      expect(fired).to.deep.equal([]);
      alarm('near').set(clock.nowMs() + 5);
      await fixture.advance(20);
      expect(fired).to.deep.equal(['near']);
      if (fixture.time === 'real') return;
      await fixture.advance(startMs + FAR_MS - clock.nowMs());
      expect(fired).to.deep.equal(['near', 'far']);
      await fixture.advance(FAR_MS);
      expect(fired).to.deep.equal(['near', 'far', 'twiceAsFar']);
    });

    it('refuses a time that is no number, and loses nothing by it', async () => {
      const [refused, kept] = [alarm('refused'), alarm('kept')];
      kept.set(clock.nowMs() + 5);
      expect(() => refused.set(NaN)).to.throw(RangeError);
      await fixture.advance(10);
      expect(fired).to.deep.equal(['kept']);
    });
  });
}
