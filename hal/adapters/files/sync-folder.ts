import * as fs from 'node:fs';

/** A file that was made or renamed is there after a crash only once its folder is durable. Throws the file system's error. */
export function syncFolder(path: string): void {
  const descriptor = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
