import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = join(import.meta.dirname, '..');

/** What tsc leaves of a module that holds types only. */
const typesOnly = /^export \{\};\n\/\/# sourceMappingURL=/;

/** Loading every module also brings it into the coverage, which else would pass over what no test has touched. */
describe('every module of firmware and contracts', () => {
  const modules = ['firmware', 'hal/contracts'].flatMap((folder) =>
    readdirSync(join(dist, folder), { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(folder, name))
      .filter((name) => !typesOnly.test(readFileSync(join(dist, name), 'utf8'))),
  );

  for (const name of modules) {
    it(`${name} loads and exports something`, async () => {
      const module = (await import(pathToFileURL(join(dist, name)).href)) as object;
      expect(module).to.not.be.empty;
    });
  }
});
