import { expect } from 'chai';
import { firmataWorlds } from '../../../sim/worlds/wired-world.js';
import { expectHeld, playAt } from './playing.js';
import type { Scenario } from '../../../sim/scenario/scenario.js';
import { lengthMs, shippedBoards, shippedStories, shippedStory, thinned } from './shipped-stories.js';

/** The long tests play more points of a sweep. */
const SWEEP_POINTS_MAX = 10;

/** A day of heartbeats is for the long tests. */
const LENGTH_MAX_MS = 2 * 3_600_000;

const isQuick = (story: Scenario): boolean => lengthMs(story) <= LENGTH_MAX_MS;

describe('the firmata world', () => {
  const makeWorld = firmataWorlds(shippedBoards);

  for (const scenario of shippedStories().filter(isQuick)) {
    it(`holds all properties and expectations: ${scenario.story}`, async () => {
      expectHeld(await playAt(makeWorld, thinned(scenario, SWEEP_POINTS_MAX)));
    });
  }

  it('gives the same trace when a story is played again', async () => {
    const play = () => playAt(makeWorld, shippedStory('02-'));
    expect((await play()).traceHash).to.equal((await play()).traceHash);
  });

  it('leaves the timers of the process as they were', async () => {
    const { setTimeout, clearTimeout } = globalThis;
    await playAt(makeWorld, shippedStory('01-'));
    expect(globalThis.setTimeout).to.equal(setTimeout);
    expect(globalThis.clearTimeout).to.equal(clearTimeout);
  });
});
