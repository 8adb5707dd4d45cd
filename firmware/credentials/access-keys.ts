import { createHash, timingSafeEqual } from 'node:crypto';
import type { Entropy } from '../../hal/contracts/entropy.js';
import type { AccessView } from '../access/access-view.js';
import type { AccessKey } from '../access/authority.js';
import { decodeBase64url, encodeBase64url } from './base64url.js';

const KEY_BYTES = 32;
const ID_BYTES = 6;
const HASH_BYTES = 32;

/** Tells what it is when it turns up where it does not belong. */
const PREFIX = 'latchkey_';
const TEXT_LENGTH = PREFIX.length + Math.ceil((KEY_BYTES * 8) / 6);

/** A new key for this person: its text is shown once, its record kept. */
export function makeAccessKey(personId: string, entropy: Entropy): { text: string; record: AccessKey } {
  const text = `${PREFIX}${encodeBase64url(entropy.bytes(KEY_BYTES))}`;
  const id = Buffer.from(entropy.bytes(ID_BYTES)).toString('hex');
  return { text, record: { id, personId, hash: encodeBase64url(hashOf(text)) } };
}

/** Whose key this is. Every key is compared, in constant time: how long it takes tells nothing of any. */
export function holderOf(text: string, access: AccessView): string | null {
  if (text.length !== TEXT_LENGTH) return null;
  const hash = hashOf(text);
  let holder: string | null = null;
  for (const key of access.accessKeys.values()) {
    const kept = decodeBase64url(key.hash);
    if (kept?.length !== HASH_BYTES) continue;
    if (timingSafeEqual(kept, hash)) holder = key.personId;
  }
  return holder;
}

function hashOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
