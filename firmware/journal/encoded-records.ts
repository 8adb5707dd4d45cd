import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { Store } from '../../hal/contracts/store.js';
import {
  CHAIN_BEGINNING,
  type ChainEnd,
  type DroppedRecords,
  encodeHeader,
  encodeRecord,
  LINE_BYTES_MAX,
} from './journal-line.js';
import { type JournalDamage, JournalScan } from './journal-scan.js';
import { follows, PREDECESSORS_MISSING, type RecordStore } from './record-store.js';
import type { JournalRecord } from './records.js';

/** The store holds something that is no record, in this line, and takes no more. */
export interface DamageFault extends HalFault {
  /** Counts from 1, the header. */
  readonly line: number;
  /** One clause about that line. */
  readonly what: string;
}

/** A snapshot in the store: everything before it may be dropped. */
interface Snapshot {
  readonly number: number;
  readonly byte: number;
  readonly previous: ChainEnd;
}

/** What the store holds, or will once a replacement has succeeded. */
interface Content {
  /** Number of the first record ever; `null` before there was one. */
  firstNumber: number | null;
  end: ChainEnd;
  bytes: number;
  readonly snapshots: Snapshot[];
  /** The beginning of a line follows: nothing may be appended to it. */
  readonly isTorn: boolean;
}

/**
 * Records as lines of bytes. A torn tail, the beginning of one line, is dropped, as the store allows; anything else that
 * is no record stays as evidence, and nothing more is written. What is dropped leaves its range and its last hash in the
 * header, and the lines that are kept stay as they are, byte for byte: the chain goes on.
 */
export class EncodedRecords implements RecordStore {
  private readonly store: Store;
  private content: Content = emptyContent();
  private isReplacing = false;
  /** Found at boot: for good. */
  private damage: DamageFault | null = null;
  /** A replacement failed, and took what had been appended to it along: until a snapshot stands for that. */
  private loss: HalFault | null = null;

  constructor(store: Store) {
    this.store = store;
  }

  append(record: JournalRecord): OrderAnswer {
    if (this.damage !== null) return this.damage;
    if (!follows(record, this.content.end.number)) return PREDECESSORS_MISSING;
    if (this.content.isTorn) this.dropTornTail();
    const { content } = this;
    const { line, hash } = encodeRecord(record, content.end.hash);
    if (line.length > LINE_BYTES_MAX) return tooLong(line.length);
    const header = content.bytes === 0 ? encodeHeader(null) : null;
    const fault = this.store.append(header === null ? line : joined(header, line));
    if (fault !== null) return fault;
    if (record.event.kind === 'snapshot') {
      const byte = content.bytes + (header?.length ?? 0);
      content.snapshots.push({ number: record.number, byte, previous: content.end });
      this.loss = null;
    }
    content.firstNumber ??= record.number;
    content.end = { number: record.number, hash };
    content.bytes += line.length + (header?.length ?? 0);
    return null;
  }

  sync(done: (fault: HalFault | null) => void): void {
    this.store.sync((fault) => done(fault ?? this.damage ?? this.loss));
  }

  replace(snapshot: JournalRecord): OrderAnswer {
    if (this.damage !== null) return this.damage;
    if (this.isReplacing) return REPLACING;
    const { firstNumber, end: previous } = this.content;
    const { line, hash } = encodeRecord(snapshot, previous.hash);
    if (line.length > LINE_BYTES_MAX) return tooLong(line.length);
    const header = encodeHeader(firstNumber === null ? null : droppedBefore(previous, firstNumber));
    const { number } = snapshot;
    this.replaceContent(joined(header, line), {
      firstNumber: firstNumber ?? number,
      end: { number, hash },
      bytes: header.length + line.length,
      snapshots: [{ number, byte: header.length, previous }],
      isTorn: false,
    });
    this.loss = null;
    return null;
  }

  dropBefore(number: number): void {
    const { content } = this;
    const { firstNumber, end } = content;
    const first = content.snapshots.find((snapshot) => snapshot.number === number);
    if (first === undefined || firstNumber === null || this.isReplacing || content.isTorn) return;
    const header = encodeHeader(droppedBefore(first.previous, firstNumber));
    const keptBytes = this.store.read().subarray(first.byte);
    const shift = header.length - first.byte;
    this.replaceContent(joined(header, keptBytes), {
      firstNumber,
      end,
      bytes: content.bytes + shift,
      snapshots: content.snapshots
        .filter((snapshot) => snapshot.number >= number)
        .map(({ number: kept, byte, previous }) => ({ number: kept, byte: byte + shift, previous })),
      isTorn: false,
    });
  }

  load(): readonly JournalRecord[] {
    const records: JournalRecord[] = [];
    const snapshots: Snapshot[] = [];
    const scan = new JournalScan((record, byte, previous) => {
      records.push(record);
      if (record.event.kind === 'snapshot') snapshots.push({ number: record.number, byte, previous });
    });
    scan.feed(this.store.read());
    const isTorn = scan.finish() !== null;
    const { damage, dropped, end, bytes } = scan;
    this.content = { firstNumber: dropped?.first ?? records[0]?.number ?? null, end, bytes, snapshots, isTorn };
    if (damage !== null) this.damage = damageFault(damage);
    return records;
  }

  /** Before the first record is appended, and again before the next if it fails. */
  private dropTornTail(): void {
    const { bytes } = this.content;
    this.replaceContent(this.store.read().slice(0, bytes), { ...this.content, isTorn: false });
  }

  private replaceContent(bytes: Uint8Array, next: Content): void {
    const before = this.content;
    this.content = next;
    this.isReplacing = true;
    this.store.replace(bytes, (fault) => {
      this.isReplacing = false;
      if (fault === null) return;
      if (this.content.end.number > before.end.number) this.loss = fault;
      this.content = before;
    });
  }
}

const REPLACING: HalFault = { part: 'store', detail: 'the store is still taking what is to replace its content' };

function emptyContent(): Content {
  return { firstNumber: null, end: CHAIN_BEGINNING, bytes: 0, snapshots: [], isTorn: false };
}

function droppedBefore({ number, hash }: ChainEnd, first: number): DroppedRecords {
  return { first, last: number, hash };
}

function tooLong(bytes: number): HalFault {
  return { part: 'store', detail: `a record of ${bytes} bytes is longer than a line of the journal may be` };
}

function damageFault({ line, byte, detail }: JournalDamage): DamageFault {
  const mend = 'latchkey journal verify says more';
  const where = `in line ${line}, at byte ${byte}`;
  return { part: 'store', detail: `the journal is damaged ${where}: ${detail}; ${mend}`, line, what: detail };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
