import { expect } from 'chai';
import { readMutatedJournals } from './mutated-journals.js';

describe('Mutated journals', () => {
  it('are never taken for good, and never written over', () => {
    const { damaged, torn, cut } = readMutatedJournals(5_000, 1);
    expect(damaged, 'damaged').to.be.above(2_000);
    expect(torn, 'torn').to.be.above(100);
    expect(cut, 'cut between two lines, or as they were').to.be.above(1);
  });
});
