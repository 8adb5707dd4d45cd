export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/**
 * Hours of the local day, on some days of the week, in the lock's time zone: from inclusive, until exclusive, on the
 * door's own clock. In the hour that daylight saving skips nothing falls, and the hour that it repeats counts twice.
 */
export interface LocalHours {
  /** Empty: every day. */
  readonly days: readonly Weekday[];
  /** Minutes after local midnight: 0 to 1,439. */
  readonly fromMinute: number;
  /** 1 to 1,440; not after midnight: that is two of these. */
  readonly untilMinute: number;
}
