import { Temporal } from 'temporal-polyfill';
import type { LocalHours, Weekday } from './local-hours.js';

/**
 * The door's own clock. The only file that knows time zones: it finds the spans of time in which a zone's clock runs
 * evenly, and everything within such a span is plain arithmetic.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Temporal reckons 10^8 days around 1970; a little less, so that every local time has a date too. */
const UTC_MS_MAX = 8.64e15 - 2 * DAY_MS;

/** 1 January 1970 was a Thursday. */
const WEEKDAYS_FROM_1970: readonly Weekday[] = [
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
];

/** A span of time in which the zone's clock is never changed: from inclusive, until exclusive, UTC. */
interface EvenSpan {
  readonly fromUtcMs: number;
  readonly untilUtcMs: number;
  /** Local time less UTC. */
  readonly offsetMs: number;
}

/**
 * The span last asked for, by zone: looking one up takes about a millisecond, and a lock asks about its own zone, now.
 * A memo only: without it the answers are the same.
 */
const spans = new Map<string, EvenSpan>();

/** A change of the zone's clock. */
export interface ClockChange {
  readonly utcMs: number;
  /** What the clock showed just before and shows just after, as if it were UTC. */
  readonly fromLocalMs: number;
  readonly toLocalMs: number;
}

/** Whether the name is in the IANA database of this machine; a bare offset from UTC is no zone. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether the door's clock shows one of these hours. `timeZone` is one that `isTimeZone` knows; `RangeError` else. */
export function isWithinHours(hours: LocalHours, timeZone: string, utcMs: number): boolean {
  if (!(Math.abs(utcMs) <= UTC_MS_MAX)) return false;
  return matches(hours, utcMs + spanAt(timeZone, utcMs).offsetMs);
}

/**
 * When the door's clock next ceases to show these hours, at the latest at its midnight, UTC; `null` if it does not show
 * them at `utcMs`.
 */
export function hoursEndUtcMs(hours: LocalHours, timeZone: string, utcMs: number): number | null {
  if (!isWithinHours(hours, timeZone, utcMs)) return null;
  let fromUtcMs = utcMs;
  do {
    const { offsetMs, untilUtcMs } = spanAt(timeZone, fromUtcMs);
    const localMs = fromUtcMs + offsetMs;
    const endUtcMs = localMs - msOfDay(localMs) + hours.untilMinute * MINUTE_MS - offsetMs;
    if (endUtcMs < untilUtcMs) return endUtcMs;
    // The clock is changed before that: what it shows then decides.
    fromUtcMs = untilUtcMs;
  } while (isWithinHours(hours, timeZone, fromUtcMs));
  return fromUtcMs;
}

/** The next change of the zone's clock after `utcMs`, or `null` if none is planned. */
export function nextClockChange(timeZone: string, utcMs: number): ClockChange | null {
  if (!(Math.abs(utcMs) <= UTC_MS_MAX)) return null;
  const { untilUtcMs, offsetMs } = spanAt(timeZone, utcMs);
  if (untilUtcMs >= UTC_MS_MAX) return null;
  return {
    utcMs: untilUtcMs,
    fromLocalMs: untilUtcMs + offsetMs,
    toLocalMs: untilUtcMs + spanAt(timeZone, untilUtcMs).offsetMs,
  };
}

/** `2026-03-29 10:15:00` on the door's clock, or the bare number where the calendar has no such date. */
export function momentText(timeZone: string, utcMs: number): string {
  if (!(Math.abs(utcMs) <= UTC_MS_MAX)) return String(utcMs);
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(utcMs)).toZonedDateTimeISO(timeZone);
  return local.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');
}

function matches({ days, fromMinute, untilMinute }: LocalHours, localMs: number): boolean {
  const minute = msOfDay(localMs) / MINUTE_MS;
  if (!(minute >= fromMinute && minute < untilMinute)) return false;
  return days.length === 0 || days.includes(weekdayOf(localMs));
}

function msOfDay(localMs: number): number {
  return localMs - Math.floor(localMs / DAY_MS) * DAY_MS;
}

/** Of a local time, as if it were UTC. */
export function weekdayOf(localMs: number): Weekday {
  const day = Math.floor(localMs / DAY_MS) % 7;
  return WEEKDAYS_FROM_1970[(day + 7) % 7] ?? 'thursday';
}

function spanAt(timeZone: string, utcMs: number): EvenSpan {
  const known = spans.get(timeZone);
  if (known !== undefined && utcMs >= known.fromUtcMs && utcMs < known.untilUtcMs) return known;
  const span = findSpan(timeZone, utcMs);
  spans.set(timeZone, span);
  return span;
}

function findSpan(timeZone: string, utcMs: number): EvenSpan {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(utcMs)).toZonedDateTimeISO(timeZone);
  const until = local.getTimeZoneTransition('next');
  // A change at this very instant is in the past already, though Temporal looks strictly before it.
  const from = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    fromUtcMs: from?.epochMilliseconds ?? -Infinity,
    untilUtcMs: until?.epochMilliseconds ?? Infinity,
    offsetMs: local.offsetNanoseconds / 1e6,
  };
}
