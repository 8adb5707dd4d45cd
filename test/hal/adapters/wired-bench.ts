import { readFileSync } from 'node:fs';
import { JohnnyFiveHal } from '../../../hal/adapters/johnny-five-hal.js';
import type { BoardNews } from '../../../hal/adapters/johnny-five-news.js';
import { loadBoards } from '../../../hal/boards.js';
import type { Clock } from '../../../hal/contracts/clock.js';
import type { BoardHal } from '../../../hal/contracts/hal.js';
import type { WiredBoard } from '../../../hal/wired-board.js';
import type { BoardSide, BoardSurroundings } from '../../../sim/hal/board-side.js';
import { LOCK_PROFILES } from '../../../sim/plant/profiles.js';
import { SimulatedLine } from '../../../sim/wired/simulated-line.js';
import type { FirmataImage } from '../../../sim/wired/virtual-firmata-board.js';
import { VirtualFirmataBoard } from '../../../sim/wired/virtual-firmata-board.js';
import { Wiring } from '../../../sim/wired/wiring.js';
import { GlobalTimeouts } from '../../../sim/worlds/global-timeouts.js';
import { motorLimits } from '../../../sim/worlds/motor-limits.js';
import { SimulatedBench } from '../../sim/hal/simulated-bench.js';

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

/** The adapter on a simulated line to a virtual Firmata board, which is wired to the plant. */
export class WiredSide implements BoardSide {
  readonly line: SimulatedLine;
  readonly timeouts: GlobalTimeouts;
  readonly news: BoardNews[] = [];
  private readonly board: WiredBoard;
  private hal: JohnnyFiveHal | null = null;

  constructor({ clock, plant, observer }: BoardSurroundings, { board, image = 'latchkey' }: WiredBenchOptions) {
    this.board = board ?? wiredBoard('arduino-uno');
    this.timeouts = new GlobalTimeouts(clock);
    this.line = new SimulatedLine(
      clock,
      new Wiring({ board: this.board, plant, clock, observer }),
      (surroundings) => new VirtualFirmataBoard(clock, surroundings, image),
    );
    this.line.device.setPower(true);
  }

  startHost(clock: Clock): BoardHal {
    const stall = motorLimits(LOCK_PROFILES.slim);
    this.hal = new JohnnyFiveHal({ line: this.line, clock, board: this.board, stall });
    this.hal.watchNews((news) => this.news.push(news));
    this.hal.open();
    return this.hal;
  }

  stopHost(): void {
    this.line.dropHost();
    // Nobody will tell that the line is closed.
    void this.closeHal();
  }

  async closeHal(): Promise<void> {
    await this.hal?.close();
    this.hal = null;
  }

  setPower(on: boolean): void {
    this.line.device.setPower(on);
  }

  setLink(up: boolean): void {
    this.line.setConnected(up);
  }

  setQuiet(): void {}

  switchesChanged(): void {
    this.line.device.inputsChanged();
  }

  contactChanged(): void {
    this.line.device.inputsChanged();
  }

  currentChanged(): void {
    this.line.device.inputsChanged();
  }

  cameraPowerChanged(): void {
    this.line.device.inputsChanged();
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
