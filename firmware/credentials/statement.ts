import { compactVerify, type CryptoKey } from 'jose';
import { type GenericSchema, type InferOutput, literal, safeParse, strictObject } from 'valibot';
import { decodeBase64url } from './base64url.js';
import { identifier } from './claims.js';
import { parseStrictJson } from './strict-json.js';

/** Judged before anything is parsed. Chosen: a token with eight certificates has about 2 KiB. */
export const STATEMENT_BYTES_MAX = 8_192;

/** Ed25519 (RFC 8037). */
export const STATEMENT_ALGORITHM = 'EdDSA';

const SIGNATURE_BYTES = 64;

/** The header's `typ`: no statement is ever taken for one of another type. */
export type StatementType =
  'latchkey-grant+jwt' | 'latchkey-proof+jwt' | 'latchkey-revocations+jwt' | 'latchkey-prolongation+jwt';

/** A compact JWS that is well-formed in every part. Whether its signature is good is another question. */
export interface Statement<Claims> {
  readonly text: string;
  /** Which key the header says signed it: a firm's name for a key of its own, or a device's thumbprint. */
  readonly keyId: string;
  readonly claims: Claims;
}

/** Reads statements of one type. */
export class StatementReader<Schema extends GenericSchema> {
  private readonly header;
  private readonly claims: Schema;

  constructor(type: StatementType, claims: Schema) {
    // Nothing else may stand in the header: no extensions (`crit`, `b64`, `zip`), and no key brought along (`jwk`, `jku`).
    this.header = strictObject({ alg: literal(STATEMENT_ALGORITHM), typ: literal(type), kid: identifier });
    this.claims = claims;
  }

  /** `null` where the text is no statement of this type. */
  read(text: string): Statement<InferOutput<Schema>> | null {
    if (text.length > STATEMENT_BYTES_MAX) return null;
    const [headerPart, claimsPart, signaturePart, ...rest] = text.split('.', 4);
    if (headerPart === undefined || claimsPart === undefined || signaturePart === undefined) return null;
    if (rest.length > 0 || decodeBase64url(signaturePart)?.length !== SIGNATURE_BYTES) return null;
    const header = safeParse(this.header, parsePart(headerPart));
    if (!header.success) return null;
    const claims = safeParse(this.claims, parsePart(claimsPart), { abortEarly: true });
    return claims.success ? { text, keyId: header.output.kid, claims: claims.output } : null;
  }
}

function parsePart(part: string): unknown {
  const bytes = decodeBase64url(part);
  return bytes === null ? undefined : parseStrictJson(bytes);
}

/** Whether this key signed the whole of the text. */
export async function isSignedWith(text: string, key: CryptoKey): Promise<boolean> {
  try {
    await compactVerify(text, key, { algorithms: [STATEMENT_ALGORITHM] });
    return true;
  } catch {
    // Whatever keeps jose from verifying the signature, it is not verified.
    return false;
  }
}
