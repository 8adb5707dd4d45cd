import { Fold } from '../../../firmware/journal/fold.js';
import type { JournalEvent, JournalRecord, LedgerEntry } from '../../../firmware/journal/records.js';
import type { Grant, Resident } from '../../../firmware/requests.js';
import type { Notice } from '../../../hal/contracts/notices.js';

/** 1 June 2026, 10:00 UTC. */
export const FROM_UTC_MS = Date.UTC(2026, 5, 1, 10);
export const UNTIL_UTC_MS = FROM_UTC_MS + 3_600_000;

export const OWNER: Resident = { id: 'owner', role: 'owner' };
export const CHILD: Resident = { id: 'child', role: 'household' };

/** A parcel for the front door, from ten to eleven. */
export function grantOf(parts: Partial<Grant> = {}): Grant {
  return {
    id: 'visit-1',
    personId: 'courier',
    doorId: 'front-door',
    purpose: 'delivery',
    fromUtcMs: FROM_UTC_MS,
    untilUtcMs: UNTIL_UTC_MS,
    entries: 1,
    issuance: null,
    ...parts,
  };
}

/** A grant that was announced, and what is said to have come of it. */
export function entryOf(parts: Partial<LedgerEntry> = {}): LedgerEntry {
  const grant = parts.grant ?? grantOf();
  const records = new Fold();
  records.apply({ number: 1, atMs: 0, utcMs: null, event: { kind: 'visitAnnounced', grant } });
  const announced = records.ledger.get(grant.id);
  if (announced === undefined) throw new Error(`${grant.id} was not kept`);
  return { ...announced, ...parts };
}

export function noticeOf(number: number, parts: Partial<Notice> = {}): Notice {
  return { number, to: 'owner', kind: 'rang', visitId: null, detail: '', utcMs: null, ...parts };
}

/** Numbers the events from `first` on, one a second. */
export function recordsOf(events: readonly JournalEvent[], first = 1): JournalRecord[] {
  return events.map((event, index) => ({
    number: first + index,
    atMs: index * 1_000,
    utcMs: FROM_UTC_MS + index * 1_000,
    event,
  }));
}
