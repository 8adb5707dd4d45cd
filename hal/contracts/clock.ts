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
  /** (Re)arms the alarm for `dueMs`; a time already past fires as soon as possible, never synchronously. */
  set(dueMs: number): void;
  /** Disarms the alarm. Clearing twice, or an alarm that was never set, does nothing. */
  clear(): void;
}

/** The calendar. It may drift, jump, or be unset; only windows of grants and the journal's stamps use it. */
export interface WallClock {
  /** Milliseconds since 1970-01-01T00:00Z, or `null` while nobody has set the clock. */
  nowUtcMs(): number | null;
  /** Calls `listener` after each jump (not for drift). */
  watch(listener: () => void): void;
}
