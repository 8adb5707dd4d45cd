import { expect } from 'chai';
import { inBoth, weekOf } from '../../../firmware/access/week.js';

describe('The parts of a week', () => {
  it('are apart from one another, however the hours overlap', () => {
    const days = ['monday'] as const;
    const hours = [
      { days, fromMinute: 600, untilMinute: 700 },
      { days, fromMinute: 0, untilMinute: 100 },
      { days, fromMinute: 50, untilMinute: 80 },
      { days, fromMinute: 100, untilMinute: 200 },
    ];
    expect(weekOf(hours)).to.deep.equal([
      { from: 0, until: 200 },
      { from: 600, until: 700 },
    ]);
    expect(weekOf([{ days: ['sunday'], fromMinute: 0, untilMinute: 1_440 }])).to.deep.equal([
      { from: 8_640, until: 10_080 },
    ]);
    expect(weekOf([{ days: [], fromMinute: 0, untilMinute: 1_440 }])).to.deep.equal([{ from: 0, until: 10_080 }]);
  });

  it('have in common what both have', () => {
    const one = [
      { from: 0, until: 200 },
      { from: 600, until: 700 },
    ];
    expect(inBoth(one, [{ from: 100, until: 650 }])).to.deep.equal([
      { from: 100, until: 200 },
      { from: 600, until: 650 },
    ]);
    expect(inBoth(one, [{ from: 200, until: 600 }])).to.deep.equal([]);
  });
});
