import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Desk } from '../../firmware/desk.js';
import type { Resident } from '../../firmware/requests.js';
import type { DataFolder } from '../../hal/adapters/files/data-folder.js';
import { troubleOf } from '../../hal/adapters/files/file-trouble.js';
import { syncFolder } from '../../hal/adapters/files/sync-folder.js';
import { OWNER_KEY_NAME } from '../lock-folder.js';

/**
 * Whoever can read the data folder is the owner: their access key lies there, made at the first start, and made anew if the
 * lock does not know it, or it is gone. A key that the lock does not keep, it would not know after its next start: then
 * whatever lies there stays. What prevents a key is told, a clause for a person.
 */
export async function giveOwnerKey(
  desk: Desk,
  residents: readonly Resident[],
  folder: Pick<DataFolder, 'file'>,
  onTrouble: (trouble: string) => void,
): Promise<void> {
  const owner = residents.find(({ role }) => role === 'owner');
  const path = folder.file(OWNER_KEY_NAME);
  try {
    if (owner === undefined || isKnown(desk, path)) return;
    const { accessKey } = desk.issueAccessKey(owner.id, owner.id);
    if (accessKey !== null && (await desk.lock.synced())) replaceFile(path, `${accessKey}\n`);
    else
      onTrouble(`${path}: no new key for the owner, for the lock cannot keep it; mend that, and start the lock anew`);
  } catch (error) {
    const { what, mend } = troubleOf(error);
    onTrouble(`${path}: no key for the owner: ${what}; ${mend}, and start the lock anew`);
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

/** The file is the old one or the new one, and whole: a disk may be full. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.new`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}
