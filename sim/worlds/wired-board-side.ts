import type { MotorLimits } from '../../firmware/sense/motor-sense.js';
import { JohnnyFiveHal } from '../../hal/adapters/johnny-five-hal.js';
import type { Clock } from '../../hal/contracts/clock.js';
import type { BoardHal } from '../../hal/contracts/hal.js';
import type { WiredBoard } from '../../hal/wired-board.js';
import type { BoardSide, BoardSurroundings } from '../hal/board-side.js';
import type { IoDevice, MakeIoDevice } from '../wired/io-device.js';
import { SimulatedLine } from '../wired/simulated-line.js';
import { Wiring } from '../wired/wiring.js';

export interface WiredBoardOptions {
  readonly board: WiredBoard;
  readonly motorLimits: MotorLimits;
  readonly makeDevice: MakeIoDevice;
}

/** The rig's own adapter on a simulated line, with an I/O board at its end that is wired to the plant. */
export class WiredBoardSide implements BoardSide {
  private readonly board: WiredBoard;
  private readonly motorLimits: MotorLimits;
  private readonly line: SimulatedLine;
  private readonly device: IoDevice;
  private host: JohnnyFiveHal | null = null;

  constructor({ clock, plant, observer }: BoardSurroundings, { board, motorLimits, makeDevice }: WiredBoardOptions) {
    this.board = board;
    this.motorLimits = motorLimits;
    this.line = new SimulatedLine(clock, new Wiring({ board, plant, clock, observer }), makeDevice);
    this.device = this.line.device;
    this.device.setPower(true);
  }

  startHost(clock: Clock): BoardHal {
    const { board, line, motorLimits } = this;
    this.host = new JohnnyFiveHal({ board, line, clock, stall: motorLimits });
    this.host.open();
    return this.host;
  }

  stopHost(): void {
    this.line.dropHost();
    // What it still says goes nowhere; johnny-five forgets its board.
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
