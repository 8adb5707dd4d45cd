import { expect } from 'chai';
import { type PlayedStory, runStory } from '../../../sim/run-story.js';
import type { Scenario } from '../../../sim/scenario/scenario.js';
import { type ModelOptions, ModelWorld } from '../../../sim/worlds/model.js';
import { shippedStories, thinned } from './shipped-stories.js';

/** The long tests play every point of a sweep. */
const SWEEP_POINTS_MAX = 46;

/** Only bytes can be torn or run out of room: such a story has no other way to be played. */
function failsTheStore({ steps }: Scenario): boolean {
  return steps.some(({ action }) => action.kind === 'fault' && action.fault.component === 'store');
}

function play(scenario: Scenario, seed: number, options: ModelOptions): Promise<PlayedStory> {
  return runStory(scenario, {
    seed,
    makeWorld: (settings, worldSeed, observer) => new ModelWorld(settings, worldSeed, observer, options),
    isOutOfTime: () => false,
    onRun: () => undefined,
  });
}

describe('the model world', () => {
  for (const scenario of shippedStories().map((story) => thinned(story, SWEEP_POINTS_MAX))) {
    describe(scenario.story, () => {
      const journalBytes = failsTheStore(scenario);
      let shipped: PlayedStory;

      before(async () => {
        shipped = await play(scenario, 1, { coalesce: true, journalBytes });
      });

      it('holds all properties and expectations', () => {
        for (const run of shipped.runs) {
          expect(run.violations, run.sweepPoint ?? '').to.deep.equal([]);
          expect(run.failedExpectations, run.sweepPoint ?? '').to.deep.equal([]);
        }
        expect(shipped.marksMissed).to.deep.equal([]);
      });

      it('gives the same trace when it is played again', async () => {
        expect((await play(scenario, 1, { coalesce: true, journalBytes })).traceHash).to.equal(shipped.traceHash);
      });

      it('gives the same trace frame by frame and sample by sample', async () => {
        expect((await play(scenario, 1, { coalesce: false, journalBytes })).traceHash).to.equal(shipped.traceHash);
      });

      if (journalBytes) return;
      it('gives the same trace with the journal kept as bytes', async () => {
        expect((await play(scenario, 1, { coalesce: true, journalBytes: true })).traceHash).to.equal(shipped.traceHash);
      });
    });
  }
});
