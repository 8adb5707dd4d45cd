import { RealClock } from '../hal/adapters/real-clock.js';
import { SerialPortLine } from '../hal/adapters/serial-port-line.js';
import type { Boards } from '../hal/boards.js';
import { DocumentError } from '../hal/document.js';
import { avrdudeWords, findAvrdude } from '../hal/tools/avrdude.js';
import type { BoardAnswer } from '../hal/tools/board-query.js';
import { askBoard } from '../hal/tools/board-query.js';
import { checkNode, checkOnePort, checkPorts, judgeBoard } from '../hal/tools/doctor.js';
import type { Finding } from '../hal/tools/finding.js';
import { bad, good } from '../hal/tools/finding.js';
import type { Machine } from '../hal/tools/machine.js';
import { thisMachine } from '../hal/tools/this-machine.js';
import { BadInput } from './bad-input.js';
import { findWiredBoard } from './find-board.js';
import { imageWords, readShippedImage, shippedImageFile, shown } from './image-file.js';
import { readBoards, shippedBoardsFile } from './shipped-boards.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';
import { findingLines, findingsExitCode } from './tool-output.js';

/** What `latchkey doctor` was asked for. */
export interface DoctorOptions {
  /** The board at this port is asked too. */
  readonly port?: string;
  /** Which board that is. */
  readonly board?: string;
  /** A boards.json instead of the one that ships. */
  readonly boards?: string;
  readonly json: boolean;
}

/** What the command needs of the world around it. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly machine: Machine;
  readonly boardsFile: string;
  /** The image that ships, its hash beside it. */
  readonly imageFile: string;
  /** Opens the port, which resets most boards. */
  readonly ask: (port: string) => Promise<BoardAnswer>;
}

const exitBadInput = 2;

function surroundings(): Surroundings {
  return {
    terminal: processTerminal(),
    machine: thisMachine,
    boardsFile: shippedBoardsFile,
    imageFile: shippedImageFile,
    ask: (port) => askBoard(new SerialPortLine(port), new RealClock()),
  };
}

/** Says what is right and what is wrong with this installation and the board, and returns the exit code. */
export async function runDoctor(options: DoctorOptions, around: Surroundings = surroundings()): Promise<number> {
  const { terminal } = around;
  try {
    const { findings, board } = await examine(options, around);
    const exitCode = findingsExitCode(findings);
    if (options.json) terminal.out(`${JSON.stringify({ findings, board, exitCode }, null, 2)}\n`);
    else terminal.out(findingLines(findings, terminal));
    return exitCode;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

interface Examination {
  readonly findings: readonly Finding[];
  /** What the board said; `null` if it was not asked. */
  readonly board: BoardAnswer | null;
}

async function examine({ port, board: boardId, boards }: DoctorOptions, around: Surroundings): Promise<Examination> {
  const { machine } = around;
  const findings = [
    checkNode(machine),
    await checkBoards(boards ?? around.boardsFile, boardId),
    await checkImage(around.imageFile),
    await checkAvrdude(machine),
  ];
  if (port === undefined) return { findings: [...findings, ...(await checkPorts(machine))], board: null };
  const portFinding = await checkOnePort(machine, { path: port, name: null });
  findings.push(portFinding);
  // A port that is in use is left alone: to open it would stop the lock that runs on it.
  if (portFinding.verdict !== 'good') return { findings, board: null };
  const board = await around.ask(port);
  return { findings: [...findings, ...judgeBoard(board, { port, boardId: boardId ?? null })], board };
}

/** Throws `BadInput` for a board that cannot be plugged in. */
async function checkBoards(file: string, wantedBoard: string | undefined): Promise<Finding> {
  const boards = await loadBoards(file);
  if ('kind' in boards) return boards;
  if (wantedBoard !== undefined) findWiredBoard(boards, wantedBoard);
  return good('boards', `${shown(file)} has ${boards.boards.length} boards and no fault.`);
}

async function loadBoards(file: string): Promise<Boards | Finding> {
  try {
    return await readBoards(file);
  } catch (error) {
    if (!(error instanceof BadInput) && !(error instanceof DocumentError)) throw error;
    const mend = 'Install Latchkey again, or mend the file.';
    return bad('boards', { kind: 'boardsUnfit', what: error.message, mend });
  }
}

async function checkImage(file: string): Promise<Finding> {
  const facts = await readShippedImage(file);
  if ('kind' in facts) return bad('image', facts);
  return good('image', imageWords(file, facts, true));
}

async function checkAvrdude(machine: Machine): Promise<Finding> {
  const found = await findAvrdude(machine);
  return 'kind' in found ? bad('avrdude', found) : good('avrdude', avrdudeWords(found));
}
