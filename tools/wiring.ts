import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBoards } from '../hal/boards.js';
import { wiringDiagram } from '../hal/wiring/diagram.js';

/** Draws the wiring of every shipped board anew, into docs/. */

const root = join(import.meta.dirname, '../..');

export interface WiringPicture {
  /** From the root of the repository. */
  readonly file: string;
  readonly svg: string;
}

export function wiringPictures(): WiringPicture[] {
  const { boards } = loadBoards(readFileSync(join(root, 'boards.json'), 'utf8'), 'boards.json');
  return boards
    .filter((board) => board.kind === 'ioBoard' && board.adapter === 'johnny-five')
    .map((board) => ({ file: `docs/${board.id}.svg`, svg: wiringDiagram(board) }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { file, svg } of wiringPictures()) writeFileSync(join(root, file), svg);
}
