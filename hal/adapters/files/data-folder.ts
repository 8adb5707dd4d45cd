import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { syncFolder } from './sync-folder.js';
import { LockHeldError, WriterLock } from './writer-lock.js';

/** The folder cannot be used as it is. The message is for the user: which folder, what is wrong, and the mend. */
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
      this.lock = new WriterLock(join(this.path, 'writer.lock'));
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

function unusable(path: string, error: unknown): DataFolderError {
  if (error instanceof LockHeldError) {
    const mend = 'stop that, or name another folder with --data';
    return new DataFolderError(`${path}: in use by process ${error.pid}: ${mend}`, { cause: error });
  }
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  return new DataFolderError(`${path}: cannot be used: ${reason}; name another folder with --data`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
};
