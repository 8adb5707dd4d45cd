import type { RevocationKind } from '../firmware/access/authority.js';
import { BadInput } from './bad-input.js';
import { Refused } from './lock-client.js';
import type { Errand, LockOptions, LockSurroundings } from './lock-errand.js';
import { pathOf, runErrand } from './lock-errand.js';
import type { RevocationWord } from './revocation-words.js';

const name = '[A-Za-z0-9._-]{1,64}';

/** How some of them are named, and what to write: a mistyped name must not pass for one that is there. */
const forms: Readonly<Partial<Record<RevocationWord, readonly [form: RegExp, mend: string]>>> = {
  worker: [new RegExp(`^${name}/${name}$`), 'name the firm too: latchkey revoke worker FIRM/WORKER'],
  key: [new RegExp(`^${name}/${name}$`), 'name the firm too: latchkey revoke key FIRM/KEY'],
  code: [/^[1-9]\d{0,3}$/, 'give its user number, as latchkey guest list has it: latchkey revoke code NUMBER'],
  device: [/^[\w-]{43}$/, 'give its thumbprint, as latchkey visit show has it: latchkey revoke device THUMBPRINT'],
};

/** Which command shows the names. */
const lists: Readonly<Partial<Record<RevocationWord, string>>> = {
  worker: 'latchkey provider list',
  provider: 'latchkey provider list',
  key: 'latchkey provider list',
  grant: 'latchkey grant list',
  code: 'latchkey guest list',
  guest: 'latchkey guest list',
};

/** Takes something back. */
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
      const [form, mend] = forms[word] ?? [/./, ''];
      if (!form.test(id)) throw new BadInput(`latchkey: ${id}: is no ${word}; ${mend}`);
      await takeBack(errand, word, kind, id);
      errand.done(`${word} ${id} is revoked`, { kind, id });
    },
    around,
  );
}

async function takeBack(errand: Errand, word: RevocationWord, kind: RevocationKind, id: string): Promise<void> {
  try {
    await errand.lock().act('PUT', pathOf('revocations', kind, id));
  } catch (error) {
    if (!(error instanceof Refused) || error.reason !== 'nothingToRevoke') throw error;
    const list = lists[word];
    const mend = list === undefined ? 'check the name' : `see ${list}`;
    throw new Refused(`The lock knows no ${word} ${id}, so nothing is revoked; ${mend}.`, error.reason);
  }
}
