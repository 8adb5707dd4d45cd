import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { WiredBoard } from '../../../hal/boards.js';
import { loadBoards } from '../../../hal/boards.js';
import { partsList } from '../../../hal/wiring/parts-list.js';

const text = readFileSync(join(import.meta.dirname, '../../../../boards.json'), 'utf8');

function parts(id: string, change: (board: WiredBoard) => unknown = () => undefined): string[] {
  const board = structuredClone(loadBoards(text, 'boards.json').boards.find((other) => other.id === id));
  if (board?.kind !== 'ioBoard' || board.adapter !== 'johnny-five') throw new Error(`${id} has no parts`);
  change(board);
  return partsList(board).map(({ count, part }) => `${count} ${part}`);
}

describe('partsList', () => {
  it('counts what an Uno takes', () => {
    expect(parts('arduino-uno')).to.deep.equal([
      '1 Arduino Uno R3, cable to USB-B',
      '1 motor: N20 gear motor, 6 V, low power',
      '1 motor supply: 4 alkaline AA cells',
      '1 TB6612FNG breakout',
      '1 INA169 breakout, shunt 0.1 Ω, load 10 kΩ',
      '2 micro switch',
      '1 reed switch with magnet',
      '1 high-side switch for 5 V',
      '1 camera with a 5 V supply of its own',
      '1 LED, red',
      '1 LED, yellow',
      '7 resistor 10 kΩ',
      '1 resistor 1 kΩ',
      '2 resistor 470 Ω',
      '1 breadboard and wires',
    ]);
  });

  it('has a pull-down less for a DRV8833', () => {
    expect(parts('arduino-nano-drv8833')).to.include.members(['1 DRV8833 breakout', '6 resistor 10 kΩ']);
  });

  it('follows the values of a board', () => {
    const list = parts('arduino-uno', ({ pins }) => {
      pins.motorCurrent.scaleMvPerA = 500;
      pins.supplyVoltage.dividerRatio = 3;
      delete pins.boltExtended;
      delete pins.boltRetracted;
    });
    expect(list).to.include.members([
      '1 INA169 breakout, shunt 0.05 Ω, load 10 kΩ',
      '1 resistor 20 kΩ',
      '6 resistor 10 kΩ',
    ]);
    expect(list.filter((part) => part.includes('micro switch'))).to.deep.equal([]);
  });
});
