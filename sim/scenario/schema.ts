import * as v from 'valibot';
import { furtherCheck } from '../../hal/document.js';
import { closedObject } from '../../hal/issue-message.js';
import { nearestName } from '../../hal/nearest-name.js';
import { DOOR_PROFILES, LOCK_PROFILES } from '../plant/profiles.js';
import { conditionPhrases } from './conditions.js';
import { deedPhrases } from './deeds.js';
import { faultPhrases } from './faults.js';
import { durationMistake, durationMs, durationPattern, momentPattern, momentUtcMs, timeOfDayPattern } from './times.js';
import { inWords, purposes, roles } from './words.js';

/**
 * The shape of a scenario file, from which the published JSON Schema is made. What a schema cannot say (who is in the
 * story, which visit, what comes when) is checked by `read-story.ts`.
 */

const lockNames = Object.keys(LOCK_PROFILES).map(inWords);
const doorNames = Object.keys(DOOR_PROFILES).map(inWords);

/** Chosen: no story that a person follows comes near. */
const stepsMax = 1_000;
const listMax = 100;
const nameLengthMax = 60;

/** `mistakeIn` says what is wrong with a text and the mend, or `null`. */
function textCheck(mistakeIn: (text: string) => string | null) {
  return furtherCheck<string>((text, problemAt) => {
    const mistake = mistakeIn(text);
    if (mistake !== null) problemAt([], mistake);
  });
}

/** One of these names. Unlike a picklist it lets the checks of the rest of the document go on. */
function oneOf(names: readonly string[], description: string) {
  return v.pipe(
    v.string(),
    textCheck((text) => (names.includes(text) ? null : choiceMistake(text, names))),
    v.metadata({ enum: names }),
    v.description(description),
  );
}

function choiceMistake(text: string, names: readonly string[]): string {
  const nearest = nearestName(inWords(text), names);
  const mend = nearest === undefined ? `it must be one of ${names.join(', ')}` : `did you mean "${nearest}"?`;
  return `unknown "${text}"; ${mend}`;
}

const parameterPattern = /^\$[a-z][a-zA-Z]*$/;

const durationExamples = ['500 ms', '5 s', '10 min', '2 h'];

function duration(description: string) {
  return v.pipe(
    v.string(({ input }) => durationMistake(String(input))),
    textCheck((text) => (durationMs(text) === null ? durationMistake(text) : null)),
    v.metadata({ pattern: durationPattern.source, examples: durationExamples }),
    v.description(description),
  );
}

/** A duration, or the parameter of the sweep. */
function span(description: string) {
  return v.pipe(
    v.string(({ input }) => durationMistake(String(input))),
    textCheck((text) => (parameterPattern.test(text) || durationMs(text) !== null ? null : durationMistake(text))),
    v.metadata({ pattern: `${durationPattern.source}|${parameterPattern.source}`, examples: durationExamples }),
    v.description(description),
  );
}

const moment = v.pipe(
  v.string(),
  textCheck((text) =>
    momentUtcMs(text) === null ? `"${text}" is no moment; write for example "2026-03-03 10:15" (UTC)` : null,
  ),
  v.metadata({ pattern: momentPattern.source }),
  v.description('The calendar when the story begins, UTC.'),
);

const momentOrTime = v.pipe(
  v.string(),
  v.metadata({ pattern: `${momentPattern.source}|${timeOfDayPattern.source}` }),
  v.description('A moment, UTC; a time alone means the day on which the story begins.'),
);

const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(nameLengthMax));

const visit = closedObject({
  visitor: v.pipe(name, v.description('One of the people of the story.')),
  for: oneOf(
    purposes.map(inWords),
    'The purpose. It says whether the visitor rings first, and how long they may stay.',
  ),
  from: momentOrTime,
  until: momentOrTime,
  entries: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(16),
      v.description('How often the door may be opened from outside. A parcel needs 1 (the default), a dog walk 2.'),
    ),
  ),
  door: v.exactOptional(v.pipe(name, v.description('Another door than the one in the story.'))),
  announced: v.exactOptional(oneOf(['later'], 'Without this the lock knows of the visit from the start.')),
  replaces: v.exactOptional(
    v.pipe(name, v.description('The visit whose announcement it corrects. A step must announce it.')),
  ),
});

