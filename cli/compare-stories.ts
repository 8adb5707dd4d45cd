import type { ComparedRun } from '../sim/compare/compare-story.js';
import { compareStory } from '../sim/compare/compare-story.js';
import type { VisibleEvent } from '../sim/compare/visible-events.js';
import { clockText } from '../sim/report/quantity-texts.js';
import type { Scenario } from '../sim/scenario/scenario.js';
import type { Fidelity, WorldsAt } from './fidelity.js';
import { Progress } from './progress.js';
import type { Terminal } from './terminal.js';

/** Each is held against the first. */
const depths: readonly Fidelity[] = ['model', 'firmata', 'avr'];

const exitAgree = 0;
const exitDiffer = 1;
const exitTimeOut = 42;

export interface CompareStoriesOptions {
  readonly seed: number;
  readonly json: boolean;
  /** Real time for each story. */
  readonly timeoutSeconds?: number;
}

interface ComparedStory {
  readonly story: string;
  readonly file: string;
  readonly runs: readonly ComparedRun[];
  readonly timedOut: boolean;
}

/** Plays every story at every depth, shows of each whether they agree, and returns the exit code. */
export async function compareStories(
  scenarios: readonly Scenario[],
  { seed, json, timeoutSeconds = Infinity }: CompareStoriesOptions,
  worldsAt: WorldsAt,
  terminal: Terminal,
): Promise<number> {
  const worlds = await Promise.all(
    depths.map(async (name) => ({ name, makeWorld: await worldsAt(name, undefined, () => undefined) })),
  );
  const progress = new Progress(terminal);
  const stories: ComparedStory[] = [];
  for (const scenario of scenarios) {
    const startedAtMs = terminal.nowMs();
    const runs: ComparedRun[] = [];
    let timedOut = false;
    const onPlay = (depth: string, run: number, of: number): void =>
      progress.show(
        () =>
          `story ${stories.length + 1} of ${scenarios.length}, run ${run + 1} of ${of}, ${depth}: ${scenario.story}`,
      );
    for await (const run of compareStory(scenario, { depths: worlds, seed, onPlay, observers: () => [] })) {
      runs.push(run);
      timedOut = terminal.nowMs() - startedAtMs > timeoutSeconds * 1000;
      if (timedOut || run.difference !== null) break;
    }
    const { story, file } = scenario;
    const compared = { story, file, runs, timedOut };
    stories.push(compared);
    progress.clear();
    if (!json) terminal.out(storyText(compared));
  }
  const exitCode = exitCodeOf(stories);
  if (json)
    terminal.out(
      `${JSON.stringify({ format: 'latchkey-compare', version: 1, exitCode, seed, depths, stories }, null, 2)}\n`,
    );
  return exitCode;
}

function exitCodeOf(stories: readonly ComparedStory[]): number {
  if (stories.some(({ timedOut }) => timedOut)) return exitTimeOut;
  return stories.some(({ runs }) => runs.some(({ difference }) => difference !== null)) ? exitDiffer : exitAgree;
}

function storyText({ story, runs, timedOut }: ComparedStory): string {
  const differing = runs.find(({ difference }) => difference !== null);
  const events = runs.reduce((sum, run) => sum + run.events, 0);
  const agreed = `${runs.length === 1 ? '' : `${runs.length} runs, `}${events} events alike at ${depths.join(', ')}`;
  if (differing !== undefined) return ` ✘ ${story}\n${differenceText(differing)}`;
  return timedOut ? ` ✘ ${story} · TIMED OUT after ${agreed}\n` : ` ✔ ${story} · ${agreed}\n`;
}

function differenceText({ sweepPoint, difference }: ComparedRun): string {
  if (difference === null) return '';
  const { depth, expected, found, lateMs } = difference;
  const point = sweepPoint === null ? '' : `   with ${sweepPoint}\n`;
  const [reference] = depths;
  const late = lateMs === null ? '' : `   ${Math.abs(lateMs)} ms ${lateMs > 0 ? 'late' : 'early'}\n`;
  return `${point}   ${reference}: ${eventText(expected)}\n   ${depth}: ${eventText(found)}\n${late}`;
}

function eventText(event: VisibleEvent | null): string {
  return event === null ? 'nothing more' : `${clockText(event.atMs)} ${event.words}`;
}
