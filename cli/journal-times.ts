import { Temporal } from 'temporal-polyfill';
import { BadInput } from './bad-input.js';

/** When a record was written. */
export interface Stamp {
  /** Milliseconds since 1970, UTC; `null` while the lock's calendar was not set. */
  readonly utcMs: number | null;
  /** Milliseconds since the lock's clock started. */
  readonly atMs: number;
}

/** Reads and writes times in one zone. */
export class ZonedTimes {
  private readonly zone: string;

  /** Throws `BadInput` for a zone that is none. */
  constructor(zone: string) {
    try {
      this.zone = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
    } catch (error) {
      throw new BadInput(`latchkey: --zone ${zone}: is no time zone; for example Europe/Berlin`, { cause: error });
    }
  }

  /**
   * A date, a date and a time of day, or an instant with its offset, as milliseconds since 1970, UTC. Throws `BadInput`,
   * which names the option.
   */
  parse(option: string, text: string): number {
    try {
      return /[zZ]$|\d[+-]\d\d:?\d\d$/.test(text)
        ? Temporal.Instant.from(text).epochMilliseconds
        : Temporal.PlainDateTime.from(text).toZonedDateTime(this.zone).epochMilliseconds;
    } catch (error) {
      throw new BadInput(
        `latchkey: ${option} ${text}: is no time; for example 2026-03-03, "2026-03-03 10:15" or 2026-03-03T10:15Z`,
        { cause: error },
      );
    }
  }

  /** ISO 8601: `2026-03-03T10:15:04.120Z`, in another zone with its offset. */
  text(utcMs: number): string {
    const date = new Date(utcMs);
    if (Number.isNaN(date.getTime())) return 'a time beyond the calendar';
    // Millions of lines: the polyfill takes a hundred times longer.
    if (this.zone === 'UTC') return date.toISOString();
    const instant = Temporal.Instant.fromEpochMilliseconds(date.getTime());
    return instant.toString({ smallestUnit: 'millisecond', timeZone: this.zone });
  }

  /** As a person writes it, and `parse` reads it: `2026-03-03 10:15+01:00`; seconds only where there are any. */
  shortText(utcMs: number): string {
    const date = new Date(utcMs);
    if (Number.isNaN(date.getTime())) return this.text(utcMs);
    const smallestUnit = date.getTime() % 60_000 === 0 ? 'minute' : 'second';
    const timeZone = this.zone === 'UTC' ? undefined : this.zone;
    return Temporal.Instant.fromEpochMilliseconds(date.getTime())
      .toString({ smallestUnit, timeZone })
      .replace('T', ' ');
  }

  /** Without a calendar, the time since the lock's start. */
  stampText({ utcMs, atMs }: Stamp): string {
    return utcMs === null ? `${(atMs / 1_000).toFixed(3)} s after the lock's start` : this.text(utcMs);
  }
}
