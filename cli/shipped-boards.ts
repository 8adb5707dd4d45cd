import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Boards } from '../hal/boards.js';
import { loadBoards } from '../hal/boards.js';
import { BadInput, reasonOf } from './bad-input.js';

/** The boards.json that comes with the package; the built command line lies two folders below it. */
export const shippedBoardsFile = join(import.meta.dirname, '../../boards.json');

/** Throws `BadInput` if the file cannot be read, and `DocumentError` with all that is wrong in it. */
export async function readBoards(file: string): Promise<Boards> {
  return loadBoards(await readText(file), file);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new BadInput(`${file}: cannot be read: ${reasonOf(error)}; install Latchkey again`, { cause: error });
  }
}
