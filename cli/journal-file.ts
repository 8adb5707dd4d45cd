import { existsSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JournalScan, TornTail } from '../firmware/journal/journal-scan.js';
import { writerOf } from '../hal/adapters/files/data-folder.js';
import { BadInput, reasonOf } from './bad-input.js';
import { Progress } from './progress.js';
import type { Terminal } from './terminal.js';

/** What the commands need of the world around them. */
export interface JournalSurroundings {
  readonly terminal: Terminal;
  /** Where journals are looked for if none is named. */
  readonly stateFolder: string;
}

/** The file in a lock's data folder. */
const journalName = 'journal';

/** Chosen: larger ones are read no faster. */
const chunkBytes = 256 * 1024;

/** The journal at this place or in this folder; without one, that of the only lock in `states`. Throws `BadInput`. */
export function findJournal(named: string | undefined, states: string): string {
  const place = named ?? states;
  try {
    if (!statSync(place).isDirectory()) return place;
    const inside = readdirSync(place).map((name) => join(place, name, journalName));
    const journals = [join(place, journalName), ...inside].filter((path) => existsSync(path));
    const [only, another] = journals;
    if (only === undefined) throw new BadInput(`latchkey: ${place}: no journal is there; name the file`);
    if (another !== undefined) throw new BadInput(`latchkey: ${place}: name one of ${journals.join(', ')}`);
    return only;
  } catch (error) {
    throw unreadable(place, error);
  }
}

/** Feeds all of it to the scan, up to the first damage. Throws `BadInput`. */
export async function readJournal(path: string, scan: JournalScan, terminal: Terminal): Promise<TornTail | null> {
  const progress = new Progress(terminal);
  try {
    await feedAll(path, scan, () => {
      progress.show(() => `${path}: ${scan.end.number.toLocaleString('en')} records`);
    });
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    progress.clear();
  }
  return scan.finish();
}

async function feedAll(path: string, scan: JournalScan, onChunk: () => void): Promise<void> {
  const chunk = new Uint8Array(chunkBytes);
  const file = await open(path);
  try {
    while (scan.damage === null) {
      const { bytesRead } = await file.read(chunk);
      if (bytesRead === 0) return;
      scan.feed(chunk.subarray(0, bytesRead));
      onChunk();
    }
  } finally {
    await file.close();
  }
}

/** The process that may be writing to the journal, or `null`. */
export function journalWriter(path: string): number | null {
  try {
    return writerOf(dirname(path));
  } catch {
    // Who may read the journal but not the folder's lock is told what the bytes say.
    return null;
  }
}

function unreadable(path: string, error: unknown): BadInput {
  if (error instanceof BadInput) return error;
  const mend = 'name the journal, or the folder that it is in';
  return new BadInput(`latchkey: ${path}: cannot be read: ${reasonOf(error)}; ${mend}`, { cause: error });
}
