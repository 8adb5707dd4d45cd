import { readFileSync } from 'node:fs';
import { loadBoards } from '../../../hal/boards.js';
import type { Pins } from '../../../hal/board-pins.js';
import type { WiredBoard } from '../../../hal/wired-board.js';
import type { PlantStart } from '../../../sim/plant/plant.js';
import { Wiring } from '../../../sim/wired/wiring.js';
import { PlantUnderTest } from '../plant/plant-under-test.js';

const { boards } = loadBoards(readFileSync('boards.json', 'utf8'), 'boards.json');

/** A board of boards.json, with other pins if wanted. */
export function wiredBoard(id: string, pins: Partial<Pins> = {}): WiredBoard {
  const board = boards.find((candidate) => candidate.id === id);
  if (board?.kind !== 'ioBoard' || board.adapter !== 'johnny-five') throw new Error(`no wired board ${id}`);
  return { ...board, pins: { ...board.pins, ...pins } };
}

/** A plant with a board's wires on it, and no board. */
export class WiredPlant extends PlantUnderTest {
  readonly wiring: Wiring;

  constructor(board: WiredBoard = wiredBoard('arduino-uno'), start: Partial<PlantStart> = {}) {
    super({ start });
    this.plant.begin();
    this.log.take();
    this.wiring = new Wiring({ board, plant: this.plant, clock: this.clock, observer: this.log.observer });
  }
}
