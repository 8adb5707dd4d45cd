import { expect } from 'chai';
import { measureLoad } from '../../../bench/interface/load.js';

/** The most that clients may delay the lock's loop. */
const BOUND_MS = 20;

describe('a live lock under attack', () => {
  it('does nothing for more than 20 ms on end, in half a minute of it', async function () {
    this.timeout(600_000);
    const { attacked, troubles, answersAfterwards } = await measureLoad(3, 10_000);
    expect(attacked.own.maxMs).to.be.below(BOUND_MS);
    expect(troubles).to.deep.equal([]);
    expect(answersAfterwards).to.equal(true);
  });
});
