import { expect } from 'chai';
import { printedNames, printedPin } from '../../hal/board-headers.js';

describe('printed pin names', () => {
  const pins = { '13': 13, '~11': 11, D2: 2, 'TX→1': 1, 'RX←0': 0, TX1: 1, RX0: 0, A0: 'A0', A7: 'A7' };
  for (const [printed, pin] of Object.entries(pins)) {
    it(`${printed} is pin ${pin}`, () => expect(printedPin(printed)).to.equal(pin));
  }

  for (const printed of ['5V', '3.3V', '3V3', 'GND', 'Vin', 'AREF', 'RESET', 'SCL', 'IOREF', '-', '|']) {
    it(`${printed} is none`, () => expect(printedPin(printed)).to.equal(undefined));
  }

  it('stand in the order of the holes', () =>
    expect(printedNames('5V GND | A0')).to.deep.equal(['5V', 'GND', '|', 'A0']));
});
