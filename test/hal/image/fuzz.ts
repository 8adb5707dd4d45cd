import { expect } from 'chai';
import { encodeArm } from '../../../hal/board-protocol.js';
import { BridgeWatch } from './bridge-watch.js';
import type { ImageBench } from './image-bench.js';
import { ARMING, bootedBench, statusesIn } from './image-bench.js';
import { HostNoise } from './noise.js';

const PART_BYTES = 1000;
const BYTES_PER_MS = 5.76;

/** Longer than the fullest ring of answers needs. */
const DRAIN_MS = 60;

/** As long as the bytes take. */
function hear(bench: ImageBench, bytes: readonly number[], eachMs: () => void = () => undefined): void {
  bench.send(...bytes);
  for (let ms = 0; ms < bytes.length / BYTES_PER_MS; ms++) {
    bench.run(1);
    eachMs();
  }
  bench.run(DRAIN_MS);
  // Parsed on the way: whatever comes in, only whole messages go out.
  bench.takeSent();
}

/** Until so many bytes of noise were heard, no pin may move and each good message must be answered. */
export function fuzzUnarmed(byteCount: number, seed: number): void {
  const bench = bootedBench();
  const noise = new HostNoise(seed);
  bench.changes.length = 0;
  for (let heard = 0; heard < byteCount; heard += PART_BYTES) {
    hear(bench, noise.bytes(PART_BYTES));
    expect(bench.status().state).to.equal('unarmed');
    expect(bench.changes).to.deep.equal([]);
  }
}

/** The same with a board that is armed again after each part, and motors that run, start and stall. */
export function fuzzArmed(byteCount: number, seed: number): BridgeWatch {
  const bench = bootedBench();
  const noise = new HostNoise(seed);
  const watch = new BridgeWatch();
  bench.board.onPin = (cycle, pin, level) => watch.pin(cycle, pin, level);
  let stalledMs = 0;
  const judge = (): void => {
    watch.look(bench.nowCycles());
    stalledMs = watch.isDriving() && (bench.counts[0] ?? 0) >= ARMING.stallCounts ? stalledMs + 1 : 0;
    expect(stalledMs).to.be.at.most(250);
  };
  for (let heard = 0; heard < byteCount; heard += PART_BYTES) {
    bench.exchange(...encodeArm(ARMING));
    expect(bench.status()).to.include({ state: 'armed', armRefusal: 'none' });
    bench.counts[0] = noise.below(2) * 300;
    stalledMs = 0;
    bench.drive(noise.below(2) === 0 ? 'in1' : 'in2');
    hear(bench, noise.bytes(PART_BYTES), judge);
    if (noise.below(8) === 0) runAlone(bench, watch, noise, judge);
    expect(statusesIn(bench.exchange(0xf0, 2, 0xf7))).to.have.length.above(0);
    expect(watch.offences).to.deep.equal([]);
  }
  return watch;
}

/** The host hangs: it repeats itself, or is silent, for longer than any drive may last. */
function runAlone(bench: ImageBench, watch: BridgeWatch, noise: HostNoise, judge: () => void): void {
  bench.counts[0] = 0;
  const isSilent = noise.below(2) === 0;
  bench.exchange(...encodeArm(ARMING));
  bench.drive('in1');
  for (let ms = 0; ms < 3000; ms++) {
    if (!isSilent && ms % 150 === 0) bench.send(0xf0, 2, 0xf7);
    bench.run(1);
    judge();
    if (isSilent && ms > 600) expect(watch.isDriving()).to.equal(false);
  }
}
