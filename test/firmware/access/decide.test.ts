import { expect } from 'chai';
import type { Mode } from '../../../hal/contracts/report.js';
import {
  type AccessFacts,
  decideAnnouncement,
  decideOwner,
  decideProlongation,
  decideResident,
  decideVisitor,
  PROLONG_DEFAULT_MS,
  PROLONG_MAX_MS,
  type VisitorQuestion,
} from '../../../firmware/access/decide.js';
import type { Asker, Issuance, Purpose } from '../../../firmware/access/authority.js';
import type { VisitEntry } from '../../../firmware/access/question.js';
import type { Outcome, RefusalReason } from '../../../firmware/journal/records.js';
import type { Grant } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { CHILD, FROM_UTC_MS, grantOf, OWNER, UNTIL_UTC_MS } from '../support/records.js';
import { accessOf, codeOf, factsOf, HOUR_MS, NOW_UTC_MS, ruleOf, tokenGrant, visitOf, WALKERS } from './permitted.js';

const FACTS = factsOf({ utcMs: FROM_UTC_MS + 60_000 });

function entryOf({ grant = grantOf(), ...parts }: Partial<VisitEntry> = {}): VisitEntry {
  return visitOf(grant, parts);
}

function questionOf(parts: Partial<VisitorQuestion> = {}): VisitorQuestion {
  return { act: 'enter', personId: 'courier', proof: { kind: 'word' }, distanceM: null, notesId: null, ...parts };
}

interface Case {
  readonly entry?: VisitEntry | undefined;
  readonly personId?: string;
  readonly facts?: Partial<AccessFacts>;
}

function decide(parts: Case = {}): RefusalReason | null {
  const entry = 'entry' in parts ? parts.entry : entryOf();
  return decideVisitor(entry, questionOf({ personId: parts.personId ?? 'courier' }), { ...FACTS, ...parts.facts });
}

/** One thing wrong at a time, the one that is named first on top. */
const WRONG: readonly (readonly [RefusalReason, Case])[] = [
  ['unknownVisit', { entry: undefined }],
  ['notYourVisit', { personId: 'somebody else' }],
  ['revoked', { entry: entryOf({ revoked: true }) }],
  ['visitEnded', { entry: entryOf({ outcome: 'completed' }) }],
  ['wrongDoor', { entry: entryOf({ grant: grantOf({ doorId: 'back-door' }) }) }],
  ['clockUnset', { facts: { utcMs: null } }],
  ['tooEarly', { facts: { utcMs: FROM_UTC_MS - 1 } }],
  ['windowPassed', { facts: { utcMs: UNTIL_UTC_MS } }],
  ['mode', { facts: { mode: 'privacy' } }],
];

describe('A visitor', () => {
  it('is allowed with a grant of their own, for this door, in its window, that nobody has ended', () => {
    expect(decide()).to.equal(null);
  });

  for (const [reason, parts] of WRONG) {
    it(`is refused with ${reason} for that one reason`, () => {
      expect(decide(parts)).to.equal(reason);
    });
  }

  it('is refused with any two reasons together', () => {
    for (const [, first] of WRONG) {
      for (const [, second] of WRONG) {
        const both = { ...first, ...second, facts: { ...first.facts, ...second.facts } };
        expect(decide(both)).to.not.equal(null);
      }
    }
  });

  it('is allowed from the first millisecond of the window to its last', () => {
    expect(decide({ facts: { utcMs: FROM_UTC_MS } })).to.equal(null);
    expect(decide({ facts: { utcMs: UNTIL_UTC_MS - 1 } })).to.equal(null);
  });

  it('is refused after every outcome of the visit', () => {
    const outcomes: readonly Outcome[] = ['completed', 'denied', 'missed', 'leftUnlocked', 'replaced', 'lockedDown'];
    for (const outcome of outcomes) expect(decide({ entry: entryOf({ outcome }) })).to.equal('visitEnded');
  });
});

