import { expect } from 'chai';
import fc from 'fast-check';
import type { Code, Guest } from '../../../firmware/access/authority.js';
import { decideCode, guestGrant, lockedOutUntilMs, WRONG_CODES_MAX } from '../../../firmware/access/codes.js';
import { decideAnnouncement, decideVisitor } from '../../../firmware/access/decide.js';
import type { AccessFacts } from '../../../firmware/access/question.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { accessOf, codeOf, factsOf, HOUR_MS, NOW_UTC_MS, visitOf } from './permitted.js';

const MINUTE_MS = 60_000;

const RESIDENTS: Code = codeOf({ holder: { kind: 'resident', personId: 'owner' }, usesLeft: null });
const ANNA: Guest = { personId: 'anna', schedule: { kind: 'always' }, expiresUtcMs: null };
const ANNAS: Code = codeOf({ holder: { kind: 'guest', personId: 'anna' }, usesLeft: null });

function afterWrong(wrongCodes: number, nowMs: number): AccessFacts {
  return factsOf({ nowMs, access: accessOf({ wrongCodes, wrongCodeAtMs: 500_000 }) });
}

describe('Wrong codes', () => {
  it('lock nobody out up to the fourth', () => {
    for (let wrong = 0; wrong < WRONG_CODES_MAX; wrong += 1) {
      expect(lockedOutUntilMs(accessOf({ wrongCodes: wrong, wrongCodeAtMs: 500_000 }))).to.equal(-Infinity);
    }
  });

  it('lock the keypad out from the fifth on, twice as long with each, up to an hour', () => {
    const minutes = [1, 2, 4, 8, 16, 32, 60, 60];
    for (const [index, length] of minutes.entries()) {
      const access = accessOf({ wrongCodes: WRONG_CODES_MAX + index, wrongCodeAtMs: 500_000 });
      expect(lockedOutUntilMs(access)).to.equal(500_000 + length * MINUTE_MS);
    }
    expect(lockedOutUntilMs(accessOf({ wrongCodes: 1e9, wrongCodeAtMs: 0 }))).to.equal(HOUR_MS);
  });

  it('make even the right one wait, to the millisecond', () => {
    expect(decideCode(RESIDENTS, true, afterWrong(5, 559_999))).to.equal('lockedOut');
    expect(decideCode(undefined, false, afterWrong(5, 559_999))).to.equal('lockedOut');
    expect(decideCode(RESIDENTS, true, afterWrong(5, 560_000))).to.equal(null);
  });
});

describe('A code', () => {
  const at = (utcMs: number | null) => factsOf({ utcMs });

  it('is good for who has it, while it lasts', () => {
    expect(decideCode(codeOf(), true, at(NOW_UTC_MS))).to.equal(null);
    expect(decideCode(codeOf(), true, at(NOW_UTC_MS + HOUR_MS - 1))).to.equal(null);
    expect(decideCode(codeOf(), true, at(NOW_UTC_MS + HOUR_MS))).to.equal('codeExpired');
    expect(decideCode(codeOf({ usesLeft: 0 }), true, at(NOW_UTC_MS))).to.equal('codeExpired');
  });

  it('that is wrong says nothing of the number: nobody has it, or it expired, or it was revoked', () => {
    const facts = factsOf({ access: accessOf({ revoked: ['code 7'] }) });
    for (const code of [undefined, codeOf(), codeOf({ usesLeft: 0 }), codeOf({ expiresUtcMs: 0 })]) {
      expect(decideCode(code, false, facts)).to.equal('wrongCode');
    }
    expect(decideCode(undefined, true, facts)).to.equal('wrongCode');
  });

  it('that was revoked, or whose guest was, opens nothing', () => {
    expect(decideCode(codeOf(), true, factsOf({ access: accessOf({ revoked: ['code 7'] }) }))).to.equal('revoked');
    expect(decideCode(ANNAS, true, factsOf({ access: accessOf({ revoked: ['guest anna'] }) }))).to.equal('revoked');
  });

  it('without an end is none', () => {
    expect(decideCode(codeOf({ expiresUtcMs: null, usesLeft: null }), true, at(NOW_UTC_MS))).to.equal('codeExpired');
  });

  it('needs a calendar if it expires, but for the household', () => {
    expect(decideCode(RESIDENTS, true, at(null))).to.equal(null);
    expect(decideCode(ANNAS, true, at(null))).to.equal('clockUnset');
    expect(decideCode(codeOf({ expiresUtcMs: null }), true, at(null))).to.equal(null);
  });
});

