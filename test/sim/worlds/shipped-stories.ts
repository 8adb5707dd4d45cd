import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBoards } from '../../../hal/boards.js';
import type { Board } from '../../../hal/boards.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import type { Scenario, Span } from '../../../sim/scenario/scenario.js';
import { sweepLength } from '../../../sim/scenario/scenario.js';

const root = join(import.meta.dirname, '../../../..');
const folder = join(root, 'scenarios');

export const shippedBoards: readonly Board[] = loadBoards(
  readFileSync(join(root, 'boards.json'), 'utf8'),
  'boards.json',
).boards;

/** By the beginning of its file's name, for example `07-`. */
export function shippedStory(beginning: string): Scenario {
  const names = storyFiles().filter((name) => name.startsWith(beginning));
  const [name] = names;
  if (name === undefined || names.length > 1) throw new Error(`"${beginning}" begins ${names.length} stories`);
  return load(name);
}

export function shippedStories(): Scenario[] {
  return storyFiles().map(load);
}

/** The same story with at most so many points of its sweep, evenly spread; the long tests play the rest. */
export function thinned(scenario: Scenario, pointsMax: number): Scenario {
  const { sweep } = scenario;
  if (sweep === null || sweepLength(sweep) <= pointsMax) return scenario;
  const steps = Math.ceil(sweepLength(sweep) / pointsMax);
  return { ...scenario, sweep: { ...sweep, everyMs: sweep.everyMs * steps } };
}

/** How long one run of the story takes at most, in simulated time; the time after its last step not counted. */
export function lengthMs({ steps, sweep, lastsMs }: Scenario): number {
  const most = (span: Span): number => (span === 'swept' ? (sweep?.toMs ?? 0) : span);
  let atMs = 0;
  for (const { timing, due, action } of steps) {
    atMs = timing === 'at' ? most(due) : atMs + most(due);
    if (action.kind === 'expect') atMs += most(action.within ?? action.holdsFor ?? 0);
  }
  return lastsMs ?? atMs;
}

function storyFiles(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml'));
}

function load(file: string): Scenario {
  const text = readFileSync(join(folder, file), 'utf8');
  return loadScenario(
    { text, file },
    shippedBoards.map(({ id }) => id),
  );
}