const given = closedObject({
  begins: moment,
  lock: v.exactOptional(oneOf(lockNames, 'The lock. slim is the default.')),
  door: v.exactOptional(oneOf(doorNames, 'The door and its strike plate. aligned is the default.')),
  board: v.exactOptional(v.pipe(name, v.description('A board, as "latchkey boards" lists them. sim is the default.'))),
  people: v.exactOptional(
    v.pipe(
      v.record(name, oneOf(Object.keys(roles), 'Who they are.')),
      v.maxEntries(listMax, `at most ${listMax}; remove some`),
    ),
  ),
  visits: v.exactOptional(v.pipe(v.record(name, visit), v.maxEntries(listMax, `at most ${listMax}; remove some`))),
});

const step = closedObject({
  after: v.exactOptional(span('How long after the step before it ended. Without a time, at once.')),
  at: v.exactOptional(span('When, counted from the start of the story.')),
  do: v.exactOptional(
    v.pipe(
      v.string(),
      v.metadata({ examples: deedPhrases.map((phrase) => `Carla ${phrase}`) }),
      v.description('Somebody does something: a person of the story, and what they do.'),
    ),
  ),
  visit: v.exactOptional(v.pipe(name, v.description('Which visit the deed belongs to, where the story has several.'))),
  entry: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(1_000),
      v.description('Which entry is asked for; without it, the next one. Asking for a spent one is an attack.'),
    ),
  ),
  fault: v.exactOptional(oneOf(faultPhrases, 'What fails.')),
  in: v.exactOptional(span('The fault begins so much later, while the story goes on.')),
  mend: v.exactOptional(oneOf(faultPhrases, 'Which fault ends.')),
  expect: v.exactOptional(
    v.pipe(
      v.string(),
      v.metadata({ examples: [...conditionPhrases, '2 jams', '1 entry', 'outcome completed or outcome withdrawn'] }),
      v.description('What must be true. Several things with "or" between them: one of them.'),
    ),
  ),
  within: v.exactOptional(span('By when. The story goes on as soon as it is true.')),
  for: v.exactOptional(span('How long the fault lasts, the hand holds on, or the expected must stay true.')),
});

/** As in `expect`. */
const conditions = v.pipe(v.array(v.string()), v.maxLength(listMax));

const sweep = closedObject({
  from: duration('The first value.'),
  to: duration('The last value.'),
  every: duration('From one value to the next.'),
});

export const scenarioSchema = closedObject({
  story: v.pipe(v.string(), v.nonEmpty(), v.maxLength(120), v.description('The name of the story.')),
  tells: v.exactOptional(v.pipe(v.string(), v.description('What happens in it, for a reader.'))),
  given: v.pipe(given, v.description('What there is when the story begins. The door is closed and locked.')),
  steps: v.exactOptional(v.pipe(v.array(step), v.maxLength(stepsMax), v.description('What happens, in order.'))),
  never: v.exactOptional(v.pipe(conditions, v.description('What must not be true at any instant.'))),
  eventually: v.exactOptional(
    v.pipe(conditions, v.description('What must be true when the story ends, or have happened by then.')),
  ),
  sometimes: v.exactOptional(
    v.pipe(conditions, v.description('What must be true at some time; in a sweep, in one of its runs at least.')),
  ),
  sweep: v.exactOptional(
    v.pipe(
      v.record(name, sweep),
      v.maxEntries(1, 'a story sweeps one parameter; remove the others'),
      v.description('Plays the story once for each value of one parameter, written $name in the steps.'),
    ),
  ),
  lasts: v.exactOptional(duration('How long the story lasts. Without this, two minutes beyond its last step.')),
});

export type ScenarioDocument = v.InferOutput<typeof scenarioSchema>;
export type StepDocument = NonNullable<ScenarioDocument['steps']>[number];
