import * as v from 'valibot';
import { checkDrive, checkTimings, driveSchema, timingsSchema } from './board-drive.js';
import { boardId, notes, sourceList, words } from './board-fields.js';
import type { BoardVariant } from './board-variant.js';
import { boardVariantSchema, variedBoard } from './board-variant.js';
import { furtherCheck, parseDocument } from './document.js';
import type { DocumentPath } from './document-tree.js';
import { closedObject } from './issue-message.js';
import { nearestName } from './nearest-name.js';
import type { WiredBoard } from './wired-board.js';
import { checkWiredBoard, wiredBoardSchema } from './wired-board.js';

/** boards.json: the boards that can drive a lock, and the hosts that drive a board. */

export type { WiredBoard } from './wired-board.js';

const simBoardSchema = v.pipe(
  closedObject({
    id: boardId,
    name: words,
    kind: v.literal('ioBoard'),
    adapter: v.literal('sim'),
    hasBoltSwitches: v.pipe(v.boolean(), v.description('A lock without is never sure of its position: no visitors.')),
    drive: driveSchema,
    timings: timingsSchema,
    sources: closedObject({ drive: sourceList, timings: sourceList }),
    notes: v.exactOptional(notes),
  }),
  furtherCheck((board, problemAt) => {
    checkDrive(board, problemAt);
    checkTimings(board, problemAt);
  }),
);

const hostSchema = closedObject({
  id: boardId,
  name: words,
  kind: v.literal('host'),
  drives: v.pipe(
    v.array(boardId),
    v.minLength(1),
    v.maxLength(20),
    v.description('The I/O boards it drives over USB, by id.'),
  ),
  ownGpio: v.pipe(v.literal('notYetSupported'), v.description("Whether the host's own pins can drive a lock.")),
  usbPort: words,
  notes: v.exactOptional(notes),
});

export const boardsSchema = v.pipe(
  closedObject({
    $schema: v.exactOptional(v.string()),
    boards: v.pipe(
      v.array(
        v.variant('kind', [v.variant('adapter', [simBoardSchema, wiredBoardSchema]), boardVariantSchema, hostSchema]),
      ),
      v.minLength(1),
      v.maxLength(100),
    ),
  }),
  furtherCheck(({ boards }, problemAt) => {
    checkIds(boards, problemAt);
    checkVariants(boards, problemAt);
    checkHosts(boards, problemAt);
  }),
  v.transform((document) => ({ ...document, boards: inFull(document.boards) })),
);

type SimBoard = v.InferOutput<typeof simBoardSchema>;
export type IoBoard = SimBoard | WiredBoard;
export type Host = v.InferOutput<typeof hostSchema>;
export type Board = IoBoard | Host;
export type Boards = v.InferOutput<typeof boardsSchema>;
type Entry = Board | BoardVariant;

/**
 * Boards from the text of a boards.json, variants told in full. Throws `DocumentError` with everything that is wrong
 * with it.
 */
export function loadBoards(text: string, file: string): Boards {
  return parseDocument({ text, file, format: 'json' }, boardsSchema);
}

type ProblemAt = (path: DocumentPath, message: string) => void;

/** Without the variants of boards that are not there. */
function inFull(entries: readonly Entry[]): Board[] {
  const boards: Board[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'variant') boards.push(entry);
    else {
      const base = wiredBoards(boards).find(({ id }) => id === entry.of);
      if (base !== undefined) boards.push(variedBoard(base, entry));
    }
  }
  return boards;
}

function wiredBoards(boards: readonly Board[]): WiredBoard[] {
  return boards.filter((board) => board.kind === 'ioBoard' && board.adapter === 'johnny-five');
}

function checkIds(entries: readonly Entry[], problemAt: ProblemAt): void {
  const ids = entries.map(({ id }) => id);
  for (const [index, id] of ids.entries()) {
    const first = ids.indexOf(id);
    if (first < index) problemAt(['boards', index, 'id'], `"${id}" is the id of boards[${first}] too; choose another`);
  }
}

/** What is wrong with the other board already is told there. */
function checkVariants(entries: readonly Entry[], problemAt: ProblemAt): void {
  for (const [index, entry] of entries.entries()) {
    if (entry.kind !== 'variant') continue;
    const above = wiredBoards(inFull(entries.slice(0, index)));
    const base = above.find(({ id }) => id === entry.of);
    if (base === undefined) {
      const mend = choice(
        entry.of,
        above.map(({ id }) => id),
      );
      problemAt(['boards', index, 'of'], `"${entry.of}" is no board with pins further up; ${mend}`);
    } else {
      const known = new Set<string>();
      checkWiredBoard(base, (path, message) => known.add(problemKey(path, message)));
      checkWiredBoard(variedBoard(base, entry), (path, message) => {
        if (!known.has(problemKey(path, message))) problemAt(['boards', index, ...path], message);
      });
    }
  }
}

function problemKey(path: DocumentPath, message: string): string {
  return [...path, message].join(' ');
}

function checkHosts(entries: readonly Entry[], problemAt: ProblemAt): void {
  const wiredIds = entries
    .filter((entry) => entry.kind === 'variant' || (entry.kind === 'ioBoard' && entry.adapter === 'johnny-five'))
    .map(({ id }) => id);
  for (const [index, entry] of entries.entries()) {
    if (entry.kind !== 'host') continue;
    for (const [place, id] of entry.drives.entries()) {
      if (wiredIds.includes(id)) continue;
      problemAt(['boards', index, 'drives', place], `"${id}" is no I/O board with a USB line; ${choice(id, wiredIds)}`);
    }
  }
}

function choice(id: string, ids: readonly string[]): string {
  const nearest = nearestName(id, ids);
  return nearest === undefined ? `there are ${ids.join(', ')}` : `did you mean "${nearest}"?`;
}
