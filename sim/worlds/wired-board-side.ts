import type { MotorLimits } from '../../firmware/sense/motor-sense.js';
import { JohnnyFiveHal } from '../../hal/adapters/johnny-five/hal.js';
import type { BoardNews } from '../../hal/adapters/johnny-five/news.js';
import type { Clock } from '../../hal/contracts/clock.js';
import type { WiredBoard } from '../../hal/wired-board.js';
import type { BoardSide, BoardSurroundings } from '../hal/board-side.js';
import type { IoDevice, MakeIoDevice } from '../wired/io-device.js';
import { SimulatedLine } from '../wired/simulated-line.js';
import { Wiring } from '../wired/wiring.js';

export interface WiredBoardOptions {
  readonly board: WiredBoard;
  readonly motorLimits: MotorLimits;
  readonly makeDevice: MakeIoDevice;
  /** What a person at a rig would be told of the board. */
  readonly onNews: (news: BoardNews) => void;
}

/** The rig's own adapter on a simulated line, with an I/O board at its end that is wired to the plant. */
export class WiredBoardSide implements BoardSide {
  readonly line: SimulatedLine;
  private readonly board: WiredBoard;
  private readonly motorLimits: MotorLimits;
  private readonly onNews: (news: BoardNews) => void;
  private readonly device: IoDevice;
  private host: JohnnyFiveHal | null = null;

  constructor({ clock, plant, observer }: BoardSurroundings, options: WiredBoardOptions) {
    const { board, makeDevice } = options;
    this.board = board;
    this.motorLimits = options.motorLimits;
    this.onNews = options.onNews;
    this.line = new SimulatedLine(clock, new Wiring({ board, plant, clock, observer }), makeDevice);
    this.device = this.line.device;
    this.device.setPower(true);
  }

  startHost(clock: Clock): JohnnyFiveHal {
    const { board, line, motorLimits } = this;
    const host = new JohnnyFiveHal({ board, line, clock, stall: motorLimits });
    this.host = host;
    host.watchNews(this.onNews);
    host.open();
    return host;
  }

  stopHost(): void {
    this.line.dropHost();
    // What it still says goes nowhere.
    void this.host?.close();
    this.host = null;
  }

  setPower(on: boolean): void {
    this.device.setPower(on);
  }

  setLink(up: boolean): void {
    this.line.setConnected(up);
  }

  /** The board samples for everybody. */
  setQuiet(): void {}

  switchesChanged(): void {
    this.device.inputsChanged();
  }

  contactChanged(): void {
    this.device.inputsChanged();
  }

  currentChanged(): void {
    this.device.inputsChanged();
  }

  cameraPowerChanged(): void {
    this.device.inputsChanged();
  }
}
