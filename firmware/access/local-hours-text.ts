import type { LocalHours, Weekday } from './local-hours.js';

/** Hours of the week as people write them: `08:00-20:00`, `mon-fri 08:00-20:00`, `sat,sun 09:30-24:00`. */

/** In the order of the week; a range of days may go round it. */
export const WEEKDAYS: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

const SHORT_DAYS = WEEKDAYS.map((day) => day.slice(0, 3));

const DAY_MINUTES = 1_440;

/** Minutes after midnight, 0 to 1,440, or `null`. `24:00` is the midnight at the end of the day. */
export function minuteOfDay(text: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return null;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute <= DAY_MINUTES ? minute : null;
}

/** From `HH:MM-HH:MM`, with days before it or without; `null` where the text is neither, or the hours end before they begin. */
export function parseLocalHours(text: string): LocalHours | null {
  const [, dayText, from, until] = /^(?:([a-z,-]+) )?(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(text) ?? [];
  if (from === undefined || until === undefined) return null;
  const days = dayText === undefined ? [] : parseDays(dayText);
  const fromMinute = minuteOfDay(from);
  const untilMinute = minuteOfDay(until);
  if (days === null || fromMinute === null || untilMinute === null || fromMinute >= untilMinute) return null;
  return { days, fromMinute, untilMinute };
}

/** As `parseLocalHours` reads it. */
export function localHoursText({ days, fromMinute, untilMinute }: LocalHours): string {
  const dayText = days.length === 0 ? '' : `${days.map((day) => day.slice(0, 3)).join(',')} `;
  return `${dayText}${timeText(fromMinute)}-${timeText(untilMinute)}`;
}

/** `HH:MM` */
function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function parseDays(text: string): Weekday[] | null {
  const days = new Set<Weekday>();
  for (const part of text.split(',')) {
    const [first = '', last = first, ...more] = part.split('-');
    const from = SHORT_DAYS.indexOf(first);
    const to = SHORT_DAYS.indexOf(last);
    if (from < 0 || to < 0 || more.length > 0) return null;
    const count = ((to - from + 7) % 7) + 1;
    for (let index = 0; index < count; index += 1) days.add(WEEKDAYS[(from + index) % 7] ?? 'monday');
  }
  return WEEKDAYS.filter((day) => days.has(day));
}
