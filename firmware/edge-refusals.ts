import { NEVER } from './core/never.js';

/** So many refusals in a burst are recorded one by one, and then one in each interval. Chosen. */
const BURST = 10;
const INTERVAL_MS = 6_000;

/**
 * How many refusals at the edge the journal and the owner get to see. Anybody who reaches the lock can have statements
 * refused, as fast as they can send them; the rest is counted, and the count is recorded (S8).
 */
export class EdgeRefusals {
  /** When the count of what was omitted is due to be recorded; `NEVER` while there is none. */
  wakeAtMs = NEVER;
  private left = BURST;
  private refilledAtMs = 0;
  private omitted = 0;

  /** Whether a refusal now is recorded; if not, it is counted. */
  admits(nowMs: number): boolean {
    this.refill(nowMs);
    if (this.left > 0 && this.omitted === 0) {
      this.left -= 1;
      return true;
    }
    this.omitted += 1;
    if (this.wakeAtMs === NEVER) this.wakeAtMs = nowMs + INTERVAL_MS;
    return false;
  }

  /** How many were omitted, if it is time to record it; otherwise 0. */
  takeOmitted(nowMs: number): number {
    if (nowMs < this.wakeAtMs) return 0;
    const { omitted } = this;
    this.omitted = 0;
    this.wakeAtMs = NEVER;
    return omitted;
  }

  private refill(nowMs: number): void {
    const intervals = Math.floor((nowMs - this.refilledAtMs) / INTERVAL_MS);
    if (intervals <= 0) return;
    this.left = Math.min(BURST, this.left + intervals);
    this.refilledAtMs += intervals * INTERVAL_MS;
  }
}