describe('The modes', () => {
  interface Row {
    readonly mode: Mode;
    readonly visitor: boolean;
    readonly app: boolean;
    readonly code: boolean;
    readonly ownersApp: boolean;
    readonly ownersCode: boolean;
  }

  const TABLE: readonly Row[] = [
    { mode: 'normal', visitor: true, app: true, code: true, ownersApp: true, ownersCode: true },
    { mode: 'privacy', visitor: false, app: false, code: false, ownersApp: false, ownersCode: false },
    { mode: 'vacation', visitor: false, app: true, code: false, ownersApp: true, ownersCode: false },
    { mode: 'passage', visitor: false, app: true, code: true, ownersApp: true, ownersCode: true },
    { mode: 'lockDown', visitor: false, app: false, code: false, ownersApp: true, ownersCode: true },
  ];

  for (const { mode, visitor, app, code, ownersApp, ownersCode } of TABLE) {
    it(mode, () => {
      expect(decide({ facts: { mode } }), 'visitor').to.equal(visitor ? null : 'mode');
      expect(decideResident(CHILD, 'app', mode), 'app').to.equal(app ? null : 'mode');
      expect(decideResident(CHILD, 'code', mode), 'code').to.equal(code ? null : 'mode');
      expect(decideResident(OWNER, 'app', mode), "owner's app").to.equal(ownersApp ? null : 'mode');
      expect(decideResident(OWNER, 'code', mode), "owner's code").to.equal(ownersCode ? null : 'mode');
      expect(decideResident(undefined, 'app', mode), 'stranger').to.equal('unknownPerson');
    });
  }

  it('vacation admits the purposes that the owner lists, and no other', () => {
    const settings = { ...DEFAULT_SETTINGS, vacationPurposes: ['service', 'maintenance'] satisfies Purpose[] };
    const purposes: readonly Purpose[] = ['delivery', 'deliveryInside', 'service', 'maintenance', 'guest'];
    for (const purpose of purposes) {
      const entry = entryOf({ grant: grantOf({ purpose }) });
      const listed = purpose === 'service' || purpose === 'maintenance';
      expect(decide({ entry, facts: { mode: 'vacation', settings } })).to.equal(listed ? null : 'mode');
      expect(decide({ entry, facts: { mode: 'privacy', settings } })).to.equal('mode');
    }
  });
});

describe('What only the owner may', () => {
  it('nobody else may', () => {
    expect(decideOwner(OWNER)).to.equal(null);
    expect(decideOwner(CHILD)).to.equal('notAllowed');
    expect(decideOwner(undefined)).to.equal('unknownPerson');
  });
});

describe('An announcement', () => {
  const announce = (grant: Partial<Grant>, known?: VisitEntry, facts: Partial<AccessFacts> = {}): string | null =>
    decideAnnouncement(grantOf(grant), known, { ...FACTS, ...facts });

  it('is taken in any mode, early, and with a calendar that is unset', () => {
    const modes: readonly Mode[] = ['normal', 'privacy', 'vacation', 'passage', 'lockDown'];
    for (const mode of modes) expect(announce({}, undefined, { mode })).to.equal(null);
    expect(announce({}, undefined, { utcMs: FROM_UTC_MS - 300 * 86_400_000 })).to.equal(null);
    expect(announce({}, undefined, { utcMs: null })).to.equal(null);
  });

  const unsound: readonly (readonly [string, Partial<Grant>])[] = [
    ['no id', { id: '' }],
    ['no person', { personId: '' }],
    ["the name of a firm's visit", { id: 'walkers/visit-1' }],
    ['a window that ends in more than a year', { untilUtcMs: FROM_UTC_MS + 368 * 86_400_000 }],
    ['no entries', { entries: 0 }],
    ['half an entry', { entries: 1.5 }],
    ['entries beyond count', { entries: 17 }],
    ['entries that are no number', { entries: Number.NaN }],
    ['a window that ends as it begins', { untilUtcMs: FROM_UTC_MS }],
    ['a window that ends before it begins', { untilUtcMs: FROM_UTC_MS - 1 }],
    ['a window that begins at no time', { fromUtcMs: Number.NaN }],
    ['a window that ends at no time', { untilUtcMs: Number.NaN }],
  ];
  for (const [name, grant] of unsound) {
    it(`is refused with ${name}`, () => {
      expect(announce(grant)).to.equal('invalidGrant');
    });
  }

  it('is taken with up to 16 entries', () => {
    expect(announce({ entries: 16 })).to.equal(null);
  });

  it('is refused for another door, and after its window', () => {
    expect(announce({ doorId: 'back-door' })).to.equal('wrongDoor');
    expect(announce({}, undefined, { utcMs: UNTIL_UTC_MS })).to.equal('windowPassed');
    expect(announce({}, undefined, { utcMs: UNTIL_UTC_MS - 1 })).to.equal(null);
  });

  it('is never taken twice for one id, whatever came of the first', () => {
    expect(announce({}, entryOf())).to.equal('invalidGrant');
    expect(announce({}, entryOf({ outcome: 'completed' }))).to.equal('invalidGrant');
  });
});

