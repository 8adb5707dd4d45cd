import type { Resident } from '../../firmware/requests.js';
import { DOOR_PROFILES, LOCK_PROFILES } from '../plant/profiles.js';
import type { WorldSettings } from '../world.js';
import type { ConditionTable } from './conditions.js';
import { conditionTable, parseCondition } from './conditions.js';
import { deedTable } from './deeds.js';
import { didYouMean } from './did-you-mean.js';
import { readCodes, readFirms, readOpening } from './read-access.js';
import { readSteps } from './read-steps.js';
import { readOwnVisits, readTokenVisits } from './read-visits.js';
import type { ScenarioDocument } from './schema.js';
import type { Scenario, Sweep, Watched } from './scenario.js';
import { sweepLength } from './scenario.js';
import type { StoryContext } from './story-context.js';
import { durationMs, momentUtcMs } from './times.js';
import { byWords, roles } from './words.js';

/** From a document whose shape is right to a story that makes sense: who is in it, which visits, what is expected. */

/** Chosen: at a millisecond a run, ten seconds. */
const sweepPointsMax = 10_000;

const doorId = 'front-door';

/** Tells `context.problemAt` of everything that makes no sense; the story is sound only if there was nothing to tell. */
export function readStory(document: ScenarioDocument, context: StoryContext): Scenario {
  const { given } = document;
  const people = Object.keys(given.people ?? {});
  const cast = { people, firms: readFirms(given), codes: readCodes(given, context) };
  const visits = [...readOwnVisits(given, doorId, context), ...readTokenVisits(given, cast.firms, doorId, context)];
  const deeds = deedTable(cast);
  const conditions = conditionTable(cast.firms.map(({ provider }) => provider.id));
  const sweep = readSweep(document, context);
  const lastsMs = document.lasts === undefined ? null : (durationMs(document.lasts) ?? 0);
  return {
    file: context.file,
    story: document.story,
    tells: document.tells ?? '',
    world: readWorld(document, context),
    people,
    visits,
    opening: readOpening(given, cast, visits, context),
    steps: readSteps(document.steps ?? [], {
      deeds,
      conditions,
      visits,
      notesIds: given.policy?.rules.flatMap(({ notes }) => notes?.id ?? []) ?? [],
      sweep,
      lastsMs,
      ...context,
    }),
    never: readWatched(document, 'never', conditions, context),
    eventually: readWatched(document, 'eventually', conditions, context),
    sometimes: readWatched(document, 'sometimes', conditions, context),
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
    timeZone: given['time zone'] ?? 'UTC',
    watchesHousehold: given.camera === 'watches the household too',
    beginsUtcMs: momentUtcMs(given.begins) ?? 0,
    residents: Object.entries(given.people ?? {}).flatMap(([id, trade]): Resident[] => {
      const role = roles[trade];
      return role === 'owner' || role === 'household' ? [{ id, role }] : [];
    }),
  };
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
  conditions: ConditionTable,
  { problemAt, lineOf }: StoryContext,
): Watched[] {
  return (document[list] ?? []).flatMap((words, index): Watched[] => {
    const condition = parseCondition(words, conditions);
    if (!('mistake' in condition)) return [{ condition, line: lineOf([list, index]) }];
    problemAt([list, index], condition.mistake);
    return [];
  });
}
