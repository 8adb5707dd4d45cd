import { expect } from 'chai';
import { Draws } from '../../sim/random.js';

function firstDraws(seed: number, component: string, count = 8): number[] {
  const draws = new Draws(seed, component);
  return Array.from({ length: count }, (_, occurrence) => draws.bits(occurrence));
}

describe('Draws', () => {
  it('depends on seed, component and occurrence, and on nothing else', () => {
    const draws = new Draws(1, 'strike');
    const backwards = [3, 2, 1, 0].map((occurrence) => draws.bits(occurrence)).toReversed();
    expect(backwards).to.deep.equal(firstDraws(1, 'strike', 4));
  });

  it('never changes: seeds that people kept must play the same', () => {
    expect(firstDraws(1, 'strike', 3)).to.deep.equal([2_250_189_231, 3_088_590_019, 3_194_793_890]);
  });

  it('differs by component, and by every bit of a seed up to 2^53', () => {
    const seeds = [0, 1, 2, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    const all = seeds.flatMap((seed) => [firstDraws(seed, 'strike'), firstDraws(seed, 'camera')]).flat();
    expect(new Set(all).size).to.equal(all.length);
  });

  it('spreads shares evenly over 0 to 1', () => {
    const draws = new Draws(5, 'store');
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let occurrence = 0; occurrence < 10_000; occurrence += 1) {
      const bucket = draws.below(10, occurrence);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      expect(Math.floor(draws.share(occurrence) * 10)).to.equal(bucket);
    }
    expect(buckets.reduce((sum, count) => sum + count)).to.equal(10_000);
    for (const count of buckets) expect(count).to.be.within(900, 1_100);
  });
});
