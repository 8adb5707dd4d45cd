import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { JournalRecord } from './records.js';

/**
 * Non-volatile records, with the guarantees of the byte store below it (`hal/contracts/store.ts`): what was appended
 * before a sync that succeeded survives any crash unaltered.
 */
export interface RecordStore {
  append(record: JournalRecord): OrderAnswer;
  /** Calls `done` later, never synchronously. */
  sync(done: (fault: HalFault | null) => void): void;
  /** What survived, oldest first; called at boot. */
  load(): readonly JournalRecord[];
  /** Replaces everything by this one record, at once or, after a crash, not at all. */
  replace(record: JournalRecord): OrderAnswer;
}
