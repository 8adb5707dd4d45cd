import { expect } from 'chai';
import { fuzzDesk } from './fuzz.js';
import { everyMutantOf } from './mutants.js';
import { PAWS, PlainDoor, WALK } from './plain-door.js';

const ALPHABET = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ');

describe('forged statements, for long', function () {
  this.timeout(1_800_000);

  it('no token passes with any one character replaced by any other', async () => {
    const { desk, lock } = new PlainDoor();
    const token = await PAWS.token(WALK);
    for (const mutant of everyMutantOf(token, () => ALPHABET)) {
      const { refused } = await desk.presentToken(mutant);
      if (refused === null) throw new Error(`taken for good: ${mutant}`);
      lock.refusals.length = 0;
    }
    expect(lock.requests).to.deep.equal([]);
  });

  it('of a million mutants none passes, and no memory is lost to them', async () => {
    const { refusals, heapGrowthBytes } = await fuzzDesk(1_000_000, 2);
    expect([...refusals]).to.include.members(['unknownKey', 'badSignature', 'wrongDevice']);
    expect(heapGrowthBytes).to.be.below(4_000_000);
  });
});
