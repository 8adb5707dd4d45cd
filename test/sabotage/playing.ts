import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROPERTY_IDS, type PropertyId } from '../../sim/monitors/monitor.js';
import { storyExitCode, type StoryExitCode } from '../../sim/report/story-result.js';
import { failureLines } from '../../sim/report/verdict.js';
import { loadScenario } from '../../sim/scenario/load.js';
import type { Scenario } from '../../sim/scenario/scenario.js';
import type { Playing } from './sabotaged-build.js';

const root = join(import.meta.dirname, '../../..');

/** Told with the product. */
export const shippedStories = join(root, 'scenarios');

/** Told for a sabotage that no shipped story meets. */
const ownStories = join(root, 'test/sabotage/scenarios');

/** Of a shipped sweep, every so many points: enough to see a fault that is always there. */
const sweepThinning = 20;

/** How a build did in one story. */
export interface Verdict {
  /** The properties that did not hold, in the order of DESIGN. */
  readonly properties: readonly PropertyId[];
  readonly exitCode: StoryExitCode;
  /** What went wrong, in the words of the report. */
  readonly failures: readonly string[];
}

/** The file of a story, by its name without the ending. */
function storyFile(name: string): string {
  const file = `${name}.yaml`;
  return join(readdirSync(ownStories).includes(file) ? ownStories : shippedStories, file);
}

export function storyNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted();
}

export async function play({ runStory, ModelWorld }: Playing, name: string): Promise<Verdict> {
  const file = storyFile(name);
  const scenario = thinned(loadScenario({ text: readFileSync(file, 'utf8'), file }, ['sim']));
  const played = await runStory(scenario, {
    seed: 1,
    makeWorld: (settings, seed, observer) =>
      new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true }),
    isOutOfTime: () => false,
    onRun: () => undefined,
  });
  const result = { ...played, story: scenario.story, file, seed: 1, fidelity: 'model', wallMs: 0, replay: '' };
  const violated = new Set(played.runs.flatMap(({ violations }) => violations.map(({ property }) => property)));
  return {
    properties: PROPERTY_IDS.filter((property) => violated.has(property)),
    exitCode: storyExitCode(result),
    failures: failureLines(result),
  };
}

function thinned(scenario: Scenario): Scenario {
  const { sweep, file } = scenario;
  return sweep === null || file.startsWith(ownStories)
    ? scenario
    : { ...scenario, sweep: { ...sweep, everyMs: sweep.everyMs * sweepThinning } };
}
