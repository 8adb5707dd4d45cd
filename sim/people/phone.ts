import type { ProofClaims } from '../../firmware/credentials/device-proof.js';
import type { WithdrawalReason } from '../../firmware/requests.js';
import { KeyPair } from './key-pair.js';

/** What a visitor does at the door, without what every proof has. */
export type PhoneAct =
  | { readonly act: 'arrive' | 'ring' | 'claim' | 'lock' | 'view' }
  | { readonly act: 'enter'; readonly entry: number; readonly distance?: number; readonly notes?: string }
  | { readonly act: 'withdraw'; readonly reason: WithdrawalReason }
  | { readonly act: 'depart'; readonly distance?: number };

/** What a proof is about. */
export interface ProofSubject {
  readonly challenge: string;
  /** As the lock names it: `<firm>/<visit>`. */
  readonly visit: string;
  readonly door: string;
}

/** A worker's phone: the device that their tokens are bound to. */
export class Phone {
  private readonly key: KeyPair;

  /** Phones of different names have different keys. */
  constructor(name: string) {
    this.key = new KeyPair(`phone ${name}`);
  }

  /** The name by which the lock knows it, and blocks it. */
  get deviceId(): string {
    return this.key.thumbprint;
  }

  /** Its public key, as a JWK has it. */
  get publicX(): string {
    return this.key.x;
  }

  prove(subject: ProofSubject, act: PhoneAct): Promise<string> {
    const claims: ProofClaims = { ...subject, ...act };
    return this.key.sign('latchkey-proof+jwt', this.deviceId, claims);
  }
}
