import type { Clock, WallClock } from '../../hal/contracts/clock.js';

/** The calendar of a story: it shows the story's beginning until that comes, and goes on with the clock. Never jumps. */
export class StoryCalendar implements WallClock {
  private readonly clock: Clock;
  private readonly beginsUtcMs: number;
  private beganAtMs = Infinity;

  constructor(clock: Clock, beginsUtcMs: number) {
    this.clock = clock;
    this.beginsUtcMs = beginsUtcMs;
  }

  begin(): void {
    this.beganAtMs = this.clock.nowMs();
  }

  nowUtcMs(): number {
    return this.beginsUtcMs + Math.max(0, this.clock.nowMs() - this.beganAtMs);
  }

  watch(): void {
    // There are no jumps to tell of.
  }
}
