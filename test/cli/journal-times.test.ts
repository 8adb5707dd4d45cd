import { expect } from 'chai';
import { BadInput } from '../../cli/bad-input.js';
import { ZonedTimes } from '../../cli/journal-times.js';

const NOON_UTC_MS = Date.UTC(2026, 2, 3, 12);

describe('times of the journal', () => {
  it('are UTC unless another zone is asked for', () => {
    expect(new ZonedTimes('UTC').text(NOON_UTC_MS + 4)).to.equal('2026-03-03T12:00:00.004Z');
    expect(new ZonedTimes('Europe/Berlin').text(NOON_UTC_MS)).to.equal('2026-03-03T13:00:00.000+01:00');
    expect(new ZonedTimes('Europe/Berlin').text(Date.UTC(2026, 6, 1))).to.equal('2026-07-01T02:00:00.000+02:00');
  });

  it('are short for people, and are read again as they are', () => {
    for (const [zone, utcMs, text] of [
      ['UTC', NOON_UTC_MS, '2026-03-03 12:00Z'],
      ['Europe/Berlin', NOON_UTC_MS, '2026-03-03 13:00+01:00'],
      ['Europe/Berlin', NOON_UTC_MS + 7_000, '2026-03-03 13:00:07+01:00'],
    ] as const) {
      const times = new ZonedTimes(zone);
      expect(times.shortText(utcMs)).to.equal(text);
      expect(times.parse('--until', text)).to.equal(utcMs);
    }
    expect(new ZonedTimes('UTC').shortText(NaN)).to.equal('a time beyond the calendar');
  });

  it('are counted from the start while the calendar is not set', () => {
    expect(new ZonedTimes('UTC').stampText({ utcMs: null, atMs: 12_345 })).to.equal("12.345 s after the lock's start");
  });

  it('are shown as what they are where no calendar reaches', () => {
    for (const utcMs of [Infinity, -Infinity, NaN, 1e17]) {
      expect(new ZonedTimes('UTC').text(utcMs)).to.equal('a time beyond the calendar');
    }
  });

  it('are read as dates, as times of day in the zone, and as instants', () => {
    const utc = new ZonedTimes('UTC');
    const berlin = new ZonedTimes('Europe/Berlin');
    expect(utc.parse('--from', '2026-03-03')).to.equal(Date.UTC(2026, 2, 3));
    expect(berlin.parse('--from', '2026-03-03')).to.equal(Date.UTC(2026, 2, 2, 23));
    expect(berlin.parse('--from', '2026-03-03 13:00')).to.equal(NOON_UTC_MS);
    expect(berlin.parse('--from', '2026-03-03T12:00Z')).to.equal(NOON_UTC_MS);
    expect(utc.parse('--from', '2026-03-03T13:00:00+01:00')).to.equal(NOON_UTC_MS);
  });

  it('that are none are named', () => {
    for (const text of ['yesterday', '2026-13-01', '10:15', '', '2026-02-30', '2026-03-03T25:00Z']) {
      expect(() => new ZonedTimes('UTC').parse('--until', text), text).to.throw(
        BadInput,
        `latchkey: --until ${text}: is no time; for example 2026-03-03`,
      );
    }
    expect(() => new ZonedTimes('Mars/Olympus')).to.throw(BadInput, 'latchkey: --zone Mars/Olympus: is no time zone');
  });
});
