import { expect } from 'chai';
import { MeasuredProperties } from '../../../cli/rig/measured-properties.js';
import { Measurements } from '../../../cli/rig/measurements.js';
import { rigExitCode } from '../../../cli/rig/rig-verdict.js';
import { Standing } from '../../../cli/rig/standing.js';
import type { Signal } from '../../../firmware/signals.js';
import { FanOut } from '../../../sim/fan-out.js';

const limits = { nominalMv: 6_000, stallMa: 330, idleMa: 15, lowMv: 4_900, tooLowMv: 3_600 };

const home: readonly Signal[] = [
  { in: 'boardLink', up: true },
  { in: 'boltSwitches', extended: true, retracted: false },
  { in: 'doorContact', closed: true },
];

const locked = {
  position: 'locked',
  assumed: null,
  activity: 'idle',
  lastResult: 'none',
  door: 'closed',
  mode: 'normal',
} as const;

/** Which properties are violated by that, from a locked door on. */
function violated(...timed: readonly (readonly [number, Signal])[]): MeasuredProperties['violations'] {
  const properties = new MeasuredProperties('front', []);
  const measurements = new Measurements(limits, new FanOut(properties.monitors));
  const standing = new Standing();
  for (const signal of home) standing.take(0, signal);
  measurements.begin(0, standing);
  for (const [atMs, signal] of timed) measurements.take(atMs, signal);
  measurements.take(10_000, { in: 'networkLink', up: true });
  return properties.violations;
}

const idsOf = (violations: MeasuredProperties['violations']): string[] => violations.map(({ property }) => property);

describe('the properties that a rig can judge', () => {
  const open: Signal = { in: 'doorContact', closed: false };
  const extend: Signal = { out: 'motor', order: 'extend', fault: null };
  const report: Signal = { out: 'report', report: locked };

  it('hold where nothing happens', () => {
    expect(violated([10, report])).to.deep.equal([]);
  });

  it('are violated by a bolt that is driven out at an open door, and no sooner than DESIGN has it', () => {
    const stop: Signal = { out: 'motor', order: 'stop', fault: null };
    expect(idsOf(violated([1_000, extend], [1_500, open], [1_590, stop]))).to.deep.equal([]);
    expect(idsOf(violated([1_000, extend], [1_500, open], [1_700, stop]))).to.deep.equal(['S5']);
  });

  it('are violated by a lock that is reported locked with the door open', () => {
    expect(idsOf(violated([10, report], [1_000, open]))).to.deep.equal(['S9']);
  });

  it('are violated by a retraction that nobody asked for', () => {
    expect(idsOf(violated([1_000, { out: 'motor', order: 'retract', fault: null }]))).to.deep.equal(['S11']);
  });

  it('come before all else in the exit code', () => {
    const result = { sweepPoint: null, failedExpectations: [], missed: [], outcomes: [], jams: 0, simulatedMs: 1 };
    expect(rigExitCode({ ...result, violations: violated([10, report], [1_000, open]) }, false)).to.equal(10);
    expect(rigExitCode({ ...result, violations: [] }, false)).to.equal(20);
    expect(rigExitCode({ ...result, violations: [] }, true)).to.equal(0);
  });
});
