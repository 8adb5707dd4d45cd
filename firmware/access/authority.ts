import type { LocalHours } from './local-hours.js';

export type Purpose = 'delivery' | 'deliveryInside' | 'service' | 'maintenance' | 'guest';

/** A public Ed25519 key of a firm, by the name that its tokens give in `kid`. */
export interface ProviderKey {
  /** 1 to 64 characters of a-z, A-Z, 0-9, `.`, `_`, `-`. */
  readonly id: string;
  /** The JWK's `x`: 32 bytes, base64url. */
  readonly x: string;
}

/** A firm that signs for its people: a retailer, a carrier, a dog-walking firm. None is special. */
export interface Provider {
  /** 1 to 64 characters of a-z, A-Z, 0-9, `.`, `_`, `-`; the `iss` of its tokens. */
  readonly id: string;
  readonly name: string;
  /** Several while they rotate. 1 to 8. */
  readonly keys: readonly ProviderKey[];
  /** What it may send people for; the owner's choice. */
  readonly purposes: readonly Exclude<Purpose, 'guest'>[];
  /** Longest time from issue to expiry of its tokens: so long a lock that hears nothing may trust one that was taken back. */
  readonly tokenLifeMaxMs: number;
}

/** What a worker is certified for, and who says so. */
export interface Certificate {
  /** For example `petFirstAid` or `insurance`. */
  readonly kind: string;
  readonly issuer: string;
  readonly expiresUtcMs: number;
  /** The firm's own word, not checked by anybody else; shown as such. */
  readonly selfStated: boolean;
}

/** The token behind a grant, as far as anybody asks once its signature is verified. */
export interface Issuance {
  readonly providerId: string;
  /** Which key signed it. */
  readonly keyId: string;
  readonly workerName: string;
  /** Where the firm keeps the worker's photo: shown to the owner, never fetched by the lock. */
  readonly photo: string | null;
  /** The worker's device key (RFC 7800 `cnf`): the JWK's `x`, and its thumbprint (RFC 7638). */
  readonly deviceX: string;
  readonly deviceId: string;
  readonly issuedUtcMs: number;
  readonly expiresUtcMs: number;
  readonly certificates: readonly Certificate[];
}

/** When a guest may come. */
export type Schedule =
  | { readonly kind: 'once'; readonly fromUtcMs: number; readonly untilUtcMs: number }
  | { readonly kind: 'weekly'; readonly hours: LocalHours }
  /** At any time until revoked or expired. */
  | { readonly kind: 'always' };

/** Somebody whom the owner lets in by a code. */
export interface Guest {
  readonly personId: string;
  readonly schedule: Schedule;
  /** When the guest's access ends in any case, or `null`. */
  readonly expiresUtcMs: number | null;
}

/** scrypt, with its costs, so that they can be raised later. Bytes are base64url. */
export interface CodeHash {
  readonly salt: string;
  readonly hash: string;
  /** log2 of N. */
  readonly cost: number;
}

/** Whom a code at the keypad stands for. */
export type CodeHolder =
  | { readonly kind: 'resident'; readonly personId: string }
  | { readonly kind: 'guest'; readonly personId: string }
  /** The next entry of a visit under way whose worker's device has died. Good for one entry. */
  | { readonly kind: 'visit'; readonly visitId: string };

/** A code never lasts for ever: it has an expiry, a count, or both. */
export interface Code {
  /** What is typed before the code. 1 to 9,999. */
  readonly userNumber: number;
  readonly holder: CodeHolder;
  readonly hash: CodeHash;
  readonly expiresUtcMs: number | null;
  readonly usesLeft: number | null;
}

/** Lets a resident's app or command line speak to the lock. Only the key's SHA-256 is kept. */
export interface AccessKey {
  readonly id: string;
  readonly personId: string;
  /** base64url of the SHA-256 of the key's text. */
  readonly hash: string;
}

/** What can be taken back, each for good. */
export type RevocationKind = 'worker' | 'device' | 'provider' | 'key' | 'grant' | 'code' | 'guest' | 'accessKey';

export interface RevocationTarget {
  readonly kind: RevocationKind;
  /**
   * worker: `<providerId>/<sub>`; device: thumbprint; key: `<providerId>/<kid>`; code: its user number as text; the
   * others: their id.
   */
  readonly id: string;
}

/** Who asks for something that not only residents may ask. */
export type Asker =
  | { readonly kind: 'person'; readonly personId: string }
  /** By a statement that this key of the firm has signed. */
  | { readonly kind: 'provider'; readonly providerId: string; readonly keyId: string };

/** How whoever asks has proved who they are. The edge has verified it; whether it is enough is policy. */
export type Proof =
  /** The word of whoever hands the request over: enough for grants by the owner's own hand. */
  | { readonly kind: 'word' }
  /** A signature of this device over a fresh challenge of the lock. */
  | { readonly kind: 'device'; readonly deviceId: string }
  /** The right code for this user number. */
  | { readonly kind: 'code'; readonly userNumber: number };
