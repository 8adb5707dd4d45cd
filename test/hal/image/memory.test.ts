import { expect } from 'chai';
import type { BoardStatus } from '../../../hal/board-protocol.js';
import type { ImageBench } from './image-bench.js';
import { armedBench, bootedBench } from './image-bench.js';

function counters(status: BoardStatus): Partial<BoardStatus> {
  const { deadManTrips, driveLimitTrips, overCurrentTrips, bothDirectionsTrips, watchdogResets, drives } = status;
  return { deadManTrips, driveLimitTrips, overCurrentTrips, bothDirectionsTrips, watchdogResets, drives };
}

/** A trip of the dead-man, and time for its count to be kept. */
function trip(bench: ImageBench): void {
  bench.arm();
  bench.run(1500);
}

const NOTHING = {
  deadManTrips: 0,
  driveLimitTrips: 0,
  overCurrentTrips: 0,
  bothDirectionsTrips: 0,
  watchdogResets: 0,
  drives: 0,
};

describe('board image: memory', () => {
  it('begins at nothing with an erased EEPROM', () => {
    expect(counters(bootedBench().status())).to.deep.equal(NOTHING);
  });

  it('keeps its counters over resets and power', () => {
    const bench = bootedBench();
    trip(bench);
    trip(bench);
    bench.reset();
    expect(counters(bench.status())).to.deep.equal({ ...NOTHING, deadManTrips: 2 });
    expect(bench.status()).to.include({ lastTrip: 'none', state: 'unarmed', resetCause: 2, uptimeS: 0 });
    trip(bench);
    bench.cutPower();
    expect(counters(bench.status())).to.deep.equal({ ...NOTHING, deadManTrips: 3 });
    expect(bench.status().resetCause).to.equal(1);
  });

  it('keeps drives once a minute', () => {
    const bench = armedBench();
    bench.run(100);
    bench.drive('in1');
    bench.keepAlive(1000);
    bench.stop();
    bench.keepAlive(60_000);
    bench.drive('in1');
    bench.keepAlive(1000);
    expect(bench.status().drives).to.equal(2);
    bench.reset();
    expect(counters(bench.status())).to.deep.equal({ ...NOTHING, drives: 1 });
  });

  it('loses no more than the write that power cuts, at whatever byte', () => {
    const bench = bootedBench();
    trip(bench);
    let kept = 1;
    let cuts = 0;
    // From before the trip until after its few bytes are written.
    for (let afterMs = 445; afterMs < 505; afterMs += 2) {
      bench.run(1000);
      bench.arm();
      bench.run(afterMs);
      bench.cutPower();
      const { deadManTrips } = bench.status();
      expect(deadManTrips, `cut after ${afterMs} ms`).to.be.within(kept, kept + 1);
      if (deadManTrips === kept) cuts += 1;
      kept = deadManTrips;
    }
    expect(cuts).to.be.within(10, 25);
  });

  it('goes on counting time', () => {
    const bench = bootedBench();
    bench.run(12_300);
    expect(bench.status().uptimeS).to.equal(12);
  });
});
