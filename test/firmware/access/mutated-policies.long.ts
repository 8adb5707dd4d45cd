import { expect } from 'chai';
import { readMutatedPolicies } from './mutated-policies.js';

const INPUTS = 30_000;

describe('Mutated policy files, for long', function () {
  this.timeout(600_000);

  it('are refused with a located message, or are policies', () => {
    expect(readMutatedPolicies(INPUTS, 2)).to.be.within(INPUTS / 3, INPUTS - 1);
  });
});
