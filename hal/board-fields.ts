import * as v from 'valibot';

/** Small values that entries of boards.json have in common. Bounds without a source are chosen. */

export const number = (from: number, to: number, description: string) =>
  v.pipe(v.number(), v.minValue(from), v.maxValue(to), v.description(description));

export const whole = (from: number, to: number, description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to), v.description(description));

export const words = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));

const wordsList = v.pipe(v.array(words), v.maxLength(20));

export const sourceList = v.pipe(
  wordsList,
  v.minLength(1),
  v.description('Which number comes from where; "chosen" if chosen.'),
);

export const notes = v.pipe(wordsList, v.description('What else someone who wires or uses the board must know.'));

export const boardId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words and numbers with hyphens between, like "arduino-uno"'),
  v.maxLength(40),
);
