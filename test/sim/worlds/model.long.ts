import { ModelWorld } from '../../../sim/worlds/model.js';
import { expectHeld, playAt } from './playing.js';
import { shippedStories } from './shipped-stories.js';

describe('the model world, at every point of a sweep', () => {
  for (const scenario of shippedStories().filter(({ sweep }) => sweep !== null)) {
    it(scenario.story, async () => {
      expectHeld(
        await playAt(
          (settings, seed, observer) =>
            new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true }),
          scenario,
        ),
      );
    });
  }
});
