import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { publishedSchemas, renderSchema } from '../../tools/schemas.js';

const directory = join(import.meta.dirname, '../../../schemas');

describe('schemas/', () => {
  for (const published of publishedSchemas) {
    it(`${published.file} says what the loader checks (else: npm run schemas)`, () => {
      expect(readFileSync(join(directory, published.file), 'utf8')).to.equal(renderSchema(published));
    });
  }

  it('holds nothing else', () => {
    expect(readdirSync(directory).toSorted()).to.deep.equal(publishedSchemas.map(({ file }) => file).toSorted());
  });
});
