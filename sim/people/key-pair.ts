import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { CompactSign } from 'jose';
import { STATEMENT_ALGORITHM, type StatementType } from '../../firmware/credentials/statement.js';

/** PKCS #8 of an Ed25519 key (RFC 8410), up to the 32 bytes of its seed. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key that follows from its name: the same in every run of a story, and good for nothing else. */
export class KeyPair {
  /** The public key, as a JWK has it. */
  readonly x: string;
  /** The thumbprint (RFC 7638). */
  readonly thumbprint: string;
  private readonly privateKey: KeyObject;

  constructor(name: string) {
    const seed = createHash('sha256').update(`latchkey story: ${name}`).digest();
    this.privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
    const { x = '' } = createPublicKey(this.privateKey).export({ format: 'jwk' });
    this.x = x;
    this.thumbprint = createHash('sha256')
      .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
      .digest('base64url');
  }

  /** A statement as the lock understands it. */
  async sign(type: StatementType, keyId: string, claims: object): Promise<string> {
    return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: STATEMENT_ALGORITHM, typ: type, kid: keyId })
      .sign(this.privateKey);
  }

  /** A good signature under whatever these parts say. */
  signAnything(header: string, claims: string): string {
    const signed = [header, claims].map((part) => Buffer.from(part).toString('base64url')).join('.');
    return `${signed}.${sign(null, Buffer.from(signed), this.privateKey).toString('base64url')}`;
  }
}
