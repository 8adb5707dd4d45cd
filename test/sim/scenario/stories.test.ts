import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { conditionPhrases } from '../../../sim/scenario/conditions.js';
import { deedPhrases } from '../../../sim/scenario/deeds.js';
import { faultPhrases } from '../../../sim/scenario/faults.js';
import { loadScenario } from '../../../sim/scenario/load.js';

const directory = join(import.meta.dirname, '../../../../scenarios');
const files = readdirSync(directory).filter((name) => name.endsWith('.yaml'));

function read(file: string): string {
  return readFileSync(join(directory, file), 'utf8');
}

function load(file: string) {
  return loadScenario({ text: read(file), file }, ['sim']);
}

describe('the stories in scenarios/', () => {
  for (const file of files) {
    it(`${file} makes sense, and is told in full`, () => {
      const { story, tells, steps, eventually, lastsMs } = load(file);
      expect(story).to.match(/^[A-Z]/);
      expect(tells).to.match(/\.$/);
      expect(eventually, 'how it ends').to.not.be.empty;
      expect(steps.length > 0 || lastsMs !== null).to.equal(true);
    });
  }

  it('have a number each, without a gap, and a name', () => {
    const numbers = new Set(files.map((file) => Number(/^\d+/.exec(file)?.[0])));
    expect([...numbers].toSorted((a, b) => a - b)).to.deep.equal(
      Array.from({ length: numbers.size }, (_, index) => index + 1),
    );
    expect(new Set(files.map((file) => load(file).story)).size).to.equal(files.length);
  });
});

describe('scenarios/README.md', () => {
  const text = read('README.md').replaceAll(/\s+/g, ' ');

  it('shows an example that makes sense', () => {
    const example = /```yaml\n(.*?)```/s.exec(read('README.md'))?.[1] ?? '';
    expect(loadScenario({ text: example, file: 'README.md' }, ['sim']).steps).to.not.be.empty;
  });

  it('names every deed and every fault', () => {
    const missing = [...deedPhrases, ...faultPhrases].filter((phrase) => !text.includes(words(phrase)));
    expect(missing).to.deep.equal([]);
  });

  it('names everything that can be expected', () => {
    const missing = conditionPhrases.filter((phrase) => !text.includes(words(phrase)));
    expect(missing).to.deep.equal([]);
  });

  /** A name that the reference lists once stands there without the words before it. */
  function words(phrase: string): string {
    const told =
      /^(?:owner|worker) is told(?: (?:alarm raised|alarm cleared|refused|hint|visit ended|mode changed))? (.+)$/;
    const named = /^(?:no alarm|alarm|clears the alarm|outcome|refused|recorded) (.+)$/;
    return `\`${told.exec(phrase)?.[1] ?? named.exec(phrase)?.[1] ?? phrase}\``;
  }
});
