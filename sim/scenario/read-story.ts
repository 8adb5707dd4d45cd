import { nearestName } from '../../hal/nearest-name.js';
import type { Resident } from '../../firmware/requests.js';
import { DOOR_PROFILES, LOCK_PROFILES } from '../plant/profiles.js';
import type { WorldSettings } from '../world.js';
import { parseCondition } from './conditions.js';
import type { StoryContext } from './read-steps.js';
import { readSteps } from './read-steps.js';
import type { ScenarioDocument } from './schema.js';
import type { Scenario, Sweep, Visit, Watched } from './scenario.js';
import { sweepLength } from './scenario.js';
import { durationMs, momentOnDayUtcMs, momentUtcMs } from './times.js';
import { byWords, purposes, roles } from './words.js';

/** From a document whose shape is right to a story that makes sense: who is in it, which visits, what is expected. */

/** Chosen: at a millisecond a run, ten seconds. */
const sweepPointsMax = 10_000;

const doorId = 'front-door';

/** Tells `context.problemAt` of everything that makes no sense; the story is sound only if there was nothing to tell. */
export function readStory(document: ScenarioDocument, context: StoryContext): Scenario {
  const visits = readVisits(document, context);
  const sweep = readSweep(document, context);
  const lastsMs = document.lasts === undefined ? null : (durationMs(document.lasts) ?? 0);
  const people = Object.keys(document.given.people ?? {});
  return {
    file: context.file,
    story: document.story,
    tells: document.tells ?? '',
    world: readWorld(document, context),
    people,
    visits,
    steps: readSteps(document.steps ?? [], { people, visits, sweep, lastsMs, ...context }),
    never: readWatched(document, 'never', context),
    eventually: readWatched(document, 'eventually', context),
    sometimes: readWatched(document, 'sometimes', context),
    sweep,
    lastsMs,
  };
}

function readWorld({ given }: ScenarioDocument, { boards, problemAt }: StoryContext): WorldSettings {
  const { board = 'sim' } = given;
  if (!boards.includes(board)) {
    problemAt(['given', 'board'], `unknown board "${board}"; ${didYouMean(board, boards)}`);
  }
  return {
    lock: byWords(Object.keys(LOCK_PROFILES) as (keyof typeof LOCK_PROFILES)[]).get(given.lock ?? '') ?? 'slim',
    door: byWords(Object.keys(DOOR_PROFILES) as (keyof typeof DOOR_PROFILES)[]).get(given.door ?? '') ?? 'aligned',
    board,
    doorId,
    beginsUtcMs: momentUtcMs(given.begins) ?? 0,
    residents: Object.entries(given.people ?? {}).flatMap(([id, trade]): Resident[] => {
      const role = roles[trade];
      return role === 'owner' || role === 'household' ? [{ id, role }] : [];
    }),
  };
}

function readVisits({ given }: ScenarioDocument, { problemAt }: StoryContext): Visit[] {
  const { people = {}, visits = {} } = given;
  const beginsUtcMs = momentUtcMs(given.begins) ?? 0;
  return Object.entries(visits).map(([id, visit]): Visit => {
    const fail = (key: string, message: string) => problemAt(['given', 'visits', id, key], message);
    const readMoment = (key: 'from' | 'until'): number | null => {
      const utcMs = momentOnDayUtcMs(visit[key], beginsUtcMs);
      if (utcMs === null) fail(key, `"${visit[key]}" is no moment; write for example "09:00" or "2026-03-03 09:00"`);
      return utcMs;
    };
    const role = roles[people[visit.visitor] ?? ''];
    if (people[visit.visitor] === undefined) {
      fail('visitor', `the story has no person "${visit.visitor}"; ${didYouMean(visit.visitor, Object.keys(people))}`);
    } else if (role === 'owner' || role === 'household') {
      fail('visitor', `${visit.visitor} lives here and needs no visit; name a guest or a worker`);
    }
    if (visit.replaces !== undefined && (visits[visit.replaces] === undefined || visit.replaces === id)) {
      fail(
        'replaces',
        `the story has no other visit "${visit.replaces}"; ${didYouMean(visit.replaces, Object.keys(visits))}`,
      );
    }
    const fromUtcMs = readMoment('from');
    const untilUtcMs = readMoment('until');
    if (fromUtcMs !== null && untilUtcMs !== null && untilUtcMs <= fromUtcMs)
      fail('until', '"until" must come after "from"; exchange or correct them');
    return {
      grant: {
        id,
        personId: visit.visitor,
        doorId: visit.door ?? doorId,
        purpose: byWords(purposes).get(visit.for) ?? 'delivery',
        fromUtcMs: fromUtcMs ?? 0,
        untilUtcMs: untilUtcMs ?? 0,
        entries: visit.entries ?? 1,
      },
      replaces: visit.replaces ?? null,
      announced: visit.announced === undefined && visit.replaces === undefined ? 'atStart' : 'later',
    };
  });
}

function readSweep({ sweep: sweeps = {} }: ScenarioDocument, { problemAt }: StoryContext): Sweep | null {
  const [entry] = Object.entries(sweeps);
  if (entry === undefined) return null;
  const [name, { from, to, every }] = entry;
  const sweep = { name, fromMs: durationMs(from) ?? 0, toMs: durationMs(to) ?? 0, everyMs: durationMs(every) ?? 1 };
  if (sweep.toMs < sweep.fromMs) {
    problemAt(['sweep', name, 'to'], `the sweep goes backwards, from ${from} to ${to}; exchange them`);
  } else if (sweep.everyMs === 0) {
    problemAt(['sweep', name, 'every'], 'the sweep stands still; take a step of at least 1 ms');
  } else if (sweepLength(sweep) > sweepPointsMax) {
    const points = `${sweepLength(sweep)} runs are more than ${sweepPointsMax}`;
    problemAt(['sweep', name, 'every'], `${points}; take larger steps`);
  }
  return sweep;
}

function readWatched(
  document: ScenarioDocument,
  list: 'never' | 'eventually' | 'sometimes',
  { problemAt, lineOf }: StoryContext,
): Watched[] {
  return (document[list] ?? []).flatMap((words, index): Watched[] => {
    const condition = parseCondition(words);
    if (!('mistake' in condition)) return [{ condition, line: lineOf([list, index]) }];
    problemAt([list, index], condition.mistake);
    return [];
  });
}

function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  return known.length === 0 ? 'add it under "given"' : `there is ${known.join(', ')}`;
}
