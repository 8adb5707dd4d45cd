import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { wiringPictures } from '../../tools/wiring.js';

const root = join(import.meta.dirname, '../../..');

describe('the wiring pictures', () => {
  for (const { file, svg } of wiringPictures()) {
    it(`${file} is what boards.json says; npm run wiring draws it anew`, () => {
      expect(readFileSync(join(root, file), 'utf8') === svg).to.equal(true);
    });
  }

  it('are all there is', () => {
    const drawn = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.svg'));
    expect(drawn.map((name) => `docs/${name}`)).to.have.members(wiringPictures().map(({ file }) => file));
  });
});
