import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { expect } from 'chai';
import sinon from 'sinon';
import type { CodeHash } from '../../../firmware/access/authority.js';
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

  describe('are one scrypt of the same cost for a try', () => {
    let counted: sinon.SinonSpy;
    before(() => {
      counted = sinon.spy(crypto, 'scrypt');
      syncBuiltinESMExports();
    });
    after(() => {
      counted.restore();
      syncBuiltinESMExports();
    });

    /** What the tries of a code at these records cost: N and r of each scrypt. */
    async function costs(code: string, record: CodeHash | undefined): Promise<unknown> {
      counted.resetHistory();
      expect(await matchesCode(code, record)).to.equal(false);
      return counted.args.map((given): unknown => given[3]);
    }

    it('where there is a code, where nobody has the user number, and where the record is damaged', async () => {
      const hash = await hashCode('493027', entropy);
      const known = await costs('111222', hash);
      expect(known).to.have.length(1);
      expect(known).to.have.nested.property('[0].N', 2 ** 15);
      expect(await costs('111222', undefined), 'nobody’s').to.deep.equal(known);
      expect(await costs('1', undefined), 'too short').to.deep.equal(known);
      expect(await costs('', hash), 'empty').to.deep.equal(known);
      expect(await costs('111222', { ...hash, salt: '?' }), 'damaged').to.deep.equal(known);
    });
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
