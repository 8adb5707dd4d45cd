import { calculateJwkThumbprint } from 'jose';
import { expect } from 'chai';
import { deviceIdOf } from '../../../firmware/credentials/device-id.js';
import { verifyGrantToken } from '../../../firmware/credentials/grant-token.js';
import { PublicKeys } from '../../../firmware/credentials/public-keys.js';
import type { Provider } from '../../../firmware/access/authority.js';
import { FORGERIES } from '../../../sim/people/forger.js';
import { Firm } from '../../../sim/people/firm.js';
import { Phone } from '../../../sim/people/phone.js';
import { enrolment, NOW_UTC_MS, PAWS, ROSA, WALK } from './plain-door.js';

const PROVIDERS = new Map([[PAWS.id, enrolment(PAWS)]]);
const KEYS = new PublicKeys();

function verify(token: string, providers: ReadonlyMap<string, Provider> = PROVIDERS) {
  return verifyGrantToken(token, providers, KEYS);
}

/** A token that says something else, with a good signature. */
function signedAs(change: (claims: Record<string, unknown>) => object | string): string {
  const claims = change({ ...PAWS.claims(WALK) });
  const { key, id } = PAWS.key();
  const header = JSON.stringify({ alg: 'EdDSA', typ: 'latchkey-grant+jwt', kid: id });
  return key.signAnything(header, typeof claims === 'string' ? claims : JSON.stringify(claims));
}

