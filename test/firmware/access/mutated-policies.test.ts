import { expect } from 'chai';
import { readMutatedPolicies } from './mutated-policies.js';

describe('Mutated policy files', function () {
  this.timeout(10_000);

  it('are refused with a located message, or are policies', () => {
    expect(readMutatedPolicies(300, 1)).to.be.within(100, 299);
  });
});
