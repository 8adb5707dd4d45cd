import { expect } from 'chai';
import * as fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { CHAIN_BEGINNING, encodeHeader, encodeRecord, LINE_BYTES_MAX } from '../../../firmware/journal/journal-line.js';
import type { JournalDamage, TornTail } from '../../../firmware/journal/journal-scan.js';
import { JournalScan } from '../../../firmware/journal/journal-scan.js';
import type { JournalEvent, JournalRecord } from '../../../firmware/journal/records.js';
import { Noise } from '../../hal/noise.js';
import { journalBytes, journalLines } from '../support/journal-bytes.js';
import { recordsOf } from '../support/records.js';
import { recordOf, snapshotOf } from './record-store.suite.js';

const RECORD_COUNT = 10_000;
const FLIPS = 10_000;

interface Read {
  readonly records: readonly JournalRecord[];
  readonly damage: JournalDamage | null;
  readonly tail: TornTail | null;
}

function readAll(chunks: readonly Uint8Array[]): Read {
  const records: JournalRecord[] = [];
  const scan = new JournalScan((record) => records.push(record));
  for (const chunk of chunks) scan.feed(chunk);
  const tail = scan.finish();
  return { records, damage: scan.damage, tail };
}

describe('A journal that is read', () => {
  const three = [recordOf(1), recordOf(2), recordOf(3)];
  const whole = journalBytes(three);
  const lines = journalLines(three);
  const startOf = (line: number): number => Buffer.concat(lines.slice(0, line - 1)).length;

  /** The same line with another text, and the check sum that fits. */
  function rewritten(record: unknown, hash = CHAIN_BEGINNING.hash): Uint8Array {
    return encodeRecord(record as JournalRecord, hash).line;
  }

  it('comes in pieces of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length)), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const chunks = places.slice(1).map((until, index) => whole.subarray(places[index], until));
        expect(readAll(chunks)).to.deep.equal({ records: three, damage: null, tail: null });
      }),
    );
  });

  it('may come in memory that is used again', () => {
    const memory = new Uint8Array(16);
    const records: JournalRecord[] = [];
    const scan = new JournalScan((record) => records.push(record));
    for (let at = 0; at < whole.length; at += memory.length) {
      const bytes = whole.subarray(at, at + memory.length);
      memory.set(bytes);
      scan.feed(memory.subarray(0, bytes.length));
    }
    expect(records).to.deep.equal(three);
  });

  it('may be empty, or have no record yet', () => {
    expect(readAll([])).to.deep.equal({ records: [], damage: null, tail: null });
    expect(readAll([encodeHeader(null)])).to.deep.equal({ records: [], damage: null, tail: null });
  });

  it('may end in the middle of a line', () => {
    const byte = startOf(3);
    const { records, damage, tail } = readAll([whole.subarray(0, byte + 40)]);
    expect(records).to.deep.equal([recordOf(1)]);
    expect(damage).to.equal(null);
    expect(tail).to.deep.equal({ line: 3, byte, bytes: 40 });
  });

  const damages: readonly {
    what: string;
    kind: string;
    line: number;
    number: number | null;
    bytes: () => Uint8Array;
  }[] = [
    { what: 'no header', kind: 'notARecord', line: 1, number: null, bytes: () => whole.subarray(startOf(2)) },
    { what: 'something else', kind: 'notARecord', line: 1, number: null, bytes: () => Buffer.from('# Notes\n') },
    {
      what: 'the format of an older version',
      kind: 'otherFormat',
      line: 1,
      number: null,
      bytes: () => Buffer.from(`{"hash":"${'a'.repeat(64)}","record":{}}\n`),
    },
    {
      what: 'a line that is text',
      kind: 'notARecord',
      line: 2,
      number: 1,
      bytes: () => Buffer.concat([encodeHeader(null), Buffer.from('x\n')]),
    },
    {
      what: 'a second header',
      kind: 'notARecord',
      line: 2,
      number: 1,
      bytes: () => Buffer.concat([encodeHeader(null), encodeHeader(null)]),
    },
    {
      what: 'a missing line',
      kind: 'chain',
      line: 3,
      number: 2,
      bytes: () => Buffer.concat(lines.filter((_, index) => index !== 2)),
    },
    {
      what: 'a number left out by a lock that hashed it',
      kind: 'gap',
      line: 2,
      number: 1,
      bytes: () => Buffer.concat([encodeHeader(null), rewritten(recordOf(2))]),
    },
    {
      what: 'a header of the future',
      kind: 'otherFormat',
      line: 1,
      number: null,
      bytes: () => Buffer.from('{"crc":"ed5e5a17","format":"latchkey-journal/2"}\n'),
    },
    {
      what: 'dropped records without their snapshot',
      kind: 'gap',
      line: 2,
      number: 8,
      bytes: () =>
        Buffer.concat([
          encodeHeader({ first: 1, last: 7, hash: 'b'.repeat(64) }),
          rewritten(recordOf(8), 'b'.repeat(64)),
        ]),
    },
    {
      what: 'an altered end',
      kind: 'notARecord',
      line: 4,
      number: 3,
      bytes: () => Buffer.concat([whole.subarray(0, -1), Buffer.from('J')]),
    },
    ...[
      {},
      null,
      { ...recordOf(1), number: 0 },
      { ...recordOf(1), number: 1.5 },
      { ...recordOf(1), atMs: '1' },
      { ...recordOf(1), utcMs: 'now' },
      { ...recordOf(1), event: null },
      { ...recordOf(1), event: { kind: 3 } },
    ].map((record) => ({
      what: `${JSON.stringify(record)} for a record`,
      kind: 'notARecord',
      line: 2,
      number: 1,
      bytes: () => Buffer.concat([encodeHeader(null), rewritten(record)]),
    })),
  ];

  for (const { what, kind, line, number, bytes } of damages) {
    it(`is damaged by ${what}`, () => {
      const { damage } = readAll([bytes()]);
      expect(damage).to.deep.include({ kind, line, recordNumber: number });
      const before = Buffer.from(bytes())
        .toString()
        .split('\n')
        .slice(0, line - 1);
      expect(damage?.byte).to.equal(before.reduce((length, text) => length + Buffer.byteLength(text) + 1, 0));
      expect(damage?.detail).to.match(/^[^\n.]{10,}[^.]$/);
    });
  }

  it('is damaged by a line that goes on behind its record, whatever its check sum', () => {
    const line = Buffer.from(rewritten(recordOf(1)))
      .toString()
      .replace(/\}\n$/, ']');
    const sum = crc32(line.slice(18)).toString(16).padStart(8, '0');
    const forged = Buffer.from(`{"crc":"${sum}",${line.slice(18)}\n`);
    expect(readAll([encodeHeader(null), forged]).damage).to.deep.include({ kind: 'notARecord', line: 2 });
  });

  it('is damaged by a line that is longer than any, whole as it may be', () => {
    const { damage, records } = readAll([encodeHeader(null), rewritten(recordOf(1, 'x'.repeat(LINE_BYTES_MAX)))]);
    expect(records).to.deep.equal([]);
    expect(damage).to.deep.include({ kind: 'notARecord', line: 2 });
  });

  it('may have gaps before snapshots: they stand for what the store refused', () => {
    const bytes = journalBytes([recordOf(1), snapshotOf(5), recordOf(6)]);
    expect(readAll([bytes]).records.map(({ number }) => number)).to.deep.equal([1, 5, 6]);
    expect(readAll([journalBytes([recordOf(1), snapshotOf(1)])]).damage?.kind).to.equal('gap');
  });

  it('is held line by line: one without an end is damage, and is not kept', () => {
    const scan = new JournalScan(() => {});
    const chunk = new Uint8Array(1024 * 1024).fill(0x20);
    for (let fed = 0; fed <= LINE_BYTES_MAX; fed += chunk.length) scan.feed(chunk);
    expect(scan.damage).to.deep.include({ kind: 'notARecord', line: 1, byte: 0 });
    expect(scan.finish()).to.equal(null);
  });

  it('shows each of 10,000 flipped bits, and the line that it is in', () => {
    const events = Array.from({ length: RECORD_COUNT }, (_, index): JournalEvent => {
      return { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: `visit-${index >> 5}`, entry: 1 };
    });
    const journal = journalLines(recordsOf(events));
    const starts = [0];
    for (const line of journal) starts.push((starts.at(-1) ?? 0) + line.length);
    const noise = new Noise(1);
    const places = Array.from({ length: FLIPS }, () => noise.below(starts.at(-1) ?? 0)).toSorted((a, b) => a - b);
    const scan = new JournalScan(() => {});
    let index = 0;
    for (const place of places) {
      for (; (starts[index + 1] ?? Infinity) <= place; index += 1) scan.feed(journal[index] ?? new Uint8Array());
      // Goes on from the good lines before; what comes after the third line changes nothing.
      const flipped = Object.assign(new JournalScan(() => {}), scan);
      const bytes = Buffer.concat(journal.slice(index, index + 3));
      const at = place - (starts[index] ?? 0);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << noise.below(8));
      flipped.feed(bytes);
      flipped.finish();
      expect(flipped.damage, `byte ${place}`).to.deep.include({ line: index + 1, byte: starts[index] });
    }
    expect(scan.damage).to.equal(null);
  });
});
