import { expect } from 'chai';
import { PublicKeys } from '../../../firmware/credentials/public-keys.js';
import { PAWS, ROSA, WALK } from './plain-door.js';

describe('PublicKeys', () => {
  const x = PAWS.key().key.x;
  const otherX = ROSA.phone.publicX;

  it('verifies what the key has signed', async () => {
    const keys = new PublicKeys();
    const text = await PAWS.token(WALK);
    expect(await keys.verify(text, {}, x)).to.equal(true);
    expect(await keys.verify(text, {}, otherX)).to.equal(false);
    expect(await keys.verify(text, {}, 'no key')).to.equal(false);
    expect(await keys.verify('nonsense', {}, x)).to.equal(false);
  });

  it('imports a key once for the record that holds it, which never changes its key', async () => {
    const keys = new PublicKeys();
    const text = await PAWS.token(WALK);
    const holder = {};
    expect(await keys.verify(text, holder, x)).to.equal(true);
    expect(await keys.verify(text, holder, otherX)).to.equal(true);
    expect(await keys.verify(text, {}, otherX)).to.equal(false);
  });
});
