import { expect } from 'chai';
import type { Arming } from '../../../hal/board-protocol.js';
import { encodeArm } from '../../../hal/board-protocol.js';
import type { ImageBench } from './image-bench.js';
import { armedBench, ARMING, CYCLES_PER_MS, statusesIn } from './image-bench.js';

const { in1Pin, in2Pin, enablePin } = ARMING;

/** Far longer than a stop may take, and than any drive may last. */
const LONG_MS = 4000;

function msBetween(fromCycle: number, toCycle: number): number {
  return (toCycle - fromCycle) / CYCLES_PER_MS;
}

/** Drives until the board stops by itself; how long that was, at the enable pin. */
function driveUntilStopped(bench: ImageBench): number {
  bench.drive('in1');
  bench.keepAlive(100, () => bench.isDriven('in1'));
  expect(bench.isDriven('in1')).to.equal(true);
  bench.keepAlive(LONG_MS, () => bench.isOff());
  return msBetween(bench.cycleOf(enablePin, 'high'), bench.cycleOf(enablePin, 'low'));
}

describe('board image: trips', () => {
  it('ends a drive at its limit', () => {
    const bench = armedBench();
    expect(driveUntilStopped(bench)).to.be.within(2798, 2800);
    expect(bench.status()).to.include({ state: 'armed', lastTrip: 'driveLimit', driveLimitTrips: 1, drives: 1 });
  });

  it('ends a stall, counted from its beginning or from that of the drive', () => {
    for (const runsMs of [0, 400]) {
      const bench = armedBench();
      bench.run(100);
      bench.drive('in1');
      bench.keepAlive(100, () => bench.isDriven('in1'));
      bench.keepAlive(runsMs);
      const stalledFrom = bench.nowCycles();
      bench.counts[0] = ARMING.stallCounts;
      bench.keepAlive(LONG_MS, () => bench.isOff());
      expect(msBetween(stalledFrom, bench.cycleOf(enablePin, 'low'))).to.be.within(198, 204);
      expect(bench.status()).to.include({ lastTrip: 'overCurrent', overCurrentTrips: 1 });
    }
  });

  it('ends a stall at every persistence in good time, even with all channels reported', () => {
    for (const stallMs of [110, 240]) {
      const bench = armedBench({ stallMs });
      for (let channel = 0; channel < 6; channel++) bench.send(0xc0 | channel, 1);
      // One after another, for a while: the stall begins wherever the channels' turn happens to be.
      for (let runsMs = 100; runsMs < 112; runsMs++) {
        bench.counts[0] = 0;
        bench.stop();
        bench.keepAlive(60);
        bench.drive('in1');
        bench.keepAlive(runsMs);
        expect(bench.isDriven('in1')).to.equal(true);
        const stalledFrom = bench.nowCycles();
        bench.counts[0] = ARMING.stallCounts;
        bench.keepAlive(LONG_MS, () => bench.isOff());
        expect(msBetween(stalledFrom, bench.cycleOf(enablePin, 'low'))).to.be.within(stallMs - 1, stallMs + 4);
      }
    }
  });

  it('knows a stall on a weak supply by what that supply gives', () => {
    // 100 counts at 1,000 of supply are 46 at 460.
    const changes = { stallCounts: 100, supplyCounts: 1000 };
    for (const [counts, leastMs, mostMs] of [
      [46, 199, 206],
      [45, 2798, 2800],
    ] as const) {
      const bench = armedBench(changes);
      bench.counts[0] = counts;
      bench.counts[1] = 460;
      expect(driveUntilStopped(bench), `${counts} counts`).to.be.within(leastMs, mostMs);
    }
  });

  it('does not take an inrush for a stall', () => {
    const bench = armedBench();
    bench.run(100);
    for (let drive = 0; drive < 3; drive++) {
      bench.counts[0] = 300;
      bench.drive('in1');
      bench.keepAlive(100);
      bench.counts[0] = 20;
      bench.keepAlive(300);
      bench.stop();
      bench.keepAlive(100);
    }
    expect(bench.status()).to.include({ lastTrip: 'none', drives: 3 });
  });

  it('knows a stall though the host has the measuring begin anew all the time', () => {
    const bench = armedBench();
    bench.run(100);
    bench.drive('in1');
    bench.run(2);
    bench.counts[0] = 300;
    for (let ms = 0; ms < 250; ms++) {
      bench.send(0xc0, 1);
      bench.run(1);
    }
    expect(msBetween(bench.cycleOf(enablePin, 'high'), bench.cycleOf(enablePin, 'low'))).to.be.within(198, 204);
    expect(bench.status()).to.include({ lastTrip: 'overCurrent' });
  });

  it('trips when both directions are wanted, driving or not', () => {
    const bench = armedBench();
    bench.drive('in1');
    bench.keepAlive(200);
    bench.write(in2Pin, true);
    bench.run(3);
    expect(bench.isOff()).to.equal(true);
    expect(bench.status()).to.include({ state: 'armed', lastTrip: 'bothDirections', bothDirectionsTrips: 1 });
    bench.stop();
    bench.send(0xf5, in1Pin, 1, 0xf5, in2Pin, 1);
    bench.keepAlive(100);
    expect(bench.isOff()).to.equal(true);
    expect(bench.status().bothDirectionsTrips).to.equal(2);
  });

  it('drives again only after the host wanted neither direction', () => {
    const bench = armedBench();
    bench.counts[0] = 300;
    driveUntilStopped(bench);
    bench.counts[0] = 20;
    bench.changes.length = 0;
    bench.write(in1Pin, true);
    bench.write(enablePin, false);
    bench.write(enablePin, true);
    bench.send(0x91, 0b11, 0, 0x90, 0, 0, 0x90, 0, 1);
    bench.keepAlive(400);
    expect(bench.changes).to.deep.equal([]);
    bench.stop();
    bench.drive('in1');
    bench.keepAlive(100);
    expect(bench.isDriven('in1')).to.equal(true);
  });

  it('tells of a trip without being asked', () => {
    const bench = armedBench();
    bench.drive('in1');
    bench.run(100);
    bench.takeSent();
    bench.run(500);
    expect(statusesIn(bench.takeSent())).to.have.length(1).with.nested.property('[0].lastTrip', 'deadMan');
  });
});