describe('A token', () => {
  const announce = (grant: Partial<Grant>, issuance: Partial<Issuance> = {}, facts: Partial<AccessFacts> = {}) =>
    decideAnnouncement(tokenGrant(grant, issuance), undefined, factsOf(facts));

  it('is taken from an enrolled firm, with a calendar or without', () => {
    expect(announce({})).to.equal(null);
    expect(announce({}, {}, { utcMs: null })).to.equal(null);
  });

  const OF_STRANGERS = { id: 'strangers/visit-1', personId: 'strangers/wanda' };
  const REFUSED: readonly (readonly [RefusalReason, string, ReturnType<typeof announce>])[] = [
    ['unknownProvider', 'of a firm that nobody enrolled', announce(OF_STRANGERS, { providerId: 'strangers' })],
    ['unknownKey', 'signed by a key that was removed', announce({}, { keyId: 'k0' })],
    ['purposeNotAllowed', 'for guests, whom no firm sends', announce({ purpose: 'guest' })],
    ['clockSkew', 'from more than a minute ahead', announce({}, { issuedUtcMs: NOW_UTC_MS + 60_001 })],
    ['tokenExpired', 'that expires now', announce({}, { expiresUtcMs: NOW_UTC_MS })],
    [
      'invalidGrant',
      'that lasts longer than the owner lets it',
      announce({}, { expiresUtcMs: NOW_UTC_MS + 23 * HOUR_MS + 1 }),
    ],
    ['invalidGrant', 'that expires before it is issued', announce({}, { expiresUtcMs: NOW_UTC_MS - HOUR_MS })],
    ['invalidGrant', 'for a visit that is not its own', announce({ id: 'others/visit-1' })],
    ['invalidGrant', 'for a worker who is not its own', announce({ personId: 'wanda' })],
    [
      'invalidGrant',
      'that has expired when its window begins',
      announce({ fromUtcMs: NOW_UTC_MS + 2 * HOUR_MS, untilUtcMs: NOW_UTC_MS + 3 * HOUR_MS }),
    ],
    ['invalidGrant', 'for two deliveries at once', announce({ purpose: 'delivery' })],
    ['invalidGrant', 'for a window of more than a day', announce({ untilUtcMs: NOW_UTC_MS + 24 * HOUR_MS })],
    ['windowPassed', 'whose window is over', announce({ untilUtcMs: NOW_UTC_MS })],
    ['revoked', 'of a revoked worker', announce({}, {}, { access: accessOf({ revoked: ['worker walkers/wanda'] }) })],
    [
      'tokenTooOld',
      'as old as those that may be forgotten',
      announce({}, {}, { access: accessOf({ issuedAfterUtcMs: NOW_UTC_MS - HOUR_MS }) }),
    ],
  ];
  for (const [reason, name, answer] of REFUSED) {
    it(`${name} is refused with ${reason}`, () => {
      expect(answer).to.equal(reason);
    });
  }

  it('may come from a clock a minute ahead', () => {
    expect(announce({}, { issuedUtcMs: NOW_UTC_MS + 60_000 })).to.equal(null);
  });

  it('lasts as long as the owner lets it, to the millisecond', () => {
    expect(announce({}, { expiresUtcMs: NOW_UTC_MS + 23 * HOUR_MS })).to.equal(null);
  });
});

