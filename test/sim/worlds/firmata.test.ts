import { expect } from 'chai';
import { firmataWorlds } from '../../../sim/worlds/wired-world.js';
import { expectHeld, playAt } from './playing.js';
import { shippedBoards, shippedStories, shippedStory, thinned } from './shipped-stories.js';

/** The long tests play every point of a sweep. */
const SWEEP_POINTS_MAX = 10;

/** A week of heartbeats is for the long tests. */
const isQuick = ({ lastsMs }: { readonly lastsMs: number | null }): boolean => (lastsMs ?? 0) < 86_400_000;

describe('the firmata world', () => {
  const makeWorld = firmataWorlds(shippedBoards);

  for (const scenario of shippedStories().filter(isQuick)) {
    it(`holds all properties and expectations: ${scenario.story}`, () => {
      expectHeld(playAt(makeWorld, thinned(scenario, SWEEP_POINTS_MAX)));
    });
  }

  it('gives the same trace when a story is played again', () => {
    const [first, second] = [1, 2].map(() => playAt(makeWorld, shippedStory('02-')).traceHash);
    expect(first).to.equal(second);
  });

  it('leaves the timers of the process as they were', () => {
    const { setTimeout, clearTimeout } = globalThis;
    playAt(makeWorld, shippedStory('01-'));
    expect(globalThis.setTimeout).to.equal(setTimeout);
    expect(globalThis.clearTimeout).to.equal(clearTimeout);
  });
});
