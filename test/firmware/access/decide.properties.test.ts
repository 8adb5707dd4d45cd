import { expect } from 'chai';
import fc from 'fast-check';
import type { AccessView } from '../../../firmware/access/access-view.js';
import type { Issuance } from '../../../firmware/access/authority.js';
import { decideAnnouncement, decideVisitor } from '../../../firmware/access/decide.js';
import { explainVisitor } from '../../../firmware/access/explain.js';
import type { PolicyRule } from '../../../firmware/access/policy.js';
import type { VisitEntry, VisitorAct, VisitorQuestion } from '../../../firmware/access/question.js';
import { REVOCATIONS_MAX } from '../../../firmware/access/visit-rules.js';
import type { RefusalReason } from '../../../firmware/journal/records.js';
import type { Grant } from '../../../firmware/requests.js';
import {
  accessOf,
  type Case,
  factsOf,
  HOUR_MS,
  ISSUANCE,
  NOW_UTC_MS,
  permittedCases,
  policyRules,
  ruleOf,
  tokenGrant,
  visitOf,
  WALKERS,
} from './permitted.js';

function decide({ entry, question, facts }: Case): RefusalReason | null {
  return decideVisitor(entry, question, facts);
}

function withEntry(base: Case, parts: Partial<VisitEntry>): Case {
  return { ...base, entry: { ...base.entry, ...parts } };
}

function withGrant(base: Case, parts: Partial<Grant>): Case {
  return withEntry(base, { grant: { ...base.entry.grant, ...parts } });
}

function withToken(base: Case, parts: Partial<Issuance>): Case {
  return withGrant(base, { issuance: { ...ISSUANCE, ...parts } });
}

function asking(base: Case, parts: Partial<VisitorQuestion>): Case {
  return { ...base, question: { ...base.question, ...parts } };
}

function withAccess(base: Case, parts: Partial<AccessView>): Case {
  return { ...base, facts: { ...base.facts, access: { ...base.facts.access, ...parts } } };
}

function withRule(base: Case, parts: Partial<PolicyRule>): Case {
  const { rules } = base.facts.access.policy;
  return withAccess(base, { policy: { rules: [...rules, ruleOf({ name: 'the one', ...parts })] } });
}

function revoking(base: Case, kind: string, id: string): Case {
  const { access } = base.facts;
  return withAccess(base, {
    revocationCount: access.revocationCount + 1,
    isRevoked: (otherKind, otherId) => (otherKind === kind && otherId === id) || access.isRevoked(otherKind, otherId),
  });
}

function at(base: Case, utcMs: number | null): Case {
  return { ...base, facts: { ...base.facts, utcMs } };
}

const byPhone = { proof: { kind: 'device', deviceId: 'phone-1' }, distanceM: 40, notesId: 'n1+n2' } as const;

