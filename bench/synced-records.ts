import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EncodedRecords } from '../firmware/journal/encoded-records.js';
import { encodeRecord } from '../firmware/journal/journal-line.js';
import type { JournalRecord } from '../firmware/journal/records.js';
import { FileStore } from '../hal/adapters/files/file-store.js';
import { median, ratio } from './measure.js';

export interface SyncedRecords {
  /** Medians. */
  readonly journalPerS: number;
  readonly barePerS: number;
  /** The journal's speed over the bare loop's. */
  readonly ratio: number;
}

/** What precedes an opening: the record that everything waits for. */
function recordOf(number: number): JournalRecord {
  return {
    number,
    atMs: number * 1_800,
    utcMs: Date.UTC(2026, 2, 3, 10, 15) + number * 1_800,
    event: { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: `visit-${number}`, entry: 1 },
  };
}

/**
 * Records a second, each synced before the next is appended: the journal on the real file store beside a loop that
 * writes the same bytes to a file and calls fdatasync. They take turns in short rounds, in the same folder, for a disk is
 * never as fast as a minute ago.
 */
export async function syncedRecords(recordsARound: number, rounds: number): Promise<SyncedRecords> {
  const folder = fs.mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const journal = new JournalSide(join(folder, 'journal'));
  const bare = new BareSide(join(folder, 'bare'));
  const journalMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    const first = 1 + round * recordsARound;
    const journalRoundMs = await timed(() => journal.keep(first, recordsARound));
    const lines = linesOf(first, recordsARound);
    const bareRoundMs = await timed(() => bare.write(lines));
    if (round < WARM_UP_ROUNDS) continue;
    journalMs.push(journalRoundMs);
    bareMs.push(bareRoundMs);
  }
  await journal.close();
  bare.close();
  fs.rmSync(folder, { recursive: true });
  return {
    journalPerS: (recordsARound / median(journalMs)) * 1_000,
    barePerS: (recordsARound / median(bareMs)) * 1_000,
    ratio: ratio(bareMs, journalMs),
  };
}

const WARM_UP_ROUNDS = 5;

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

class JournalSide {
  private readonly store: FileStore;
  private readonly records: EncodedRecords;

  constructor(path: string) {
    this.store = new FileStore(path);
    this.records = new EncodedRecords(this.store);
    this.records.load();
  }

  async keep(first: number, count: number): Promise<void> {
    for (let number = first; number < first + count; number += 1) {
      const refused = this.records.append(recordOf(number));
      const failed = refused ?? (await new Promise((resolve) => this.records.sync(resolve)));
      if (failed !== null) throw new Error(`the journal does not work: ${JSON.stringify(failed)}`);
    }
  }

  async close(): Promise<void> {
    await this.store.close();
  }
}

/** What the journal writes, but for the hash of the line before. */
function linesOf(first: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => encodeRecord(recordOf(first + index), '').line);
}

class BareSide {
  private readonly descriptor: number;
  private position = 0;

  constructor(path: string) {
    this.descriptor = fs.openSync(path, 'w', 0o600);
  }

  async write(lines: readonly Uint8Array[]): Promise<void> {
    for (const line of lines) {
      this.position += fs.writeSync(this.descriptor, line, 0, line.length, this.position);
      await new Promise<void>((resolve, reject) => {
        fs.fdatasync(this.descriptor, (error) => (error === null ? resolve() : reject(error)));
      });
    }
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }
}