describe('A code for a visit', () => {
  const byCode: VisitorQuestion = questionOf({ personId: 'walkers/wanda', proof: { kind: 'code', userNumber: 7 } });
  const factsWith = (parts: Partial<Parameters<typeof codeOf>[0]> = {}) =>
    factsOf({ access: accessOf({ codes: new Map([[7, codeOf(parts)]]) }) });

  it('stands for the device of its own visit, and for no other visit', () => {
    const visit = visitOf(tokenGrant());
    expect(decideVisitor(visit, byCode, factsWith())).to.equal(null);
    const other = factsWith({ holder: { kind: 'visit', visitId: 'walkers/visit-2' } });
    expect(decideVisitor(visit, byCode, other)).to.equal('notProved');
  });

  it('of a resident or a guest is no proof for a token', () => {
    const visit = visitOf(tokenGrant());
    for (const kind of ['resident', 'guest'] as const) {
      const facts = factsWith({ holder: { kind, personId: 'walkers/wanda' } });
      expect(decideVisitor(visit, byCode, facts)).to.equal('notProved');
    }
  });
});

describe('Leaving', () => {
  const leaving = questionOf({
    act: 'other',
    personId: 'walkers/wanda',
    proof: { kind: 'device', deviceId: 'phone-1' },
  });

  it('is refused for none of the reasons that keep people out', () => {
    const visit = visitOf(tokenGrant(), { revoked: true, cause: 'endedByOwner', untilUtcMs: 0 });
    const access = accessOf({ providers: new Map(), policy: { rules: [ruleOf({ deny: true })] }, petLoose: true });
    for (const mode of ['normal', 'privacy', 'vacation', 'passage', 'lockDown'] as const) {
      expect(decideVisitor(visit, leaving, factsOf({ mode, utcMs: null, access }))).to.equal(null);
    }
  });

  it('is still of this visit, while it lasts, and proved', () => {
    const visit = visitOf(tokenGrant());
    expect(decideVisitor(visit, { ...leaving, personId: 'walkers/eve' }, FACTS)).to.equal('notYourVisit');
    expect(decideVisitor(visit, { ...leaving, proof: { kind: 'word' } }, FACTS)).to.equal('notProved');
    expect(decideVisitor({ ...visit, outcome: 'completed' }, leaving, FACTS)).to.equal('visitEnded');
  });
});

describe('Coming to the door', () => {
  it('needs no notes and no distance yet', () => {
    const rules = [ruleOf({ notes: { id: 'n1', text: 'Read me.' }, distanceMaxM: 10 })];
    const facts = factsOf({ access: accessOf({ policy: { rules } }) });
    expect(decideVisitor(entryOf(), questionOf({ act: 'arrive' }), facts)).to.equal(null);
    expect(decideVisitor(entryOf(), questionOf({ act: 'enter' }), facts)).to.equal('distanceUnknown');
    expect(decideVisitor(entryOf(), questionOf({ act: 'enter', distanceM: 10 }), facts)).to.equal('notesUnread');
    const ready = questionOf({ act: 'enter', distanceM: 10, notesId: 'n1' });
    expect(decideVisitor(entryOf(), ready, facts)).to.equal(null);
  });
});

