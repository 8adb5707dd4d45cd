import { expect } from 'chai';
import { FLASH_BYTES, IntelHexError, parseIntelHex } from '../../hal/intel-hex.js';

const END = ':00000001FF';

function record(address: number, type: number, data: readonly number[]): string {
  const bytes = [data.length, address >> 8, address & 0xff, type, ...data];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  const text = [...bytes, -sum & 0xff].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `:${text.toUpperCase()}`;
}

function errorOf(...lines: string[]): string {
  try {
    parseIntelHex(lines.join('\n'), 'image.hex');
  } catch (error) {
    if (error instanceof IntelHexError) return error.message;
    throw error;
  }
  return 'none';
}

describe('parseIntelHex', () => {
  it('puts data where its address says and leaves the rest erased', () => {
    const { bytes, firstAddress } = parseIntelHex(`${record(0x10, 0, [1, 2, 3])}\r\n${END}\r\n`, 'image.hex');
    expect(bytes.length).to.equal(FLASH_BYTES);
    expect([...bytes.subarray(0x0f, 0x14)]).to.deep.equal([0xff, 1, 2, 3, 0xff]);
    expect(firstAddress).to.equal(0x10);
  });

  it('follows both kinds of records that move the address, and passes over start addresses', () => {
    const lines = [record(0, 2, [0x07, 0x00]), record(0x10, 0, [9]), record(0, 3, [0, 0, 0, 0]), record(0, 4, [0, 0])];
    const { bytes } = parseIntelHex(
      [...lines, record(0x20, 0, [8]), record(0, 5, [0, 0, 0, 0]), END].join('\n'),
      'image.hex',
    );
    expect([bytes[0x7010], bytes[0x20]]).to.deep.equal([9, 8]);
  });

  it('takes data up to the last byte of flash and none behind', () => {
    expect(parseIntelHex(`${record(0x7fff, 0, [5])}\n${END}`, 'image.hex').bytes[0x7fff]).to.equal(5);
    expect(errorOf(record(0x7fff, 0, [5, 6]), END)).to.match(
      /^image\.hex:1: .*beyond the 32768 bytes.*build the image for/,
    );
    expect(errorOf(record(0, 4, [0, 1]), record(0, 0, [1]), END)).to.match(/^image\.hex:2: .*beyond/);
  });

  it('says in which line a check sum is wrong', () => {
    expect(errorOf(record(0, 0, [1]), ':0100000001FF', END)).to.match(/^image\.hex:2: the check sum is wrong; /);
  });

  it('refuses what is no record, and one that is cut short', () => {
    expect(errorOf('hello')).to.match(/^image\.hex:1: this is no record of Intel HEX/);
    expect(errorOf('')).to.match(/^image\.hex: the end-of-file record is missing/);
    expect(errorOf(':0400000001FB')).to.match(/^image\.hex:1: the record says 4 bytes of data and has 1/);
  });

  it('refuses an end in the middle, a missing end, an empty program and unknown records', () => {
    expect(errorOf(record(0, 0, [1]), END, record(2, 0, [1]))).to.match(/^image\.hex:3: .*after the end-of-file/);
    expect(errorOf(record(0, 0, [1]))).to.match(/^image\.hex: the end-of-file record is missing/);
    expect(errorOf(END)).to.match(/^image\.hex: there is no program/);
    expect(errorOf(record(0, 6, [1]), END)).to.match(/^image\.hex:1: records of type 6 are unknown/);
    expect(errorOf(record(0, 4, [1]), END)).to.match(/^image\.hex:1: .*must have two bytes/);
  });
});
