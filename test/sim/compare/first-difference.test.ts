import { expect } from 'chai';
import { firstDifference } from '../../../sim/compare/first-difference.js';
import type { VisibleEvent } from '../../../sim/compare/visible-events.js';

/** `10 motor extend` is an event; motor orders are anchors. */
function events(...lines: readonly string[]): VisibleEvent[] {
  return lines.map((line) => {
    const [atMs = '', ...words] = line.split(' ');
    return { atMs: Number(atMs), words: words.join(' '), isAnchor: words[0] === 'motor' };
  });
}

describe('firstDifference', () => {
  const story = events(
    '0 door closed',
    '1000 motor extend',
    '2000 bolt extended',
    '2010 motor off',
    '2020 report locked',
  );

  it('finds none between a story and itself', () => {
    expect(firstDifference(story, story)).to.equal(null);
    expect(firstDifference([], [])).to.equal(null);
  });

  it('bears with 100 ms, counted from the latest motor order, so that delays do not add up', () => {
    const slow = events(
      '0 door closed',
      '1100 motor extend',
      '2200 bolt extended',
      '2210 motor off',
      '2320 report locked',
    );
    expect(firstDifference(story, slow)).to.equal(null);
  });

  for (const [lateMs, boltMs] of [
    [101, 2_101],
    [-101, 1_899],
  ] as const) {
    it(`does not bear with ${lateMs} ms`, () => {
      const other = events('0 door closed', '1000 motor extend', `${boltMs} bolt extended`, '2110 motor off');
      expect(firstDifference(story, other)).to.deep.equal({ expected: story[2], found: other[2], lateMs });
    });
  }

  it('lets events that are close change places, and no others', () => {
    const near = events(
      '0 door closed',
      '1000 motor extend',
      '2000 motor off',
      '2005 bolt extended',
      '2020 report locked',
    );
    expect(firstDifference(story, near)).to.equal(null);
    const [first, second] = [events('0 a', '90 b', '180 c'), events('0 c', '90 b', '180 a')];
    expect(firstDifference(first, second)).to.deep.equal({ expected: first[0], found: second[0], lateMs: null });
  });

  it('shows what is missing, what is too much and what is different', () => {
    const shorter = story.slice(0, -1);
    const last = story.at(-1);
    expect(firstDifference(story, shorter)).to.deep.equal({ expected: last, found: null, lateMs: null });
    expect(firstDifference(shorter, story)).to.deep.equal({ expected: null, found: last, lateMs: null });
    const jammed = story.map((event) => (event === last ? { ...event, words: 'report unlocked' } : event));
    expect(firstDifference(story, jammed)).to.deep.equal({ expected: last, found: jammed.at(-1), lateMs: null });
  });

  it('takes equal events one for one', () => {
    const thrice = events('0 light on', '50 light on', '90 light on');
    expect(firstDifference(thrice, thrice.slice(1))).to.deep.equal({ expected: thrice[2], found: null, lateMs: null });
  });
});
