import { expect } from 'chai';
import { systemEntropy } from '../../../hal/adapters/system-entropy.js';

describe('systemEntropy', () => {
  it('gives as many bytes as asked for, fresh each time', () => {
    for (const count of [1, 32, 1_024]) expect(systemEntropy.bytes(count)).to.have.lengthOf(count);
    expect(systemEntropy.bytes(32)).to.not.deep.equal(systemEntropy.bytes(32));
  });
});
