import { expect } from 'chai';
import fc from 'fast-check';
import type { LocalHours } from '../../../firmware/access/local-hours.js';
import type { PolicyRule } from '../../../firmware/access/policy.js';
import { policyWarnings } from '../../../firmware/access/policy-warnings.js';
import { policyRules, ruleOf, WALKERS } from './permitted.js';

const JANUARY_UTC_MS = Date.UTC(2026, 0, 1);

function span(fromMinute: number, untilMinute: number, ...days: LocalHours['days']): LocalHours {
  return { days, fromMinute, untilMinute };
}

/** Each as `rule, rule: words`. */
function warningsOn(rules: readonly PolicyRule[], utcMs: number | null = null): string[] {
  const facts = { providers: new Map([[WALKERS.id, WALKERS]]), timeZone: 'Europe/Berlin', utcMs };
  return policyWarnings({ rules }, facts).map(({ rules: names, words }) => `${names.join(', ')}: ${words}`);
}

describe("The owner's rules are warned of", () => {
  const CASES: readonly (readonly [string, readonly PolicyRule[], readonly string[]])[] = [
    ['no condition', [ruleOf()], ['a rule: sets no condition: it never refuses']],
    [
      'a firm that is not enrolled',
      [ruleOf({ providerIds: ['gone'], metInPerson: true })],
      [
        'a rule: names the firm gone, which is not enrolled',
        'a rule: is about no visits that anybody may make: it never refuses',
      ],
    ],
    [
      'guests of a firm',
      [ruleOf({ providerIds: ['walkers'], purposes: ['guest'], noLoosePet: true })],
      ['a rule: is about no visits that anybody may make: it never refuses'],
    ],
    ['no hours', [ruleOf({ hours: [] })], ['a rule: has no hours: it always refuses']],
    [
      'conditions beside a denial',
      [ruleOf({ deny: true, purposes: ['service'], noLoosePet: true })],
      ['a rule: always refuses: its other conditions never matter'],
    ],
    [
      'a certificate that nobody may issue',
      [
        ruleOf({
          providerIds: ['walkers'],
          certificates: [{ kind: 'oath', issuers: [], selfStatedIsEnough: true }],
        }),
      ],
      ['a rule: lets nobody issue the certificate oath: it always refuses'],
    ],
    [
      'certificates asked of guests',
      [ruleOf({ certificates: [{ kind: 'oath', issuers: null, selfStatedIsEnough: true }] })],
      ['a rule: asks for certificates, which only firms state: it always refuses guests, and visits by your own grant'],
    ],
    [
      'certificates asked of visits by the own grant, not of guests',
      [ruleOf({ purposes: ['service'], certificates: [{ kind: 'oath', issuers: null, selfStatedIsEnough: true }] })],
      ['a rule: asks for certificates, which only firms state: it always refuses visits by your own grant'],
    ],
    [
      'hours that are the whole week',
      [ruleOf({ hours: [span(0, 1_440)] })],
      ['a rule: has hours that are the whole week: they never refuse'],
    ],
    [
      'meeting guests',
      [ruleOf({ purposes: ['guest'], metInPerson: true })],
      ['a rule: asks of guests too that you have met them: until you say so of each, it refuses them'],
    ],
    ['meeting workers', [ruleOf({ purposes: ['service'], metInPerson: true })], []],
    [
      'notes for guests',
      [ruleOf({ notes: { id: 'n', text: 'x' } })],
      ['a rule: has notes, which cannot be acknowledged at the keypad: it always refuses guests'],
    ],
    ['everything denied', [ruleOf({ deny: true })], ['a rule: nobody comes in: every visit is denied']],
    [
      'a rule behind a denial',
      [
        ruleOf({ name: 'no walks', purposes: ['service'], deny: true }),
        ruleOf({ purposes: ['service'], noLoosePet: true }),
      ],
      ['a rule: never matters: "no walks" denies all'],
    ],
    [
      'hours that never meet',
      [
        ruleOf({ name: 'mornings', hours: [span(480, 720)] }),
        ruleOf({ name: 'walks', purposes: ['service'], hours: [span(720, 800), span(470, 481, 'sunday')] }),
        ruleOf({ name: 'weekdays', purposes: ['service'], hours: [span(0, 1_440, 'monday')] }),
      ],
      ['mornings, walks, weekdays: have no hours in common: together they always refuse'],
    ],
  ];
  for (const [name, rules, warnings] of CASES) {
    it(`for ${name}`, () => {
      expect(warningsOn(rules)).to.deep.equal(warnings);
    });
  }

  it('for hours that the clock skips, with the day', () => {
    const night = ruleOf({ name: 'night', hours: [span(120, 180)] });
    const skipped = ['night: on 2026-03-29 the clock skips all their hours of that day: nobody comes in then'];
    expect(warningsOn([night], JANUARY_UTC_MS)).to.deep.equal(skipped);
    expect(warningsOn([ruleOf({ hours: [span(120, 181)] })], JANUARY_UTC_MS)).to.deep.equal([]);
    expect(warningsOn([ruleOf({ hours: [span(120, 180, 'monday')] })], JANUARY_UTC_MS)).to.deep.equal([]);
    expect(warningsOn([ruleOf({ hours: [span(120, 180), span(200, 210)] })], JANUARY_UTC_MS)).to.deep.equal([]);
    const both = [ruleOf({ name: 'early', hours: [span(60, 180)] }), ruleOf({ name: 'late', hours: [span(120, 300)] })];
    expect(warningsOn(both, JANUARY_UTC_MS)).to.deep.equal([
      'early, late: on 2026-03-29 the clock skips all their hours of that day: nobody comes in then',
    ]);
  });

  it('for nothing where they make sense', () => {
    const rules = [
      ruleOf({ name: 'days', hours: [span(480, 1_200)], noLoosePet: true }),
      ruleOf({
        name: 'walks',
        purposes: ['service'],
        providerIds: ['walkers'],
        hours: [span(600, 700)],
        metInPerson: true,
      }),
      ruleOf({ name: 'longer', prolongMaxMs: 3_600_000 }),
      ruleOf({ name: 'no parcels', purposes: ['delivery'], deny: true }),
    ];
    expect(warningsOn(rules, JANUARY_UTC_MS)).to.deep.equal([]);
  });

  it('the same in every order', () => {
    const facts = { providers: new Map([[WALKERS.id, WALKERS]]), timeZone: 'Europe/Berlin', utcMs: JANUARY_UTC_MS };
    const warned = (rules: readonly PolicyRule[]) =>
      policyWarnings({ rules }, facts)
        .map(({ rules: names, words }) => `${names.toSorted().join(', ')}: ${words.replaceAll(/"[^"]*"/g, 'one')}`)
        .toSorted();
    fc.assert(
      fc.property(policyRules, (rules) => {
        expect(warned(rules.toReversed())).to.deep.equal(warned(rules));
      }),
    );
  });
});
