import type { Board, Boards, WiredBoard } from '../hal/boards.js';
import { nearestName } from '../hal/nearest-name.js';
import { BadInput } from './bad-input.js';

/** Throws `BadInput` if there is none with this id. */
export function findBoard({ boards }: Boards, id: string): Board {
  const found = boards.find((board) => board.id === id);
  if (found !== undefined) return found;
  const ids = boards.map((board) => board.id);
  const nearest = nearestName(id, ids);
  const mend = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  throw new BadInput(`latchkey: there is no board "${id}".${mend} There are ${ids.join(', ')}.`);
}

/** A board that can be plugged in. Throws `BadInput` for all others. */
export function findWiredBoard(boards: Boards, id: string): WiredBoard {
  const board = findBoard(boards, id);
  if (board.kind === 'host') {
    throw new BadInput(`latchkey: ${board.name} is a host. Name the board that it drives: ${board.drives.join(', ')}.`);
  }
  if (board.adapter === 'sim') {
    const wired = boards.boards.filter((other) => other.kind === 'ioBoard' && other.adapter !== 'sim');
    throw new BadInput(
      `latchkey: "${id}" is simulated. Name a board that can be plugged in: ${wired.map((other) => other.id).join(', ')}.`,
    );
  }
  return board;
}
