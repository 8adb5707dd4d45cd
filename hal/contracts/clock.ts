/**
 * Monotonic time and the only way to be called later.
 *
 * Guarantees, held by one suite on every implementation: time never goes back; an alarm never fires early; nothing
 * fires from inside `set`; inside `fire` the time is the due time (virtual) or not before it (real); alarms due at the
 * same time fire in the order in which they were set; an alarm set while others fire, and already due, fires in that
 * round. An alarm may be late, never lost.
 */
export interface Clock {
  /** Milliseconds since an arbitrary start. */
  nowMs(): number;
  /** Makes an alarm that is not set. Alarms are made once and set many times. */
  alarm(fire: () => void): Alarm;
}

/** One pending call at most. */
export interface Alarm {
  /**
   * (Re)arms the alarm for `dueMs`; a time already past fires as soon as possible, never synchronously. `Infinity` never
   * comes. Throws a RangeError on NaN.
   */
  set(dueMs: number): void;
  /** Disarms the alarm. Clearing twice, or an alarm that was never set, does nothing. */
  clear(): void;
}

/** The calendar. It may drift, jump, or be unset; only windows of grants and the journal's stamps use it. */
export interface WallClock {
  /** Milliseconds since 1970-01-01T00:00Z, or `null` while nobody has set the clock. */
  nowUtcMs(): number | null;
  /**
   * Calls `listener` within 2 s (chosen) of each jump: a step of a second or more at once, or being set. Drift is none,
   * however far it leads. A later `watch` takes the place of the earlier.
   */
  watch(listener: () => void): void;
}
