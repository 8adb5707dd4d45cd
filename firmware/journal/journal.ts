import type { Clock, WallClock } from '../../hal/contracts/clock.js';
import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import { Fold, type JournalSum } from './fold.js';
import type { RecordStore } from './record-store.js';
import type { JournalEvent, JournalRecord } from './records.js';

/** After this many records the journal rotates: one snapshot takes their place. */
export const SEGMENT_RECORDS = 5_000;

/** The lock's one durable truth: records appended in order, and their sum. */
export class Journal {
  private readonly store: RecordStore;
  private readonly clock: Clock;
  private readonly wallClock: WallClock;
  private readonly fold = new Fold();
  private sinceSnapshot = 0;
  private unsynced = false;
  private flushing = false;
  private refused = false;
  private readonly onStore: (working: boolean) => void;
  private readonly flushed = (fault: HalFault | null): void => {
    this.flushing = false;
    if (fault !== null) this.sinceSnapshot = SEGMENT_RECORDS;
    this.onStore(fault === null && !this.refused);
    if (fault === null) this.flush();
  };

  /**
   * Reads back what survived; a journal that cannot be folded throws rather than starting afresh. `onStore` is told
   * after each flush whether the store works: it took the latest record, and made it durable. Taking alone is no proof.
   */
  constructor(store: RecordStore, clock: Clock, wallClock: WallClock, onStore: (working: boolean) => void) {
    this.onStore = onStore;
    this.store = store;
    this.clock = clock;
    this.wallClock = wallClock;
    for (const record of store.load()) {
      this.fold.apply(record);
      this.sinceSnapshot += 1;
    }
  }

  /** What the records add up to, this moment. */
  get sum(): JournalSum {
    return this.fold;
  }

  /**
   * A fault means that the store kept nothing of it. The sum goes on regardless: until the next boot the lock forgets
   * nothing, and the first record that is kept again is followed by a snapshot of it.
   */
  append(event: JournalEvent): OrderAnswer {
    const record = this.record(event);
    const fault = this.store.append(record);
    this.fold.apply(record);
    this.refused = fault !== null;
    // A delivery that is forgotten is only repeated: it waits for the next record's sync.
    if (event.kind !== 'noticesDelivered') this.unsynced = true;
    this.sinceSnapshot = fault === null ? this.sinceSnapshot + 1 : SEGMENT_RECORDS;
    if (fault === null && this.sinceSnapshot > SEGMENT_RECORDS) this.rotate();
    return fault;
  }

  sync(done: (fault: HalFault | null) => void): void {
    this.unsynced = false;
    this.store.sync(done);
  }

  /** Makes everything so far durable soon; nobody waits for it. One sync at a time carries whatever has gathered. */
  flush(): void {
    if (!this.unsynced || this.flushing) return;
    this.flushing = true;
    this.sync(this.flushed);
  }

  /** A rotation that fails is tried again after the next record: nothing is dropped before its snapshot is kept. */
  private rotate(): void {
    const snapshot = this.record({ kind: 'snapshot', state: this.fold.snapshot() });
    if (this.store.replace(snapshot) !== null) return;
    this.fold.apply(snapshot);
    this.sinceSnapshot = 1;
    this.unsynced = true;
  }

  private record(event: JournalEvent): JournalRecord {
    return {
      number: this.fold.nextRecordNumber,
      atMs: this.clock.nowMs(),
      utcMs: this.wallClock.nowUtcMs(),
      event,
    };
  }
}
