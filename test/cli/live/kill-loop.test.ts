import { expect } from 'chai';
import { KillLoop } from './kill-loop.js';

describe('a live lock that is killed', () => {
  it('loses no acknowledged record in 10 kills', async () => {
    const { kills, acknowledged } = await new KillLoop(1).run(10);
    expect(kills).to.equal(10);
    expect(acknowledged).to.be.above(10);
  });
});
