import type { Rate } from './limits.js';

/** Lets `burst` through at once and `perS` a second in the long run. Time is handed in, in milliseconds. */
export class TokenBucket {
  private readonly rate: Rate;
  private tokens: number;
  private filledAtMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.rate = rate;
    this.tokens = rate.burst;
    this.filledAtMs = nowMs;
  }

  /** Whether one more may pass now. */
  take(nowMs: number): boolean {
    this.fill(nowMs);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  /** Nobody has taken anything for so long that a new bucket would be the same. */
  isFull(nowMs: number): boolean {
    this.fill(nowMs);
    return this.tokens >= this.rate.burst;
  }

  private fill(nowMs: number): void {
    const gained = ((nowMs - this.filledAtMs) / 1_000) * this.rate.perS;
    this.tokens = Math.min(this.rate.burst, this.tokens + gained);
    this.filledAtMs = nowMs;
  }
}
