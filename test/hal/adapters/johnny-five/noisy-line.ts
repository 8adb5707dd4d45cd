import { expect } from 'chai';
import Board from 'johnny-five/lib/board.js';
import { digitalMessage, analogMessage } from '../../../../sim/wired/board-messages.js';
import { INPUT_REPORT_MS, LINK_REPORT_MS, SOON_MS } from '../../contracts/expectations.js';
import { Noise } from '../../noise.js';
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
  const noise = new BoardNoise(seed);
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

/** What may come to the host's parser. */
class BoardNoise extends Noise {
  bytesMade = 0;

  piece(): Uint8Array {
    const kind = this.below(8);
    const genuine = [...(GENUINE[this.below(GENUINE.length)] ?? [])];
    let bytes = genuine;
    if (kind < 4) bytes = Array.from({ length: 1 + this.below(PIECE_BYTES_MAX) }, () => this.below(256));
    else if (kind < 7) bytes = this.mutated(genuine);
    this.bytesMade += bytes.length;
    return Uint8Array.from(bytes);
  }
}
