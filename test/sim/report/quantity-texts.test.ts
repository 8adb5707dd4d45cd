import { expect } from 'chai';
import { clockText, count, spanText, timeOfDayText } from '../../../sim/report/quantity-texts.js';

describe('quantities in words', () => {
  const clocks: readonly [number, string][] = [
    [0, '0:00.000'],
    [20_412, '0:20.412'],
    [20_412.4996, '0:20.412'],
    [59_999.9, '1:00.000'],
    [3_599_999, '59:59.999'],
    [3_723_004, '1:02:03.004'],
    [6 * 86_400_000 + 1, '6 d 0:00:00.001'],
  ];
  for (const [atMs, text] of clocks) {
    it(`shows ${atMs} ms on a clock as ${text}`, () => expect(clockText(atMs)).to.equal(text));
  }

  const spans: readonly [number, string][] = [
    [0, '0 ms'],
    [12.4, '12 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [4_240, '4.2 s'],
    [59_949, '59.9 s'],
    [59_951, '1 min 0 s'],
    [103_000, '1 min 43 s'],
    [3_599_600, '1 h 0 min'],
    [11_520_000, '3 h 12 min'],
    [86_399_999, '1 d 0 h'],
    [7 * 86_400_000, '7 d 0 h'],
  ];
  for (const [spanMs, text] of spans) {
    it(`calls ${spanMs} ms ${text}`, () => expect(spanText(spanMs)).to.equal(text));
  }

  it('tells the time of day, before 1970 too', () => {
    expect(timeOfDayText(1_772_532_000_000)).to.equal('10:00');
    expect(timeOfDayText(-60_000)).to.equal('23:59');
  });

  it('counts', () => {
    const counts = [0, 1, 2, 1_147].map((amount) => count(amount, 'jam', 'jams'));
    expect(counts).to.deep.equal(['no jams', '1 jam', '2 jams', '1,147 jams']);
  });
});
