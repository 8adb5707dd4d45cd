import { expect } from 'chai';
import { checkSettings, DEFAULT_SETTINGS } from '../../firmware/settings.js';

describe('The settings', () => {
  it('are sound as they come', () => {
    expect(() => checkSettings(DEFAULT_SETTINGS)).to.not.throw();
  });

  const bounds = [
    ['autoRelockMs', 5_000, 600_000],
    ['manualHoldMs', 5_000, 60_000],
    ['entryWaitMs', 5_000, 120_000],
    ['answerWaitMs', 0, 120_000],
  ] as const;
  for (const [name, min, max] of bounds) {
    it(`hold ${name} from ${min} to ${max}, and say so`, () => {
      const set = (value: number) => () => checkSettings({ ...DEFAULT_SETTINGS, [name]: value });
      expect(set(min)).to.not.throw();
      expect(set(max)).to.not.throw();
      const message = `must be from ${min} to ${max}`;
      for (const value of [min - 1, max + 1, Number.NaN, Infinity]) expect(set(value)).to.throw(RangeError, message);
      expect(set(max + 1)).to.throw(`${name} is ${max + 1}`);
    });
  }
});
