import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { boardsSchema } from '../hal/boards.js';
import { scenarioSchema } from '../sim/scenario/schema.js';
import { renderOpenApi } from './openapi.js';

/** Writes the schemas that editors use, from those that the loaders use, and the description of the local interface. */

export interface PublishedSchema {
  /** Below schemas/. */
  readonly file: string;
  readonly title: string;
  readonly schema: GenericSchema;
}

export const publishedSchemas: readonly PublishedSchema[] = [
  { file: 'boards.schema.json', title: 'Latchkey boards', schema: boardsSchema },
  { file: 'scenario.schema.json', title: 'Latchkey scenario', schema: scenarioSchema },
];

/** Below schemas/, too. */
export const openApiFile = 'openapi.json';

/** The file's text. Checks between values have no words in JSON Schema: only the loader makes them. */
export function renderSchema({ title, schema }: PublishedSchema): string {
  const { $schema, ...rest } = toJsonSchema(schema, { typeMode: 'input', ignoreActions: ['raw_check'] });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = join(import.meta.dirname, '../../schemas');
  for (const published of publishedSchemas) writeFileSync(join(directory, published.file), renderSchema(published));
  writeFileSync(join(directory, openApiFile), renderOpenApi());
}
