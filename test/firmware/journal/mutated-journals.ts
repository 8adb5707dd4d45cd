import { expect } from 'chai';
import { EncodedRecords } from '../../../firmware/journal/encoded-records.js';
import { JournalScan } from '../../../firmware/journal/journal-scan.js';
import type { JournalRecord } from '../../../firmware/journal/records.js';
import type { OrderAnswer } from '../../../hal/contracts/hal-fault.js';
import type { Store } from '../../../hal/contracts/store.js';
import { Noise } from '../../hal/noise.js';
import { journalBytes, journalLines } from '../support/journal-bytes.js';
import { grantOf, recordsOf } from '../support/records.js';
import { snapshotOf } from './record-store.suite.js';

const RECORDS: readonly JournalRecord[] = [
  ...recordsOf([
    { kind: 'booted' },
    { kind: 'visitAnnounced', grant: grantOf() },
    { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: 'visit-1', entry: 1 },
  ]),
  snapshotOf(4),
  ...recordsOf([{ kind: 'doorMoved', closed: false }], 5),
];

/** Bytes that remember whether anything but a torn tail was taken from them. */
class Evidence implements Store {
  content: Uint8Array;
  constructor(content: Uint8Array) {
    this.content = content;
  }
  append(bytes: Uint8Array): OrderAnswer {
    this.content = Buffer.concat([this.content, bytes]);
    return null;
  }
  sync(): void {}
  read(): Uint8Array {
    return this.content;
  }
  replace(bytes: Uint8Array): void {
    this.content = bytes;
  }
}

/**
 * Reads so many journals, each altered in a few places. No reader may throw, take an altered record for a good one, or
 * write to a damaged journal.
 */
export function readMutatedJournals(inputs: number, seed: number): { damaged: number; torn: number; cut: number } {
  const noise = new Noise(seed);
  const whole = journalBytes(RECORDS);
  const texts = RECORDS.map((record) => JSON.stringify(record));
  const counts = { damaged: 0, torn: 0, cut: 0 };
  for (let input = 0; input < inputs; input += 1) {
    const bytes = mutated(whole, noise);
    const taken: string[] = [];
    const scan = new JournalScan((record) => taken.push(JSON.stringify(record)));
    scan.feed(bytes);
    const tail = scan.finish();
    const good = bytes.subarray(0, scan.bytes);
    const isSame = taken.every((text, index) => text === texts[index]);
    if (!isSame || !whole.subarray(0, good.length).equals(good)) fail(input, seed, 'took an altered record');
    if (scan.damage !== null) counts.damaged += 1;
    else if (tail !== null) counts.torn += 1;
    else if (good.length === bytes.length) counts.cut += 1;
    else fail(input, seed, 'left bytes out');
    boot(bytes, taken.length, scan.damage !== null, () => fail(input, seed, 'wrote over damage, or lost a record'));
  }
  return counts;
}

/** What a lock does with it. */
function boot(bytes: Uint8Array, records: number, isDamaged: boolean, complain: () => void): void {
  const store = new Evidence(bytes);
  const lock = new EncodedRecords(store);
  const loaded = lock.load().length;
  const answer = lock.append(snapshotOf(100));
  const isLeftAlone = store.content === bytes;
  if (loaded !== records || (answer !== null) !== isDamaged || isLeftAlone !== isDamaged) complain();
}

/** Bits turned over, bytes lost, doubled, put in or written over, lines exchanged, the end cut off or gone on. */
function mutated(whole: Buffer, noise: Noise): Buffer {
  let bytes: Buffer = Buffer.from(whole);
  const times = 1 + noise.below(3);
  for (let time = 0; time < times; time += 1) bytes = mutatedOnce(bytes, noise);
  return bytes;
}

function mutatedOnce(bytes: Buffer, noise: Noise): Buffer {
  const place = noise.below(bytes.length + 1);
  const span = 1 + noise.below(40);
  const before = bytes.subarray(0, place);
  const after = bytes.subarray(place);
  switch (noise.below(7)) {
    case 0:
    case 1:
      if (place < bytes.length) bytes[place] = (bytes[place] ?? 0) ^ (1 << noise.below(8));
      return bytes;
    case 2:
      return Buffer.concat([before, after.subarray(span)]);
    case 3:
      return Buffer.concat([before, after.subarray(0, span), after]);
    case 4:
      return Buffer.concat([before, Buffer.from(Array.from({ length: span }, () => noise.below(256))), after]);
    case 5: {
      const lines = journalLines(RECORDS);
      return Buffer.concat(
        lines.map((line) => (noise.below(3) === 0 ? (lines[noise.below(lines.length)] ?? line) : line)),
      );
    }
    default:
      return Buffer.from(before);
  }
}

function fail(input: number, seed: number, what: string): never {
  expect.fail(`input ${input} of seed ${seed}: ${what}`);
}
