import type { OpenVisit } from './core/events.js';
import type { LedgerEntry } from './journal/records.js';

/** What the records know of a visit whose visitor came before the boot; its window ends then on the lock's clock. */
export function openVisitOf(entry: LedgerEntry, windowUntilAtMs: number): OpenVisit {
  const { grant, entriesSpent, entryOpen, entered, cause, doorOpenMs, jams, deliveryClaimed } = entry;
  const { id: visitId, personId, purpose, entries } = grant;
  const planned = { visitId, personId, purpose, entries, windowUntilAtMs };
  return { ...planned, entriesSpent, entryOpen, entered, cause, doorOpenMs, jams, deliveryClaimed };
}
