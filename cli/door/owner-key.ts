import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Desk } from '../../firmware/desk.js';
import type { Resident } from '../../firmware/requests.js';
import type { DataFolder } from '../../hal/adapters/files/data-folder.js';
import { OWNER_KEY_NAME } from '../lock-folder.js';

/**
 * Whoever can read the data folder is the owner: their access key lies there, made at the first start, and made anew if the
 * lock does not know it, or it is gone. Throws what the file system throws.
 */
export function giveOwnerKey(desk: Desk, residents: readonly Resident[], folder: DataFolder): void {
  const owner = residents.find(({ role }) => role === 'owner');
  const path = folder.file(OWNER_KEY_NAME);
  if (owner === undefined || isKnown(desk, path)) return;
  const { accessKey } = desk.issueAccessKey(owner.id, owner.id);
  if (accessKey === null) return;
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, `${accessKey}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isKnown(desk: Desk, path: string): boolean {
  try {
    return desk.personOf(readFileSync(path, 'utf8').trim()) !== null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
