import { expect } from 'chai';
import type { Code, Guest } from '../../../firmware/access/authority.js';
import { decideVisitor } from '../../../firmware/access/decide.js';
import { explainGuest, explainResident, explainThought, explainVisitor } from '../../../firmware/access/explain.js';
import type { Verdict } from '../../../firmware/access/explain.js';
import type { VisitorQuestion } from '../../../firmware/access/question.js';
import { CHILD } from '../support/records.js';
import { accessOf, codeOf, factsOf, HOUR_MS, NOW_UTC_MS, ruleOf, tokenGrant, visitOf } from './permitted.js';

const ENTERING: VisitorQuestion = {
  act: 'enter',
  personId: 'walkers/wanda',
  proof: { kind: 'device', deviceId: 'phone-1' },
  distanceM: 2_000,
  notesId: null,
};

const RULES = [
  ruleOf({ name: 'By day', hours: [{ days: ['monday'], fromMinute: 480, untilMinute: 1_200 }] }),
  ruleOf({ name: 'Walks', purposes: ['service'], distanceMaxM: 100, metInPerson: true }),
  ruleOf({
    name: 'First aid',
    purposes: ['service'],
    certificates: [{ kind: 'insurance', issuers: ['City Walkers'], selfStatedIsEnough: false }],
  }),
  ruleOf({ name: 'Parcels', purposes: ['delivery'], noLoosePet: true }),
];

function verdictOn(verdicts: readonly Verdict[], rule: string): Verdict {
  const found = verdicts.find((verdict) => verdict.rule === rule);
  if (found === undefined)
    throw new Error(`no verdict on ${rule}: ${verdicts.map((verdict) => verdict.rule).join(', ')}`);
  return found;
}

describe('Why a visitor may come in or not', () => {
  const facts = factsOf({ access: accessOf({ policy: { rules: RULES } }) });
  const verdicts = explainVisitor(visitOf(tokenGrant()), ENTERING, facts);

  it('is told of every rule, not only of the first that refuses', () => {
    const refused = verdicts.filter(({ verdict }) => verdict === 'refuses').map(({ rule, refusal }) => [rule, refusal]);
    expect(refused).to.deep.equal([
      ['First aid (certificates)', 'certificateMissing'],
      ['Walks (distance)', 'tooFarAway'],
    ]);
    expect(decideVisitor(visitOf(tokenGrant()), ENTERING, facts)).to.equal('certificateMissing');
    expect(verdictOn(verdicts, 'Walks (met in person)').verdict).to.equal('allows');
    expect(verdicts.some(({ rule }) => rule.startsWith('Parcels'))).to.equal(false);
  });

  it('is told in words that say what was asked and what was found', () => {
    expect(verdictOn(verdicts, 'By day (hours)').words).to.equal(
      "only mon 08:00-20:00: the door's clock (UTC) shows 2026-06-01 10:00:00",
    );
    expect(verdictOn(verdicts, 'window').words).to.equal(
      "now is within the visit's window: the window is 2026-06-01 09:30:00 until 2026-06-01 11:00:00; " +
        'now is 2026-06-01 10:00:00',
    );
    expect(verdictOn(verdicts, 'Walks (distance)').words).to.include('2000 m; nobody measures it');
  });

  it("shows a firm's own word as such", () => {
    const { words } = verdictOn(verdicts, 'First aid (certificates)');
    expect(words).to.include("only with insurance by City Walkers, not on the firm's own word");
    expect(words).to.match(/insurance by City Walkers until [-0-9 :]+, the firm's own word/);
  });

  it('names what is revoked', () => {
    const revoked = factsOf({ access: accessOf({ revoked: ['device phone-1'] }) });
    const verdict = verdictOn(explainVisitor(visitOf(tokenGrant()), ENTERING, revoked), 'revocations');
    expect(verdict).to.include({ verdict: 'refuses', refusal: 'revoked' });
    expect(verdict.words).to.include('the device phone-1 is');
  });
});

describe('Whether somebody might come', () => {
  const facts = factsOf({ access: accessOf({ policy: { rules: RULES } }) });
  const wanda = { personId: 'walkers/wanda', providerId: 'walkers', purpose: 'service' } as const;

  it('is judged as far as it is known, and the rest is said', () => {
    const verdicts = explainThought(wanda, facts);
    expect(verdicts.filter(({ verdict }) => verdict === 'refuses')).to.deep.equal([]);
    const open = verdicts.filter(({ verdict }) => verdict === 'depends').map(({ rule }) => rule);
    expect(open).to.deep.equal([
      'proof',
      'window',
      'clocks agree',
      'expiry',
      'First aid (certificates)',
      'Walks (distance)',
    ]);
  });

  it('is refused by what is known already', () => {
    const evening = { ...facts, utcMs: NOW_UTC_MS + 10 * HOUR_MS };
    expect(verdictOn(explainThought(wanda, evening), 'By day (hours)').refusal).to.equal('outsideHours');
    const stranger = { ...wanda, providerId: 'strangers', personId: 'strangers/wanda' };
    expect(verdictOn(explainThought(stranger, facts), 'firm and key').refusal).to.equal('unknownProvider');
    expect(verdictOn(explainThought(stranger, facts), 'Walks (met in person)').refusal).to.equal('notMet');
    expect(verdictOn(explainThought(wanda, { ...facts, utcMs: null }), 'clock').refusal).to.equal('clockUnset');
    const parcels = { ...facts, access: accessOf({ policy: { rules: RULES }, petLoose: true }) };
    const own = { personId: 'courier', providerId: null, purpose: 'delivery' } as const;
    expect(verdictOn(explainThought(own, parcels), 'Parcels (no loose pet)').refusal).to.equal('petLoose');
  });
});

describe('Why a guest or the household may come in or not', () => {
  const anna: Guest = {
    personId: 'anna',
    schedule: { kind: 'weekly', hours: { days: ['tuesday'], fromMinute: 0, untilMinute: 1_440 } },
    expiresUtcMs: null,
  };
  const code: Code = codeOf({ holder: { kind: 'guest', personId: 'anna' }, usesLeft: null, expiresUtcMs: 1e14 });
  const access = accessOf({ guests: new Map([['anna', anna]]), codes: new Map([[7, code]]) });

  it('is the schedule, and what is asked of every visitor', () => {
    const wednesday = explainGuest(anna, code, factsOf({ access, utcMs: Date.UTC(2026, 5, 3, 12) }));
    expect(wednesday.map(({ refusal }) => refusal)).to.deep.equal(['outsideHours']);
    const tuesday = explainGuest(anna, code, factsOf({ access, utcMs: Date.UTC(2026, 5, 2, 12), mode: 'privacy' }));
    expect(tuesday.filter(({ verdict }) => verdict === 'refuses').map(({ rule }) => rule)).to.deep.equal(['mode']);
  });

  it('is the mode', () => {
    const [verdict] = explainResident(CHILD, 'code', factsOf({ mode: 'vacation' }));
    expect(verdict).to.deep.equal({
      rule: 'mode',
      verdict: 'refuses',
      refusal: 'mode',
      words: 'the mode admits the household by code: child is of the household; the mode is vacation',
    });
  });
});
