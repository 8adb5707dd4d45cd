import { expect } from 'chai';
import { type PlayedStory, runStory } from '../../../sim/run-story.js';
import type { Scenario } from '../../../sim/scenario/scenario.js';
import type { MakeWorld } from '../../../sim/world.js';

export function playAt(makeWorld: MakeWorld, scenario: Scenario, seed = 1): Promise<PlayedStory> {
  return runStory(scenario, { seed, makeWorld, isOutOfTime: () => false, onRun: () => undefined });
}

/** All properties and expectations, at every point of its sweep. */
export function expectHeld({ runs, marksMissed }: PlayedStory): void {
  for (const { sweepPoint, violations, failedExpectations } of runs) {
    expect(violations, sweepPoint ?? '').to.deep.equal([]);
    expect(failedExpectations, sweepPoint ?? '').to.deep.equal([]);
  }
  expect(marksMissed).to.deep.equal([]);
}