describe('verifyGrantToken', () => {
  it('tells the grant, with whoever signed it and the device that it is bound to', async () => {
    const token = await PAWS.token({
      ...WALK,
      worker: { ...ROSA, photo: 'photos/rosa.jpg' },
      certificates: [
        { kind: 'petFirstAid', issuer: 'Red Cross', expiresUtcMs: NOW_UTC_MS, selfStated: false },
        { kind: 'insurance', issuer: 'paws', expiresUtcMs: NOW_UTC_MS, selfStated: false },
      ],
    });
    expect(await verify(token)).to.deep.equal({
      grant: {
        id: 'paws/walk-1',
        personId: 'paws/rosa',
        doorId: 'front-door',
        purpose: 'service',
        fromUtcMs: WALK.fromUtcMs,
        untilUtcMs: WALK.untilUtcMs,
        entries: 2,
        issuance: {
          providerId: 'paws',
          keyId: 'key-1',
          workerName: 'Rosa',
          photo: 'photos/rosa.jpg',
          deviceX: ROSA.phone.publicX,
          deviceId: ROSA.phone.deviceId,
          issuedUtcMs: WALK.issuedUtcMs,
          expiresUtcMs: WALK.expiresUtcMs,
          certificates: [
            { kind: 'petFirstAid', issuer: 'Red Cross', expiresUtcMs: NOW_UTC_MS, selfStated: false },
            { kind: 'insurance', issuer: 'paws', expiresUtcMs: NOW_UTC_MS, selfStated: true },
          ],
        },
      },
      replaces: null,
    });
  });

  it('names what it replaces within the firm, so that no firm replaces the visit of another', async () => {
    expect(await verify(await PAWS.token({ ...WALK, replaces: 'walk-0' }))).to.include({ replaces: 'paws/walk-0' });
    expect(await verify(signedAs((claims) => ({ ...claims, replaces: 'other/walk-0' })))).to.equal(
      'malformedStatement',
    );
  });

  it('verifies with each of the enrolled keys, and with no other', async () => {
    expect(await verify(await PAWS.token(WALK, 'key-2'))).to.be.an('object');
    const stranger = new Firm('paws', ['key-3']);
    expect(await verify(await stranger.token(WALK))).to.equal('unknownKey');
    expect(await verify(await new Firm('claws').token(WALK))).to.equal('unknownProvider');
    const [first, second] = PAWS.publicKeys;
    if (first === undefined || second === undefined) throw new Error('two keys were enrolled');
    const swapped = { ...enrolment(PAWS), keys: [{ id: 'key-1', x: second.x }] };
    expect(await verify(await PAWS.token(WALK), new Map([['paws', swapped]]))).to.equal('badSignature');
  });

  it('knows no key that is gone, were it gone while the signature was verified', async () => {
    const providers = new Map(PROVIDERS);
    const token = await PAWS.token(WALK);
    const verified = verify(token, providers);
    providers.set('paws', { ...enrolment(PAWS), keys: enrolment(PAWS).keys.slice(1) });
    expect(await verified).to.equal('unknownKey');
    expect(await verify(token, providers)).to.equal('unknownKey');
    providers.delete('paws');
    expect(await verify(token, providers)).to.equal('unknownProvider');
  });

  it('refuses an enrolled key that is no key', async () => {
    const providers = new Map([['paws', { ...enrolment(PAWS), keys: [{ id: 'key-1', x: 'AA' }] }]]);
    expect(await verify(await PAWS.token(WALK), providers)).to.equal('badSignature');
  });

  for (const [name, forge] of Object.entries(FORGERIES)) {
    it(`refuses a forgery: ${name}`, async () => {
      const token = await PAWS.token(WALK);
      const forgery = forge(token, PAWS.key().key.x);
      expect(await verify(forgery)).to.be.oneOf(['malformedStatement', 'badSignature']);
      expect(await verify(token)).to.be.an('object');
    });
  }

  it('is no proof, no list and no prolongation, and none of them is a token', async () => {
    const subject = { challenge: 'c', visit: 'paws/walk-1', door: 'front-door' };
    for (const statement of [
      await PAWS.revocations(1, NOW_UTC_MS, []),
      await PAWS.prolongation('walk-1', NOW_UTC_MS, 'c'),
      await ROSA.phone.prove(subject, { act: 'arrive' }),
    ]) {
      expect(await verify(statement)).to.equal('malformedStatement');
    }
    const header = JSON.stringify({ alg: 'EdDSA', typ: 'latchkey-revocations+jwt', kid: 'key-1' });
    const disguised = PAWS.key().key.signAnything(header, JSON.stringify(PAWS.claims(WALK)));
    expect(await verify(disguised)).to.equal('malformedStatement');
  });

  const odd: Readonly<Record<string, readonly unknown[]>> = {
    iss: ['', 'a/b', 'x'.repeat(65), 1, null, undefined, ['paws']],
    sub: ['', 'rosa/..', 'ro sa', undefined],
    jti: ['', 'walk/1', 'w'.repeat(65), 1, undefined],
    iat: [-1, 1.5, 1e18, '1', null, undefined],
    exp: [-1, 0.1, Number.MAX_VALUE, true, undefined],
    door: ['', 'x'.repeat(129), 'a\nb', undefined],
    purpose: ['guest', 'burglary', '', undefined],
    window: [[1], [1, 2, 3], [1, 2.5], ['1', '2'], {}, undefined, null],
    entries: [0, 17, 1.5, -1, '1', undefined],
    worker: [
      {},
      { name: '' },
      { name: 'x'.repeat(129) },
      { name: 'R', age: 3 },
      { name: '\u202Eevil' },
      { name: '\uD800' },
    ],
    cnf: [
      {},
      { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' } },
      { jwk: { kty: 'OKP', crv: 'X25519', x: ROSA.phone.publicX } },
      { jwk: { kty: 'OKP', crv: 'Ed25519', x: ROSA.phone.publicX, d: ROSA.phone.publicX } },
      { jwk: { kty: 'OKP', crv: 'Ed25519', x: `${ROSA.phone.publicX.slice(0, -1)}B` } },
      { kid: 'x' },
    ],
    certificates: [
      Array.from({ length: 9 }, () => ({ kind: 'k', issuer: 'i', exp: 1 })),
      [{ kind: 'k', issuer: 'i' }],
      [{ kind: 'k', issuer: 'i', exp: 1, more: 1 }],
      {},
    ],
    replaces: ['', null, 'a/b'],
    nbf: [1],
    constructor: [{}],
  };
  for (const [claim, values] of Object.entries(odd)) {
    it(`refuses odd values of ${claim}, well signed as they are`, async () => {
      for (const value of values) {
        const token = signedAs((claims) => ({ ...claims, [claim]: value }));
        expect(await verify(token), JSON.stringify(value)).to.equal('malformedStatement');
      }
    });
  }

  it('refuses claims that two readers could read in two ways, well signed as they are', async () => {
    const twice = signedAs((claims) => JSON.stringify(claims).replace('{', '{"entries":1,'));
    expect(await verify(twice)).to.equal('malformedStatement');
    const prototype = signedAs((claims) => JSON.stringify(claims).replace('{', '{"__proto__":{"entries":9},'));
    expect(await verify(prototype)).to.equal('malformedStatement');
  });
});

describe('deviceIdOf', () => {
  it('is the thumbprint of RFC 7638, as jose has it', async () => {
    for (const name of ['rosa', 'ben', 'carla']) {
      const x = new Phone(name).publicX;
      expect(deviceIdOf(x)).to.equal(await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x }));
      expect(deviceIdOf(x)).to.equal(new Phone(name).deviceId);
    }
  });
});
