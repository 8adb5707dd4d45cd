import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { renderOpenApi } from '../../tools/openapi.js';
import { openApiFile, publishedSchemas, renderSchema } from '../../tools/schemas.js';

const directory = join(import.meta.dirname, '../../../schemas');

describe('schemas/', () => {
  for (const published of publishedSchemas) {
    it(`${published.file} says what the loader checks (else: npm run schemas)`, () => {
      expect(readFileSync(join(directory, published.file), 'utf8')).to.equal(renderSchema(published));
    });
  }

  it(`${openApiFile} describes the interface as it is (else: npm run schemas)`, () => {
    expect(readFileSync(join(directory, openApiFile), 'utf8')).to.equal(renderOpenApi());
  });

  it('holds nothing else', () => {
    const files = [...publishedSchemas.map(({ file }) => file), openApiFile];
    expect(readdirSync(directory).toSorted()).to.deep.equal(files.toSorted());
  });
});
