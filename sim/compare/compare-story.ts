import type { Observer } from '../observation.js';
import { playScenario } from '../scenario/player.js';
import type { Scenario } from '../scenario/scenario.js';
import { sweepPoints } from '../scenario/scenario.js';
import type { MakeWorld } from '../world.js';
import { firstDifference } from './first-difference.js';
import type { Difference } from './first-difference.js';
import type { VisibleEvent } from './visible-events.js';
import { VisibleEvents } from './visible-events.js';

/** A world under the name of its depth. */
export interface Depth {
  readonly name: string;
  readonly makeWorld: MakeWorld;
}

export interface ComparedRun {
  /** The value of the sweep's parameter, or `null`. */
  readonly sweepPoint: string | null;
  /** What can be seen at the first depth. */
  readonly events: number;
  /** The depth that differs from the first, and where; `null` if all agree. */
  readonly difference: (Difference & { readonly depth: string }) | null;
}

export interface CompareOptions {
  /** Each is held against the first. */
  readonly depths: readonly Depth[];
  readonly seed: number;
  /** Told before each play of the story. */
  readonly onPlay: (depth: string, run: number, of: number) => void;
  /** Who watches each play besides. */
  readonly observers: () => readonly Observer[];
}

/** Plays the story at every depth, at every point of its sweep, as long as they agree. */
export async function* compareStory(scenario: Scenario, options: CompareOptions): AsyncGenerator<ComparedRun> {
  const points = sweepPoints(scenario);
  for (const [run, point] of points.entries()) {
    let reference: readonly VisibleEvent[] | null = null;
    let difference: ComparedRun['difference'] = null;
    let sweepPoint: string | null = null;
    for (const { name, makeWorld } of options.depths) {
      options.onPlay(name, run, points.length);
      const visible = new VisibleEvents();
      const { seed } = options;
      ({ sweepPoint } = await playScenario({
        scenario,
        point,
        seed,
        makeWorld,
        observers: [...options.observers(), visible],
      }));
      reference ??= visible.events;
      const found = firstDifference(reference, visible.events);
      if (found === null) continue;
      difference = { ...found, depth: name };
      break;
    }
    yield { sweepPoint, events: reference?.length ?? 0, difference };
  }
}
