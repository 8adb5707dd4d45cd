import { join } from 'node:path';
import { calendarAnswer } from '../firmware/interface/answers.js';
import { DocumentError } from '../hal/document.js';
import { BadInput } from './bad-input.js';
import { ZonedTimes } from './journal-times.js';
import { LockClient, Refused } from './lock-client.js';
import { DOOR_SOCKET_NAME, findLockFolder, OWNER_KEY_NAME, readAccessKey } from './lock-folder.js';
import { stateFolder } from './rig/state-folder.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';
import { textTable } from './text-table.js';

/** Which lock is asked, in whose name, and how the answer is told. */
export interface LockOptions {
  /** The lock's data folder. */
  readonly lock?: string;
  /** The file with the access key, unless it is the owner's in the data folder. */
  readonly keyFile?: string;
  readonly json: boolean;
}

export interface LockSurroundings {
  readonly terminal: Terminal;
  readonly stateFolder: string;
}

const exitDone = 0;
const exitRefused = 1;
const exitBadInput = 2;

function surroundings(): LockSurroundings {
  return { terminal: processTerminal(), stateFolder: stateFolder() };
}

/** Everything that a client of the lock's needs. */
export class Errand {
  readonly terminal: Terminal;
  private readonly options: LockOptions;
  private readonly states: string;
  private owner: LockClient | null = null;

  constructor(options: LockOptions, { terminal, stateFolder: states }: LockSurroundings) {
    this.options = options;
    this.terminal = terminal;
    this.states = states;
  }

  /** The running lock, asked in the owner's name. Throws `BadInput`. */
  lock(): LockClient {
    if (this.owner === null) {
      const folder = findLockFolder(this.options.lock, this.states);
      const accessKey = readAccessKey(this.options.keyFile ?? join(folder, OWNER_KEY_NAME));
      this.owner = new LockClient(join(folder, DOOR_SOCKET_NAME), accessKey);
    }
    return this.owner;
  }

  /** The running lock, asked in nobody's name: what is handed in is signed. */
  lockForAnybody(): LockClient {
    return new LockClient(join(findLockFolder(this.options.lock, this.states), DOOR_SOCKET_NAME), null);
  }

  /** Reads and writes times by the door's own clock. */
  async times(): Promise<ZonedTimes> {
    const { timeZone } = await this.lock().ask('GET', '/calendar', calendarAnswer);
    return new ZonedTimes(timeZone);
  }

  /** Says that something was done. */
  done(words: string, facts: object = {}): void {
    this.terminal.out(this.options.json ? `${JSON.stringify({ done: true, ...facts }, null, 2)}\n` : `${words}\n`);
  }

  /** Shows what was asked for: a table for people, or what the lock said for programs. */
  show(answer: object, head: readonly string[] | undefined, rows: () => readonly (readonly string[])[]): void {
    if (this.options.json) {
      this.terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
      return;
    }
    const cells = rows().map((row) => row.map(printable));
    this.terminal.out(cells.length === 0 ? 'none\n' : `${textTable(head, cells)}\n`);
  }
}

/** Does it, and returns the exit code. */
export async function runErrand(
  options: LockOptions,
  work: (errand: Errand) => Promise<void>,
  around: LockSurroundings = surroundings(),
): Promise<number> {
  const { terminal } = around;
  try {
    await work(new Errand(options, around));
    return exitDone;
  } catch (error) {
    if (error instanceof Refused) {
      const { message, reason } = error;
      if (options.json) terminal.out(`${JSON.stringify({ done: false, reason, detail: message }, null, 2)}\n`);
      else terminal.error(`refused: ${message}${reason === null ? '' : ` (${reason})`}\n`);
      return exitRefused;
    }
    if (!(error instanceof BadInput) && !(error instanceof DocumentError)) throw error;
    terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

/** Names that firms give are shown, never obeyed: no control characters, and no change of the direction of writing. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '�');
}

/** A path of the interface, with its parts made fit for it. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}
