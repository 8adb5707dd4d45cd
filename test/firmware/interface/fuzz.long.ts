import { expect } from 'chai';
import { fuzz } from './fuzz.js';

const ROUNDS = 25;
const ROUND_COUNT = 10_000;
const GROWTH_BYTES_MAX = 64 * 1_024 * 1_024;

describe('250,000 mutated requests to the interface', function () {
  this.timeout(1_800_000);

  it('are answered, nothing comes through that may not, and memory stays bounded', async () => {
    await fuzz(ROUND_COUNT, 0);
    const before = process.memoryUsage().heapUsed;
    for (let round = 1; round < ROUNDS; round += 1) await fuzz(ROUND_COUNT, round);
    expect(process.memoryUsage().heapUsed - before).to.be.below(GROWTH_BYTES_MAX);
  });
});
