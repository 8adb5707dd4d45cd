import type { Observations } from '../observation.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { Faults } from './faults.js';

const DAY_MS = 86_400_000;

/** A drifting calendar gains this share of the time that passes: 36 s an hour; chosen. */
const DRIFT = 0.01;

/** The lock's idea of the date. The true one runs with virtual time. */
export class Calendar {
  /** Told at each jump, while it happens. */
  onJumped: (() => void) | null = null;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly faults: Faults;
  private readonly startUtcMs: number;
  private unset = false;
  private aheadMs = 0;
  private drift = 0;
  private driftSinceMs = 0;

  constructor(clock: VirtualClock, observer: Observations, faults: Faults, startUtcMs: number) {
    this.clock = clock;
    this.observer = observer;
    this.faults = faults;
    this.startUtcMs = startUtcMs;
  }

  begin(): void {
    const nowMs = this.clock.nowMs();
    this.observer.calendar(nowMs, this.startUtcMs + nowMs);
  }

  /** What the lock reads; `null` while unset. */
  readUtcMs(): number | null {
    if (this.unset) return null;
    const nowMs = this.clock.nowMs();
    return this.startUtcMs + nowMs + this.aheadMs + Math.round(this.drift * (nowMs - this.driftSinceMs));
  }

  /** To be called after a fault of the calendar came or went. Drift begins without a jump and ends with one. */
  faultChanged(kind: string, present: boolean): void {
    this.unset = this.faults.has('calendar', 'unset');
    this.aheadMs =
      (this.faults.has('calendar', 'aDayAhead') ? DAY_MS : 0) -
      (this.faults.has('calendar', 'aMonthBehind') ? 30 * DAY_MS : 0);
    this.drift = this.faults.has('calendar', 'drifting') ? DRIFT : 0;
    if (kind === 'drifting' && present) this.driftSinceMs = this.clock.nowMs();
    else this.onJumped?.();
  }
}
