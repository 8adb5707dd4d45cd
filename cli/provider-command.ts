import * as v from 'valibot';
import { providersAnswer } from '../firmware/interface/answers.js';
import type { ProviderKey, Purpose } from '../firmware/access/authority.js';
import { furtherCheck, parseDocument } from '../hal/document.js';
import { inWords } from '../sim/scenario/words.js';
import type { LockOptions, LockSurroundings } from './lock-errand.js';
import { pathOf, runErrand } from './lock-errand.js';
import { readSmallFile } from './small-file.js';

export interface EnrolOptions extends LockOptions {
  readonly id: string;
  readonly name: string;
  readonly for: readonly Exclude<Purpose, 'guest'>[];
  readonly tokenLifeHours: number;
}

const hourMs = 3_600_000;

/** Eight keys take two. Chosen. */
const keySetBytesMax = 16_384;

/** RFC 7517, and RFC 8037 for the keys. What else firms write into theirs is no business of a lock's. */
const keySetSchema = v.object({
  keys: v.pipe(
    v.array(
      v.pipe(
        v.object({
          kty: v.literal('OKP'),
          crv: v.literal('Ed25519'),
          kid: v.string(),
          x: v.string(),
          d: v.optional(v.unknown()),
        }),
        furtherCheck(({ d }, problemAt) => {
          if (d !== undefined) problemAt(['d'], 'this is a private key, which nobody but the firm may have; remove it');
        }),
      ),
    ),
    v.minLength(1),
    v.maxLength(8),
  ),
});

/** Enrols a firm by its public keys. The same firm once more, with other keys: those that are missing are not used. */
export async function runProviderEnrol(
  file: string,
  options: EnrolOptions,
  around?: LockSurroundings,
): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const { id, name, for: purposes, tokenLifeHours } = options;
      const keys = readKeys(file);
      const provider = { name, keys, purposes, tokenLifeMaxMs: tokenLifeHours * hourMs };
      const { providers } = await errand.lock().ask('GET', '/providers', providersAnswer);
      const before = providers.find((known) => known.id === id)?.keyIds ?? [];
      const droppedKeyIds = before.filter((keyId) => keys.every((key) => key.id !== keyId));
      await errand.lock().act('PUT', pathOf('providers', id), provider);
      const dropped =
        droppedKeyIds.length === 0
          ? ''
          : `; dropped for good: ${droppedKeyIds.join(', ')}; visits that hang on them end`;
      errand.done(`${id} may send people for ${purposes.map(inWords).join(', ')}${dropped}`, {
        id,
        keyIds: keys.map((key) => key.id),
        droppedKeyIds,
      });
    },
    around,
  );
}

export async function runProviderList(options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const answer = await errand.lock().ask('GET', '/providers', providersAnswer);
      errand.show(answer, ['id', 'name', 'for', 'longest token', 'keys'], () =>
        answer.providers.map(({ id, name, purposes, tokenLifeMaxMs, keyIds }) => [
          id,
          name,
          purposes.map(inWords).join(', '),
          `${tokenLifeMaxMs / hourMs} h`,
          keyIds.join(', '),
        ]),
      );
    },
    around,
  );
}

function readKeys(file: string): ProviderKey[] {
  const text = readSmallFile(file, keySetBytesMax);
  const { keys } = parseDocument({ text, file, format: 'json' }, keySetSchema);
  return keys.map(({ kid, x }) => ({ id: kid, x }));
}
