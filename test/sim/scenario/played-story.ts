import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { Observer } from '../../../sim/observation.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import { playScenario } from '../../../sim/scenario/player.js';
import type { ScenarioResult } from '../../../sim/scenario/player.js';
import type { Scenario } from '../../../sim/scenario/scenario.js';
import { FakeWorld } from './fake-world.js';
import type { Script } from './fake-world.js';

export interface Played {
  readonly result: ScenarioResult;
  readonly world: FakeWorld;
  /** `line: message`, counted from the first line that the test wrote. */
  readonly failures: readonly string[];
}

const head = `story: A story
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner, Carla: courier }
  visits:
    parcel: { visitor: Carla, for: delivery, from: 10:00, until: 14:00, entries: 2 }
`;

export function load(lines: string): Scenario {
  return loadScenario({ text: head + lines, file: 'story.yaml' }, ['sim']);
}

export function play(
  lines: string,
  script: Script = [],
  point: number | null = null,
  observers: Observer[] = [],
): Promise<Played> {
  return playLoaded(load(lines), script, point, observers);
}

export async function playLoaded(
  scenario: Scenario,
  script: Script,
  point: number | null = null,
  observers: Observer[] = [],
): Promise<Played> {
  const worlds: FakeWorld[] = [];
  const makeWorld = (_settings: unknown, _seed: number, observer: Observer) => {
    const world = new FakeWorld(observer, script);
    worlds.push(world);
    return world;
  };
  const result = await playScenario({ scenario, point, seed: 1, makeWorld, observers });
  const [world] = worlds;
  if (world === undefined) throw new Error('no world was made');
  const failures = result.failedExpectations.map(({ line, atMs, message }) => `${line - 6} at ${atMs}: ${message}`);
  return { result, world, failures };
}

export function record(event: JournalEvent, number = 1): Script[number][1] {
  return (observer, atMs) => observer.record(atMs, { number, atMs, utcMs: null, event });
}

export function refused(reason: 'notRung' | 'cameraOff'): Script[number][1] {
  return record({ kind: 'requestRefused', request: 'enter', personId: 'Carla', visitId: 'parcel', entry: 1, reason });
}

export function intent(entry: number): JournalEvent {
  return { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: 'parcel', entry };
}

export const bolt =
  (place: 'extended' | 'retracted' | 'between'): Script[number][1] =>
  (observer, atMs) =>
    observer.bolt(atMs, place, 0);
