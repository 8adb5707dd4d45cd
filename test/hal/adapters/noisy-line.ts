import { expect } from 'chai';
import Board from 'johnny-five/lib/board.js';
import { digitalMessage, analogMessage } from '../../../sim/wired/board-messages.js';
import { Draws } from '../../../sim/random.js';
import { INPUT_REPORT_MS, LINK_REPORT_MS, SOON_MS } from '../contracts/expectations.js';
import { SAYS } from './scripted-board.js';
import { WiredBench } from './wired-bench.js';

/** So many pieces of noise, then the line is quiet and everything must work again. */
const ROUND = 50;

const PIECE_BYTES_MAX = 60;
const PAUSE_MS_MAX = 30;

/** What a board really says, to be garbled. */
const GENUINE = [
  ...Object.values(SAYS),
  digitalMessage(0, 0x1c),
  analogMessage(0, 300),
  Uint8Array.of(0xf0, 2, 1, 1, 0xf7),
];

/** Lets at least so many bytes of noise reach the adapter, random ones and garbled messages, and holds it to its link. */
export async function endureNoise(bytesMin: number, seed: number): Promise<void> {
  const noise = new Noise(seed);
  const bench = await WiredBench.connected();
  const powered: boolean[] = [];
  bench.hal.cameraPower.watch((reading) => powered.push(reading));
  bench.hal.cameraPower.switchOn();
  const boardsBefore = Board.cache.length;
  let supplied = true;
  while (noise.bytesMade < bytesMin) {
    for (let pieces = 0; pieces < ROUND; pieces += 1) {
      bench.side.line.disturbHost(noise.piece());
      if (pieces % 7 === 0) bench.hal.boltMotor.extend();
      if (pieces % 11 === 0) bench.hal.boltMotor.retract();
      await bench.advance(noise.below(PAUSE_MS_MAX));
    }
    await bench.advance(LINK_REPORT_MS + SOON_MS);
    supplied = !supplied;
    bench.setCameraSupply(supplied);
    await bench.advance(INPUT_REPORT_MS);
    expect(powered.at(-1), `after ${noise.bytesMade} bytes`).to.equal(supplied);
    expect(bench.hal.boltMotor.stop()).to.equal(null);
    expect(Board.cache).to.have.length(boardsBefore);
  }
  expect(bench.bridgeStates()).to.include('extend').and.not.include('both');
  bench.side.stopHost();
}

class Noise {
  bytesMade = 0;
  private readonly draws: Draws;
  private drawn = 0;

  constructor(seed: number) {
    this.draws = new Draws(seed, 'noise');
  }

  below(bound: number): number {
    this.drawn += 1;
    return this.draws.below(bound, this.drawn);
  }

  piece(): Uint8Array {
    const piece = this.below(2) === 0 ? this.random() : this.garbled();
    this.bytesMade += piece.length;
    return piece;
  }

  private random(): Uint8Array {
    return Uint8Array.from({ length: 1 + this.below(PIECE_BYTES_MAX) }, () => this.below(256));
  }

  /** A genuine message with a bit turned over, a byte lost, or one twice; now and then it is whole. */
  private garbled(): Uint8Array {
    const bytes = [...(GENUINE[this.below(GENUINE.length)] ?? [])];
    const place = this.below(bytes.length);
    const byte = bytes[place] ?? 0;
    const replacements = [[byte ^ (1 << this.below(8))], [], [byte, byte], [byte]];
    bytes.splice(place, 1, ...(replacements[this.below(replacements.length)] ?? []));
    return Uint8Array.from(bytes);
  }
}
