import { expect } from 'chai';
import { hashCode, matchesCode } from '../../../firmware/credentials/code-hash.js';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';

const entropy = new SimulatedEntropy(1);

describe('code hashes', () => {
  it('match their code and no other', async () => {
    const hash = await hashCode('493027', entropy);
    expect(await matchesCode('493027', hash)).to.equal(true);
    expect(await matchesCode('493028', hash)).to.equal(false);
    expect(await matchesCode('', hash)).to.equal(false);
  });

  it('differ for one code, and hold nothing of it', async () => {
    const [one, other] = [await hashCode('493027', entropy), await hashCode('493027', entropy)];
    expect(one.salt).to.not.equal(other.salt);
    expect(one.hash).to.not.equal(other.hash);
    expect(Buffer.from(one.salt, 'base64url')).to.have.lengthOf(16);
    expect(Buffer.from(one.hash, 'base64url')).to.have.lengthOf(32);
    expect(JSON.stringify(one)).to.not.include('493027');
  });

  it('are compared at the cost that they were made at', async () => {
    // scrypt (RFC 7914) of "493027" with a salt of zeros, N = 2^10, r = 8, p = 1, by Python's hashlib.
    const older = { salt: 'AAAAAAAAAAAAAAAAAAAAAA', hash: '4IVN5dxkQAOti4h7Mg7-yglIfFfgSJfiN-BzsCoXG28', cost: 10 };
    expect(await matchesCode('493027', older)).to.equal(true);
    expect(await matchesCode('493027', { ...older, cost: 11 })).to.equal(false);
  });

  it('match nothing where nobody has the user number, and cost as much', async () => {
    const spent = async (work: () => Promise<unknown>): Promise<number> => {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const hash = await hashCode('493027', entropy);
    const known = await spent(() => matchesCode('111222', hash));
    const unknown = await spent(async () => expect(await matchesCode('111222', undefined)).to.equal(false));
    expect(unknown).to.be.above(known / 4);
  });

  it('match nothing where the record is damaged', async () => {
    const hash = await hashCode('493027', entropy);
    for (const damage of [
      { cost: 0 },
      { cost: 9 },
      { cost: 19 },
      { cost: 40 },
      { cost: 15.5 },
      { cost: NaN },
      { cost: Infinity },
      { salt: '?' },
      { hash: '' },
      { hash: hash.hash.slice(0, -2) },
      { salt: hash.hash },
    ]) {
      expect(await matchesCode('493027', { ...hash, ...damage }), JSON.stringify(damage)).to.equal(false);
    }
  });
});
