import { expect } from 'chai';
import { KillLoop } from './kill-loop.js';

/** Each with a journal of its own: reading it back after every kill takes the longer the more it holds. */
const JOURNALS = 10;
const KILLS_EACH = 100;

describe('a live lock that is killed', () => {
  it('loses no acknowledged record in 1,000 kills', async function () {
    this.timeout(1_800_000);
    let kills = 0;
    for (let seed = 1; seed <= JOURNALS; seed += 2) {
      // Two at a time: each waits for its disk.
      const pair = await Promise.all([seed, seed + 1].map((each) => new KillLoop(each).run(KILLS_EACH)));
      for (const result of pair) {
        expect(result.acknowledged).to.be.above(KILLS_EACH);
        kills += result.kills;
      }
    }
    expect(kills).to.equal(1_000);
  });
});
