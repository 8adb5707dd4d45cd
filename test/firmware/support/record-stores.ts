import type { HalFault, OrderAnswer } from '../../../hal/contracts/hal-fault.js';
import type { RecordStore } from '../../../firmware/journal/record-store.js';
import type { JournalRecord } from '../../../firmware/journal/records.js';

const FAULT: HalFault = { part: 'store', detail: 'told to fail' };

/** Records in an array, with a switch for each thing that can fail; a sync is done when the test says so. */
export class RecordsToHand implements RecordStore {
  kept: JournalRecord[];
  failing = { append: false, sync: false, replace: false };
  private readonly waiting: ((fault: HalFault | null) => void)[] = [];

  constructor(kept: readonly JournalRecord[] = []) {
    this.kept = [...kept];
  }

  append(record: JournalRecord): OrderAnswer {
    if (this.failing.append) return FAULT;
    this.kept.push(record);
    return null;
  }

  sync(done: (fault: HalFault | null) => void): void {
    this.waiting.push(done);
  }

  load(): readonly JournalRecord[] {
    return this.kept;
  }

  replace(record: JournalRecord): OrderAnswer {
    if (this.failing.replace) return FAULT;
    this.kept = [record];
    return null;
  }

  dropBefore(number: number): void {
    if (!this.failing.replace) this.kept = this.kept.filter((record) => record.number >= number);
  }

  get syncsUnderWay(): number {
    return this.waiting.length;
  }

  /** Completes the oldest sync. */
  completeSync(): void {
    this.waiting.shift()?.(this.failing.sync ? FAULT : null);
  }

  get kinds(): string[] {
    return this.kept.map(({ event }) => event.kind);
  }
}
