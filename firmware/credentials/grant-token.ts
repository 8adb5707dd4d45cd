import {
  array,
  boolean,
  integer,
  maxLength,
  maxValue,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  strictObject,
  strictTuple,
} from 'valibot';
import type { InferInput, InferOutput } from 'valibot';
import type { Certificate } from '../access/authority.js';
import type { RefusalReason } from '../journal/records.js';
import type { Grant } from '../requests.js';
import { identifier, plainText, publicJwk, wholeSeconds } from './claims.js';
import { deviceIdOf } from './device-id.js';
import { nameWithin, type Providers, verifyFirm } from './firm-statement.js';
import type { PublicKeys } from './public-keys.js';
import { StatementReader } from './statement.js';

const certificate = strictObject({
  kind: identifier,
  issuer: plainText,
  exp: wholeSeconds,
  selfStated: optional(boolean(), false),
});

const claims = strictObject({
  iss: identifier,
  sub: identifier,
  jti: identifier,
  iat: wholeSeconds,
  exp: wholeSeconds,
  door: plainText,
  purpose: picklist(['delivery', 'deliveryInside', 'service', 'maintenance']),
  window: strictTuple([wholeSeconds, wholeSeconds]),
  entries: pipe(number(), integer(), minValue(1), maxValue(16)),
  worker: strictObject({ name: plainText, photo: optional(plainText) }),
  cnf: strictObject({ jwk: publicJwk }),
  certificates: optional(pipe(array(certificate), maxLength(8)), []),
  replaces: optional(identifier),
});

/** What a token says, before defaults are filled in. */
export type GrantClaims = InferInput<typeof claims>;

const GRANT = new StatementReader('latchkey-grant+jwt', claims);

/** A firm's signed word that somebody comes. */
export interface SignedGrant {
  readonly grant: Grant;
  /** Which visit it takes the place of, or `null`. */
  readonly replaces: string | null;
}

/**
 * What the token grants, or why it is none. Its times are not judged here: that takes the lock's calendar, and the
 * owner's policy.
 */
export async function verifyGrantToken(
  token: string,
  providers: Providers,
  keys: PublicKeys,
): Promise<SignedGrant | RefusalReason> {
  const statement = GRANT.read(token);
  if (statement === null) return 'malformedStatement';
  const refusal = await verifyFirm(statement, providers, keys);
  if (refusal !== null) return refusal;
  const { claims: stated, keyId } = statement;
  const { iss: providerId, worker, cnf, replaces } = stated;
  const [fromS, untilS] = stated.window;
  return {
    grant: {
      id: nameWithin(providerId, stated.jti),
      personId: nameWithin(providerId, stated.sub),
      doorId: stated.door,
      purpose: stated.purpose,
      fromUtcMs: fromS * 1_000,
      untilUtcMs: untilS * 1_000,
      entries: stated.entries,
      issuance: {
        providerId,
        keyId,
        workerName: worker.name,
        photo: worker.photo ?? null,
        deviceX: cnf.jwk.x,
        deviceId: deviceIdOf(cnf.jwk.x),
        issuedUtcMs: stated.iat * 1_000,
        expiresUtcMs: stated.exp * 1_000,
        certificates: stated.certificates.map((certified) => certificateOf(certified, providerId)),
      },
    },
    replaces: replaces === undefined ? null : nameWithin(providerId, replaces),
  };
}

/** Of a certificate that names the firm itself as its issuer, the firm's own word is all there is. */
function certificateOf(stated: InferOutput<typeof certificate>, providerId: string): Certificate {
  const { kind, issuer, exp, selfStated } = stated;
  return { kind, issuer, expiresUtcMs: exp * 1_000, selfStated: selfStated || issuer === providerId };
}
