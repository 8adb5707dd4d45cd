import { firmataWorlds } from '../../../sim/worlds/wired-world.js';
import { expectHeld, playAt } from './playing.js';
import { lengthMs, shippedBoards, shippedStories, thinned } from './shipped-stories.js';

/** Chosen: a week of heartbeats takes some minutes. */
const TIMEOUT_MS = 1_200_000;
const SIMULATED_MAX_MS = 7 * 86_400_000;

/** What takes longer is told without wires. */
const isPlayed = (story: Parameters<typeof lengthMs>[0]): boolean =>
  lengthMs(story) <= SIMULATED_MAX_MS && (story.sweep !== null || lengthMs(story) > 7_200_000);

describe('the firmata world, at length', () => {
  for (const scenario of shippedStories().filter(isPlayed)) {
    it(scenario.story, async () => {
      const pointsMax = Math.max(1, Math.floor(SIMULATED_MAX_MS / (lengthMs(scenario) + 1)));
      expectHeld(await playAt(firmataWorlds(shippedBoards), thinned(scenario, pointsMax)));
    }).timeout(TIMEOUT_MS);
  }
});
