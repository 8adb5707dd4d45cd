import type { Alarm, Clock, WallClock } from '../contracts/clock.js';

/** Node fires a timer of more than this, 24.8 days, at once; a longer wait takes several. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** How often the calendar is held against the monotonic clock; chosen. */
const CALENDAR_CHECK_MS = 1_000;

/** From this on a step of the calendar between two checks is a jump (`WallClock`); no drift comes near it. */
const JUMP_MIN_MS = 1_000;

/** A machine without a calendar of its own starts in the past. No lock is older than this code. */
const EARLIEST_UTC_MS = Date.UTC(2025, 0, 1);

interface Pending {
  readonly fire: () => void;
  dueMs: number;
}

/**
 * Real time, in whole milliseconds since the process started. One timer of Node serves all alarms, as several would
 * not keep their order, and Node's may fire a little early.
 */
export class RealClock implements Clock {
  /** In the order in which they were set. */
  private readonly pending = new Set<Pending>();
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  nowMs(): number {
    return Math.floor(performance.now());
  }

  alarm(fire: () => void): Alarm {
    const alarm: Pending = { fire, dueMs: Infinity };
    return {
      set: (dueMs) => {
        if (Number.isNaN(dueMs)) throw new RangeError('an alarm was set to a time that is no number');
        this.pending.delete(alarm);
        alarm.dueMs = Math.max(dueMs, this.nowMs());
        this.pending.add(alarm);
        this.arm();
      },
      clear: () => {
        if (this.pending.delete(alarm)) this.arm();
      },
    };
  }

  /** Nothing fires any more: whoever made alarms is gone, and the process may end. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private arm(): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    const dueMs = this.earliest()?.dueMs ?? Infinity;
    if (dueMs === Infinity) return;
    this.timer = setTimeout(() => this.fireDue(), Math.min(dueMs - this.nowMs(), TIMER_MAX_MS));
  }

  /** An alarm that throws delays the others, but loses none. */
  private fireDue(): void {
    try {
      for (;;) {
        const alarm = this.earliest();
        if (alarm === undefined || alarm.dueMs > this.nowMs() || this.isStopped) return;
        this.pending.delete(alarm);
        alarm.fire();
      }
    } finally {
      this.arm();
    }
  }

  private earliest(): Pending | undefined {
    let earliest: Pending | undefined;
    for (const alarm of this.pending) {
      if (earliest === undefined || alarm.dueMs < earliest.dueMs) earliest = alarm;
    }
    return earliest;
  }
}

/** The operating system's calendar. Its jumps show against a clock that never jumps. */
export class SystemWallClock implements WallClock {
  private readonly clock: Clock;
  private readonly check: Alarm;
  private aheadMs = 0;
  private listener: (() => void) | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
    this.check = clock.alarm(() => this.compare());
  }

  nowUtcMs(): number | null {
    const utcMs = Date.now();
    return utcMs < EARLIEST_UTC_MS ? null : utcMs;
  }

  watch(listener: () => void): void {
    this.listener = listener;
    this.aheadMs = this.measureAheadMs();
    this.check.set(this.clock.nowMs() + CALENDAR_CHECK_MS);
  }

  /** Each check starts from what the last one found, so that drift never adds up to a jump. */
  private compare(): void {
    const aheadMs = this.measureAheadMs();
    const hasJumped = Math.abs(aheadMs - this.aheadMs) >= JUMP_MIN_MS;
    this.aheadMs = aheadMs;
    this.check.set(this.clock.nowMs() + CALENDAR_CHECK_MS);
    if (hasJumped) this.listener?.();
  }

  private measureAheadMs(): number {
    return Date.now() - this.clock.nowMs();
  }
}
