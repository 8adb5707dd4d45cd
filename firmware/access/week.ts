import type { LocalHours } from './local-hours.js';
import { WEEKDAYS } from './local-hours-text.js';

/** Parts of a week, for comparing hours with one another: in minutes since Monday, in order, apart from one another. */

export interface WeekSpan {
  readonly from: number;
  readonly until: number;
}

export const DAY_MINUTES = 1_440;

export const WHOLE_WEEK: readonly WeekSpan[] = [{ from: 0, until: 7 * DAY_MINUTES }];

/** All that is in any of these hours. */
export function weekOf(hours: readonly LocalHours[]): WeekSpan[] {
  const spans = hours
    .flatMap(({ days, fromMinute, untilMinute }) =>
      (days.length === 0 ? WEEKDAYS : days).map((day) => {
        const midnight = WEEKDAYS.indexOf(day) * DAY_MINUTES;
        return { from: midnight + fromMinute, until: midnight + untilMinute };
      }),
    )
    .toSorted((a, b) => a.from - b.from);
  const merged: WeekSpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.until) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
  }
  return merged;
}

export function inBoth(one: readonly WeekSpan[], other: readonly WeekSpan[]): WeekSpan[] {
  return one.flatMap((a) =>
    other.flatMap((b) => {
      const span = { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) };
      return span.from < span.until ? [span] : [];
    }),
  );
}
