import fc from 'fast-check';
import type { AccessView } from '../../../firmware/access/access-view.js';
import type { Code, Issuance, Provider, Purpose, RevocationKind } from '../../../firmware/access/authority.js';
import type { AccessFacts, VisitEntry, VisitorQuestion } from '../../../firmware/access/question.js';
import { EMPTY_POLICY, type PolicyRule } from '../../../firmware/access/policy.js';
import type { Grant } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { FROM_UTC_MS, grantOf } from '../support/records.js';

/** People, firms and rules among whom everything is in order, and cases in which the visitor may come in. */

/** A Monday, 10:00 UTC, in the middle of every window here. */
export const NOW_UTC_MS = FROM_UTC_MS;
export const HOUR_MS = 3_600_000;

export const WALKERS: Provider = {
  id: 'walkers',
  name: 'City Walkers',
  keys: [
    { id: 'k1', x: 'A'.repeat(43) },
    { id: 'k2', x: 'B'.repeat(42) + 'A' },
  ],
  purposes: ['delivery', 'deliveryInside', 'service', 'maintenance'],
  tokenLifeMaxMs: 24 * HOUR_MS,
};

export const ISSUANCE: Issuance = {
  providerId: 'walkers',
  keyId: 'k1',
  workerName: 'Wanda',
  photo: null,
  deviceX: 'A'.repeat(43),
  deviceId: 'phone-1',
  issuedUtcMs: NOW_UTC_MS - HOUR_MS,
  expiresUtcMs: NOW_UTC_MS + 2 * HOUR_MS,
  certificates: [
    { kind: 'petFirstAid', issuer: 'Red Cross', expiresUtcMs: NOW_UTC_MS + 1_000 * HOUR_MS, selfStated: false },
    { kind: 'insurance', issuer: 'City Walkers', expiresUtcMs: NOW_UTC_MS + 1_000 * HOUR_MS, selfStated: true },
  ],
};

export function tokenGrant(parts: Partial<Grant> = {}, issuance: Partial<Issuance> = {}): Grant {
  return grantOf({
    id: 'walkers/visit-1',
    personId: 'walkers/wanda',
    purpose: 'service',
    entries: 2,
    fromUtcMs: NOW_UTC_MS - HOUR_MS / 2,
    untilUtcMs: NOW_UTC_MS + HOUR_MS,
    issuance: { ...ISSUANCE, ...issuance },
    ...parts,
  });
}

export function visitOf(grant: Grant, parts: Partial<VisitEntry> = {}): VisitEntry {
  return {
    grant,
    entriesSpent: 0,
    untilUtcMs: grant.untilUtcMs,
    arrived: true,
    revoked: false,
    cause: null,
    outcome: null,
    ...parts,
  };
}

interface AccessParts extends Partial<Omit<AccessView, 'isRevoked'>> {
  /** As `<kind> <id>`. */
  readonly revoked?: readonly string[];
}

export function accessOf({ revoked = [], ...parts }: AccessParts = {}): AccessView {
  return {
    providers: new Map([[WALKERS.id, WALKERS]]),
    guests: new Map(),
    codes: new Map(),
    accessKeys: new Map(),
    listSequences: new Map(),
    metWorkerIds: new Set(['walkers/wanda']),
    policy: EMPTY_POLICY,
    petLoose: false,
    wrongCodes: 0,
    wrongCodeAtMs: -Infinity,
    issuedAfterUtcMs: -Infinity,
    revocationCount: revoked.length,
    isRevoked: (kind: RevocationKind, id: string) => revoked.includes(`${kind} ${id}`),
    ...parts,
  };
}

export function factsOf(parts: Partial<AccessFacts> = {}): AccessFacts {
  return {
    settings: DEFAULT_SETTINGS,
    mode: 'normal',
    utcMs: NOW_UTC_MS,
    nowMs: 1_000_000,
    access: accessOf(),
    ...parts,
  };
}

