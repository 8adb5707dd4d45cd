import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput, reasonOf } from './bad-input.js';

/** The socket of a running lock, in its data folder. */
export const DOOR_SOCKET_NAME = 'door.sock';

/** The owner's access key, in a lock's data folder. */
export const OWNER_KEY_NAME = 'owner.key';

/** A key takes 52. Chosen. */
const KEY_CHARS_MAX = 256;

/** The data folder of the lock that is meant: the one named, or else the only one below `states` that runs. */
export function findLockFolder(named: string | undefined, states: string): string {
  if (named !== undefined) return named;
  const folders = existsSync(states) ? readdirSync(states).map((name) => join(states, name)) : [];
  const running = folders.filter((folder) => existsSync(join(folder, DOOR_SOCKET_NAME)));
  const [only, another] = running;
  if (only === undefined)
    throw new BadInput(`latchkey: no lock runs with its data in ${states}; name its folder: --lock`);
  if (another !== undefined)
    throw new BadInput(`latchkey: several locks run; name one: --lock ${running.join(' or ')}`);
  return only;
}

/** An access key is read from a file only, and only from one that nobody else can read. Throws `BadInput`. */
export function readAccessKey(file: string): string {
  let text: string;
  try {
    const { mode, uid } = statSync(file);
    const self = process.getuid?.();
    if (self !== undefined && (mode & 0o077) !== 0) {
      throw new BadInput(`${file}: is open to other users; close it: chmod 600 ${file}`);
    }
    if (self !== undefined && self !== 0 && uid !== self) {
      throw new BadInput(`${file}: belongs to another user; name a file of your own: --key-file`);
    }
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const mend = 'name the file that has your access key: --key-file';
    throw new BadInput(`${file}: cannot be read: ${reasonOf(error)}; ${mend}`, { cause: error });
  }
  if (text.length > KEY_CHARS_MAX || !/^[\w-]+$/.test(text)) {
    throw new BadInput(`${file}: has no access key in it; name the file that has yours: --key-file`);
  }
  return text;
}
