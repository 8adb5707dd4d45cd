import { expect } from 'chai';
import fc from 'fast-check';
import { FirmataMessages } from '../../../../hal/adapters/johnny-five/firmata-messages.js';

/** What comes of some bytes, garbage as "?". */
function cut(...pieces: readonly (readonly number[])[]): string[] {
  const heard: string[] = [];
  const messages = new FirmataMessages({
    message: ({ kind, bytes, ...rest }) => {
      expect(bytes.length).to.be.at.most(1_025);
      heard.push(
        kind,
        ...Object.values(rest).map((value) => (typeof value === 'number' ? `${value}` : `[${value.join()}]`)),
      );
    },
    garbage: () => heard.push('?'),
  });
  for (const piece of pieces) messages.take(Uint8Array.from(piece));
  return heard;
}

const VERSION = [0xf9, 2, 5];

describe('FirmataMessages', () => {
  it('cuts the bytes of a board into its messages', () => {
    const bytes = [...VERSION, 0x91, 0x7f, 0x01, 0xe3, 0x05, 0x02, 0xf0, 0x79, 1, 2, 3, 0xf7];
    const expected = ['version', '2', '5', 'digital', '1', '255', 'analog', '3', '261', 'sysex', '121', '[1,2,3]'];
    expect(cut(bytes)).to.deep.equal(expected);
  });

  it('takes them in any pieces', () => {
    const bytes = [...VERSION, 0xf0, 0x02, 1, 2, 0xf7, 0x90, 1, 0];
    expect(cut(...bytes.map((byte) => [byte]))).to.deep.equal(cut(bytes));
  });

  it('knows a sysex without payload', () => {
    expect(cut([0xf0, 0x6b, 0xf7])).to.deep.equal(['sysex', '107', '[]']);
  });

  for (const [words, garbage] of [
    ['a byte without its first', [0x00]],
    ['many bytes without their first', [1, 2, 3, 4]],
    ['first bytes that no board sends', [0xc0, 0xd1, 0xf4, 0xff, 0x80]],
    ['a message that breaks off', [0x90, 1]],
    ['a sysex that breaks off', [0xf0, 0x79, 1, 2]],
    ['the end of a sysex alone', [0xf7]],
    ['a sysex of nothing', [0xf0, 0xf7]],
    ['the end of a sysex in another message', [0xe0, 1, 0xf7]],
    ['a sysex without end', [0xf0, ...Array<number>(100_000).fill(0)]],
  ] as const) {
    it(`tells ${words} once, and finds the next message`, () => {
      expect(cut([...VERSION, ...garbage, ...VERSION])).to.deep.equal(['version', '2', '5', '?', 'version', '2', '5']);
    });
  }

  it('takes the longest sysex, and none that is longer', () => {
    const sysex = (length: number): number[] => [0xf0, 0x6c, ...Array<number>(length).fill(0x7f), 0xf7];
    expect(cut(sysex(1_022))).to.have.length(3);
    expect(cut(sysex(1_023))).to.deep.equal(['?']);
  });

  it('forgets what is unfinished when the line opens anew', () => {
    const heard: string[] = [];
    const messages = new FirmataMessages({ message: ({ kind }) => heard.push(kind), garbage: () => heard.push('?') });
    messages.take(Uint8Array.of(0xf0, 0x79));
    messages.reset();
    messages.take(Uint8Array.from(VERSION));
    expect(heard).to.deep.equal(['version']);
  });

  it('finds the next message after anything', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(255), { maxLength: 40 }), { maxLength: 5 }), (noise) => {
        expect(cut(...noise, VERSION).slice(-3)).to.deep.equal(['version', '2', '5']);
      }),
    );
  });
});
