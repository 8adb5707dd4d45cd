import { expect } from 'chai';
import type { Provider, RevocationTarget } from '../../../firmware/access/authority.js';
import type { Grant } from '../../../firmware/requests.js';
import { Authority, diesWith, isShownBy } from '../../../sim/monitors/authority.js';

const X = 'A'.repeat(43);
const FIRM: Provider = {
  id: 'paws',
  name: 'Paws',
  keys: [{ id: 'k1', x: X }],
  purposes: ['service'],
  tokenLifeMaxMs: 86_400_000,
};
const WALK: Grant = {
  id: 'paws/walk',
  personId: 'paws/wanda',
  doorId: 'front-door',
  purpose: 'service',
  fromUtcMs: 0,
  untilUtcMs: 3_600_000,
  entries: 2,
  issuance: {
    providerId: 'paws',
    keyId: 'k1',
    workerName: 'Wanda',
    photo: null,
    deviceX: X,
    deviceId: 'phone',
    issuedUtcMs: 0,
    expiresUtcMs: 3_600_000,
    certificates: [],
  },
};

function authority(): Authority {
  const known = new Authority((personId) => personId === 'owner');
  known.request({ kind: 'enrolProvider', personId: 'owner', provider: FIRM });
  return known;
}

describe('Authority, as the monitors see it', () => {
  it('has nothing against a walk by an enrolled firm', () => {
    expect(authority().objection(WALK)).to.equal(null);
  });

  it('objects to a firm that only somebody else has enrolled', () => {
    const known = new Authority((personId) => personId === 'owner');
    known.request({ kind: 'enrolProvider', personId: 'child', provider: FIRM });
    expect(known.objection(WALK)).to.equal('its firm is not enrolled');
  });

  it('objects to a purpose that the firm may not send anybody for', () => {
    expect(authority().objection({ ...WALK, purpose: 'delivery' })).to.match(/may not send anybody/);
  });

  it('objects to a key that the firm no longer has', () => {
    const known = authority();
    known.request({ kind: 'enrolProvider', personId: 'owner', provider: { ...FIRM, keys: [{ id: 'k2', x: X }] } });
    expect(known.objection(WALK)).to.match(/key/);
  });

  const supports: readonly RevocationTarget[] = [
    { kind: 'grant', id: 'paws/walk' },
    { kind: 'worker', id: 'paws/wanda' },
    { kind: 'device', id: 'phone' },
    { kind: 'provider', id: 'paws' },
    { kind: 'key', id: 'paws/k1' },
  ];
  for (const target of supports) {
    it(`objects once the owner has revoked the ${target.kind}, and not if somebody else asked for it`, () => {
      const known = authority();
      expect(known.request({ kind: 'revoke', personId: 'child', target })).to.deep.equal([]);
      expect(known.objection(WALK)).to.equal(null);
      expect(known.request({ kind: 'revoke', personId: 'owner', target })).to.deep.equal([target]);
      expect(known.objection(WALK)).to.equal(`its ${target.kind} was revoked`);
      expect(diesWith(WALK, target)).to.equal(true);
    });
  }

  it('objects to a worker taken back who comes by the owner’s own grant', () => {
    const known = authority();
    const own = { ...WALK, id: 'own', issuance: null };
    expect(known.objection(own)).to.equal(null);
    known.request({ kind: 'revoke', personId: 'owner', target: { kind: 'worker', id: 'paws/wanda' } });
    expect(known.objection(own)).to.equal('its worker was revoked');
  });

  it('believes a list of the firm that is newer than the last, and no other', () => {
    const known = authority();
    const list = { kind: 'takeRevocations', providerId: 'paws', keyId: 'k1', targets: supports.slice(1, 2) } as const;
    expect(known.request({ ...list, keyId: 'k9', sequence: 5 })).to.deep.equal([]);
    expect(known.request({ ...list, targets: [], sequence: 5 })).to.deep.equal([]);
    expect(known.request({ ...list, sequence: 4 })).to.deep.equal([]);
    expect(known.objection(WALK)).to.equal(null);
    known.request({ ...list, sequence: 6 });
    expect(known.objection(WALK)).to.equal('its worker was revoked');
  });

  it('takes a worker for shown by the device of the grant alone', () => {
    const enter = { kind: 'enter', personId: 'paws/wanda', visitId: 'paws/walk', entry: 1 } as const;
    expect(isShownBy(WALK, { ...enter, proof: { kind: 'device', deviceId: 'phone' } })).to.equal(true);
    expect(isShownBy(WALK, { ...enter, proof: { kind: 'device', deviceId: 'another phone' } })).to.equal(false);
    expect(isShownBy(WALK, { ...enter, proof: { kind: 'word' } })).to.equal(false);
    expect(isShownBy(WALK, enter)).to.equal(false);
    expect(isShownBy({ ...WALK, issuance: null }, enter)).to.equal(true);
  });

  it('lets a guest come within the guest’s time', () => {
    const known = authority();
    const schedule = { kind: 'once', fromUtcMs: 1_000, untilUtcMs: 2_000 } as const;
    known.request({ kind: 'setGuest', personId: 'owner', guest: { personId: 'gran', schedule, expiresUtcMs: 1_500 } });
    expect(known.guestObjection('gran', 999)).to.match(/time/);
    expect(known.guestObjection('gran', 1_000)).to.equal(null);
    expect(known.guestObjection('gran', 1_500)).to.match(/expired/);
  });
});
