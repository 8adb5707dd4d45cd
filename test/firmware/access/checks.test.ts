import { expect } from 'chai';
import fc from 'fast-check';
import type { AccessView } from '../../../firmware/access/access-view.js';
import type { AccessKey, Code, Guest, Provider, RevocationTarget } from '../../../firmware/access/authority.js';
import {
  ACCESS_KEYS_MAX,
  checkAccessKey,
  checkCode,
  checkGuest,
  checkMet,
  checkPolicy,
  checkProvider,
  checkRevocations,
  CODES_MAX,
  GUESTS_MAX,
  LIST_LENGTH_MAX,
  MET_WORKERS_MAX,
  type PeopleFacts,
  PROVIDERS_MAX,
} from '../../../firmware/access/checks.js';
import type { Policy } from '../../../firmware/access/policy.js';
import { REVOCATIONS_MAX } from '../../../firmware/access/visit-rules.js';
import type { LedgerEntry } from '../../../firmware/journal/records.js';
import { OWNER } from '../support/records.js';
import { accessOf, codeOf, factsOf, HOUR_MS, NOW_UTC_MS, ruleOf, tokenGrant, visitOf, WALKERS } from './permitted.js';

const DAY_MS = 24 * HOUR_MS;

const ANNA: Guest = { personId: 'anna', schedule: { kind: 'always' }, expiresUtcMs: null };

function peopleFacts(parts: Partial<AccessView> = {}, visit: Partial<LedgerEntry> = {}): PeopleFacts {
  const entry = visitOf(tokenGrant(), visit) as LedgerEntry;
  return {
    ...factsOf({ access: accessOf({ guests: new Map([['anna', ANNA]]), ...parts }) }),
    residents: new Map([[OWNER.id, OWNER]]),
    records: { ledger: new Map([[entry.grant.id, entry]]) },
  };
}

function numbered<Value>(count: number, value: (index: number) => Value): Map<string, Value> {
  return new Map(Array.from({ length: count }, (_, index) => [`x${index}`, value(index)]));
}

describe('A firm', () => {
  const check = (parts: Partial<Provider> = {}, access = accessOf()) => checkProvider({ ...WALKERS, ...parts }, access);

  it('is enrolled, and again with other keys', () => {
    expect(check()).to.equal(null);
    expect(check({ id: 'others' })).to.equal(null);
    expect(check({ keys: [{ id: 'k3', x: 'C'.repeat(42) + 'A' }] })).to.equal(null);
  });

  const unsound: Readonly<Record<string, Partial<Provider>>> = {
    'an id with a slash': { id: 'city/walkers' },
    'no id': { id: '' },
    'a name of two lines': { name: 'City\nWalkers' },
    'no keys': { keys: [] },
    'nine keys': { keys: Array.from({ length: 9 }, (_, index) => ({ id: `k${index}`, x: 'A'.repeat(43) })) },
    'two keys of one name': { keys: [WALKERS.keys, WALKERS.keys].flat() },
    'a key that is no key': { keys: [{ id: 'k9', x: 'short' }] },
    'no purposes': { purposes: [] },
    'guests for a purpose': { purposes: ['guest' as 'service'] },
    'tokens that last a moment': { tokenLifeMaxMs: 59_999 },
    'tokens that last for ever': { tokenLifeMaxMs: 31 * DAY_MS + 1 },
    'another key under a name that it has': { keys: [{ id: 'k1', x: 'C'.repeat(42) + 'A' }] },
  };
  for (const [name, parts] of Object.entries(unsound)) {
    it(`with ${name} is not`, () => {
      expect(check(parts)).to.equal('invalidRequest');
    });
  }

  it('once revoked is never enrolled again, nor is its key', () => {
    expect(check({}, accessOf({ revoked: ['provider walkers'] }))).to.equal('revoked');
    expect(check({}, accessOf({ revoked: ['key walkers/k2'] }))).to.equal('revoked');
  });

  it('more than there is room for is not, but one that is known still is', () => {
    const full = numbered(PROVIDERS_MAX, () => WALKERS);
    expect(check({}, accessOf({ providers: full }))).to.equal('tooMany');
    expect(check({ id: 'x0' }, accessOf({ providers: full }))).to.equal(null);
  });
});