describe('board image: dead-man', () => {
  /** From the host's last whole message to the bridge being LOW. */
  function silenceMs(
    lastWords: readonly number[],
    afterwards: readonly number[],
    arming: Partial<Arming> = {},
  ): number {
    const bench = armedBench(arming);
    bench.drive('in2');
    bench.keepAlive(400);
    expect(bench.isDriven('in2')).to.equal(true);
    bench.send(...lastWords);
    bench.run(Math.ceil((lastWords.length * 10_000) / 57_600));
    const silentFrom = bench.nowCycles();
    bench.send(...afterwards);
    for (let ms = 0; ms < 700 && !bench.isOff(); ms++) bench.run(1);
    expect(bench.isOff()).to.equal(true);
    return msBetween(silentFrom, bench.cycleOf(enablePin, 'low'));
  }

  it('ends the drive when the host falls silent', () => {
    expect(silenceMs([0xf9], [])).to.be.within(497, 501);
    expect(silenceMs([0xf9], [], { deadManTimeoutMs: 150 })).to.be.within(147, 151);
    expect(silenceMs([0xf9], [], { deadManTimeoutMs: 600 })).to.be.within(597, 600);
  });

  it('takes no cut, broken or meaningless message for a sign of life', () => {
    const endless = Array.from({ length: 4000 }, () => 0x42);
    for (const afterwards of [
      [0xf0],
      [0xf0, 0x02],
      [0x90, 0x00],
      [0xf4, in1Pin],
      [0xf0, ...endless],
      endless,
      endless.map((_, index) => (index % 3 === 0 ? 0xe3 : 0)),
      endless.map((_, index) => (index % 2 === 0 ? 0xf0 : 0xf7)),
      endless.map((_, index) => index & 0x7f),
      endless.map((_, index) => [...encodeArm(ARMING).slice(0, -3), 0, 0xf7][index % 26] ?? 0),
    ]) {
      expect(silenceMs([0xf0, 2, 0xf7], afterwards), String(afterwards.slice(0, 8))).to.be.within(497, 501);
    }
  });

  it('lets go of bridge and lamps, but of nothing else', () => {
    const bench = armedBench();
    for (const pin of [5, 10, 11, 13]) bench.send(0xf4, pin, 1, 0xf5, pin, 1);
    bench.drive('in1');
    bench.run(200);
    for (const pin of [5, 10, 11, 13, in1Pin, enablePin]) expect(bench.levels[pin], `pin ${pin}`).to.equal('high');
    bench.run(400);
    for (const pin of [10, 11, 13, in1Pin, enablePin]) expect(bench.levels[pin], `pin ${pin}`).to.equal('low');
    expect(bench.levels[5]).to.equal('high');
  });

  it('stays so until armed anew, whatever else the host says', () => {
    const bench = armedBench();
    bench.send(0xf4, 10, 1);
    bench.run(700);
    expect(bench.status()).to.include({ state: 'tripped', lastTrip: 'deadMan', deadManTrips: 1 });
    bench.changes.length = 0;
    bench.stop();
    bench.drive('in1');
    bench.send(0xf5, 10, 1, 0x91, 0x7f, 0);
    bench.keepAlive(1000);
    expect(bench.changes).to.deep.equal([]);
    expect(bench.arm()).to.include({ state: 'armed', lastTrip: 'deadMan', deadManTrips: 1 });
    bench.drive('in1');
    bench.send(0xf5, 10, 1);
    bench.keepAlive(100);
    expect(bench.isDriven('in1')).to.equal(true);
    expect(bench.levels[10]).to.equal('high');
  });

  it('does not remember what the host wanted before', () => {
    const bench = armedBench();
    bench.drive('in1');
    bench.run(700);
    bench.arm();
    bench.keepAlive(300);
    expect(bench.isOff()).to.equal(true);
  });

  it('is kept quiet by every message that the board understands', () => {
    const words = [[0xf9], [0xf0, 2, 0xf7], [0xf4, 2, 0], [0xf5, 2, 0], [0x90, 0, 0], [0xd0, 0], [0xc5, 0]];
    const queries = [
      [0xf0, 0x6b, 0xf7],
      [0xf0, 0x69, 0xf7],
      [0xf0, 0x79, 0xf7],
      [0xf0, 0x6d, 2, 0xf7],
    ];
    const bench = armedBench();
    for (const message of [...words, ...queries, [0xf0, 0x7a, 19, 0, 0xf7]]) {
      bench.run(440);
      bench.exchange(...message);
    }
    expect(bench.status()).to.include({ state: 'armed', malformedMessages: 0 });
  });
});
