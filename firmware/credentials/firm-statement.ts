import { array, type InferOutput, literal, picklist, strictObject, variant } from 'valibot';
import type { Provider, ProviderKey, RevocationTarget } from '../access/authority.js';
import type { RefusalReason } from '../journal/records.js';
import type { Request } from '../requests.js';
import { bytes32, challengeText, identifier, sequenceNumber, wholeSeconds } from './claims.js';
import type { PublicKeys } from './public-keys.js';
import { type Statement, StatementReader } from './statement.js';

/** As the lock knows the firms at this moment; a view that changes as they do. */
export type Providers = ReadonlyMap<string, Provider>;

const ownTarget = strictObject({ kind: picklist(['worker', 'key', 'grant']), id: identifier });
const deviceTarget = strictObject({ kind: literal('device'), id: bytes32 });

const REVOCATIONS = new StatementReader(
  'latchkey-revocations+jwt',
  strictObject({
    iss: identifier,
    seq: sequenceNumber,
    iat: wholeSeconds,
    revoked: array(variant('kind', [ownTarget, deviceTarget])),
  }),
);

const PROLONGATION = new StatementReader(
  'latchkey-prolongation+jwt',
  strictObject({ iss: identifier, visit: identifier, until: wholeSeconds, challenge: challengeText }),
);

type Target = InferOutput<typeof ownTarget> | InferOutput<typeof deviceTarget>;

export interface Prolongation {
  readonly request: Extract<Request, { kind: 'prolongVisit' }>;
  /** To be redeemed once the signature is known to be good. */
  readonly challenge: string;
}

/** What a firm has taken back, or why its list is none. */
export async function verifyRevocations(
  text: string,
  providers: Providers,
  keys: PublicKeys,
): Promise<Extract<Request, { kind: 'takeRevocations' }> | RefusalReason> {
  const statement = REVOCATIONS.read(text);
  if (statement === null) return 'malformedStatement';
  const refusal = await verifyFirm(statement, providers, keys);
  if (refusal !== null) return refusal;
  const { iss: providerId, seq: sequence, revoked } = statement.claims;
  const targets = revoked.map((target) => targetOf(providerId, target));
  return { kind: 'takeRevocations', providerId, keyId: statement.keyId, sequence, targets };
}

/** By how much a firm makes one of its visits longer, or why its statement is none. */
export async function verifyProlongation(
  text: string,
  providers: Providers,
  keys: PublicKeys,
): Promise<Prolongation | RefusalReason> {
  const statement = PROLONGATION.read(text);
  if (statement === null) return 'malformedStatement';
  const refusal = await verifyFirm(statement, providers, keys);
  if (refusal !== null) return refusal;
  const { iss: providerId, visit, until, challenge } = statement.claims;
  return {
    request: {
      kind: 'prolongVisit',
      asker: { kind: 'provider', providerId, keyId: statement.keyId },
      visitId: nameWithin(providerId, visit),
      untilUtcMs: until * 1_000,
    },
    challenge,
  };
}

/** Whether the firm that the statement names has signed it, with a key that is enrolled before and after. */
export async function verifyFirm(
  statement: Statement<{ readonly iss: string }>,
  providers: Providers,
  keys: PublicKeys,
): Promise<RefusalReason | null> {
  const { text, keyId, claims } = statement;
  if (!providers.has(claims.iss)) return 'unknownProvider';
  const key = enrolledKey(providers, claims.iss, keyId);
  if (key === undefined) return 'unknownKey';
  if (!(await keys.verify(text, key, key.x))) return 'badSignature';
  return enrolledKey(providers, claims.iss, keyId)?.x === key.x ? null : 'unknownKey';
}

/** What a firm calls one of its own, as the lock names it among those of all firms. */
export function nameWithin(providerId: string, name: string): string {
  return `${providerId}/${name}`;
}

function enrolledKey(providers: Providers, providerId: string, keyId: string): ProviderKey | undefined {
  return providers.get(providerId)?.keys.find(({ id }) => id === keyId);
}

/** A device is no firm's own: it is named as everybody names it. */
function targetOf(providerId: string, { kind, id }: Target): RevocationTarget {
  return { kind, id: kind === 'device' ? id : nameWithin(providerId, id) };
}