describe('A prolongation', () => {
  const OWNERS: Asker = { kind: 'person', personId: 'owner' };
  const FIRMS: Asker = { kind: 'provider', providerId: 'walkers', keyId: 'k1' };
  const endUtcMs = NOW_UTC_MS + HOUR_MS;
  const prolong = (
    untilUtcMs: number,
    asker: Asker = OWNERS,
    parts: Partial<VisitEntry> = {},
    facts: Partial<AccessFacts> = {},
  ) => decideProlongation(visitOf(tokenGrant(), parts), untilUtcMs, asker, factsOf(facts));

  it('goes as far as the default where the owner has set no bound, by owner or firm', () => {
    for (const asker of [OWNERS, FIRMS]) {
      expect(prolong(endUtcMs + PROLONG_DEFAULT_MS, asker)).to.equal(null);
      expect(prolong(endUtcMs + PROLONG_DEFAULT_MS + 1, asker)).to.equal('prolongedTooFar');
    }
  });

  it('goes as far as the strictest of the rules about the visit, and never further than a day', () => {
    const bounds = [30 * 60_000, 4 * HOUR_MS];
    const rules = bounds.map((prolongMaxMs) => ruleOf({ name: `${prolongMaxMs}`, prolongMaxMs }));
    for (const order of [rules, rules.toReversed()]) {
      const access = accessOf({ policy: { rules: order } });
      expect(prolong(endUtcMs + 30 * 60_000, FIRMS, {}, { access })).to.equal(null);
      expect(prolong(endUtcMs + 30 * 60_000 + 1, FIRMS, {}, { access })).to.equal('prolongedTooFar');
    }
    const access = accessOf({ policy: { rules: [ruleOf({ prolongMaxMs: 100 * HOUR_MS })] } });
    expect(prolong(endUtcMs + PROLONG_MAX_MS, OWNERS, {}, { access })).to.equal(null);
    expect(prolong(endUtcMs + PROLONG_MAX_MS + 1, OWNERS, {}, { access })).to.equal('prolongedTooFar');
  });

  it('counts from the window of the grant, however often it is asked', () => {
    const once = { untilUtcMs: endUtcMs + PROLONG_DEFAULT_MS };
    expect(prolong(once.untilUtcMs, OWNERS, once)).to.equal(null);
    expect(prolong(once.untilUtcMs + 1, OWNERS, once)).to.equal('prolongedTooFar');
  });

  it('is refused to other firms, and by keys that are no longer theirs', () => {
    const until = endUtcMs + 1;
    expect(prolong(until, { ...FIRMS, providerId: 'strangers' })).to.equal('unknownProvider');
    expect(prolong(until, { ...FIRMS, keyId: 'k0' })).to.equal('unknownKey');
    const revoked = accessOf({ revoked: ['key walkers/k2'] });
    expect(prolong(until, { ...FIRMS, keyId: 'k2' }, {}, { access: revoked })).to.equal('revoked');
    const others = accessOf({ providers: new Map([['others', { ...WALKERS, id: 'others' }]]) });
    expect(prolong(until, { ...FIRMS, providerId: 'others' }, {}, { access: others })).to.equal('notYourVisit');
  });

  it('is for visits that have begun and stand, while the calendar is known', () => {
    const until = endUtcMs + 1;
    expect(decideProlongation(undefined, until, OWNERS, FACTS)).to.equal('unknownVisit');
    expect(prolong(until, OWNERS, { arrived: false })).to.equal('notArrived');
    expect(prolong(until, OWNERS, { outcome: 'completed' })).to.equal('visitEnded');
    expect(prolong(until, OWNERS, { cause: 'endedByOwner' })).to.equal('visitEnded');
    expect(prolong(until, OWNERS, { revoked: true })).to.equal('revoked');
    expect(prolong(until, OWNERS, {}, { utcMs: null })).to.equal('clockUnset');
    expect(prolong(endUtcMs + 2, OWNERS, {}, { utcMs: endUtcMs })).to.equal('windowPassed');
    expect(prolong(Number.NaN)).to.equal('invalidRequest');
  });

  it('carries the token and the allowed hours with it, so that nobody is locked out with the dog', () => {
    const rules = [ruleOf({ hours: [{ days: [], fromMinute: 600, untilMinute: 660 }] })];
    const grant = tokenGrant({}, { expiresUtcMs: endUtcMs });
    const visit = visitOf(grant, { entriesSpent: 1, untilUtcMs: endUtcMs + HOUR_MS });
    const question = questionOf({ personId: 'walkers/wanda', proof: { kind: 'device', deviceId: 'phone-1' } });
    const later = factsOf({ utcMs: endUtcMs + 1, access: accessOf({ policy: { rules } }) });
    expect(decideVisitor(visit, question, later)).to.equal(null);
    expect(decideVisitor({ ...visit, untilUtcMs: endUtcMs + 1 }, question, later)).to.equal('windowPassed');
  });
});
