import { expect } from 'chai';
import { assert, date, integer, property } from 'fast-check';
import {
  durationMistake,
  durationMs,
  durationText,
  momentOnDayUtcMs,
  momentUtcMs,
} from '../../../sim/scenario/times.js';

describe('durations', () => {
  const durations: readonly [string, number | null][] = [
    ['0 s', 0],
    ['5 s', 5_000],
    ['5s', 5_000],
    ['500 ms', 500],
    ['0.5 s', 500],
    ['1.001 s', 1_001],
    ['2 min', 120_000],
    ['1 h', 3_600_000],
    ['7 d', 604_800_000],
    ['366 d', 31_622_400_000],
    ['367 d', null],
    ['0.5 ms', null],
    ['5', null],
    ['5 sec', null],
    ['-5 s', null],
    ['5  s', null],
    ['1e3 s', null],
    ['', null],
  ];
  for (const [text, ms] of durations) {
    it(`reads "${text}" as ${ms}`, () => {
      expect(durationMs(text)).to.equal(ms);
    });
  }

  const mistakes: readonly [string, string][] = [
    ['-5 s', '"-5 s" is negative'],
    ['5', 'write for example "5 s"'],
    ['5 sec', 'unknown unit "sec"; use ms, s, min, h or d, for example "5 s"'],
    ['367 d', 'longer than 366 d'],
    ['0.5 ms', 'no time in whole milliseconds'],
    ['soon', 'write for example "5 s"'],
  ];
  for (const [text, mend] of mistakes) {
    it(`says how to mend "${text}"`, () => {
      expect(durationMistake(text)).to.contain(mend);
    });
  }

  it('writes what it reads', () => {
    assert(
      property(integer({ min: 0, max: 31_622_400_000 }), (ms) => {
        expect(durationMs(durationText(ms))).to.equal(ms);
      }),
    );
  });

  it('writes the largest unit that keeps it whole', () => {
    expect([0, 90_000, 120_000, 1_230].map(durationText)).to.deep.equal(['0 ms', '90 s', '2 min', '1230 ms']);
  });
});

describe('moments', () => {
  it('agree with the calendar of JavaScript', () => {
    assert(
      property(date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (moment) => {
        const text = moment.toISOString().slice(0, 19).replace('T', ' ');
        expect(momentUtcMs(text)).to.equal(Math.floor(moment.getTime() / 1_000) * 1_000);
      }),
    );
  });

  it('may leave out the seconds', () => {
    expect(momentUtcMs('2026-03-03 10:15')).to.equal(Date.UTC(2026, 2, 3, 10, 15));
  });

  for (const text of [
    '2026-02-29 10:00',
    '2026-13-01 10:00',
    '2026-00-10 10:00',
    '2026-03-00 10:00',
    '2026-04-31 10:00',
  ]) {
    it(`do not exist: ${text}`, () => {
      expect(momentUtcMs(text)).to.equal(null);
    });
  }

  for (const text of ['2026-03-03 24:00', '2026-03-03 10:60', '2026-03-03', '10:15 2026-03-03', 'tomorrow']) {
    it(`are not written so: ${text}`, () => {
      expect(momentUtcMs(text)).to.equal(null);
    });
  }

  it('mean the given day where they name none', () => {
    const dayUtcMs = Date.UTC(2024, 1, 29, 23, 59);
    expect(momentOnDayUtcMs('00:30', dayUtcMs)).to.equal(Date.UTC(2024, 1, 29, 0, 30));
    expect(momentOnDayUtcMs('2024-03-01 00:30', dayUtcMs)).to.equal(Date.UTC(2024, 2, 1, 0, 30));
    expect(momentOnDayUtcMs('9:00', dayUtcMs)).to.equal(null);
  });
});
