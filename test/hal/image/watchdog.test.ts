import { expect } from 'chai';
import { timer0Config } from 'avr8js';
import type { Atmega328p } from '../../../sim/avr/atmega328p.js';
import { armedBench, ARMING, bootedBench, CYCLES_PER_MS, ImageBench, shippedImage } from './image-bench.js';

const WDR = 0x95a8;
const SLEEP = 0x9588;
const NOP = 0x0000;
const LOOP_FOR_EVER = 0xcfff;

/** All that a bootloader does which finds nothing to do. */
const BOOTLOADER_ADDRESS = 0x7e00;
const CLEAR_MCUSR_AND_BEGIN = [0xe080, 0xbf84, 0x940c, 0x0000];

/** Other instructions in the place of one kind. */
function patched(from: number, to: number): Uint8Array {
  const words = new Uint16Array(shippedImage().buffer.slice(0));
  expect(words.includes(from)).to.equal(true);
  return new Uint8Array(words.map((word) => (word === from ? to : word)).buffer);
}

/** A fault inside the chip, for which no surroundings have a door. */
function stopMillisecondTimer(bench: ImageBench): void {
  const chip = Reflect.get(bench.board, 'chip') as Atmega328p;
  chip.core.writeData(timer0Config.TCCRB, 0);
}

function resetsWithin(bench: ImageBench, durationMs: number): number[] {
  bench.changes.length = 0;
  bench.run(durationMs);
  // Of a reset the board tells by every pin; pin 0 changes at nothing else.
  return bench.changes.filter(({ pin }) => pin === 0).map(({ cycle }) => cycle / CYCLES_PER_MS);
}

describe('board image: watchdog', () => {
  it('lets a healthy board be', () => {
    const bench = bootedBench();
    expect(resetsWithin(bench, 2000)).to.deep.equal([]);
    expect(bench.status()).to.include({ resetCause: 1, watchdogResets: 0 });
  });

  it('resets a board whose loop hangs', () => {
    const resets = resetsWithin(new ImageBench(patched(SLEEP, LOOP_FOR_EVER)), 500);
    expect(resets).to.have.length.within(3, 4);
    for (const [index, resetMs] of resets.entries()) expect(resetMs - (resets[index - 1] ?? 0)).to.be.within(100, 145);
  });

  it('resets a board that nothing feeds it for, and says so', () => {
    const bench = bootedBench(patched(WDR, NOP));
    bench.run(130);
    bench.takeSent();
    expect(bench.status()).to.include({ resetCause: 8, watchdogResets: 1 });
  });

  it('knows that it was the cause behind a bootloader that clears what the chip says of it', () => {
    const image = patched(WDR, NOP);
    new Uint16Array(image.buffer).set(CLEAR_MCUSR_AND_BEGIN, BOOTLOADER_ADDRESS / 2);
    const bench = bootedBench(image, BOOTLOADER_ADDRESS);
    expect(bench.status()).to.include({ resetCause: 0, watchdogResets: 0 });
    bench.run(90);
    bench.takeSent();
    expect(bench.status()).to.include({ resetCause: 8, watchdogResets: 1 });
  });

  it('lets go of the motor within 75 ms of the timer stopping, and counts it', () => {
    const bench = armedBench();
    bench.send(0xf4, 16, 1, 0xf5, 16, 1);
    bench.drive('in1');
    bench.keepAlive(300);
    expect(bench.isDriven('in1')).to.equal(true);
    const stoppedCycle = bench.nowCycles();
    stopMillisecondTimer(bench);
    bench.run(75);
    for (const pin of [ARMING.in1Pin, ARMING.enablePin]) {
      expect((bench.cycleOf(pin, 'low') - stoppedCycle) / CYCLES_PER_MS).to.be.within(55, 75);
    }
    for (const level of bench.levels) expect(level).to.equal('input');
    bench.run(1300);
    bench.takeSent();
    expect(bench.status()).to.include({ state: 'unarmed', resetCause: 8, watchdogResets: 1 });
    bench.reset();
    expect(bench.status()).to.include({ resetCause: 2, watchdogResets: 1 });
  });
});
