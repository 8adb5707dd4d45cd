/** How a story writes durations, moments of the calendar, and distances. */

const unitMs = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const dayMs = unitMs.d;

/** A number and its unit: `5 s`, `0.5 s`, `10 min`. */
export const durationPattern = /^(\d+(?:\.\d+)?) ?(ms|s|min|h|d)$/;

/** Chosen: a story of more than a year is a mistake. */
const durationMaxMs = 366 * dayMs;

/** Milliseconds, or `null` where the text is no duration in whole milliseconds, or one of more than 366 days. */
export function durationMs(text: string): number | null {
  const [, amount, unit] = durationPattern.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return null;
  const ms = Number(amount) * unitMs[unit as keyof typeof unitMs];
  const wholeMs = Math.round(ms);
  return Math.abs(ms - wholeMs) < 1e-6 && wholeMs <= durationMaxMs ? wholeMs : null;
}

/** Why a text is no duration, and the mend. */
export function durationMistake(text: string): string {
  if (text.startsWith('-')) return `"${text}" is negative; a story only goes forward`;
  if (/^[\d.]+$/.test(text)) return `"${text}" has no unit; write for example "${text} s" (ms, s, min, h or d)`;
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?([a-zA-Zµ]+)$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined && !(unit in unitMs)) {
    return `unknown unit "${unit}"; use ms, s, min, h or d, for example "${amount} s"`;
  }
  if (durationPattern.test(text) && !text.includes('.')) return `"${text}" is longer than 366 d; take less`;
  return `"${text}" is no time in whole milliseconds; write for example "5 s" (ms, s, min, h or d)`;
}

/** In the largest unit that keeps it whole: 90,000 is `90 s`. */
export function durationText(ms: number): string {
  const units = Object.entries(unitMs).toReversed();
  const [unit, size] = units.find(([, candidateMs]) => ms % candidateMs === 0 && ms >= candidateMs) ?? ['ms', 1];
  return `${ms / size} ${unit}`;
}

/** `2026-03-03 10:15`, seconds if need be; UTC. */
export const momentPattern = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})(?::(\d{2}))?$/;

/** `10:15`: on the day on which the story begins. */
export const timeOfDayPattern = /^(\d{2}):(\d{2})(?::(\d{2}))?$/;

/** Milliseconds since 1970-01-01T00:00Z, or `null` where the text is no moment that exists. */
export function momentUtcMs(text: string): number | null {
  const match = momentPattern.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const sinceMidnightMs = timeOfDayMs(text.slice(11));
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || sinceMidnightMs === null) return null;
  return daysSince1970(year, month, day) * dayMs + sinceMidnightMs;
}

/** A moment, or a time on the day of `dayUtcMs`; `null` where it does not exist. */
export function momentOnDayUtcMs(text: string, dayUtcMs: number): number | null {
  const sinceMidnightMs = timeOfDayMs(text);
  return sinceMidnightMs === null ? momentUtcMs(text) : Math.floor(dayUtcMs / dayMs) * dayMs + sinceMidnightMs;
}

function timeOfDayMs(text: string): number | null {
  const match = timeOfDayPattern.exec(text);
  if (match === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((digits: string | undefined) => Number(digits ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return hours * unitMs.h + minutes * unitMs.min + seconds * unitMs.s;
}

function daysInMonth(year: number, month: number): number {
  return daysSince1970(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - daysSince1970(year, month, 1);
}

/**
 * Days of the Gregorian calendar, counted in eras of 400 years that begin on the first of March, so that the leap day
 * comes last.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const yearFromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(yearFromMarch / 400);
  const yearOfEra = yearFromMarch - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Whole metres or kilometres: `20 m`, `2 km`. */
export const distancePattern = /^(\d{1,5}) ?(m|km)$/;

/** Metres, or `null` where the text is no distance. */
export function distanceM(text: string): number | null {
  const [, amount, unit] = distancePattern.exec(text) ?? [];
  if (amount === undefined) return null;
  return Number(amount) * (unit === 'km' ? 1_000 : 1);
}

/** Why a text is no distance, and the mend. */
export function distanceMistake(text: string): string {
  return `"${text}" is no distance; write for example "20 m" or "2 km"`;
}