describe("A guest's code", () => {
  const grant = (guest: Partial<Guest> = {}, code: Partial<Code> = {}, facts: Partial<AccessFacts> = {}) =>
    guestGrant({ ...ANNA, ...guest }, { ...ANNAS, ...code }, 4_711, factsOf(facts));

  it('is one entry within the next quarter of an hour', () => {
    expect(grant()).to.deep.equal({
      id: 'guest-7-4711',
      personId: 'anna',
      doorId: 'front-door',
      purpose: 'guest',
      fromUtcMs: NOW_UTC_MS,
      untilUtcMs: NOW_UTC_MS + 15 * MINUTE_MS,
      entries: 1,
      issuance: null,
    });
  });

  it('ends with the schedule, the guest or the code, whichever is first', () => {
    const until = NOW_UTC_MS + 5 * MINUTE_MS;
    const once = { kind: 'once', fromUtcMs: NOW_UTC_MS, untilUtcMs: until } as const;
    const hours = { days: ['monday'], fromMinute: 600, untilMinute: 605 } as const;
    expect(grant({ schedule: once })).to.include({ untilUtcMs: until });
    expect(grant({ schedule: { kind: 'weekly', hours } })).to.include({ untilUtcMs: until });
    expect(grant({ expiresUtcMs: until })).to.include({ untilUtcMs: until });
    expect(grant({}, { expiresUtcMs: until })).to.include({ untilUtcMs: until });
  });

  it('is nothing outside the schedule', () => {
    const once = { kind: 'once', fromUtcMs: NOW_UTC_MS, untilUtcMs: NOW_UTC_MS + HOUR_MS } as const;
    expect(grant({ schedule: once }, {}, { utcMs: NOW_UTC_MS - 1 })).to.equal('tooEarly');
    expect(grant({ schedule: once }, { expiresUtcMs: null }, { utcMs: NOW_UTC_MS + HOUR_MS })).to.equal('windowPassed');
    expect(grant({ expiresUtcMs: NOW_UTC_MS })).to.equal('windowPassed');
    expect(grant({}, {}, { utcMs: null })).to.equal('clockUnset');
    expect(guestGrant(undefined, ANNAS, 1, factsOf())).to.equal('unknownPerson');
    expect(grant({}, {}, { access: accessOf({ revoked: ['guest anna'] }) })).to.equal('revoked');
  });

  it('opens on Tuesdays, and on no Wednesday', () => {
    const hours = { days: ['tuesday'], fromMinute: 0, untilMinute: 1_440 } as const;
    const settings = { ...DEFAULT_SETTINGS, timeZone: 'Europe/Berlin' };
    const tuesday = Date.UTC(2026, 5, 2);
    const at = (utcMs: number) =>
      grant({ schedule: { kind: 'weekly', hours } }, { expiresUtcMs: null }, { settings, utcMs });
    expect(at(tuesday - 2 * HOUR_MS)).to.include({ purpose: 'guest' });
    expect(at(tuesday - 2 * HOUR_MS - 1)).to.equal('outsideHours');
    expect(at(tuesday + 22 * HOUR_MS - 1)).to.include({ untilUtcMs: tuesday + 22 * HOUR_MS });
    expect(at(tuesday + 22 * HOUR_MS)).to.equal('outsideHours');
  });

  it('is a grant that is announced and let in by the same rules as any other', () => {
    const facts = factsOf({ access: accessOf({ codes: new Map([[7, ANNAS]]), guests: new Map([['anna', ANNA]]) }) });
    const given = guestGrant(ANNA, ANNAS, 4_711, facts);
    if (typeof given === 'string') throw new Error(given);
    expect(decideAnnouncement(given, undefined, facts)).to.equal(null);
    const question = { act: 'enter', personId: 'anna', proof: { kind: 'code', userNumber: 7 } } as const;
    const asked = { ...question, distanceM: null, notesId: null };
    expect(decideVisitor(visitOf(given), asked, facts)).to.equal(null);
    expect(decideVisitor(visitOf(given), asked, { ...facts, mode: 'privacy' })).to.equal('mode');
    expect(decideVisitor(visitOf({ ...given, personId: 'bert' }), { ...asked, personId: 'bert' }, facts)).to.equal(
      'notProved',
    );
  });

  it('is an answer at any time', () => {
    const times = fc.oneof(fc.double(), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(times, fc.double(), fc.option(fc.double()), (utcMs, fromUtcMs, expiresUtcMs) => {
        const schedule = { kind: 'once', fromUtcMs, untilUtcMs: fromUtcMs + HOUR_MS } as const;
        const given = grant({ schedule, expiresUtcMs }, {}, { utcMs });
        if (typeof given === 'string') return;
        expect(given.fromUtcMs).to.be.lessThan(given.untilUtcMs);
        expect(given.untilUtcMs - given.fromUtcMs).to.be.at.most(15 * MINUTE_MS);
      }),
    );
  });
});
