import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures of webhooks in the manner of standardwebhooks.com: HMAC-SHA256 over id, time and body, by a secret that
 * only sender and receiver know.
 */

/** In HTTP, names of headers are the same in upper and lower case. */
export interface WebhookHeaders {
  /** The same for each try of one message: a receiver knows a repeat by it. */
  readonly 'webhook-id': string;
  /** When this try was made, in seconds since 1970 UTC. */
  readonly 'webhook-timestamp': string;
  /** `v1,` and the signature in base64; several, with blanks between, while secrets rotate. */
  readonly 'webhook-signature': string;
}

/** A message signed longer ago than this, or further in the future, is refused: it may be replayed. */
export const SIGNATURE_AGE_MAX_MS = 5 * 60_000;

/** Of a secret, by the standard. */
const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;

/** By the standard a secret begins with this, which is no part of it. */
const SECRET_PREFIX = 'whsec_';

/** A message has several signatures only while secrets rotate. Chosen. */
const SIGNATURES_MAX = 8;

/** The secret in a text: 24 to 64 bytes in base64, with or without `whsec_` in front; `null` if it is none. */
export function readSecret(text: string): Buffer | null {
  const base64 = text.trim().replace(SECRET_PREFIX, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(base64)) return null;
  const secret = Buffer.from(base64, 'base64');
  return secret.length >= SECRET_BYTES_MIN && secret.length <= SECRET_BYTES_MAX ? secret : null;
}

export function signWebhook(secret: Buffer, id: string, utcMs: number, body: string): WebhookHeaders {
  const timestamp = String(Math.floor(utcMs / 1000));
  const signature = macOf(secret, id, timestamp, Buffer.from(body)).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/**
 * `null` if the secret's holder signed this within five minutes of `utcMs`; otherwise why it is not believed, as one
 * clause. Takes as long for a signature that is nearly right as for one that is not.
 */
export function distrustOf(
  secret: Buffer,
  headers: Readonly<Partial<WebhookHeaders>>,
  body: Uint8Array,
  utcMs: number,
): string | null {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (id === undefined || timestamp === undefined || signatures === undefined) return 'it bears no signature';
  if (!/^\d{1,12}$/u.test(timestamp)) return 'its time is no number of seconds';
  const right = macOf(secret, id, timestamp, body);
  const isRight = signatures
    .split(' ', SIGNATURES_MAX)
    .map((signature) => bytesOf(signature))
    .some((bytes) => bytes.length === right.length && timingSafeEqual(bytes, right));
  if (!isRight) return 'its signature is wrong';
  const ageMs = utcMs - Number(timestamp) * 1000;
  if (ageMs > SIGNATURE_AGE_MAX_MS) return 'it was signed more than five minutes ago';
  return ageMs < -SIGNATURE_AGE_MAX_MS ? 'it was signed in the future' : null;
}

/** Versions that are not known are no signature. */
function bytesOf(signature: string): Buffer {
  return Buffer.from(signature.startsWith('v1,') ? signature.slice(3) : '', 'base64');
}

function macOf(secret: Buffer, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
}
