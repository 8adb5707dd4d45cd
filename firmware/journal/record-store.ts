import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { JournalRecord } from './records.js';

/**
 * Non-volatile records, with the guarantees of the byte store below it (`hal/contracts/store.ts`): what was appended
 * before a sync that succeeded survives any crash unaltered. Their numbers have no gap but before a snapshot: once a
 * record was refused or lost, the next one that is taken is a snapshot, which stands for it.
 */
export interface RecordStore {
  append(record: JournalRecord): OrderAnswer;
  /** Calls `done` later, never synchronously. */
  sync(done: (fault: HalFault | null) => void): void;
  /** What survived, oldest first; called at boot. */
  load(): readonly JournalRecord[];
  /** Replaces everything by this snapshot, at once or, after a crash, not at all. */
  replace(snapshot: JournalRecord): OrderAnswer;
  /**
   * Drops all records before this one, a snapshot, at once or, after a crash, not at all. If the store cannot do it
   * now, they stay.
   */
  dropBefore(number: number): void;
}

/** The answer to a record whose predecessors are missing. */
export const PREDECESSORS_MISSING: HalFault = {
  part: 'store',
  detail: 'the store has not kept the records before this one: the next that it takes is a snapshot',
};

/** Whether the store may take this record after one of that number; 0 where there is none. */
export function follows({ number, event }: JournalRecord, lastNumber: number): boolean {
  return number === lastNumber + 1 || (number > lastNumber && event.kind === 'snapshot');
}
