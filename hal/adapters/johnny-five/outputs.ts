import type { JohnnyFiveBoard } from './board.js';
import type { Wiring } from './wiring.js';
import { guardedPinsOf } from './wiring.js';

/** What the outputs of a board are to be. They begin switched off. Without a board, that is all there is of them. */
export class Outputs {
  private readonly levels = new Map<number, boolean>();
  private readonly guardedPins: readonly number[];
  /** One pin of each port: to write it writes the port. */
  private readonly portPins: readonly number[];

  constructor(wiring: Wiring) {
    const { camera } = wiring;
    this.guardedPins = guardedPinsOf(wiring);
    for (const pin of this.guardedPins) this.levels.set(pin, false);
    this.levels.set(camera.pin, !camera.activeHigh);
    this.portPins = [...new Map([...this.levels.keys()].map((pin) => [pin >> 3, pin])).values()];
  }

  write(board: JohnnyFiveBoard | null, pin: number, high: boolean): void {
    this.levels.set(pin, high);
    board?.write(pin, high);
  }

  /** Motor and lamps; the camera keeps its power. */
  switchOff(board: JohnnyFiveBoard | null): void {
    for (const pin of this.guardedPins) this.write(board, pin, false);
  }

  /** Makes the pins outputs, whatever they were. */
  begin(board: JohnnyFiveBoard): void {
    for (const pin of this.levels.keys()) board.makeOutput(pin);
    for (const [pin, high] of this.levels) board.write(pin, high);
  }

  /** Writes everything again, for what may have been lost on the way. */
  repeat(board: JohnnyFiveBoard | null): void {
    for (const pin of this.portPins) board?.write(pin, this.levels.get(pin) === true);
  }
}
