import { expect } from 'chai';
import fc from 'fast-check';
import type { LocalHours, Weekday } from '../../../firmware/access/local-hours.js';
import { localHoursText, minuteOfDay, parseLocalHours, WEEKDAYS } from '../../../firmware/access/local-hours-text.js';
import {
  hoursEndUtcMs,
  isTimeZone,
  isWithinHours,
  momentText,
  nextClockChange,
} from '../../../firmware/access/local-time.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What a wall clock of the zone shows, by the machine's own calendar and not by ours. */
class WallClock {
  private readonly format: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  isWithin({ days, fromMinute, untilMinute }: LocalHours, utcMs: number): boolean {
    const parts = new Map(this.format.formatToParts(utcMs).map(({ type, value }) => [type, value]));
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
    const day = parts.get('weekday')?.toLowerCase() as Weekday;
    return minute >= fromMinute && minute < untilMinute && (days.length === 0 || days.includes(day));
  }
}

/** Weeks in which the clock is changed, both ways; and zones that never do. */
const WEEKS: readonly (readonly [string, number])[] = [
  ['Europe/Berlin', Date.UTC(2026, 2, 26)],
  ['Europe/Berlin', Date.UTC(2026, 9, 22)],
  ['America/New_York', Date.UTC(2026, 2, 5)],
  ['America/New_York', Date.UTC(2026, 9, 29)],
  ['Australia/Lord_Howe', Date.UTC(2026, 3, 1)],
  ['Australia/Lord_Howe', Date.UTC(2026, 9, 1)],
  ['Africa/Casablanca', Date.UTC(2026, 1, 12)],
  ['Asia/Kolkata', Date.UTC(2026, 2, 26)],
  ['Pacific/Kiritimati', Date.UTC(2026, 2, 26)],
  ['UTC', Date.UTC(2026, 2, 26)],
];

const localHours: fc.Arbitrary<LocalHours> = fc
  .record({
    days: fc.subarray([...WEEKDAYS]),
    minutes: fc.uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ days, minutes }) => {
    const [first = 0, second = 1_440] = minutes;
    return { days, fromMinute: Math.min(first, second), untilMinute: Math.max(first, second) };
  });

/** Around the small hours, when clocks are changed. */
const nightHours: fc.Arbitrary<LocalHours> = fc
  .record({ from: fc.integer({ min: 0, max: 239 }), length: fc.integer({ min: 1, max: 180 }) })
  .map(({ from, length }) => ({ days: [], fromMinute: from, untilMinute: from + length }));

const hoursOfWeek = fc.oneof(localHours, nightHours);

