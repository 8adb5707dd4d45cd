import { expect } from 'chai';
import { readMutatedJournals } from './mutated-journals.js';

const INPUTS = 1_000_000;

/** Chosen: an eighth of what the inputs come to. */
const GROWTH_BYTES_MAX = 256 * 1024 * 1024;

describe('Mutated journals, for long', function () {
  this.timeout(1_200_000);

  it('are never taken for good, never written over, and take up no memory', () => {
    readMutatedJournals(10_000, 2);
    const before = process.memoryUsage().rss;
    const { damaged } = readMutatedJournals(INPUTS, 3);
    expect(damaged).to.be.above(INPUTS / 2);
    expect(process.memoryUsage().rss - before).to.be.below(GROWTH_BYTES_MAX);
  });
});
