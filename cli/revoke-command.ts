import type { RevocationKind } from '../firmware/access/authority.js';
import type { LockOptions, LockSurroundings } from './lock-errand.js';
import { pathOf, runErrand } from './lock-errand.js';
import type { RevocationWord } from './revocation-words.js';

/** Takes something back, everywhere and for good. */
export async function runRevoke(
  word: RevocationWord,
  id: string,
  options: LockOptions,
  around?: LockSurroundings,
): Promise<number> {
  const kind: RevocationKind = word === 'access-key' ? 'accessKey' : word;
  return runErrand(
    options,
    async (errand) => {
      await errand.lock().act('PUT', pathOf('revocations', kind, id));
      errand.done(`${word} ${id} is revoked`, { kind, id });
    },
    around,
  );
}
