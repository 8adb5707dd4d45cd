import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadBoards } from '../../hal/boards.js';
import { INDICATOR_CODES, INDICATOR_NOTES } from '../../hal/indicator-codes.js';

const root = join(import.meta.dirname, '../../..');
const { boards } = loadBoards(readFileSync(join(root, 'boards.json'), 'utf8'), 'boards.json');
/** Without what a formatter may change. */
const guide = readFileSync(join(root, 'docs/BENCH.md'), 'utf8').replaceAll(/\s+/g, ' ');

describe('docs/BENCH.md', () => {
  const wired = boards.filter((board) => board.kind === 'ioBoard' && board.adapter === 'johnny-five');

  it('knows every board, its bridge and its picture', () => {
    for (const { id, drive } of wired) {
      expect(guide).to.match(new RegExp(`\\| \`${id}\` \\| [^|]+ \\| ${drive.bridge} \\|`));
      expect(guide).to.include(`(${id}.svg)`);
    }
  });

  it('says of the lamps what the tables of the boards say', () => {
    for (const { role, lit, alarms } of Object.values(INDICATOR_CODES)) {
      const meaning = alarms.length < 2 ? lit : `${lit}: ${alarms.join(', ')}`;
      const colours = new Set(wired.map(({ pins }) => pins[role].led?.colour ?? "the board's own"));
      expect([...colours]).to.have.length(1);
      expect(guide).to.include(`| ${role} | ${[...colours].join()} | ${meaning} |`);
    }
    for (const note of INDICATOR_NOTES) expect(guide).to.include(`- ${note}`);
  });

  it('links to nothing that is not there', () => {
    for (const [, file = ''] of guide.matchAll(/\]\(([^)]+)\)/g)) {
      expect(existsSync(join(root, 'docs', file)), file).to.equal(true);
    }
    for (const [file] of guide.matchAll(/scenarios\/[\w-]+\.yaml/g)) {
      expect(existsSync(join(root, file)), file).to.equal(true);
    }
  });
});