describe('A guest', () => {
  const check = (parts: Partial<Guest> = {}, facts = peopleFacts()) => checkGuest({ ...ANNA, ...parts }, facts);

  it('comes once, weekly or always', () => {
    const window = { fromUtcMs: NOW_UTC_MS, untilUtcMs: NOW_UTC_MS + 1 };
    expect(check()).to.equal(null);
    expect(check({ schedule: { kind: 'once', ...window } })).to.equal(null);
    const hours = { days: ['tuesday'], fromMinute: 0, untilMinute: 1_440 } as const;
    expect(check({ schedule: { kind: 'weekly', hours } })).to.equal(null);
  });

  it('does not come in windows that are empty or over, nor live here', () => {
    const empty = { kind: 'once', fromUtcMs: NOW_UTC_MS, untilUtcMs: NOW_UTC_MS } as const;
    const over = { kind: 'once', fromUtcMs: 0, untilUtcMs: NOW_UTC_MS } as const;
    const hours = { days: [], fromMinute: 60, untilMinute: 60 } as const;
    expect(check({ schedule: empty })).to.equal('invalidRequest');
    expect(check({ schedule: over })).to.equal('invalidRequest');
    expect(check({ schedule: { kind: 'weekly', hours } })).to.equal('invalidRequest');
    expect(check({ expiresUtcMs: NOW_UTC_MS })).to.equal('invalidRequest');
    expect(check({ personId: 'owner' })).to.equal('invalidRequest');
    expect(check({ personId: '' })).to.equal('invalidRequest');
  });

  it('is one of so many', () => {
    const full = peopleFacts({ guests: numbered(GUESTS_MAX, () => ANNA) });
    expect(check({}, full)).to.equal('tooMany');
    expect(check({ personId: 'x0' }, full)).to.equal(null);
  });
});

describe('A new code', () => {
  const guests = { holder: { kind: 'guest', personId: 'anna' }, usesLeft: null } as const;
  const check = (parts: Partial<Code> = {}, facts = peopleFacts()) => checkCode(codeOf(parts), facts);

  it('is for a resident, a guest, or a visit under way', () => {
    expect(check()).to.equal(null);
    expect(check(guests)).to.equal(null);
    expect(check({ holder: { kind: 'resident', personId: 'owner' } })).to.equal(null);
  });

  it('is for nobody whom the lock does not know', () => {
    expect(check({ holder: { kind: 'guest', personId: 'bert' } })).to.equal('unknownPerson');
    expect(check({ holder: { kind: 'resident', personId: 'anna' } })).to.equal('unknownPerson');
    expect(check({ holder: { kind: 'visit', visitId: 'walkers/visit-2' } })).to.equal('unknownVisit');
  });

  it('is never for ever', () => {
    expect(check({ ...guests, expiresUtcMs: null })).to.equal('invalidRequest');
    expect(check({ ...guests, expiresUtcMs: null, usesLeft: 3 })).to.equal(null);
    expect(check({ ...guests, expiresUtcMs: NOW_UTC_MS })).to.equal('invalidRequest');
    expect(check({ ...guests, expiresUtcMs: NOW_UTC_MS + 366 * DAY_MS })).to.equal(null);
    expect(check({ ...guests, expiresUtcMs: NOW_UTC_MS + 366 * DAY_MS + 1 })).to.equal('invalidRequest');
    expect(check(guests, { ...peopleFacts(), utcMs: null })).to.equal('clockUnset');
  });

  it('for a visit opens once, and only until the visit must be over', () => {
    expect(check({ usesLeft: 2 })).to.equal('invalidRequest');
    expect(check({ expiresUtcMs: null })).to.equal('invalidRequest');
    expect(check({ expiresUtcMs: NOW_UTC_MS + HOUR_MS + 1 })).to.equal('invalidRequest');
    const prolonged = peopleFacts({}, { untilUtcMs: NOW_UTC_MS + 2 * HOUR_MS });
    expect(check({ expiresUtcMs: NOW_UTC_MS + HOUR_MS + 1 }, prolonged)).to.equal(null);
  });

  it('for a visit is for one that has begun and is not over', () => {
    expect(check({}, peopleFacts({}, { arrived: false }))).to.equal('notArrived');
    expect(check({}, peopleFacts({}, { outcome: 'completed' }))).to.equal('visitEnded');
    expect(check({}, peopleFacts({}, { cause: 'endedByOwner' }))).to.equal('visitEnded');
    expect(check({}, peopleFacts({}, { revoked: true }))).to.equal('revoked');
  });

  it('replaces one of the same holder, or one that is over, and no other', () => {
    const taken = (parts: Partial<Code>) => peopleFacts({ codes: new Map([[7, codeOf({ ...guests, ...parts })]]) });
    expect(check(guests, taken({}))).to.equal(null);
    expect(check({}, taken({}))).to.equal('invalidRequest');
    expect(check({}, taken({ expiresUtcMs: NOW_UTC_MS }))).to.equal(null);
    expect(check({}, taken({ usesLeft: 0 }))).to.equal(null);
  });

  it('has the shape of one', () => {
    expect(check({ userNumber: 0 })).to.equal('invalidRequest');
    expect(check({ userNumber: 10_000 })).to.equal('invalidRequest');
    expect(check({ usesLeft: 0 })).to.equal('invalidRequest');
    expect(check({ hash: { salt: '', hash: '', cost: 15 } })).to.equal('invalidRequest');
    expect(check({}, peopleFacts({ revocationCount: 1, isRevoked: (kind) => kind === 'code' }))).to.equal('revoked');
  });

  it('is one of so many', () => {
    const codes = new Map(Array.from({ length: CODES_MAX }, (_, index) => [index + 100, codeOf(guests)]));
    expect(check(guests, peopleFacts({ codes }))).to.equal('tooMany');
    expect(check({ ...guests, userNumber: 100 }, peopleFacts({ codes }))).to.equal(null);
    const spent = new Map([...codes, [100, codeOf({ ...guests, usesLeft: 0 })] as const]);
    expect(check(guests, peopleFacts({ codes: spent }))).to.equal(null);
  });
});

