import type { Certificate, Provider, ProviderKey } from '../../firmware/access/authority.js';
import type { GrantClaims } from '../../firmware/credentials/grant-token.js';
import type { Phone } from './phone.js';
import { KeyPair } from './key-pair.js';

/** Somebody whom the firm sends. */
export interface Worker {
  /** The firm's own name for them. */
  readonly id: string;
  readonly name: string;
  readonly phone: Phone;
  readonly photo?: string;
}

/** A visit as a firm books it. Times are whole seconds of UTC, in milliseconds as everywhere. */
export interface Booking {
  /** The firm's own name for the visit. */
  readonly visit: string;
  readonly worker: Worker;
  readonly door: string;
  readonly purpose: GrantClaims['purpose'];
  readonly fromUtcMs: number;
  readonly untilUtcMs: number;
  readonly entries: number;
  readonly issuedUtcMs: number;
  readonly expiresUtcMs: number;
  readonly certificates?: readonly Certificate[];
  /** The firm's own name for the visit that this one takes the place of. */
  readonly replaces?: string;
}

/** What a firm takes back, by the firm's own names; devices by their thumbprints. */
export interface TakenBack {
  readonly kind: 'worker' | 'device' | 'key' | 'grant';
  readonly id: string;
}

/** A firm that signs for its people. */
export class Firm {
  readonly id: string;
  private readonly keys = new Map<string, KeyPair>();

  /** `keyIds`: the firm's names of its keys, of which the first signs where nothing else is said. */
  constructor(id: string, keyIds: readonly [string, ...string[]] = ['key-1']) {
    this.id = id;
    for (const keyId of keyIds) this.keys.set(keyId, new KeyPair(`firm ${id} ${keyId}`));
  }

  /** What the owner enrols. */
  get publicKeys(): ProviderKey[] {
    return Array.from(this.keys, ([id, { x }]) => ({ id, x }));
  }

  /** As the owner enrols it. */
  provider(terms: Pick<Provider, 'name' | 'purposes' | 'tokenLifeMaxMs'>): Provider {
    return { id: this.id, keys: this.publicKeys, ...terms };
  }

  token(booking: Booking, keyId?: string): Promise<string> {
    const { key, id } = this.key(keyId);
    return key.sign('latchkey-grant+jwt', id, this.claims(booking));
  }

  /** What a token for this booking says. */
  claims({ visit, worker, door, purpose, entries, certificates, replaces, ...times }: Booking): GrantClaims {
    return {
      iss: this.id,
      sub: worker.id,
      jti: visit,
      iat: seconds(times.issuedUtcMs),
      exp: seconds(times.expiresUtcMs),
      door,
      purpose,
      window: [seconds(times.fromUtcMs), seconds(times.untilUtcMs)],
      entries,
      worker: { name: worker.name, ...(worker.photo === undefined ? {} : { photo: worker.photo }) },
      cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: worker.phone.publicX } },
      ...(certificates === undefined ? {} : { certificates: certificates.map(certificateClaims) }),
      ...(replaces === undefined ? {} : { replaces }),
    };
  }

  revocations(sequence: number, issuedUtcMs: number, revoked: readonly TakenBack[], keyId?: string): Promise<string> {
    const { key, id } = this.key(keyId);
    const claims = { iss: this.id, seq: sequence, iat: seconds(issuedUtcMs), revoked };
    return key.sign('latchkey-revocations+jwt', id, claims);
  }

  prolongation(visit: string, untilUtcMs: number, challenge: string, keyId?: string): Promise<string> {
    const { key, id } = this.key(keyId);
    const claims = { iss: this.id, visit, until: seconds(untilUtcMs), challenge };
    return key.sign('latchkey-prolongation+jwt', id, claims);
  }

  /** One of the firm's keys: the first where none is named. */
  key(keyId?: string): { readonly id: string; readonly key: KeyPair } {
    for (const [id, key] of this.keys) if (keyId === undefined || id === keyId) return { id, key };
    throw new RangeError(`the firm ${this.id} has no key ${String(keyId)}`);
  }
}

function certificateClaims(certificate: Certificate): NonNullable<GrantClaims['certificates']>[number] {
  const { kind, issuer, expiresUtcMs, selfStated } = certificate;
  return { kind, issuer, exp: seconds(expiresUtcMs), selfStated };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