describe("The door's clock", () => {
  for (const [timeZone, weekUtcMs] of WEEKS) {
    const week = new Date(weekUtcMs).toISOString().slice(0, 10);
    const wallClock = new WallClock(timeZone);
    const instants = fc.integer({ min: 0, max: 7 * DAY_MS }).map((sinceMs) => weekUtcMs + sinceMs);

    it(`shows in ${timeZone}, the week from ${week}, what any clock there shows`, () => {
      fc.assert(
        fc.property(hoursOfWeek, instants, (hours, utcMs) => {
          expect(isWithinHours(hours, timeZone, utcMs)).to.equal(wallClock.isWithin(hours, utcMs));
        }),
        { numRuns: 300 },
      );
    });

    it(`shows in ${timeZone}, the week from ${week}, every hour until it ends, and not a minute longer`, () => {
      fc.assert(
        fc.property(hoursOfWeek, instants, (hours, utcMs) => {
          const endUtcMs = hoursEndUtcMs(hours, timeZone, utcMs);
          if (!wallClock.isWithin(hours, utcMs)) {
            expect(endUtcMs).to.equal(null);
            return;
          }
          if (endUtcMs === null) throw new Error('the present hours have no end');
          expect(endUtcMs).to.be.greaterThan(utcMs);
          for (let at = utcMs; at < endUtcMs; at += 15 * MINUTE_MS)
            expect(wallClock.isWithin(hours, at)).to.equal(true);
          expect(wallClock.isWithin(hours, endUtcMs - 1)).to.equal(true);
          // Midnight ends the day's hours, even if the next day has the same.
          const atMidnight = hours.untilMinute === 1_440;
          if (!atMidnight) expect(wallClock.isWithin(hours, endUtcMs)).to.equal(false);
        }),
        { numRuns: 100 },
      );
    });
  }

  it('skips an hour in spring: nothing falls in it, and hours that end in it end before it', () => {
    const inTheGap: LocalHours = { days: [], fromMinute: 120, untilMinute: 180 };
    const intoTheGap: LocalHours = { days: [], fromMinute: 60, untilMinute: 150 };
    const changeUtcMs = Date.UTC(2026, 2, 29, 1);
    for (let at = changeUtcMs - 30 * MINUTE_MS; at < changeUtcMs + 90 * MINUTE_MS; at += MINUTE_MS) {
      expect(isWithinHours(inTheGap, 'Europe/Berlin', at)).to.equal(false);
    }
    expect(hoursEndUtcMs(intoTheGap, 'Europe/Berlin', changeUtcMs - 1)).to.equal(changeUtcMs);
    expect(isWithinHours(inTheGap, 'Europe/Berlin', changeUtcMs - DAY_MS)).to.equal(true);
  });

  it('repeats an hour in autumn: what falls in it counts twice, and lasts two hours', () => {
    const repeated: LocalHours = { days: ['sunday'], fromMinute: 120, untilMinute: 180 };
    const firstUtcMs = Date.UTC(2026, 9, 25, 0);
    expect(isWithinHours(repeated, 'Europe/Berlin', firstUtcMs - 1)).to.equal(false);
    expect(isWithinHours(repeated, 'Europe/Berlin', firstUtcMs)).to.equal(true);
    expect(hoursEndUtcMs(repeated, 'Europe/Berlin', firstUtcMs)).to.equal(firstUtcMs + 120 * MINUTE_MS);
    const half: LocalHours = { days: [], fromMinute: 120, untilMinute: 150 };
    expect(hoursEndUtcMs(half, 'Europe/Berlin', firstUtcMs)).to.equal(firstUtcMs + 30 * MINUTE_MS);
    expect(isWithinHours(half, 'Europe/Berlin', firstUtcMs + 60 * MINUTE_MS)).to.equal(true);
  });

  it('is told when it is changed next', () => {
    expect(nextClockChange('Europe/Berlin', Date.UTC(2026, 0, 1))).to.deep.equal({
      utcMs: Date.UTC(2026, 2, 29, 1),
      fromLocalMs: Date.UTC(2026, 2, 29, 2),
      toLocalMs: Date.UTC(2026, 2, 29, 3),
    });
    expect(nextClockChange('Asia/Kolkata', Date.UTC(2026, 0, 1))).to.equal(null);
  });

  it('shows nothing at times that are none', () => {
    const always: LocalHours = { days: [], fromMinute: 0, untilMinute: 1_440 };
    for (const utcMs of [Number.NaN, Infinity, -Infinity, 1e300]) {
      expect(isWithinHours(always, 'Europe/Berlin', utcMs)).to.equal(false);
      expect(hoursEndUtcMs(always, 'Europe/Berlin', utcMs)).to.equal(null);
    }
    expect(isWithinHours(always, 'Europe/Berlin', -5e14)).to.equal(true);
    expect(isWithinHours(always, 'Europe/Berlin', 5e14)).to.equal(true);
  });

  it('is written as people read it', () => {
    expect(momentText('America/New_York', Date.UTC(2026, 2, 8, 7, 0, 1))).to.equal('2026-03-08 03:00:01');
    expect(momentText('UTC', Infinity)).to.equal('Infinity');
  });

  it('runs in zones that have a name', () => {
    for (const name of ['Europe/Berlin', 'UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires']) {
      expect(isTimeZone(name), name).to.equal(true);
    }
    for (const name of ['', 'Berlin', '+01:00', 'Europe/Atlantis', 'europe berlin', 'x'.repeat(10_000)]) {
      expect(isTimeZone(name), name.slice(0, 20)).to.equal(false);
    }
  });
});

describe('Hours as people write them', () => {
  it('are read with days and without', () => {
    expect(parseLocalHours('08:00-20:00')).to.deep.equal({ days: [], fromMinute: 480, untilMinute: 1_200 });
    expect(parseLocalHours('mon-fri 00:00-24:00')).to.deep.equal({
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      fromMinute: 0,
      untilMinute: 1_440,
    });
    expect(parseLocalHours('sat,mon 09:05-09:06')?.days).to.deep.equal(['monday', 'saturday']);
    expect(parseLocalHours('fri-mon 09:00-10:00')?.days).to.deep.equal(['monday', 'friday', 'saturday', 'sunday']);
  });

  it('are refused where they make no sense', () => {
    const wrong = [
      '',
      '8:00-20:00',
      '08:00',
      '20:00-08:00',
      '08:00-08:00',
      '08:60-09:00',
      '23:00-24:01',
      'mo 08:00-09:00',
    ];
    wrong.push(
      'mon-tue-wed 08:00-09:00',
      'mon,, 08:00-09:00',
      '08:00-20:00 ',
      'mon  08:00-09:00',
      'constructor 08:00-09:00',
    );
    for (const text of wrong) expect(parseLocalHours(text), text).to.equal(null);
  });

  it('are written as they are read', () => {
    fc.assert(
      fc.property(localHours, (hours) => {
        const read = parseLocalHours(localHoursText(hours));
        expect(read).to.deep.equal(hours);
      }),
    );
  });

  it('have minutes of the day', () => {
    expect(minuteOfDay('00:00')).to.equal(0);
    expect(minuteOfDay('24:00')).to.equal(1_440);
    for (const text of ['24:01', '12:60', '1:00', '12:00 ', '-1:00', ''])
      expect(minuteOfDay(text), text).to.equal(null);
  });
});
