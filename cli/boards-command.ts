import { writeFile } from 'node:fs/promises';
import type { Board, Boards } from '../hal/boards.js';
import { DocumentError } from '../hal/document.js';
import { wiringDiagram } from '../hal/wiring/diagram.js';
import { BadInput, reasonOf } from './bad-input.js';
import { boardList, boardSheet } from './board-sheet.js';
import { findBoard } from './find-board.js';
import { readBoards, shippedBoardsFile } from './shipped-boards.js';

const exitPassed = 0;
const exitBadInput = 2;

export interface BoardsOptions {
  readonly json: boolean;
  /** Where to write the wiring as SVG; `-` for the standard output. */
  readonly wiring?: string;
}

/** Prints the boards of a boards.json, or one board's sheet, or draws its wiring, and returns the exit code. */
export async function runBoards(
  id: string | undefined,
  { json, wiring }: BoardsOptions,
  file = shippedBoardsFile,
): Promise<number> {
  try {
    const boards = await readBoards(file);
    if (wiring !== undefined) await writeWiring(boards, id, wiring);
    else process.stdout.write(json ? asJson(boards, id) : asText(boards, id));
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

async function writeWiring(boards: Boards, id: string | undefined, file: string): Promise<void> {
  if (id === undefined)
    throw new BadInput('latchkey: --wiring draws one board. Name it: latchkey boards ID --wiring FILE.');
  const svg = drawing(findBoard(boards, id));
  if (file === '-') {
    process.stdout.write(svg);
    return;
  }
  try {
    await writeFile(file, svg);
  } catch (error) {
    throw new BadInput(`latchkey: ${file}: cannot be written: ${reasonOf(error)}. Name another file.`, {
      cause: error,
    });
  }
  process.stdout.write(`${file}: the wiring of ${id}, to print on A4\n`);
}

function drawing(board: Board): string {
  if (board.kind === 'host') {
    const boards = board.drives.join(', ');
    throw new BadInput(`latchkey: nothing is wired to ${board.name}. Name a board that it drives: ${boards}.`);
  }
  if (board.adapter === 'sim') throw new BadInput('latchkey: the simulated board has no wiring. Name another board.');
  return wiringDiagram(board);
}
