import type { VisibleEvent } from './visible-events.js';

/** Times of the same event at two depths may differ by this much, and events that are closer may change places. */
const TOLERANCE_MS = 100;

/** Where two depths cease to tell the same story. */
export interface Difference {
  /** What the first has and the second lacks, or `null` where the second has one more. */
  readonly expected: VisibleEvent | null;
  /** What the second has in its place, or `null` at its end. */
  readonly found: VisibleEvent | null;
  /** By how much the second is late, where it has the event, but not in time. */
  readonly lateMs: number | null;
}

/**
 * Looks for each event of the first depth in the second: the same words, no later or earlier than the tolerance, and
 * overtaking none that is not as close to it. Times are counted from the latest motor order or step of the story, so
 * that differences do not add up.
 */
export function firstDifference(first: readonly VisibleEvent[], second: readonly VisibleEvent[]): Difference | null {
  /** Of the second, those that have no counterpart yet. */
  const waiting = [...second];
  let offsetMs = 0;
  for (const expected of first) {
    const found = waiting[0];
    const place = waiting.findIndex(({ words }) => words === expected.words);
    const match = waiting[place];
    if (match === undefined) return { expected, found: found ?? null, lateMs: null };
    const lateMs = match.atMs - expected.atMs - offsetMs;
    const overtakes = found !== undefined && match.atMs - found.atMs > TOLERANCE_MS;
    if (Math.abs(lateMs) > TOLERANCE_MS || overtakes) {
      return { expected, found: found ?? null, lateMs: place === 0 ? lateMs : null };
    }
    waiting.splice(place, 1);
    if (expected.isAnchor) offsetMs = match.atMs - expected.atMs;
  }
  const found = waiting[0];
  return found === undefined ? null : { expected: null, found, lateMs: null };
}