/** Each breaks one thing only in a case in which everything was right. */
const BREAKAGES: Readonly<Record<string, readonly [RefusalReason, (base: Case) => Case]>> = {
  'another person': ['notYourVisit', (base) => asking(base, { personId: 'walkers/eve' })],
  'only a word': ['notProved', (base) => asking(base, { proof: { kind: 'word' } })],
  'another device': ['wrongDevice', (base) => asking(base, { proof: { kind: 'device', deviceId: 'phone-2' } })],
  'a code that nobody has': ['notProved', (base) => asking(base, { proof: { kind: 'code', userNumber: 8 } })],
  'revoked in the ledger': ['revoked', (base) => withEntry(base, { revoked: true })],
  'the grant revoked': ['revoked', (base) => revoking(base, 'grant', 'walkers/visit-1')],
  'the worker revoked': ['revoked', (base) => revoking(base, 'worker', 'walkers/wanda')],
  'the device revoked': ['revoked', (base) => revoking(base, 'device', 'phone-1')],
  'the firm revoked': ['revoked', (base) => revoking(base, 'provider', 'walkers')],
  'the key revoked': ['revoked', (base) => revoking(base, 'key', `walkers/${base.entry.grant.issuance?.keyId ?? ''}`)],
  'no room for revocations': ['tooMany', (base) => withAccess(base, { revocationCount: REVOCATIONS_MAX })],
  'the visit over': ['visitEnded', (base) => withEntry(base, { outcome: 'completed' })],
  'the visit ending': ['visitEnded', (base) => withEntry(base, { cause: 'endedByOwner' })],
  'another door': ['wrongDoor', (base) => withGrant(base, { doorId: 'back-door' })],
  'no calendar': ['clockUnset', (base) => at(base, null)],
  'a calendar that shows nonsense': ['tooEarly', (base) => at(base, Number.NaN)],
  'too early': ['tooEarly', (base) => withGrant(base, { fromUtcMs: NOW_UTC_MS + 1 })],
  'too late': ['windowPassed', (base) => withEntry(base, { untilUtcMs: NOW_UTC_MS })],
  privacy: ['mode', (base) => ({ ...base, facts: { ...base.facts, mode: 'privacy' } })],
  passage: ['mode', (base) => ({ ...base, facts: { ...base.facts, mode: 'passage' } })],
  'lock-down': ['mode', (base) => ({ ...base, facts: { ...base.facts, mode: 'lockDown' } })],
  'vacation without this purpose': [
    'mode',
    (base) => {
      const settings = { ...base.facts.settings, vacationPurposes: [] };
      return { ...base, facts: { ...base.facts, mode: 'vacation', settings } };
    },
  ],
  'the firm removed': ['unknownProvider', (base) => withAccess(base, { providers: new Map() })],
  'the key removed': [
    'unknownKey',
    (base) => {
      const keys = WALKERS.keys.filter(({ id }) => id !== base.entry.grant.issuance?.keyId);
      return withAccess(base, { providers: new Map([['walkers', { ...WALKERS, keys }]]) });
    },
  ],
  'a purpose that the firm has lost': [
    'purposeNotAllowed',
    (base) => withAccess(base, { providers: new Map([['walkers', { ...WALKERS, purposes: [] }]]) }),
  ],
  'from the future': ['clockSkew', (base) => withToken(base, { issuedUtcMs: NOW_UTC_MS + 60_001 })],
  'expired to the millisecond': [
    'tokenExpired',
    (base) => withEntry(withToken(base, { expiresUtcMs: NOW_UTC_MS }), { untilUtcMs: base.entry.grant.untilUtcMs }),
  ],
  'a life that the owner has shortened since': [
    'tokenExpired',
    (base) =>
      withEntry(withAccess(base, { providers: new Map([['walkers', { ...WALKERS, tokenLifeMaxMs: HOUR_MS }]]) }), {
        untilUtcMs: base.entry.grant.untilUtcMs,
      }),
  ],
  denied: ['deniedByPolicy', (base) => withRule(base, { deny: true })],
  'other hours': [
    'outsideHours',
    (base) => withRule(base, { hours: [{ days: [], fromMinute: 601, untilMinute: 1_440 }] }),
  ],
  'another day': [
    'outsideHours',
    (base) => withRule(base, { hours: [{ days: ['tuesday'], fromMinute: 0, untilMinute: 1_440 }] }),
  ],
  'no hours': ['outsideHours', (base) => withRule(base, { hours: [] })],
  'a loose pet': ['petLoose', (base) => withRule(withAccess(base, { petLoose: true }), { noLoosePet: true })],
  'a missing certificate': [
    'certificateMissing',
    (base) => withRule(base, { certificates: [{ kind: 'oath', issuers: null, selfStatedIsEnough: true }] }),
  ],
  'an expired certificate': [
    'certificateMissing',
    (base) => {
      const certificates = ISSUANCE.certificates.map((held) => ({ ...held, expiresUtcMs: NOW_UTC_MS }));
      const rule = { certificates: [{ kind: 'petFirstAid', issuers: null, selfStatedIsEnough: true }] };
      return withRule(withToken(withAccess(base, { policy: { rules: [] } }), { certificates }), rule);
    },
  ],
  "a certificate of another's": [
    'certificateMissing',
    (base) =>
      withRule(base, { certificates: [{ kind: 'petFirstAid', issuers: ['Samaritans'], selfStatedIsEnough: true }] }),
  ],
  "only the firm's own word": [
    'certificateMissing',
    (base) => withRule(base, { certificates: [{ kind: 'insurance', issuers: null, selfStatedIsEnough: false }] }),
  ],
  'not met': ['notMet', (base) => withRule(withAccess(base, { metWorkerIds: new Set() }), { metInPerson: true })],
  'too far away': ['tooFarAway', (base) => withRule(asking(base, { ...byPhone, distanceM: 41 }), { distanceMaxM: 40 })],
  'a distance that nobody knows': [
    'distanceUnknown',
    (base) => withRule(asking(base, { ...byPhone, distanceM: null }), { distanceMaxM: 100 }),
  ],
  'a distance that is none': [
    'distanceUnknown',
    (base) => withRule(asking(base, { ...byPhone, distanceM: Number.NaN }), { distanceMaxM: 100 }),
  ],
  'unread notes': ['notesUnread', (base) => withRule(asking(base, byPhone), { notes: { id: 'n3', text: 'New.' } })],
  'notes unread before a first entry by code': [
    'notesUnread',
    (base) => withRule(withEntry(base, { entriesSpent: 0 }), { notes: { id: 'n3', text: 'New.' } }),
  ],
};

describe('A visitor whom nothing speaks against', () => {
  it('comes in', () => {
    fc.assert(
      fc.property(permittedCases, (base) => {
        expect(decide(base)).to.equal(null);
        expect(decide(asking(base, { act: 'arrive' }))).to.equal(null);
      }),
    );
  });

  for (const [name, [reason, broken]] of Object.entries(BREAKAGES)) {
    it(`does not with ${name}`, () => {
      fc.assert(
        fc.property(permittedCases, (base) => {
          expect(decide(broken(base))).to.equal(reason);
        }),
        { numRuns: 50 },
      );
    });
  }
});

