import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { differingFiles } from '../../../tools/image.js';
import { describeWithTool } from '../../support/debian-tool.js';

const folder = join(import.meta.dirname, '../../../../hal/image');

describe('board image: the committed file', () => {
  it('has the hash beside it', () => {
    const sum = createHash('sha256')
      .update(readFileSync(join(folder, 'latchkey.hex')))
      .digest('hex');
    expect(readFileSync(join(folder, 'latchkey.hex.sha256'), 'utf8')).to.equal(`${sum}  latchkey.hex\n`);
  });
});

describeWithTool('avr-gcc', 'gcc-avr and avr-libc', 'board image: the build', () => {
  it('gives the committed image byte for byte (else: npm run image)', () => {
    expect(differingFiles()).to.deep.equal([]);
  });
});
