import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkHash, checkImage } from '../../../hal/tools/image.js';

const END = ':00000001FF\n';
/** Four bytes at 0x0000, the last of them as erased. */
const FOUR = ':04000000010203FFF7\n';

function check(text: string): ReturnType<typeof checkImage> {
  return checkImage(Buffer.from(text), 'some.hex');
}

describe('an image for the board', () => {
  it('is measured without what is as erased at its end', () => {
    const sha256 = createHash('sha256').update(`${FOUR}${END}`).digest('hex');
    expect(check(`${FOUR}${END}`)).to.deep.equal({ bytes: 3, sha256 });
  });

  for (const [name, text, words] of [
    ['another kind of file', '\u007fELF\n', /^some\.hex:1: this is no record of Intel HEX/],
    ['a flipped bit', `${FOUR.replace('0102', '0103')}${END}`, /^some\.hex:1: the check sum is wrong/],
    ['a file cut off', FOUR, /^some\.hex: the end-of-file record is missing/],
    ['one for a larger chip', `:0480000001020304F2\n${END}`.replace('F2', '72'), /^some\.hex:1: .*32768 bytes/],
    ['an empty one', END, /^some\.hex: there is no program in it/],
  ] as const) {
    it(`is refused: ${name}`, () => {
      const facts = check(text);
      expect(facts).to.have.property('kind', 'imageUnfit');
      expect(facts).to.have.property('what').that.matches(words);
    });
  }

  it('is the one that was released only with its hash', () => {
    const facts = check(`${FOUR}${END}`);
    if ('kind' in facts) throw new Error(facts.what);
    expect(checkHash(facts, 'some.hex', `${facts.sha256}  some.hex\n`)).to.equal(null);
    for (const other of ['', `${'0'.repeat(64)}  some.hex\n`, `${facts.sha256}0  some.hex\n`]) {
      expect(checkHash(facts, 'some.hex', other), other).to.have.property('kind', 'imageUnfit');
    }
  });

  it('ships, with its hash', () => {
    const file = join(import.meta.dirname, '../../../../hal/image/latchkey.hex');
    const facts = checkImage(readFileSync(file), file);
    if ('kind' in facts) throw new Error(facts.what);
    expect(checkHash(facts, file, readFileSync(`${file}.sha256`, 'utf8'))).to.equal(null);
  });
});