describe('Keys, people met, and revocations', () => {
  const key: AccessKey = { id: 'a1', personId: 'owner', hash: 'A'.repeat(43) };
  const target: RevocationTarget = { kind: 'worker', id: 'walkers/wanda' };

  it('are kept up to a limit', () => {
    const keys = numbered(ACCESS_KEYS_MAX, () => key);
    expect(checkAccessKey(key, accessOf())).to.equal(null);
    expect(checkAccessKey(key, accessOf({ accessKeys: keys }))).to.equal('tooMany');
    expect(checkAccessKey(key, accessOf({ accessKeys: new Map([['a1', key]]) }))).to.equal('invalidRequest');
    expect(checkAccessKey({ ...key, hash: 'A' }, accessOf())).to.equal('invalidRequest');
    expect(checkMet('walkers/wanda', accessOf())).to.equal(null);
    expect(checkMet('', accessOf())).to.equal('invalidRequest');
    const met = new Set(numbered(MET_WORKERS_MAX, () => '').keys());
    expect(checkMet('walkers/wanda', accessOf({ metWorkerIds: met }))).to.equal('tooMany');
  });

  it('take as many at once as a list may have', () => {
    expect(checkRevocations([target], accessOf())).to.equal(null);
    expect(
      checkRevocations(
        Array.from({ length: LIST_LENGTH_MAX }, () => target),
        accessOf(),
      ),
    ).to.equal(null);
    expect(
      checkRevocations(
        Array.from({ length: LIST_LENGTH_MAX + 1 }, () => target),
        accessOf(),
      ),
    ).to.equal('tooMany');
    expect(checkRevocations([{ ...target, id: '' }], accessOf())).to.equal('invalidRequest');
  });

  it('are only refused for want of room once nobody comes in any more', () => {
    expect(checkRevocations([target], accessOf({ revocationCount: REVOCATIONS_MAX - 1 }))).to.equal(null);
    expect(checkRevocations([target], accessOf({ revocationCount: REVOCATIONS_MAX }))).to.equal('tooMany');
    const known = accessOf({ revoked: ['worker walkers/wanda'], revocationCount: REVOCATIONS_MAX });
    expect(checkRevocations([target], known)).to.equal(null);
  });
});

describe('A policy', () => {
  const check = (...rules: Policy['rules']) => checkPolicy({ rules });

  it('is kept if its shape is right', () => {
    expect(check()).to.equal(null);
    expect(check(ruleOf(), ruleOf({ name: 'another', deny: true, purposes: ['service'] }))).to.equal(null);
  });

  it('is refused with what has no limit, no name, or no meaning', () => {
    expect(check(ruleOf(), ruleOf())).to.equal('invalidRequest');
    expect(check(ruleOf({ name: '' }))).to.equal('invalidRequest');
    expect(check(ruleOf({ distanceMaxM: -1 }))).to.equal('invalidRequest');
    expect(check(ruleOf({ prolongMaxMs: DAY_MS + 1 }))).to.equal('invalidRequest');
    expect(check(ruleOf({ notes: { id: 'a+b', text: 'x' } }))).to.equal('invalidRequest');
    expect(check(ruleOf({ hours: [{ days: [], fromMinute: 10, untilMinute: 10 }] }))).to.equal('invalidRequest');
    expect(check(...Array.from({ length: 65 }, (_, index) => ruleOf({ name: `${index}` })))).to.equal('invalidRequest');
  });
});

describe('Whatever is asked to be kept', () => {
  it('gets an answer', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        const facts = peopleFacts();
        expect(checkProvider(given as Provider, facts.access)).to.equal('invalidRequest');
        expect(checkGuest(given as Guest, facts)).to.equal('invalidRequest');
        expect(checkCode(given as Code, facts)).to.equal('invalidRequest');
        expect(checkPolicy(given as Policy)).to.equal('invalidRequest');
        expect(checkAccessKey(given as AccessKey, facts.access)).to.equal('invalidRequest');
        expect(checkRevocations([given as RevocationTarget], facts.access)).to.equal('invalidRequest');
      }),
    );
  });
});
