import * as v from 'valibot';
import { closedObject } from '../../hal/issue-message.js';
import { conditionPhrases } from './conditions.js';
import { deedPhrases } from './deeds.js';
import { faultPhrases } from './faults.js';
import { givenSchema } from './given-schema.js';
import { count, duration, listMax, name, oneOf, span, textCheck } from './schema-parts.js';
import { distanceM, distanceMistake, distancePattern } from './times.js';

/**
 * The shape of a scenario file, from which the published JSON Schema is made. What a schema cannot say (who is in the
 * story, which visit, what comes when) is checked by `read-story.ts`.
 */

/** Chosen: no story that a person follows comes near. */
const stepsMax = 1_000;

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
    count(1_000, 'Which entry is asked for; without it, the next one. Asking for a spent one is an attack.'),
  ),
  distance: v.exactOptional(
    v.pipe(
      v.string(),
      textCheck((text) => (distanceM(text) === null ? distanceMistake(text) : null)),
      v.metadata({ pattern: distancePattern.source, examples: ['20 m', '2 km'] }),
      v.description('How far from the door the visitor’s phone says it is.'),
    ),
  ),
  by: v.exactOptional(duration('How much longer the visit may last.')),
  fault: v.exactOptional(oneOf(faultPhrases, 'What fails.')),
  in: v.exactOptional(span('The deed is done, or the fault begins, so much later, while the story goes on.')),
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
  given: v.pipe(givenSchema, v.description('What there is when the story begins. The door is closed and locked.')),
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
