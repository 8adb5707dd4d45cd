import * as v from 'valibot';
import { furtherCheck } from '../../hal/document.js';
import { nearestName } from '../../hal/nearest-name.js';
import { durationMistake, durationMs, durationPattern, momentPattern, momentUtcMs, timeOfDayPattern } from './times.js';
import { inWords } from './words.js';

/** What the parts of a scenario file are made of. */

/** Chosen: no story that a person follows comes near. */
export const listMax = 100;
const nameLengthMax = 60;

/** `mistakeIn` says what is wrong with a text and the mend, or `null`. */
export function textCheck(mistakeIn: (text: string) => string | null) {
  return furtherCheck<string>((text, problemAt) => {
    const mistake = mistakeIn(text);
    if (mistake !== null) problemAt([], mistake);
  });
}

/** One of these names. Unlike a picklist it lets the checks of the rest of the document go on. */
export function oneOf(names: readonly string[], description: string) {
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

export function duration(description: string) {
  return v.pipe(
    v.string(({ input }) => durationMistake(String(input))),
    textCheck((text) => (durationMs(text) === null ? durationMistake(text) : null)),
    v.metadata({ pattern: durationPattern.source, examples: durationExamples }),
    v.description(description),
  );
}

/** A duration, or the parameter of the sweep. */
export function span(description: string) {
  return v.pipe(
    v.string(({ input }) => durationMistake(String(input))),
    textCheck((text) => (parameterPattern.test(text) || durationMs(text) !== null ? null : durationMistake(text))),
    v.metadata({ pattern: `${durationPattern.source}|${parameterPattern.source}`, examples: durationExamples }),
    v.description(description),
  );
}

export function moment(description: string) {
  return v.pipe(
    v.string(),
    textCheck((text) =>
      momentUtcMs(text) === null ? `"${text}" is no moment; write for example "2026-03-03 10:15" (UTC)` : null,
    ),
    v.metadata({ pattern: momentPattern.source }),
    v.description(description),
  );
}

export function momentOrTime(description: string) {
  return v.pipe(
    v.string(),
    v.metadata({ pattern: `${momentPattern.source}|${timeOfDayPattern.source}` }),
    v.description(`${description} A moment, UTC; a time alone means the day on which the story begins.`),
  );
}

export const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(nameLengthMax));

/** Named things, none of them twice. */
export function named<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.pipe(
    v.record(name, schema),
    v.maxEntries(listMax, `at most ${listMax}; remove some`),
    v.description(description),
  );
}

export function listOf<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.pipe(v.array(schema), v.maxLength(listMax), v.description(description));
}

export function count(most: number, description: string) {
  return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most), v.description(description));
}
