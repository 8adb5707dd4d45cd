import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from './bad-input.js';
import { stateFolder } from './rig/state-folder.js';
import type { RigStatus } from './rig/status-socket.js';
import { askStatus, SOCKET_NAME } from './rig/status-socket.js';
import { spanText } from '../sim/report/quantity-texts.js';
import { inWords } from '../sim/scenario/words.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';
import { textTable } from './text-table.js';

/** Which rig is asked: the one of a board, or that of a data folder; with neither, the one that there is. */
export interface RigStatusOptions {
  readonly board?: string;
  readonly data?: string;
  readonly json: boolean;
}

export interface RigStatusSurroundings {
  readonly terminal: Terminal;
  readonly stateFolder: string;
}

const exitPassed = 0;
const exitBadInput = 2;

/** Asks a running rig how it stands, and returns the exit code. */
export async function runRigStatus(
  options: RigStatusOptions,
  { terminal, stateFolder: states }: RigStatusSurroundings = {
    terminal: processTerminal(),
    stateFolder: stateFolder(),
  },
): Promise<number> {
  try {
    const status = await askStatus(join(folderOf(options, states), SOCKET_NAME));
    terminal.out(options.json ? `${JSON.stringify(status, null, 2)}\n` : statusText(status));
    return exitPassed;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

function folderOf({ board, data }: RigStatusOptions, states: string): string {
  if (data !== undefined) return data;
  if (board !== undefined) return join(states, board);
  const boards = existsSync(states) ? readdirSync(states) : [];
  const running = boards.filter((id) => existsSync(join(states, id, SOCKET_NAME)));
  const [only] = running;
  if (only === undefined)
    throw new BadInput(`latchkey: no rig runs with its data in ${states}; name its folder: --data`);
  if (running.length > 1) throw new BadInput(`latchkey: several rigs run; name one: --board ${running.join(' or ')}`);
  return join(states, only);
}

function statusText(status: RigStatus): string {
  const { image, position, assumed, alarms, trips, story } = status;
  const tripped = Object.entries(trips).filter(([, times]) => times > 0);
  const rows = [
    ['position', assumed === null ? inWords(position) : `${inWords(position)}, assumed ${assumed}`],
    ['door', status.door],
    ['motor', status.motor],
    ['camera', status.cameraIsSimulated ? `${status.camera}, simulated` : status.camera],
    ['alarms', alarms.length === 0 ? 'none' : alarms.join(', ')],
    ['board', `${status.board} at ${status.port}, link ${status.boardLink}`],
    ['image', image ?? 'not known yet'],
    ['trips', tripped.length === 0 ? 'none' : tripped.map(([name, times]) => `${inWords(name)} ${times}`).join(', ')],
    ['network', status.network],
    ['story', story ?? 'none'],
    ['running for', spanText(status.uptimeMs)],
  ];
  return `${textTable(undefined, rows)}\n`;
}
