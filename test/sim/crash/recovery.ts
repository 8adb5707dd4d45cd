import { expect } from 'chai';
import type { EncodedRecords } from '../../../firmware/journal/encoded-records.js';
import type { JournalRecord } from '../../../firmware/journal/records.js';
import type { OrderAnswer } from '../../../hal/contracts/hal-fault.js';
import type { Store } from '../../../hal/contracts/store.js';

type Done = Parameters<Store['sync']>[0];

/** A store that fails at nothing; syncs and replacements are through with `settle`. */
class BytesInMemory implements Store {
  replaced = false;
  private content: Uint8Array;
  private readonly waiting: (() => void)[] = [];

  constructor(content: Uint8Array) {
    this.content = content;
  }

  append(bytes: Uint8Array): OrderAnswer {
    this.content = Buffer.concat([this.content, bytes]);
    return null;
  }

  sync(done: Done): void {
    this.waiting.push(() => done(null));
  }

  read(): Uint8Array {
    return this.content;
  }

  /** Takes effect at once, which the contract leaves open. */
  replace(bytes: Uint8Array, done: Done): void {
    this.replaced = true;
    this.content = bytes;
    this.sync(done);
  }

  settle(): void {
    for (const answer of this.waiting.splice(0)) answer();
  }
}

/** What the journal finds in its store after a power failure. */
export interface Recovery {
  readonly records: readonly JournalRecord[];
  /** It had to mend its store before it went on. */
  readonly mended: boolean;
}

/** Reads such a content, appends one more record, reads again, and fails unless that goes on from what was found. */
export function recover(content: Uint8Array, Records: typeof EncodedRecords): Recovery {
  const store = new BytesInMemory(content);
  const journal = new Records(store);
  const records = journal.load();
  store.settle();
  const number = (records.at(-1)?.number ?? 0) + 1;
  const next: JournalRecord = { number, atMs: 0, utcMs: 0, event: { kind: 'booted' } };
  let isDurable = false;
  expect(journal.append(next), `after record ${number - 1}`).to.equal(null);
  journal.sync((fault) => (isDurable = fault === null));
  store.settle();
  expect(isDurable, `record ${number}`).to.equal(true);
  expect(numbersOf(new Records(store).load())).to.deep.equal([...numbersOf(records), number]);
  return { records, mended: store.replaced };
}

function numbersOf(records: readonly JournalRecord[]): readonly number[] {
  return records.map(({ number }) => number);
}
