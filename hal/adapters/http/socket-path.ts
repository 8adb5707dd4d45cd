import { lstatSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { ServerError } from './server-error.js';

/** What macOS takes; Linux takes four more. A longer one would be cut short without a word. */
const PATH_BYTES_MAX = 103;

/**
 * Sees to it that a Unix socket can be made at the path, in a folder that nobody else may look into: what a process that
 * died has left there is removed. Throws `ServerError`.
 */
export async function clearSocketPath(path: string): Promise<void> {
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) {
    throw new ServerError(`${path}: is too long for a socket; name a folder with a shorter path: --data`);
  }
  const folder = dirname(path);
  if ((statSync(folder).mode & 0o077) !== 0) {
    throw new ServerError(`${folder}: is open to other users; close it: chmod 700 ${folder}`);
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  // A link may point anywhere, and any other file is somebody's: neither is followed or removed.
  if (!found.isSocket()) throw new ServerError(`${path}: is there already and no socket; move it away`);
  if (await isServed(path)) {
    throw new ServerError(`${path}: another process answers there; stop that, or name another folder with --data`);
  }
  rmSync(path, { force: true });
}

function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // Refused: nobody listens. Anything else, a full queue for example, takes somebody who does.
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'));
  });
}
