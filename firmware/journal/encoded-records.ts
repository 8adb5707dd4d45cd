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
 * tail is dropped, as the store allows; a damaged record before the end is kept as evidence, and nothing more is written.
 */
export class EncodedRecords implements RecordStore {
  private readonly store: Store;
  private lastHash = NO_PREDECESSOR;
  private damage: HalFault | null = null;

  constructor(store: Store) {
    this.store = store;
  }

  append(record: JournalRecord): OrderAnswer {
    if (this.damage !== null) return this.damage;
    const { line, hash } = encode(record, this.lastHash);
    const fault = this.store.append(line);
    if (fault === null) this.lastHash = hash;
    return fault;
  }

  sync(done: (fault: HalFault | null) => void): void {
    this.store.sync(done);
  }

  replace(record: JournalRecord): OrderAnswer {
    if (this.damage !== null) return this.damage;
    const { line, hash } = encode(record, NO_PREDECESSOR);
    this.store.replace(line, (fault) => {
      this.damage ??= fault;
    });
    this.lastHash = hash;
    return null;
  }

  load(): readonly JournalRecord[] {
    const bytes = this.store.read();
    const records: JournalRecord[] = [];
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

  /** Whatever follows the last good line was torn by a crash, unless another good-looking line comes after it. */
  private mendTail(bytes: Uint8Array, goodBytes: number): void {
    const next = bytes.indexOf(NEWLINE, goodBytes);
    if (next >= 0 && next < bytes.length - 1) {
      this.damage = { part: 'store', detail: `the journal is damaged at byte ${goodBytes}` };
      return;
    }
    this.store.replace(bytes.slice(0, goodBytes), (fault) => {
      this.damage ??= fault;
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

const LINE = /^\{"hash":"([0-9a-f]{64})","record":(.*)\}$/;

function hashOf(previousHash: string, body: string): string {
  return createHash('sha256').update(previousHash).update(body).digest('hex');
}
