import { expect } from 'chai';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';

describe('SimulatedEntropy', () => {
  it('follows from the seed', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => new SimulatedEntropy(seed).bytes(32));
    expect(one).to.deep.equal(same);
    expect(one).to.not.deep.equal(other);
  });

  it('never says the same again, and every byte comes', () => {
    const entropy = new SimulatedEntropy(1);
    const draws = Array.from({ length: 500 }, () => entropy.bytes(16));
    expect(new Set(draws.map((bytes) => bytes.join())).size).to.equal(500);
    expect(new Set(draws.flatMap((bytes) => [...bytes])).size).to.equal(256);
    expect(entropy.bytes(1)).to.have.lengthOf(1);
  });
});
