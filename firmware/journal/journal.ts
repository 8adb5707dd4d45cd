import type { Clock, WallClock } from '../../hal/contracts/clock.js';
import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import { NEVER } from '../core/never.js';
import { Fold, type JournalSum } from './fold.js';
import type { RecordStore } from './record-store.js';
import type { JournalEvent, JournalRecord } from './records.js';

/** A segment has this many records; the next one begins with a snapshot of what they add up to. Chosen. */
export const SEGMENT_RECORDS = 5_000;

/** Beyond this many records the oldest segments are dropped: some 500 visits are looked up in what is kept. Chosen. */
export const KEPT_RECORDS = 20_000;

/** Waits between tries of a store that failed: doubled from the first to the last. Chosen. */
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 8_000;

/** The lock's one durable truth: records appended in order, and their sum. */
export class Journal {
  private readonly store: RecordStore;
  private readonly clock: Clock;
  private readonly wallClock: WallClock;
  private readonly fold = new Fold();
  /** Where the kept segments begin: the number of their first record. */
  private segments: number[] = [];
  /** Records since the latest rotation, its snapshot among them. */
  private sinceRotation = 0;
  private unsynced = false;
  /** Everything up to and including this record is durable. */
  private durableNumber = 0;
  private flushing = false;
  /** The store refused the latest record, or failed to make some durable: the next try is due then. */
  private failing = false;
  private retryAtMs = NEVER;
  private retryMs = RETRY_FIRST_MS;
  private readonly onStore: (working: boolean) => void;
  private readonly flushed = (fault: HalFault | null): void => {
    this.flushing = false;
    if (fault !== null) this.fail();
    if (!this.failing) this.retryMs = RETRY_FIRST_MS;
    this.onStore(!this.failing);
    if (!this.failing) this.flush();
  };

  /**
   * Reads back what survived; a journal that cannot be folded throws rather than starting afresh. `onStore` is told
   * after each flush whether the store works: it took what there was, and made it durable. Taking alone is no proof.
   */
  constructor(store: RecordStore, clock: Clock, wallClock: WallClock, onStore: (working: boolean) => void) {
    this.onStore = onStore;
    this.store = store;
    this.clock = clock;
    this.wallClock = wallClock;
    for (const record of store.load()) {
      this.fold.apply(record);
      this.count(record);
      if (record.event.kind === 'snapshot') this.sinceRotation = 1;
    }
    this.durableNumber = this.fold.nextRecordNumber - 1;
  }

  /** What the records add up to, this moment. */
  get sum(): JournalSum {
    return this.fold;
  }

  /**
   * A fault means that the store kept nothing of it. The sum goes on regardless: until the next boot the lock forgets
   * nothing, and what the store takes first again is a snapshot of it.
   */
  append(event: JournalEvent): OrderAnswer {
    const record = this.record(event);
    const fault = this.store.append(record);
    this.fold.apply(record);
    this.count(record);
    // A delivery that is forgotten is only repeated: it waits for the last of the queue, or the next record.
    if (event.kind !== 'noticesDelivered' || this.fold.isEverythingTold()) this.unsynced = true;
    if (fault !== null) this.fail();
    else if (!this.failing && this.sinceRotation >= SEGMENT_RECORDS) this.rotate();
    return fault;
  }

  /** The store has taken all records so far, and none of them failed to become durable. */
  get isKept(): boolean {
    return !this.failing;
  }

  /** When the store is tried again; `NEVER` while it works. */
  get wakeAtMs(): number {
    return this.flushing ? NEVER : this.retryAtMs;
  }

  sync(done: (fault: HalFault | null) => void): void {
    this.unsynced = false;
    const upToNumber = this.fold.nextRecordNumber - 1;
    this.store.sync((fault) => {
      if (fault === null && upToNumber > this.durableNumber) this.durableNumber = upToNumber;
      done(fault);
    });
  }

  /**
   * Whether a notice that this record has queued may go out: after a crash its number must not be given to another. While
   * the store fails nothing becomes durable, and people must hear of just that.
   */
  mayTell(recordNumber: number): boolean {
    return recordNumber <= this.durableNumber || this.failing;
  }

  /** Makes everything so far durable soon; nobody waits for it. One sync at a time carries whatever has gathered. */
  flush(): void {
    if (this.flushing || !(this.unsynced || this.failing)) return;
    if (this.failing && (this.clock.nowMs() < this.retryAtMs || !this.recover())) return;
    this.flushing = true;
    this.sync(this.flushed);
  }

  private fail(): void {
    this.unsynced = true;
    if (this.failing) return;
    this.failing = true;
    this.retryAtMs = this.clock.nowMs() + this.retryMs;
  }

  /**
   * Tries to append the whole sum. A store that has no room for it may take it in the place of what it holds: then there
   * is something to sync, and soon room to append. Returns whether anything was taken.
   */
  private recover(): boolean {
    if (this.appendSnapshot()) {
      this.failing = false;
      this.retryAtMs = NEVER;
      return true;
    }
    const nowMs = this.clock.nowMs();
    const replaced = this.replaceAll();
    this.retryMs = replaced ? RETRY_FIRST_MS : Math.min(2 * this.retryMs, RETRY_LAST_MS);
    this.retryAtMs = nowMs + this.retryMs;
    return replaced;
  }

  /** A snapshot that is refused is tried again after the next record. */
  private rotate(): void {
    if (!this.appendSnapshot()) return;
    this.sinceRotation = 1;
    const { nextRecordNumber } = this.fold;
    const first = this.segments.find((number) => nextRecordNumber - number <= KEPT_RECORDS);
    if (first === undefined || first === this.segments[0]) return;
    this.segments = this.segments.filter((number) => number >= first);
    this.store.dropBefore(first);
  }

  private appendSnapshot(): boolean {
    const snapshot = this.record({ kind: 'snapshot', state: this.fold.snapshot() });
    if (this.store.append(snapshot) !== null) return false;
    this.fold.apply(snapshot);
    this.count(snapshot);
    this.unsynced = true;
    return true;
  }

  private replaceAll(): boolean {
    const snapshot = this.record({ kind: 'snapshot', state: this.fold.snapshot() });
    if (this.store.replace(snapshot) !== null) return false;
    this.fold.apply(snapshot);
    this.segments = [snapshot.number];
    this.sinceRotation = 1;
    this.unsynced = true;
    return true;
  }

  private count({ number, event }: JournalRecord): void {
    if (event.kind === 'snapshot' || this.segments.length === 0) this.segments.push(number);
    this.sinceRotation += 1;
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
