import type { Board, Boards } from '../hal/boards.js';
import { DocumentError } from '../hal/document.js';
import { nearestName } from '../hal/nearest-name.js';
import { BadInput } from './bad-input.js';
import { boardList, boardSheet } from './board-sheet.js';
import { readBoards, shippedBoardsFile } from './shipped-boards.js';

const exitPassed = 0;
const exitBadInput = 2;

/** Prints the boards of a boards.json, or one board's wiring table, and returns the exit code. */
export async function runBoards(
  id: string | undefined,
  options: { readonly json: boolean },
  file = shippedBoardsFile,
): Promise<number> {
  try {
    const boards = await readBoards(file);
    process.stdout.write(options.json ? asJson(boards, id) : asText(boards, id));
    return exitPassed;
  } catch (error) {
    if (!(error instanceof BadInput) && !(error instanceof DocumentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitBadInput;
  }
}

function asJson(boards: Boards, id: string | undefined): string {
  return `${JSON.stringify(id === undefined ? boards.boards : findBoard(boards, id), null, 2)}\n`;
}

function asText(boards: Boards, id: string | undefined): string {
  return id === undefined ? boardList(boards) : boardSheet(findBoard(boards, id), boards);
}

function findBoard({ boards }: Boards, id: string): Board {
  const found = boards.find((board) => board.id === id);
  if (found !== undefined) return found;
  const ids = boards.map((board) => board.id);
  const nearest = nearestName(id, ids);
  const mend = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  throw new BadInput(`latchkey: there is no board "${id}".${mend} There are ${ids.join(', ')}.`);
}
