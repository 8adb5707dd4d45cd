import { createHash } from 'node:crypto';

/**
 * A device's name: the thumbprint of its public key (RFC 7638, SHA-256). Hashed here at once, for jose's own goes through
 * the thread pool and would cost a third of a verification.
 */
export function deviceIdOf(x: string): string {
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
}