export function ruleOf(parts: Partial<PolicyRule> = {}): PolicyRule {
  return {
    name: 'a rule',
    purposes: [],
    providerIds: [],
    hours: null,
    noLoosePet: false,
    certificates: [],
    metInPerson: false,
    distanceMaxM: null,
    notes: null,
    prolongMaxMs: null,
    deny: false,
    ...parts,
  };
}

export function codeOf(parts: Partial<Code> = {}): Code {
  return {
    userNumber: 7,
    holder: { kind: 'visit', visitId: 'walkers/visit-1' },
    hash: { salt: 'a'.repeat(22), hash: 'b'.repeat(43), cost: 15 },
    expiresUtcMs: NOW_UTC_MS + HOUR_MS,
    usesLeft: 1,
    ...parts,
  };
}

/** Somebody asks to enter. */
export interface Case {
  readonly entry: VisitEntry;
  readonly question: VisitorQuestion;
  readonly facts: AccessFacts;
}

/** Conditions of the owner's that the visitor of `permittedCases` meets. */
const MET: readonly Partial<PolicyRule>[] = [
  { hours: [{ days: ['monday'], fromMinute: 9 * 60, untilMinute: 12 * 60 }] },
  {
    hours: [
      { days: ['sunday'], fromMinute: 0, untilMinute: 1_440 },
      { days: [], fromMinute: 0, untilMinute: 1_440 },
    ],
  },
  { noLoosePet: true },
  { certificates: [{ kind: 'petFirstAid', issuers: ['Red Cross', 'Samaritans'], selfStatedIsEnough: false }] },
  { certificates: [{ kind: 'insurance', issuers: null, selfStatedIsEnough: true }] },
  { metInPerson: true },
  { distanceMaxM: 100 },
  { notes: { id: 'n1', text: 'The lead hangs by the door.' } },
  { notes: { id: 'n2', text: 'Mind the cat.' } },
  { prolongMaxMs: 0 },
  { providerIds: ['others'], deny: true },
  { purposes: ['guest'], deny: true },
];

export const policyRules: fc.Arbitrary<PolicyRule[]> = fc
  .array(
    fc.record({
      condition: fc.constantFrom(...MET),
      providerIds: fc.constantFrom<string[]>([], ['walkers'], ['others', 'walkers']),
    }),
    { maxLength: 6 },
  )
  .map((rules) =>
    rules.map(({ condition, providerIds }, index) => ruleOf({ name: `rule ${index}`, providerIds, ...condition })),
  );

export const permittedCases: fc.Arbitrary<Case> = fc
  .record({
    purpose: fc.constantFrom<Purpose>('delivery', 'deliveryInside', 'service', 'maintenance'),
    keyId: fc.constantFrom('k1', 'k2'),
    entriesSpent: fc.nat(1),
    prolonged: fc.boolean(),
    vacation: fc.boolean(),
    byCode: fc.boolean(),
    rules: policyRules,
    others: fc.subarray(['worker walkers/eve', 'device phone-2', 'key walkers/k3', 'grant visit-1', 'guest wanda']),
  })
  .map(({ purpose, keyId, entriesSpent, prolonged, vacation, byCode, rules, others }) => {
    const entries = purpose === 'service' || purpose === 'maintenance' ? 2 : 1;
    const grant = tokenGrant({ purpose, entries }, { keyId });
    const spent = byCode ? 1 : entriesSpent;
    return {
      entry: visitOf(grant, {
        entriesSpent: spent,
        untilUtcMs: prolonged ? grant.untilUtcMs + HOUR_MS : grant.untilUtcMs,
      }),
      question: {
        act: 'enter',
        personId: 'walkers/wanda',
        proof: byCode ? { kind: 'code', userNumber: 7 } : { kind: 'device', deviceId: 'phone-1' },
        distanceM: byCode ? null : 40,
        notesId: byCode ? null : 'n1+n2',
      },
      facts: factsOf({
        mode: vacation ? 'vacation' : 'normal',
        settings: { ...DEFAULT_SETTINGS, vacationPurposes: [purpose] },
        access: accessOf({ policy: { rules }, codes: new Map([[7, codeOf()]]), revoked: others }),
      }),
    };
  });
