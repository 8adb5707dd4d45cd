import { firmataWorlds } from '../../../sim/worlds/wired-world.js';
import { expectHeld, playAt } from './playing.js';
import { shippedBoards, shippedStories } from './shipped-stories.js';

/** Chosen: a week takes about a minute. */
const TIMEOUT_MS = 600_000;

describe('the firmata world, at length', () => {
  for (const scenario of shippedStories().filter(
    ({ sweep, lastsMs }) => sweep !== null || (lastsMs ?? 0) > 86_400_000,
  )) {
    it(scenario.story, () => {
      expectHeld(playAt(firmataWorlds(shippedBoards), scenario));
    }).timeout(TIMEOUT_MS);
  }
});
