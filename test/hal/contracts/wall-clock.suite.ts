import { expect } from 'chai';
import type { WallClock } from '../../../hal/contracts/clock.js';

const DAY_MS = 86_400_000;

/** A jump is heard of within this. */
const JUMP_REPORT_MS = 2_000;

export interface WallClockFixture {
  readonly wallClock: WallClock;
  /** What the calendar showed at first. */
  readonly startUtcMs: number;
  advance(durationMs: number): Promise<void>;
  /** Puts the calendar a day ahead. */
  putAhead(): void;
  /** Puts the calendar thirty days back. */
  putBack(): void;
  /** Takes the calendar away as if nobody had ever set it, or sets it. */
  setSet(set: boolean): void;
  /** From now on the calendar goes too fast or too slow, by a hundredth at most. */
  drift(): void;
}

export function describeWallClock(name: string, makeFixture: () => Promise<WallClockFixture>): void {
  describe(`wall clock: ${name}`, () => {
    let fixture: WallClockFixture;
    /** What the listener read when it was called. */
    let heard: (number | null)[];

    beforeEach(async () => {
      fixture = await makeFixture();
      heard = [];
      const { wallClock } = fixture;
      wallClock.watch(() => heard.push(wallClock.nowUtcMs()));
    });

    it('tells the milliseconds since 1970, and goes on', async () => {
      expect(fixture.wallClock.nowUtcMs()).to.equal(fixture.startUtcMs);
      await fixture.advance(90_000);
      expect(fixture.wallClock.nowUtcMs()).to.equal(fixture.startUtcMs + 90_000);
    });

    it('tells nothing while nobody has set it', async () => {
      fixture.setSet(false);
      await fixture.advance(10_000);
      expect(fixture.wallClock.nowUtcMs()).to.equal(null);
      fixture.setSet(true);
      expect(fixture.wallClock.nowUtcMs()).to.equal(fixture.startUtcMs + 10_000);
      heard.length = 0;
      await fixture.advance(JUMP_REPORT_MS);
      expect(heard).to.have.length(1);
      expect(heard[0]).to.be.within(fixture.startUtcMs + 10_000, fixture.startUtcMs + 10_000 + JUMP_REPORT_MS);
    });

    for (const { words, jump, byMs } of [
      { words: 'a day ahead', jump: () => fixture.putAhead(), byMs: DAY_MS },
      { words: 'a month back', jump: () => fixture.putBack(), byMs: -30 * DAY_MS },
    ]) {
      it(`tells once of a jump ${words}, never from inside it`, async () => {
        await fixture.advance(12_345);
        jump();
        expect(heard).to.deep.equal([]);
        expect(fixture.wallClock.nowUtcMs()).to.equal(fixture.startUtcMs + 12_345 + byMs);
        await fixture.advance(JUMP_REPORT_MS);
        expect(heard).to.have.length(1);
        expect(heard[0]).to.be.within(
          fixture.startUtcMs + 12_345 + byMs,
          fixture.startUtcMs + 12_345 + byMs + JUMP_REPORT_MS,
        );
        await fixture.advance(600_000);
        expect(heard).to.have.length(1);
      });
    }

    it('tells of each jump', async () => {
      fixture.putAhead();
      await fixture.advance(JUMP_REPORT_MS);
      fixture.putBack();
      await fixture.advance(JUMP_REPORT_MS);
      expect(heard).to.have.length(2);
    });

    it('says nothing of drift, however far it leads', async () => {
      fixture.drift();
      await fixture.advance(DAY_MS);
      expect(heard).to.deep.equal([]);
      const gainedMs = (fixture.wallClock.nowUtcMs() ?? NaN) - fixture.startUtcMs - DAY_MS;
      expect(Math.abs(gainedMs))
        .to.be.greaterThan(1_000)
        .and.at.most(DAY_MS / 100);
    });

    it('says nothing while nothing happens, and nothing from inside watch', async () => {
      expect(heard).to.deep.equal([]);
      await fixture.advance(DAY_MS);
      expect(heard).to.deep.equal([]);
    });

    it('tells the latest listener only', async () => {
      let calls = 0;
      fixture.wallClock.watch(() => (calls += 1));
      fixture.putAhead();
      await fixture.advance(JUMP_REPORT_MS);
      expect({ calls, heard }).to.deep.equal({ calls: 1, heard: [] });
    });
  });
}
