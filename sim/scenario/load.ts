import * as v from 'valibot';
import { furtherCheck, parseLocatedDocument } from '../../hal/document.js';
import type { Scenario } from './scenario.js';
import { readStory } from './read-story.js';
import { scenarioSchema } from './schema.js';

/** A scenario's text, read by the caller. */
export interface ScenarioSource {
  readonly text: string;
  /** As the user knows it; it opens each line of an error. */
  readonly file: string;
}

/**
 * The story that the text tells; `boards` are the ids of boards.json. Throws `DocumentError`, whose message names
 * everything that is wrong by line and column, and the mend.
 */
export function loadScenario({ text, file }: ScenarioSource, boards: readonly string[]): Scenario {
  const schema = v.pipe(
    scenarioSchema,
    furtherCheck((document, problemAt) => {
      readStory(document, { file, boards, problemAt, lineOf: () => 0 });
    }),
  );
  const { value, lineOf } = parseLocatedDocument({ text, file, format: 'yaml' }, schema);
  return readStory(value, { file, boards, lineOf, problemAt: () => {} });
}
