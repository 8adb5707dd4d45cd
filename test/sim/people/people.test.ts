import { expect } from 'chai';
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { Firm } from '../../../sim/people/firm.js';
import { KeyPair } from '../../../sim/people/key-pair.js';
import { Phone } from '../../../sim/people/phone.js';

describe('people of stories', () => {
  it('have keys that follow from their names', () => {
    expect(new Phone('rosa').publicX).to.equal(new Phone('rosa').publicX);
    const keys = [new Phone('rosa'), new Phone('ben')].map(({ publicX }) => publicX);
    const firms = [new Firm('paws', ['a', 'b']), new Firm('claws', ['a'])].flatMap(({ publicKeys }) => publicKeys);
    expect(new Set([...keys, ...firms.map(({ x }) => x)]).size).to.equal(5);
    expect(firms.map(({ id }) => id)).to.deep.equal(['a', 'b', 'a']);
  });

  it('sign what jose verifies with the public key alone', async () => {
    const phone = new Phone('rosa');
    const proof = await phone.prove({ challenge: 'c', visit: 'paws/1', door: 'd' }, { act: 'enter', entry: 1 });
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: phone.publicX }, 'EdDSA');
    const { payload, protectedHeader } = await compactVerify(proof, key);
    expect(protectedHeader).to.deep.equal({ alg: 'EdDSA', typ: 'latchkey-proof+jwt', kid: phone.deviceId });
    expect(JSON.parse(new TextDecoder().decode(payload))).to.deep.equal({
      challenge: 'c',
      visit: 'paws/1',
      door: 'd',
      act: 'enter',
      entry: 1,
    });
  });

  it('sign with the first key, or the one named', async () => {
    const firm = new Firm('paws', ['old', 'new']);
    const signedBy = async (keyId?: string) => decodeProtectedHeader(await firm.revocations(1, 0, [], keyId)).kid;
    expect(await signedBy()).to.equal('old');
    expect(await signedBy('new')).to.equal('new');
    expect(() => firm.key('none')).to.throw(RangeError, 'the firm paws has no key none');
  });

  it('sign anything, for forgers and tests', async () => {
    const pair = new KeyPair('anybody');
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: pair.x }, 'EdDSA');
    const { payload } = await compactVerify(pair.signAnything('{"alg":"EdDSA"}', 'anything'), key);
    expect(new TextDecoder().decode(payload)).to.equal('anything');
  });
});
