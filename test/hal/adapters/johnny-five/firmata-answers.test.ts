import { expect } from 'chai';
import {
  parseAnalogMapping,
  parseCapabilities,
  parseFirmware,
} from '../../../../hal/adapters/johnny-five/firmata-answers.js';

describe('answers of a Firmata board', () => {
  it('have the name and version of its image', () => {
    const payload = Uint8Array.of(2, 5, 0x41, 0, 0x62, 0);
    expect(parseFirmware(payload)).to.deep.equal({ name: 'Ab', major: 2, minor: 5 });
    expect(parseFirmware(Uint8Array.of(1, 0))).to.deep.equal({ name: '', major: 1, minor: 0 });
  });

  it('show a name without anything that a terminal would obey', () => {
    const payload = Uint8Array.of(1, 0, 0x1b, 0, 0x41, 0, 0x7f, 0, 0x69, 1);
    expect(parseFirmware(payload)?.name).to.equal('?A??');
  });

  it('are no name if they are cut off, or too long', () => {
    expect(parseFirmware(Uint8Array.of())).to.equal(null);
    expect(parseFirmware(Uint8Array.of(1))).to.equal(null);
    expect(parseFirmware(Uint8Array.of(1, 0, 0x41))).to.equal(null);
    expect(parseFirmware(new Uint8Array(2 + 128))).to.not.equal(null);
    expect(parseFirmware(new Uint8Array(2 + 130))).to.equal(null);
  });

  it('have the modes of each pin', () => {
    const pins = parseCapabilities(Uint8Array.of(0x7f, 0, 1, 0x0b, 1, 0x7f, 2, 10, 0x7f));
    expect(pins?.map((modes) => [...modes])).to.deep.equal([[], [0, 11], [2]]);
  });

  it('are no modes if a pin is not ended, a mode has no resolution, or there are too many pins', () => {
    expect(parseCapabilities(Uint8Array.of())).to.equal(null);
    expect(parseCapabilities(Uint8Array.of(0, 1))).to.equal(null);
    expect(parseCapabilities(Uint8Array.of(0, 0x7f))).to.equal(null);
    expect(parseCapabilities(Uint8Array.of(0, 1, 2, 0x7f, 0x7f))).to.equal(null);
    expect(parseCapabilities(new Uint8Array(128).fill(0x7f))).to.have.length(128);
    expect(parseCapabilities(new Uint8Array(129).fill(0x7f))).to.equal(null);
  });

  it('have the pin of each channel', () => {
    expect(parseAnalogMapping(Uint8Array.of(0x7f, 0x7f, 0, 1), 4)).to.deep.equal([2, 3]);
  });

  it('are no channels for other pins, or out of order', () => {
    expect(parseAnalogMapping(Uint8Array.of(0x7f, 0), 3)).to.equal(null);
    expect(parseAnalogMapping(Uint8Array.of(0x7f, 0, 1), 2)).to.equal(null);
    expect(parseAnalogMapping(Uint8Array.of(1, 0), 2)).to.equal(null);
    expect(parseAnalogMapping(Uint8Array.of(0, 0), 2)).to.equal(null);
  });
});
