import { accessSync, chmodSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { troubleOf } from './file-trouble.js';
import { syncFolder } from './sync-folder.js';
import { LockHeldError, lockHolder, WriterLock } from './writer-lock.js';

/** The folder, or a file in it, cannot be used as it is. The message is for the user: which, what is wrong, the mend. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/**
 * The folder in which one lock keeps all that it must not forget, and evidence of what it saw. Nobody but its owner may
 * look into it, and one process at a time writes there.
 */
export class DataFolder {
  readonly path: string;
  private readonly lock: WriterLock;

  /** Makes the folder if need be. Throws `DataFolderError`. */
  constructor(path: string) {
    this.path = resolve(path);
    try {
      makeFolder(this.path);
      checkFolder(this.path);
      closeEntries(this.path);
      this.lock = new WriterLock(join(this.path, LOCK_NAME));
    } catch (error) {
      throw error instanceof DataFolderError ? error : unusable(this.path, error);
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** A folder inside, for the same eyes only. Throws `DataFolderError`. */
  folder(name: string): string {
    const path = join(this.path, name);
    try {
      makeFolder(path);
    } catch (error) {
      throw unusable(path, error);
    }
    return path;
  }

  close(): void {
    this.lock.release();
  }
}

/** The process that writes in this folder now, or `null`. Throws the file system's error. */
export function writerOf(folder: string): number | null {
  return lockHolder(join(folder, LOCK_NAME));
}

const LOCK_NAME = 'writer.lock';

/** Not by Node's own `recursive`: where a folder refuses to hold another, such as /proc, that never returns. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
  syncFolder(dirname(path));
}

function checkFolder(path: string): void {
  const found = statSync(path);
  if (!found.isDirectory()) throw new DataFolderError(`${path}: is no folder; name another with --data`);
  const self = process.getuid?.();
  if (self !== undefined && found.uid !== self) {
    throw new DataFolderError(`${path}: belongs to another user; name a folder of your own with --data`);
  }
  if (self !== undefined && (found.mode & 0o077) !== 0) {
    throw new DataFolderError(`${path}: is open to other users; close it: chmod 700 ${path}`);
  }
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
}

/**
 * What was put there by hand, or copied back, is closed like everything that the lock makes. Nobody else could have looked
 * into it here; but it may be copied elsewhere, modes and all.
 */
function closeEntries(path: string): void {
  for (const name of readdirSync(path)) {
    const entry = join(path, name);
    const found = lstatSync(entry, { throwIfNoEntry: false });
    // A link has no mode of its own, and what it points to is elsewhere.
    if (found === undefined || found.isSymbolicLink() || (found.mode & 0o077) === 0) continue;
    try {
      chmodSync(entry, found.mode & 0o700);
    } catch (error) {
      throw new DataFolderError(`${entry}: is open to other users; close it: chmod go= ${entry}`, { cause: error });
    }
  }
}

/** What the file system's error means for a lock that was to use this folder. */
export function unusable(path: string, error: unknown): DataFolderError {
  if (error instanceof LockHeldError) {
    const mend = 'stop that, or name another folder with --data';
    return new DataFolderError(`${path}: in use by process ${error.pid}: ${mend}`, { cause: error });
  }
  const { what, mend, isOfDisk } = troubleOf(error);
  // Another folder is another lock: it knows of no revocation.
  const way = isOfDisk ? mend : 'name another folder with --data';
  return new DataFolderError(`${path}: cannot be used: ${what}; ${way}`, { cause: error });
}
