import type { RefusalReason } from '../journal/records.js';
import type { Grant } from '../requests.js';
import type { AccessView } from './access-view.js';
import type { Code, Guest, Schedule } from './authority.js';
import { hoursEndUtcMs } from './local-time.js';
import type { AccessFacts } from './question.js';

/** Codes typed at the keypad: when they are good, when the keypad is locked out, and what a guest's opens. */

/** So many wrong ones in a row lock the keypad out; `WrongCodeEntryLimit` of the Matter door lock. Chosen. */
export const WRONG_CODES_MAX = 5;

/** The first lock-out; each further wrong code doubles it. Chosen. */
const LOCK_OUT_MS = 60_000;

/** Chosen: 24 tries a day take 57 years to get half-way through six digits. */
const LOCK_OUT_MAX_MS = 3_600_000;

/** A guest who typed the code comes in soon, or types it again. Chosen. */
const GUEST_WAIT_MS = 15 * 60_000;

/**
 * Until when no code is tried, on the lock's clock; `-Infinity` if the keypad is not locked out. A reboot starts the
 * lock-out again: taking the batteries out gains nothing. While it lasts nothing that is typed counts.
 */
export function lockedOutUntilMs({ wrongCodes, wrongCodeAtMs }: AccessView): number {
  if (wrongCodes < WRONG_CODES_MAX) return -Infinity;
  return wrongCodeAtMs + Math.min(LOCK_OUT_MS * 2 ** (wrongCodes - WRONG_CODES_MAX), LOCK_OUT_MAX_MS);
}

/**
 * Whether a code opens at all; `right` says whether what was typed is the code of that user number. Nobody learns from a
 * wrong code whether the number is anybody's. A resident's code needs no calendar: its expiry makes them choose a new
 * one, and never locks them out.
 */
export function decideCode(code: Code | undefined, right: boolean, facts: AccessFacts): RefusalReason | null {
  if (facts.nowMs < lockedOutUntilMs(facts.access)) return 'lockedOut';
  if (code === undefined || !right) return 'wrongCode';
  const { holder, userNumber, expiresUtcMs, usesLeft } = code;
  if (facts.access.isRevoked('code', String(userNumber))) return 'revoked';
  if (holder.kind === 'guest' && facts.access.isRevoked('guest', holder.personId)) return 'revoked';
  if (usesLeft !== null && !(usesLeft >= 1)) return 'codeExpired';
  if (expiresUtcMs === null) return usesLeft === null ? 'codeExpired' : null;
  if (facts.utcMs === null) return holder.kind === 'resident' ? null : 'clockUnset';
  return facts.utcMs < expiresUtcMs ? null : 'codeExpired';
}

/**
 * What a guest's right code comes to: one entry, now. `recordNumber` is one that no earlier grant was made from, so that
 * no two have one id. Whether a guest may come in this mode, and by the owner's rules, is for `decideVisitor`.
 */
export function guestGrant(
  guest: Guest | undefined,
  { userNumber, expiresUtcMs }: Code,
  recordNumber: number,
  { settings, utcMs, access }: AccessFacts,
): Grant | RefusalReason {
  if (guest === undefined) return 'unknownPerson';
  if (access.isRevoked('guest', guest.personId)) return 'revoked';
  if (utcMs === null) return 'clockUnset';
  const endUtcMs = scheduleEndUtcMs(guest.schedule, settings.timeZone, utcMs);
  if (typeof endUtcMs === 'string') return endUtcMs;
  const untilUtcMs = Math.min(
    endUtcMs,
    guest.expiresUtcMs ?? Infinity,
    expiresUtcMs ?? Infinity,
    utcMs + GUEST_WAIT_MS,
  );
  if (!(utcMs < untilUtcMs)) return 'windowPassed';
  return {
    id: `guest-${userNumber}-${recordNumber}`,
    personId: guest.personId,
    doorId: settings.doorId,
    purpose: 'guest',
    fromUtcMs: utcMs,
    untilUtcMs,
    entries: 1,
    issuance: null,
  };
}

/** When the span of the schedule ends that it is now, or why it is none. */
function scheduleEndUtcMs(schedule: Schedule, timeZone: string, utcMs: number): number | RefusalReason {
  switch (schedule.kind) {
    case 'always':
      return Infinity;
    case 'once':
      if (!(utcMs >= schedule.fromUtcMs)) return 'tooEarly';
      return utcMs < schedule.untilUtcMs ? schedule.untilUtcMs : 'windowPassed';
    case 'weekly':
      return hoursEndUtcMs(schedule.hours, timeZone, utcMs) ?? 'outsideHours';
  }
}
