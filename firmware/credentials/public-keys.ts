import { type CryptoKey, importJWK } from 'jose';
import { isSignedWith, STATEMENT_ALGORITHM } from './statement.js';

/**
 * Public keys, imported once each: an import costs a sixth of a verification. They are kept by the record that holds
 * them and go with it, so that a key that is no longer enrolled takes no room.
 */
export class PublicKeys {
  private readonly imported = new WeakMap<object, Promise<CryptoKey | null>>();

  /** Whether `text` is signed with the key `x` (base64url of 32 bytes) that belongs to `holder`. */
  async verify(text: string, holder: object, x: string): Promise<boolean> {
    let key = this.imported.get(holder);
    if (key === undefined) {
      key = importKey(x);
      this.imported.set(holder, key);
    }
    const imported = await key;
    return imported !== null && isSignedWith(text, imported);
  }
}

/** `null` where the bytes are no key. */
async function importKey(x: string): Promise<CryptoKey | null> {
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, STATEMENT_ALGORITHM);
    return key instanceof Uint8Array ? null : key;
  } catch {
    return null;
  }
}
