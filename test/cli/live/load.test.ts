import { expect } from 'chai';
import { measureLoad } from '../../../bench/interface/load.js';

/** The most that clients may delay the lock's loop. */
const BOUND_MS = 20;

describe('a live lock under attack', () => {
  it('does nothing for more than 20 ms on end, keeps its interface, and answers afterwards', async () => {
    const { attacked, troubles, answersAfterwards } = await measureLoad(1, 1_500);
    expect(attacked.timers).to.be.above(20);
    expect(attacked.own.maxMs).to.be.below(BOUND_MS);
    expect(troubles).to.deep.equal([]);
    expect(answersAfterwards).to.equal(true);
  });
});
