import { expect } from 'chai';
import { TokenBucket } from '../../../../hal/adapters/http/token-bucket.js';

describe('token bucket', () => {
  const taken = (bucket: TokenBucket, tries: number, nowMs: number): number =>
    Array.from({ length: tries }, () => bucket.take(nowMs)).filter(Boolean).length;

  it('lets a burst through, and then as many a second as it says', () => {
    const bucket = new TokenBucket({ perS: 10, burst: 5 }, 0);
    expect(taken(bucket, 100, 0)).to.equal(5);
    expect(taken(bucket, 100, 99)).to.equal(0);
    expect(taken(bucket, 100, 100)).to.equal(1);
    expect(taken(bucket, 100, 400)).to.equal(3);
  });

  it('saves up no more than a burst', () => {
    const bucket = new TokenBucket({ perS: 10, burst: 5 }, 0);
    expect(bucket.isFull(0)).to.equal(true);
    expect(taken(bucket, 5, 0)).to.equal(5);
    expect(bucket.isFull(499)).to.equal(false);
    expect(bucket.isFull(500)).to.equal(true);
    expect(taken(bucket, 100, 1_000_000)).to.equal(5);
  });
});
