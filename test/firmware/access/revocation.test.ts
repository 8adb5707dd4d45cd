import { expect } from 'chai';
import type { RevocationTarget } from '../../../firmware/access/authority.js';
import { additionsOf, hangsOn, LISTED_MAX, mayRevoke, revokedSupport } from '../../../firmware/access/revocation.js';
import { grantOf } from '../support/records.js';
import { accessOf, tokenGrant } from './permitted.js';

const OF_TOKEN: readonly RevocationTarget[] = [
  { kind: 'grant', id: 'walkers/visit-1' },
  { kind: 'worker', id: 'walkers/wanda' },
  { kind: 'device', id: 'phone-1' },
  { kind: 'provider', id: 'walkers' },
  { kind: 'key', id: 'walkers/k1' },
];

describe('A grant hangs on', () => {
  it('the worker, the device, the firm and the key of its token, and on itself', () => {
    for (const target of OF_TOKEN) {
      expect(hangsOn(tokenGrant(), target), target.kind).to.equal(true);
      expect(hangsOn(tokenGrant(), { ...target, id: 'other' }), target.kind).to.equal(false);
      const access = accessOf({ revoked: ['device phone-2', `${target.kind} ${target.id}`] });
      expect(revokedSupport(tokenGrant(), access)).to.deep.equal(target);
    }
    expect(hangsOn(tokenGrant(), { kind: 'guest', id: 'walkers/wanda' })).to.equal(false);
    expect(revokedSupport(tokenGrant(), accessOf({ revoked: ['worker walkers/eve'] }))).to.equal(null);
  });

  it('the guest, where the owner granted it', () => {
    expect(hangsOn(grantOf({ personId: 'anna' }), { kind: 'guest', id: 'anna' })).to.equal(true);
    expect(hangsOn(grantOf({ personId: 'anna' }), { kind: 'guest', id: 'bert' })).to.equal(false);
    expect(hangsOn(grantOf(), { kind: 'grant', id: 'visit-1' })).to.equal(true);
  });
});

describe('A firm', () => {
  it('takes back what is its own, and devices', () => {
    for (const { kind, id } of OF_TOKEN.filter((target) => target.kind !== 'provider')) {
      expect(mayRevoke('walkers', { kind, id }), kind).to.equal(true);
      expect(mayRevoke('others', { kind, id }), kind).to.equal(kind === 'device');
    }
    expect(mayRevoke('walk', { kind: 'worker', id: 'walkers/wanda' })).to.equal(false);
    for (const kind of ['provider', 'guest', 'code', 'accessKey'] as const) {
      expect(mayRevoke('walkers', { kind, id: 'walkers/x' }), kind).to.equal(false);
    }
  });

  it('adds what is new in its list', () => {
    const targets = OF_TOKEN.slice(0, 3);
    const access = accessOf({ revoked: ['worker walkers/wanda'] });
    expect(additionsOf('walkers', targets, access)).to.deep.equal([OF_TOKEN[0], OF_TOKEN[2]]);
  });

  it('is revoked itself once its lists have no room left', () => {
    const targets = OF_TOKEN.slice(0, 3);
    expect(additionsOf('walkers', targets, accessOf({ revocationCount: LISTED_MAX - 3 }))).to.deep.equal(targets);
    const firm = [{ kind: 'provider', id: 'walkers' }];
    expect(additionsOf('walkers', targets, accessOf({ revocationCount: LISTED_MAX - 2 }))).to.deep.equal(firm);
    expect(additionsOf('walkers', [], accessOf({ revocationCount: LISTED_MAX + 1 }))).to.deep.equal([]);
  });
});
