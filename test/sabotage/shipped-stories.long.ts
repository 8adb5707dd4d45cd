import { expect } from 'chai';
import { play, shippedStories, storyNames } from './playing.js';
import { load } from './sabotaged-build.js';
import { patchesOf, type Sabotage } from './sabotage.js';
import { sabotages } from './sabotages.js';

/** What must not get past the stories that ship, whatever else the tests beside them see. */
const named = [
  'the relock of a visit is deleted',
  '"locked" is reported on command',
  'a frozen camera is ignored',
  'the coast before a reversal is dropped',
  'the bound of the retries is removed',
];

/** The shipped stories in which a property does not hold then, and which. */
async function caughtBy(sabotage: Sabotage): Promise<string[]> {
  const playing = await load(...patchesOf(sabotage));
  const caught: string[] = [];
  for (const story of storyNames(shippedStories)) {
    const { properties, exitCode } = await play(playing, story);
    if (exitCode === 10 || exitCode === 11) caught.push(`${story} (${properties.join(', ')})`);
  }
  return caught;
}

describe('the shipped stories', () => {
  for (const what of named) {
    it(`catch it that ${what}`, async () => {
      const sabotage = sabotages.find((candidate) => candidate.what === what);
      if (sabotage === undefined) throw new Error(`no sabotage is called "${what}"`);
      const caught = await caughtBy(sabotage);
      console.log(`        in ${caught.length} stories: ${caught.join(', ')}`);
      expect(caught).to.not.deep.equal([]);
    });
  }
});
