import { expect } from 'chai';
import { freshCode, isWeakCode } from '../../../firmware/credentials/fresh-code.js';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';

describe('freshCode', () => {
  it('is six digits, by chance: none that a thief tries first', () => {
    const entropy = new SimulatedEntropy(1);
    const counts = Array.from({ length: 10 }, () => 0);
    const codes = new Set<string>();
    for (let count = 0; count < 2_000; count += 1) {
      const code = freshCode(7, entropy);
      expect(code).to.match(/^\d{6}$/);
      expect(isWeakCode(code, 7), code).to.equal(false);
      codes.add(code);
      const first = Number(code[0]);
      counts[first] = (counts[first] ?? 0) + 1;
    }
    expect(codes.size).to.be.above(1_980);
    for (const count of counts) expect(count).to.be.within(140, 260);
  });

  it('draws again until the code is not weak, and every code is as likely', () => {
    // 0xffffffff is past the last whole million; 0 is 000000; then 493027.
    const words = [0xffff_ffff, 0, 493_027];
    const code = freshCode(7, {
      bytes: (count) => {
        const bytes = Buffer.alloc(count);
        bytes.writeUInt32BE(words.shift() ?? 1);
        return bytes;
      },
    });
    expect(code).to.equal('493027');
    expect(words).to.deep.equal([]);
  });
});

describe('isWeakCode', () => {
  it('knows repeats, runs and the own user number', () => {
    const weak = ['000000', '777777', '121212', '909090', '123123', '123456', '234567', '890123', '654321', '210987'];
    for (const code of weak) expect(isWeakCode(code, 1), code).to.equal(true);
    expect(isWeakCode('004711', 4_711)).to.equal(true);
    for (const code of ['493027', '123457', '112233', '004711', '100000', '121213', '135790']) {
      expect(isWeakCode(code, 1), code).to.equal(false);
    }
  });
});
