import { follows, PREDECESSORS_MISSING, type RecordStore } from '../../firmware/journal/record-store.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { SimulatedStore } from './simulated-store.js';

/**
 * Records kept as they are, with the faults and the timing of the simulated store but none of its bytes: encoding costs
 * more than a whole visit. A test holds both to the same visible events.
 */
export class RecordsInMemory implements RecordStore {
  private readonly store: SimulatedStore;
  private records: JournalRecord[] = [];
  private durable = 0;

  constructor(store: SimulatedStore) {
    this.store = store;
  }

  append(record: JournalRecord): OrderAnswer {
    if (!follows(record, this.records.at(-1)?.number ?? 0)) return PREDECESSORS_MISSING;
    const fault = this.store.answer();
    if (fault === null) this.records.push(record);
    return fault;
  }

  sync(done: (fault: HalFault | null) => void): void {
    const { records } = this;
    const appended = records.length;
    this.store.sync((fault) => {
      const counts = fault === null && records === this.records;
      if (counts) this.durable = Math.max(this.durable, appended);
      done(fault);
    });
  }

  /** The host died: what was not synced is lost. */
  crash(): void {
    this.records.length = this.durable;
  }

  load(): readonly JournalRecord[] {
    return this.records;
  }

  replace(snapshot: JournalRecord): OrderAnswer {
    const fault = this.store.answer();
    if (fault !== null) return fault;
    this.keep([snapshot]);
    return null;
  }

  dropBefore(number: number): void {
    const first = this.records.findIndex((record) => record.number === number);
    if (first > 0 && this.store.answer() === null) this.keep(this.records.slice(first));
  }

  private keep(records: JournalRecord[]): void {
    this.records = records;
    this.durable = records.length;
  }
}
