import type { Mode } from '../../hal/contracts/report.js';
import type { LedgerEntry, RefusalReason } from '../journal/records.js';
import type { Grant, Resident } from '../requests.js';
import type { Settings } from '../settings.js';

/** What a decision is taken from: the rules and the records, at one moment. */
export interface AccessFacts {
  readonly settings: Settings;
  readonly mode: Mode;
  /** Never earlier than the journal's latest stamp; `null` while the calendar is unset. */
  readonly utcMs: number | null;
}

/** At most so many entries in one plan. Chosen. */
const ENTRIES_MAX = 16;

/**
 * May this visitor be here, for this visit, now? `null` allows. Door, bolt and camera are judged by the core; this is
 * about who, where and when (S7).
 */
export function decideVisitor(
  entry: LedgerEntry | undefined,
  personId: string,
  facts: AccessFacts,
): RefusalReason | null {
  if (entry === undefined) return 'unknownVisit';
  const { grant } = entry;
  if (grant.personId !== personId) return 'notYourVisit';
  if (entry.revoked) return 'revoked';
  if (entry.outcome !== null || entry.cause !== null) return 'visitEnded';
  if (grant.doorId !== facts.settings.doorId) return 'wrongDoor';
  return decideWindow(grant, facts.utcMs) ?? decideMode(grant, facts);
}

/** Opening for the household, by app or by a code at the door. */
export function decideResident(resident: Resident | undefined, by: 'app' | 'code', mode: Mode): RefusalReason | null {
  if (resident === undefined) return 'unknownPerson';
  switch (mode) {
    case 'normal':
    case 'passage':
      return null;
    case 'privacy':
      return 'mode';
    case 'vacation':
      return by === 'app' ? null : 'mode';
    case 'lockDown':
      return resident.role === 'owner' ? null : 'mode';
  }
}

/** What only the owner may do. */
export function decideOwner(resident: Resident | undefined): RefusalReason | null {
  if (resident === undefined) return 'unknownPerson';
  return resident.role === 'owner' ? null : 'notAllowed';
}

/** Whether an announced grant makes sense and is for this door; a known id is never announced twice. */
export function decideAnnouncement(
  grant: Grant,
  known: LedgerEntry | undefined,
  facts: AccessFacts,
): RefusalReason | null {
  const sound =
    grant.id !== '' &&
    grant.personId !== '' &&
    Number.isInteger(grant.entries) &&
    grant.entries >= 1 &&
    grant.entries <= ENTRIES_MAX &&
    Number.isFinite(grant.fromUtcMs) &&
    Number.isFinite(grant.untilUtcMs) &&
    grant.fromUtcMs < grant.untilUtcMs;
  if (!sound || known !== undefined) return 'invalidGrant';
  if (grant.doorId !== facts.settings.doorId) return 'wrongDoor';
  return facts.utcMs !== null && facts.utcMs >= grant.untilUtcMs ? 'windowPassed' : null;
}

function decideWindow(grant: Grant, utcMs: number | null): RefusalReason | null {
  if (utcMs === null) return 'clockUnset';
  if (utcMs < grant.fromUtcMs) return 'tooEarly';
  return utcMs >= grant.untilUtcMs ? 'windowPassed' : null;
}

function decideMode(grant: Grant, facts: AccessFacts): RefusalReason | null {
  switch (facts.mode) {
    case 'normal':
      return null;
    case 'vacation':
      return facts.settings.vacationPurposes.includes(grant.purpose) ? null : 'mode';
    case 'privacy':
    case 'passage':
    case 'lockDown':
      return 'mode';
  }
}