describe("The owner's rules", () => {
  it('refuse the same in every order', () => {
    const cases = fc.tuple(permittedCases, policyRules, fc.array(fc.constantFrom(...Object.values(BREAKAGES))));
    fc.assert(
      fc.property(cases, fc.func(fc.nat()), ([base, more, broken], keyOf) => {
        const { rules } = base.facts.access.policy;
        const all = broken.reduce(
          (sofar, [, breaks]) => breaks(sofar),
          withAccess(base, { policy: { rules: [...rules, ...more] } }),
        );
        const order = all.facts.access.policy.rules.map((rule, index) => ({ rule, key: keyOf(index) }));
        const shuffled = order.toSorted((a, b) => a.key - b.key).map(({ rule }) => rule);
        expect(decide(withAccess(all, { policy: { rules: shuffled } }))).to.equal(decide(all));
      }),
    );
  });

  it('only ever take away: a rule more permits nobody else', () => {
    const breakages = fc.constantFrom(...Object.values(BREAKAGES).map(([, broken]) => broken));
    fc.assert(
      fc.property(permittedCases, breakages, policyRules, (base, broken, more) => {
        const refused = broken(base);
        const { rules } = refused.facts.access.policy;
        expect(decide(withAccess(refused, { policy: { rules: [...more, ...rules] } }))).to.not.equal(null);
      }),
    );
  });
});

describe('Revocation', () => {
  const targets = fc.array(
    fc.tuple(
      fc.constantFrom('grant', 'worker', 'device', 'provider', 'key', 'guest', 'code'),
      fc.constantFrom('walkers/visit-1', 'walkers/wanda', 'phone-1', 'walkers', 'walkers/k1', 'walkers/k2', '7', 'x'),
    ),
    { minLength: 1 },
  );
  const acts = fc.constantFrom<VisitorAct>('arrive', 'enter', 'other');

  it('is monotone: more of it never turns a refusal into a permission', () => {
    const breakages = fc.constantFrom((base: Case) => base, ...Object.values(BREAKAGES).map(([, broken]) => broken));
    fc.assert(
      fc.property(permittedCases, breakages, acts, targets, (base, broken, act, revoked) => {
        const before = asking(broken(base), { act });
        const after = revoked.reduce((sofar, [kind, id]) => revoking(sofar, kind, id), before);
        if (decide(before) !== null) expect(decide(after)).to.not.equal(null);
        if (decideAnnouncement(before.entry.grant, undefined, before.facts) === null) return;
        expect(decideAnnouncement(after.entry.grant, undefined, after.facts)).to.not.equal(null);
      }),
    );
  });

  it('never keeps anybody from leaving', () => {
    fc.assert(
      fc.property(permittedCases, targets, (base, revoked) => {
        const leaving = asking(base, { act: 'other' });
        expect(decide(revoked.reduce((sofar, [kind, id]) => revoking(sofar, kind, id), leaving))).to.equal(null);
      }),
    );
  });
});

describe('A decision on anything at all', () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(NOW_UTC_MS, Infinity, -Infinity, Number.NaN, 8.64e15, -8.64e15));
  const proof = fc.oneof(
    fc.record({ kind: fc.constant('device' as const), deviceId: fc.string() }),
    fc.record({ kind: fc.constant('code' as const), userNumber: number }),
    fc.constant({ kind: 'word' as const }),
  );
  const questions = fc.record({
    act: fc.constantFrom<VisitorAct>('arrive', 'enter', 'other'),
    personId: fc.oneof(fc.string(), fc.constant('walkers/wanda')),
    proof,
    distanceM: fc.option(number),
    notesId: fc.option(fc.string()),
  });
  const grants = fc.record({
    fromUtcMs: number,
    untilUtcMs: number,
    issuedUtcMs: number,
    expiresUtcMs: number,
    entries: number,
    id: fc.string(),
  });

  it('is an answer, and explained by one', () => {
    fc.assert(
      fc.property(questions, grants, policyRules, fc.option(number), (question, parts, rules, utcMs) => {
        const { issuedUtcMs, expiresUtcMs, ...rest } = parts;
        const grant = tokenGrant(rest, { issuedUtcMs, expiresUtcMs });
        const facts = factsOf({ utcMs, access: accessOf({ policy: { rules } }) });
        const verdicts = explainVisitor(visitOf(grant), question, facts);
        const first = verdicts.find(({ refusal }) => refusal !== null)?.refusal ?? null;
        expect(decideVisitor(visitOf(grant), question, facts)).to.equal(first);
        expect(decideAnnouncement(grant, undefined, facts)).to.satisfy(
          (reason: unknown) => reason === null || typeof reason === 'string',
        );
      }),
      { numRuns: 500 },
    );
  });
});
