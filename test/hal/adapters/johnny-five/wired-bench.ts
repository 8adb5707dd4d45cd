import { readFileSync } from 'node:fs';
import type { JohnnyFiveHal } from '../../../../hal/adapters/johnny-five/hal.js';
import type { BoardNews } from '../../../../hal/adapters/johnny-five/news.js';
import { loadBoards } from '../../../../hal/boards.js';
import type { Clock } from '../../../../hal/contracts/clock.js';
import type { WiredBoard } from '../../../../hal/wired-board.js';
import type { BoardSurroundings } from '../../../../sim/hal/board-side.js';
import { LOCK_PROFILES } from '../../../../sim/plant/profiles.js';
import type { FirmataImage } from '../../../../sim/wired/virtual-firmata-board.js';
import { VirtualFirmataBoard } from '../../../../sim/wired/virtual-firmata-board.js';
import { GlobalTimeouts } from '../../../../sim/worlds/global-timeouts.js';
import { motorLimits } from '../../../../sim/worlds/motor-limits.js';
import { WiredBoardSide } from '../../../../sim/worlds/wired-board-side.js';
import { SimulatedBench } from '../../../sim/hal/simulated-bench.js';

/** From the first byte to a link that is up, with room. */
const CONNECTING_MS = 300;

export function wiredBoard(id: string): WiredBoard {
  const { boards } = loadBoards(readFileSync('boards.json', 'utf8'), 'boards.json');
  const board = boards.find((candidate) => candidate.id === id);
  if (board?.kind !== 'ioBoard' || board.adapter !== 'johnny-five') throw new Error(`"${id}" has no pins`);
  return board;
}

export interface WiredBenchOptions {
  readonly board?: WiredBoard;
  readonly image?: FirmataImage;
}

/** The board side of the `firmata` world, with what a test needs to see of it. */
export class WiredSide extends WiredBoardSide {
  readonly timeouts: GlobalTimeouts;
  readonly news: BoardNews[];
  private hal: JohnnyFiveHal | null = null;

  constructor(surroundings: BoardSurroundings, { board, image = 'latchkey' }: WiredBenchOptions) {
    const { clock } = surroundings;
    const news: BoardNews[] = [];
    super(surroundings, {
      board: board ?? wiredBoard('arduino-uno'),
      motorLimits: motorLimits(LOCK_PROFILES.slim),
      makeDevice: (device) => new VirtualFirmataBoard(clock, device, image),
      onNews: (item) => news.push(item),
    });
    this.news = news;
    this.timeouts = new GlobalTimeouts(clock);
  }

  override startHost(clock: Clock): JohnnyFiveHal {
    const hal = super.startHost(clock);
    this.hal = hal;
    return hal;
  }

  async closeHal(): Promise<void> {
    await this.hal?.close();
  }

  /** See `JohnnyFiveHal`. */
  sampleAtRest(): void {
    this.hal?.sampleAtRest();
  }
}

/** The bench of the simulated hardware, with its board at the far end of a wire. */
export class WiredBench extends SimulatedBench {
  readonly side: WiredSide;

  constructor(options: WiredBenchOptions = {}) {
    let side: WiredSide | undefined;
    super(1, (surroundings) => (side = new WiredSide(surroundings, options)));
    if (side === undefined) throw new Error('the hardware was made without its board');
    this.side = side;
  }

  static async connected(options: WiredBenchOptions = {}): Promise<WiredBench> {
    const bench = new WiredBench(options);
    await bench.advance(CONNECTING_MS);
    return bench;
  }

  override async advance(durationMs: number): Promise<void> {
    await this.side.timeouts.run(() => super.advance(durationMs));
  }
}
