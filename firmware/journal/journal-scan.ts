import type { JournalRecord } from './records.js';
import {
  CHAIN_BEGINNING,
  type ChainEnd,
  decodeHeader,
  decodeRecord,
  type DroppedRecords,
  LINE_BYTES_MAX,
  type LineFault,
  type LineFaultKind,
  NEWLINE,
} from './journal-line.js';

/** A line that no lock wrote so. */
export interface JournalDamage {
  readonly kind: LineFaultKind;
  /** Counts from 1, the header. */
  readonly line: number;
  /** Where the line begins, from 0. */
  readonly byte: number;
  /** The number that its record should have; `null` for the header. */
  readonly recordNumber: number | null;
  /** What is wrong with the line: one clause. */
  readonly detail: string;
}

/** The beginning of one line, with nothing after it: a crash leaves that, and so does a lock that is writing. */
export interface TornTail {
  readonly line: number;
  readonly byte: number;
  readonly bytes: number;
}

/** Told of a record: the byte at which its line begins, and what it follows. */
export type OnRecord = (record: JournalRecord, byte: number, previous: ChainEnd) => void;

/** Reads a journal as its bytes come, up to its end or to the first damage, and holds no more than one line. */
export class JournalScan {
  private readonly onRecord: OnRecord;
  private firstLineSeen = false;
  private header: DroppedRecords | null = null;
  private chainEnd = CHAIN_BEGINNING;
  private linesSeen = 0;
  private bytesSeen = 0;
  private found: JournalDamage | null = null;
  /** The beginning of a line whose end has not come yet. */
  private held: Uint8Array[] = [];
  private heldBytes = 0;

  constructor(onRecord: OnRecord) {
    this.onRecord = onRecord;
  }

  get damage(): JournalDamage | null {
    return this.found;
  }

  /** What the header says was dropped before the first line; `null` before the header was read. */
  get dropped(): DroppedRecords | null {
    return this.header;
  }

  /** The latest record, or the last that was dropped. */
  get end(): ChainEnd {
    return this.chainEnd;
  }

  /** Whole lines that were read and found good, the header among them. */
  get lines(): number {
    return this.linesSeen;
  }

  /** Their bytes. */
  get bytes(): number {
    return this.bytesSeen;
  }

  /** The caller may use the chunk's memory again. */
  feed(chunk: Uint8Array): void {
    let start = 0;
    while (this.found === null) {
      const newline = chunk.indexOf(NEWLINE, start);
      if (newline < 0) {
        this.hold(chunk.slice(start));
        return;
      }
      this.takeLine(chunk.subarray(start, newline));
      start = newline + 1;
    }
  }

  /** There is no more. A tail that was whole before its end was altered is damage; another one is torn. */
  finish(): TornTail | null {
    if (this.found !== null || this.heldBytes === 0) return null;
    const tail = joined(this.held);
    const torn = { line: this.linesSeen + 1, byte: this.bytesSeen, bytes: tail.length };
    if ('fault' in this.decoded(tail.subarray(0, -1))) return torn;
    this.fail({ fault: 'notARecord', detail: 'its end was altered' });
    return null;
  }

  private hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    if (this.heldBytes >= LINE_BYTES_MAX) this.fail(TOO_LONG);
  }

  private takeLine(end: Uint8Array): void {
    const line = this.heldBytes === 0 ? end : joined([...this.held, end]);
    this.held = [];
    this.heldBytes = 0;
    const decoded = line.length < LINE_BYTES_MAX ? this.decoded(line) : TOO_LONG;
    if ('fault' in decoded) {
      this.fail(decoded);
      return;
    }
    if ('dropped' in decoded) {
      this.firstLineSeen = true;
      this.header = decoded.dropped;
      if (decoded.dropped !== null) this.chainEnd = { number: decoded.dropped.last, hash: decoded.dropped.hash };
    } else {
      this.onRecord(decoded.record, this.bytesSeen, this.chainEnd);
      this.chainEnd = { number: decoded.record.number, hash: decoded.hash };
    }
    this.linesSeen += 1;
    this.bytesSeen += line.length + 1;
  }

  private decoded(line: Uint8Array): ReturnType<typeof decodeHeader> | ReturnType<typeof decodeRecord> {
    if (!this.firstLineSeen) return decodeHeader(line);
    const decoded = decodeRecord(line, this.chainEnd);
    const isFirstKept = this.linesSeen === 1 && this.header !== null;
    if (isFirstKept && 'record' in decoded && decoded.record.event.kind !== 'snapshot') return NO_SNAPSHOT;
    return decoded;
  }

  private fail({ fault, detail }: LineFault): void {
    const recordNumber = this.firstLineSeen ? this.chainEnd.number + 1 : null;
    this.found = { kind: fault, line: this.linesSeen + 1, byte: this.bytesSeen, recordNumber, detail };
    this.held = [];
    this.heldBytes = 0;
  }
}

const TOO_LONG: LineFault = { fault: 'notARecord', detail: `no line is longer than ${LINE_BYTES_MAX} bytes` };

const NO_SNAPSHOT: LineFault = {
  fault: 'gap',
  detail: 'the snapshot that stands for the dropped records is missing',
};

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
