import { expect } from 'chai';
import { CHAIN_BEGINNING, encodeHeader, encodeRecord } from '../../../firmware/journal/journal-line.js';
import { JournalScan } from '../../../firmware/journal/journal-scan.js';
import type { JournalRecord } from '../../../firmware/journal/records.js';

const RECORD_COUNT = 10_000_000;
const CHUNK_RECORDS = 1_000;

/** Chosen: some two hundred bytes a record come to twenty times as much. */
const GROWTH_BYTES_MAX = 128 * 1024 * 1024;

function recordOf(number: number): JournalRecord {
  return {
    number,
    atMs: number * 1_800,
    utcMs: number * 1_800,
    event: { kind: 'doorMoved', closed: number % 2 === 0 },
  };
}

describe('A journal of ten million records', function () {
  this.timeout(1_800_000);

  it('is verified in bounded memory, up to a bit that is flipped in its last record', () => {
    const scan = new JournalScan(() => {});
    scan.feed(encodeHeader(null));
    let { hash } = CHAIN_BEGINNING;
    let beforeBytes = 0;
    for (let number = 1; number <= RECORD_COUNT;) {
      const lines: Uint8Array[] = [];
      for (let count = 0; count < CHUNK_RECORDS; count += 1, number += 1) {
        const encoded = encodeRecord(recordOf(number), hash);
        ({ hash } = encoded);
        lines.push(encoded.line);
      }
      const chunk = Buffer.concat(lines);
      if (number > RECORD_COUNT) chunk[chunk.length - 20] = (chunk.at(-20) ?? 0) ^ 1;
      scan.feed(chunk);
      if (number === 100 * CHUNK_RECORDS + 1) beforeBytes = process.memoryUsage().rss;
    }
    expect(scan.end.number).to.equal(RECORD_COUNT - 1);
    expect(scan.damage).to.deep.include({ line: RECORD_COUNT + 1, recordNumber: RECORD_COUNT });
    expect(process.memoryUsage().rss - beforeBytes).to.be.below(GROWTH_BYTES_MAX);
  });
});
