import { expect } from 'chai';
import type { PlantWires } from '../../../sim/plant/plant.js';
import { PlantUnderTest, START } from './plant-under-test.js';

const DAY_MS = 86_400_000;

describe('Calendar', () => {
  let bench: PlantUnderTest;
  let jumps: number;

  beforeEach(() => {
    bench = new PlantUnderTest();
    jumps = 0;
    const ignore = (): void => {};
    const wires: PlantWires = {
      switchesChanged: ignore,
      contactChanged: ignore,
      currentChanged: ignore,
      cameraPowerChanged: ignore,
      networkChanged: ignore,
      calendarJumped: () => (jumps += 1),
    };
    bench.plant.wires = wires;
  });

  function aheadMs(): number | null {
    const readMs = bench.plant.calendar.readUtcMs();
    return readMs === null ? null : readMs - (START.utcMs + bench.clock.nowMs());
  }

  it('runs with virtual time from its start, which it tells the observer', () => {
    bench.plant.begin();
    bench.pass(5_000);
    expect(bench.plant.calendar.readUtcMs()).to.equal(START.utcMs + 5_000);
    expect(bench.log.of('calendar')).to.deep.equal([`0 calendar ${START.utcMs}`]);
  });

  const jumping: readonly (readonly [string, number | null])[] = [
    ['unset', null],
    ['aDayAhead', DAY_MS],
    ['aMonthBehind', -30 * DAY_MS],
  ];
  for (const [kind, expectedMs] of jumping) {
    it(`jumps there and back when ${kind}`, () => {
      bench.plant.setFault('calendar', kind, true);
      expect(aheadMs()).to.equal(expectedMs);
      bench.plant.setFault('calendar', kind, false);
      expect(aheadMs()).to.equal(0);
      expect(jumps).to.equal(2);
    });
  }

  it('drifts away by 36 s an hour without a jump, and jumps back', () => {
    bench.pass(1_000);
    bench.plant.setFault('calendar', 'drifting', true);
    expect({ aheadMs: aheadMs(), jumps }).to.deep.equal({ aheadMs: 0, jumps: 0 });
    bench.pass(3_600_000);
    expect(aheadMs()).to.equal(36_000);
    bench.plant.setFault('calendar', 'drifting', false);
    expect({ aheadMs: aheadMs(), jumps }).to.deep.equal({ aheadMs: 0, jumps: 1 });
  });
});
