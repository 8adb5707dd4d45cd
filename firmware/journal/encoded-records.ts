import { createHash } from 'node:crypto';
import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { Store } from '../../hal/contracts/store.js';
import type { RecordStore } from './record-store.js';
import type { JournalRecord } from './records.js';

/** What stands before the first record of a segment. */
const NO_PREDECESSOR = '0'.repeat(64);

/** One line of the journal: a record, and a hash over it and over the hash of the line before. */
interface Line {
  readonly record: JournalRecord;
  readonly hash: string;
}

/**
 * Records as bytes: one JSON line each, chained by SHA-256, so that a torn tail is told from an altered record. A torn
 * tail, the beginning of one line, is dropped, as the store allows; anything else that is no record stays as evidence,
 * and nothing more is written.
 */
export class EncodedRecords implements RecordStore {
  private readonly store: Store;
  private lastHash = NO_PREDECESSOR;
  /** Found at boot: for good. */
  private damage: HalFault | null = null;
  /** A replacement failed, and what was appended after it is lost: until another succeeds. */
  private failure: HalFault | null = null;

  constructor(store: Store) {
    this.store = store;
  }

  append(record: JournalRecord): OrderAnswer {
    const standing = this.damage ?? this.failure;
    if (standing !== null) return standing;
    const { line, hash } = encode(record, this.lastHash);
    const fault = this.store.append(line);
    if (fault === null) this.lastHash = hash;
    return fault;
  }

  sync(done: (fault: HalFault | null) => void): void {
    this.store.sync((fault) => done(fault ?? this.failure));
  }

  replace(record: JournalRecord): OrderAnswer {
    if (this.damage !== null) return this.damage;
    const { line, hash } = encode(record, NO_PREDECESSOR);
    this.lastHash = hash;
    this.replaceContent(line);
    return null;
  }

  load(): readonly JournalRecord[] {
    const bytes = this.store.read();
    const records: JournalRecord[] = [];
    this.lastHash = NO_PREDECESSOR;
    let start = 0;
    while (start < bytes.length) {
      const end = bytes.indexOf(NEWLINE, start);
      const line = end < 0 ? null : decode(bytes.subarray(start, end), this.lastHash);
      if (line === null) {
        this.mendTail(bytes, start);
        break;
      }
      records.push(line.record);
      this.lastHash = line.hash;
      start = end + 1;
    }
    return records;
  }

  /** A crash leaves the beginning of a line. A line with its end, or with something else in its place, was altered. */
  private mendTail(bytes: Uint8Array, goodBytes: number): void {
    const isWhole = bytes.includes(NEWLINE, goodBytes) || decode(bytes.subarray(goodBytes, -1), this.lastHash) !== null;
    if (isWhole) this.damage = { part: 'store', detail: `the journal is damaged at byte ${goodBytes}` };
    else this.replaceContent(bytes.slice(0, goodBytes));
  }

  private replaceContent(bytes: Uint8Array): void {
    this.failure = null;
    this.store.replace(bytes, (fault) => {
      this.failure = fault;
    });
  }
}

const NEWLINE = 0x0a;

function encode(record: JournalRecord, previousHash: string): { line: Uint8Array; hash: string } {
  const body = JSON.stringify(record);
  const hash = hashOf(previousHash, body);
  return { line: new TextEncoder().encode(`{"hash":"${hash}","record":${body}}\n`), hash };
}

/** The record, if the line is whole and follows the line before it; else `null`. */
function decode(bytes: Uint8Array, previousHash: string): Line | null {
  const text = new TextDecoder().decode(bytes);
  const match = LINE.exec(text);
  const hash = match?.[1];
  const body = match?.[2];
  if (hash === undefined || body === undefined || hashOf(previousHash, body) !== hash) return null;
  return { record: JSON.parse(body) as JournalRecord, hash };
}

const LINE = /^\{"hash":"([0-9a-f]{64})","record":(.*)\}$/s;

function hashOf(previousHash: string, body: string): string {
  return createHash('sha256').update(previousHash).update(body).digest('hex');
}
