import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../hal/contracts/clock.js';
import type { Entropy } from '../../hal/contracts/entropy.js';
import { decodeBase64url } from './base64url.js';

/** How long an answer may take: a signature and one way over a slow link. Chosen. */
export const CHALLENGE_LIFE_MS = 30_000;

/** Answers by good signatures remembered at a time: more than 30 a second are no visitors. Chosen. */
export const ANSWERED_MAX = 1_000;

const KEY_BYTES = 32;
const NONCE_BYTES = 16;
const TIME_BYTES = 8;
const MAC_BYTES = 32;

/**
 * What visitors sign to show that they are there now. A challenge says itself when the lock gave it out, under a key of
 * this boot: however many are asked for, none is remembered before it has been answered with a good signature.
 */
export class Challenges {
  private readonly clock: Clock;
  private readonly entropy: Entropy;
  private readonly key: Uint8Array;
  /** When each was answered, the earliest first: by then it had been given out, so that it dies no later than if new. */
  private readonly answeredAtMs = new Map<string, number>();

  constructor(clock: Clock, entropy: Entropy) {
    this.clock = clock;
    this.entropy = entropy;
    this.key = entropy.bytes(KEY_BYTES);
  }

  make(): string {
    const challenge = Buffer.alloc(NONCE_BYTES + TIME_BYTES + MAC_BYTES);
    challenge.set(this.entropy.bytes(NONCE_BYTES));
    challenge.writeDoubleBE(this.clock.nowMs(), NONCE_BYTES);
    challenge.set(this.macOf(challenge), NONCE_BYTES + TIME_BYTES);
    return challenge.toString('base64url');
  }

  /**
   * After a good signature: whether the lock gave it out less than 30 s ago, in this boot, and nobody has answered it yet.
   * From now on somebody has.
   */
  answer(challenge: string): boolean {
    this.forgetDead();
    if (this.answeredAtMs.size >= ANSWERED_MAX || !this.isOpen(challenge)) return false;
    this.answeredAtMs.set(challenge, this.clock.nowMs());
    return true;
  }

  private isOpen(challenge: string): boolean {
    const bytes = decodeBase64url(challenge);
    if (bytes?.length !== NONCE_BYTES + TIME_BYTES + MAC_BYTES) return false;
    if (!timingSafeEqual(this.macOf(bytes), bytes.subarray(NONCE_BYTES + TIME_BYTES))) return false;
    const madeAtMs = bytes.readDoubleBE(NONCE_BYTES);
    return this.clock.nowMs() < madeAtMs + CHALLENGE_LIFE_MS && !this.answeredAtMs.has(challenge);
  }

  private macOf(challenge: Uint8Array): Uint8Array {
    return createHmac('sha256', this.key)
      .update(challenge.subarray(0, NONCE_BYTES + TIME_BYTES))
      .digest();
  }

  private forgetDead(): void {
    const nowMs = this.clock.nowMs();
    for (const [challenge, atMs] of this.answeredAtMs) {
      if (nowMs < atMs + CHALLENGE_LIFE_MS) return;
      this.answeredAtMs.delete(challenge);
    }
  }
}
