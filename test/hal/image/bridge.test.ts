import { expect } from 'chai';
import { encodeArm } from '../../../hal/board-protocol.js';
import { BridgeWatch } from './bridge-watch.js';
import { armedBench, ARMING, CYCLES_PER_MS } from './image-bench.js';

const { in1Pin, in2Pin, enablePin } = ARMING;

describe('board image: bridge', () => {
  it('is out of reach for anything but the levels that the host wants of it', () => {
    const bench = armedBench();
    bench.changes.length = 0;
    for (const pin of [in1Pin, in2Pin, enablePin, 14, 15]) {
      for (const mode of [0, 1, 2, 0x0b]) bench.send(0xf4, pin, mode);
    }
    bench.keepAlive(200);
    expect(bench.changes).to.deep.equal([]);
  });

  it('follows writes of pins and of ports, and stops as soon as one of its levels is LOW', () => {
    const bench = armedBench();
    bench.run(100);
    bench.send(0x90, 0, 1, 0x91, 0b10, 0);
    bench.run(5);
    expect(bench.isDriven('in1')).to.equal(true);
    bench.send(0x91, 0, 0);
    bench.run(2);
    expect(bench.isOff()).to.equal(true);
    bench.write(enablePin, true);
    bench.run(60);
    expect(bench.isDriven('in1')).to.equal(true);
    bench.write(in1Pin, false);
    bench.run(2);
    expect(bench.isOff()).to.equal(true);
  });

  it('coasts between two drives for as long as it was armed with, whichever way the host wants the next', () => {
    for (const coastMs of [50, 137]) {
      for (const next of ['in1', 'in2'] as const) {
        const bench = armedBench({ coastMs });
        bench.drive('in1');
        bench.keepAlive(300);
        bench.stop();
        bench.drive(next);
        bench.keepAlive(300);
        expect(bench.isDriven(next)).to.equal(true);
        const offMs = (bench.cycleOf(enablePin, 'high') - bench.cycleOf(in1Pin, 'low')) / CYCLES_PER_MS;
        expect(offMs).to.be.within(coastMs, coastMs + 3);
        expect(bench.status().drives).to.equal(2);
      }
    }
  });

  it('coasts after an arming that swaps the directions', () => {
    const bench = armedBench();
    bench.drive('in1');
    bench.keepAlive(300);
    bench.send(...encodeArm({ ...ARMING, in1Pin: in2Pin, in2Pin: in1Pin }));
    bench.drive('in2');
    bench.keepAlive(100);
    const offMs = (bench.cycleOf(in2Pin, 'high') - bench.cycleOf(in1Pin, 'low')) / CYCLES_PER_MS;
    expect(offMs).to.be.within(50, 53);
  });

  it('coasts no shorter at whatever part of a millisecond the order to stop comes', () => {
    const bench = armedBench();
    const watch = new BridgeWatch();
    bench.board.onPin = (cycle, pin, level) => watch.pin(cycle, pin, level);
    // So many bytes, at 173.6 us each, until they begin at the same part of a millisecond again; each keeps the board busy.
    for (let before = 0; before < 144; before++) {
      bench.send(...Array.from({ length: before }, () => 0xf9));
      bench.stop();
      bench.drive(before % 2 === 0 ? 'in1' : 'in2');
      bench.run(90 + before);
    }
    expect(watch.drives).to.equal(144);
    // One more than the limit: by so much a busy board may be late to count.
    expect(watch.shortestCoastMs).to.be.within(51, 52);
  });

  it('never drives both directions, not for a cycle', () => {
    const bench = armedBench();
    const seen: string[] = [];
    bench.board.onPin = (cycle, pin, level) => {
      bench.levels[pin] = level;
      if (bench.levels[in1Pin] === 'high' && bench.levels[in2Pin] === 'high') seen.push(`both at cycle ${cycle}`);
    };
    const orders = [() => bench.drive('in1'), () => bench.drive('in2'), () => bench.stop()];
    for (let index = 0; index < 60; index++) {
      orders[(index * index) % 3]?.();
      bench.keepAlive(1 + ((index * 37) % 90));
    }
    expect(seen).to.deep.equal([]);
    expect(bench.status().bothDirectionsTrips).to.be.above(0);
  });
});
