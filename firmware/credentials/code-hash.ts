import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Entropy } from '../../hal/contracts/entropy.js';
import type { CodeHash } from '../access/authority.js';
import { decodeBase64url, encodeBase64url } from './base64url.js';

/** log2 of scrypt's N: 32 MiB and about 0.1 s a try. Chosen, by OWASP's advice and the memory of a small board. */
const COST = 15;
/** What a record may name: one out of these bounds is damaged, and matches no code. */
const COST_LEAST = 10;
const COST_MOST = 18;
const BLOCK_SIZE = 8;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** A code's hash, fit to be compared. */
interface Expected {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly cost: number;
}

/** A hash that is no code's, so that a try costs as much where nobody has the user number. */
const NOBODYS: Expected = { salt: new Uint8Array(SALT_BYTES), hash: new Uint8Array(HASH_BYTES), cost: COST };

export async function hashCode(code: string, entropy: Entropy): Promise<CodeHash> {
  const salt = entropy.bytes(SALT_BYTES);
  return { salt: encodeBase64url(salt), hash: encodeBase64url(await derive(code, salt, COST)), cost: COST };
}

/** Whether this is the code that was hashed. Always hashes once, or the time would tell which user numbers there are. */
export async function matchesCode(code: string, record: CodeHash | undefined): Promise<boolean> {
  const expected = record === undefined ? null : read(record);
  const { salt, hash, cost } = expected ?? NOBODYS;
  const same = timingSafeEqual(await derive(code, salt, cost), hash);
  return same && expected !== null;
}

/** `null` where the record is damaged. */
function read({ salt, hash, cost }: CodeHash): Expected | null {
  const [saltBytes, hashBytes] = [decodeBase64url(salt), decodeBase64url(hash)];
  if (saltBytes === null || hashBytes?.length !== HASH_BYTES) return null;
  if (!Number.isInteger(cost) || cost < COST_LEAST || cost > COST_MOST) return null;
  return { salt: saltBytes, hash: hashBytes, cost };
}

/** In the thread pool, off the path of whatever the lock does meanwhile. */
function derive(code: string, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  const N = 2 ** cost;
  const options = { N, r: BLOCK_SIZE, p: 1, maxmem: 256 * BLOCK_SIZE * N };
  return new Promise((resolve, reject) => {
    scrypt(code, salt, HASH_BYTES, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
