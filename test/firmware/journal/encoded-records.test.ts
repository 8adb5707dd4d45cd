import { expect } from 'chai';
import { EncodedRecords } from '../../../firmware/journal/encoded-records.js';
import type { HalFault } from '../../../hal/contracts/hal-fault.js';
import { LINE_BYTES_MAX } from '../../../firmware/journal/journal-line.js';
import { expectFault } from '../../hal/contracts/expectations.js';
import { SimulatedBench } from '../../sim/hal/simulated-bench.js';
import { describeRecordStore, recordOf, snapshotOf } from './record-store.suite.js';

for (const torn of [false, true]) {
  describeRecordStore(`EncodedRecords${torn ? ', torn by crashes at any byte' : ''}`, (seed) => {
    const bench = new SimulatedBench(seed);
    bench.setFault('store', 'torn', torn);
    return Promise.resolve({
      records: new EncodedRecords(bench.hardware.store),
      advance: (durationMs) => bench.advance(durationMs),
      crash: async () => {
        await bench.rebootHost();
        return new EncodedRecords(bench.hardware.store);
      },
      setTrouble: (trouble) => bench.troubleStore(trouble),
    });
  });
}

const WRITE_MS = 100;
const NEWLINE = 0x0a;

/** A journal on its bytes; the store underneath outlives crashes. */
class JournalUnderTest {
  readonly bench = new SimulatedBench();
  readonly store = this.bench.hardware.store;
  records = new EncodedRecords(this.store);

  append(...numbers: readonly number[]): void {
    for (const number of numbers) expect(this.records.append(recordOf(number))).to.equal(null);
  }

  async sync(): Promise<void> {
    let synced = false;
    this.records.sync((fault) => (synced = fault === null));
    await this.bench.advance(WRITE_MS);
    expect(synced).to.equal(true);
  }

  /** Of the bytes that were not synced only so many survive. */
  async crash(tornAtByte: number): Promise<number[]> {
    this.store.tearAtByte(tornAtByte);
    await this.bench.rebootHost();
    return this.load();
  }

  /** The next boot's view of what the store holds. */
  load(): number[] {
    this.records = new EncodedRecords(this.store);
    return this.records.load().map(({ number }) => number);
  }
}

/** Records 1 and 2 synced, 3 and 4 not. */
async function withTail(): Promise<{ journal: JournalUnderTest; tailBytes: number }> {
  const journal = new JournalUnderTest();
  journal.append(1, 2);
  await journal.sync();
  const syncedBytes = journal.store.read().length;
  journal.append(3, 4);
  return { journal, tailBytes: journal.store.read().length - syncedBytes };
}

/** A journal that finds these bytes in its store. */
async function holding(bytes: Uint8Array): Promise<JournalUnderTest> {
  const journal = new JournalUnderTest();
  journal.store.append(bytes);
  await journal.sync();
  return journal;
}

describe('EncodedRecords, torn', () => {
  it('keeps what is whole of the unsynced tail, wherever it is torn, and goes on', async () => {
    const { tailBytes } = await withTail();
    for (let byte = 0; byte <= tailBytes; byte += 1) {
      const { journal } = await withTail();
      const found = await journal.crash(byte);
      const whole = [1, 2, 3, 4].slice(0, found.length);
      expect(found, `torn at byte ${byte}`).to.deep.equal(whole);
      expect(found.length).to.be.at.least(byte === tailBytes ? 4 : 2);
      const next = [found.length + 1, found.length + 2];
      journal.append(...next);
      await journal.sync();
      expect(await journal.crash(0), `torn at byte ${byte}, and gone on`).to.deep.equal([...whole, ...next]);
    }
  });

  it('loses no whole record to a tear in a later one', async () => {
    const { journal, tailBytes } = await withTail();
    expect(await journal.crash(tailBytes - 1)).to.include(3);
  });

  it('is torn a second time before the first tear is mended, and still goes on', async () => {
    for (let byte = 0; byte < 700; byte += 5) {
      const { journal, tailBytes } = await withTail();
      const found = await journal.crash(tailBytes - 10);
      journal.append(...[1, 2, 3].map((later) => found.length + later));
      const again = await journal.crash(byte);
      expect(again.slice(0, found.length), `torn again at byte ${byte}`).to.deep.equal(found);
      journal.append(again.length + 1);
      await journal.sync();
      expect(await journal.crash(0)).to.deep.equal([...again, again.length + 1]);
    }
  });
});

describe('EncodedRecords, torn, on a store that fails at the boot', () => {
  it('appends nothing to the torn tail: it drops it once it can', async () => {
    const before = new JournalUnderTest();
    before.append(1, 2);
    const journal = await holding(before.store.read().slice(0, -20));
    journal.bench.troubleStore('failing');
    expect(journal.load()).to.deep.equal([1]);
    await journal.bench.advance(WRITE_MS);
    expectFault(journal.records.append(recordOf(2)), 'store');
    await journal.bench.advance(WRITE_MS);
    journal.bench.troubleStore('none');
    journal.append(2, 3);
    await journal.sync();
    expect(await journal.crash(0)).to.deep.equal([1, 2, 3]);
    journal.append(4);
    await journal.sync();
    expect(await journal.crash(0)).to.deep.equal([1, 2, 3, 4]);
  });
});

describe('EncodedRecords, torn in its first line', () => {
  it('begins anew, wherever it is torn', async () => {
    const whole = new JournalUnderTest();
    whole.append(1);
    const headerBytes = whole.store.read().indexOf(NEWLINE) + 1;
    for (let byte = 0; byte <= headerBytes; byte += 1) {
      const journal = new JournalUnderTest();
      journal.append(1);
      expect(await journal.crash(byte), `torn at byte ${byte}`).to.deep.equal([]);
      journal.append(1, 2);
      await journal.sync();
      expect(await journal.crash(0), `torn at byte ${byte}, and gone on`).to.deep.equal([1, 2]);
    }
  });
});

describe('EncodedRecords, rotated', () => {
  let journal: JournalUnderTest;

  beforeEach(async () => {
    journal = new JournalUnderTest();
    journal.append(1, 2);
    journal.records.append(snapshotOf(3));
    journal.append(4);
    journal.records.append(snapshotOf(5));
    journal.append(6);
    await journal.sync();
  });

  const lines = (): string[] => new TextDecoder().decode(journal.store.read()).trimEnd().split('\n');

  function hashIn(line: string | undefined): string | undefined {
    return /"hash":"([0-9a-f]{64})"/.exec(line ?? '')?.[1];
  }

  async function drop(number: number): Promise<void> {
    journal.records.dropBefore(number);
    await journal.bench.advance(WRITE_MS);
  }

  it('keeps the lines that it keeps byte for byte, and says in the header what it dropped', async () => {
    const [, , second, ...kept] = lines();
    await drop(3);
    const [header, ...after] = lines();
    expect(after).to.deep.equal(kept);
    const said = `"dropped":{"first":1,"last":2,"hash":"${hashIn(second)}"}}`;
    expect(header)
      .to.match(/^\{"crc":"[0-9a-f]{8}","format":"latchkey-journal\/1",/)
      .and.contain(said);
    expect(journal.load()).to.deep.equal([3, 4, 5, 6]);
  });

  it('drops again, before and after a boot, and adds the ranges up', async () => {
    const [, , , , fourth] = lines();
    await drop(3);
    await drop(5);
    expect(lines()[0]).to.contain(`"dropped":{"first":1,"last":4,"hash":"${hashIn(fourth)}"}}`);
    expect(journal.load()).to.deep.equal([5, 6]);
    journal.records.append(snapshotOf(7));
    await journal.sync();
    expect(journal.load()).to.deep.equal([5, 6, 7]);
    const sixth = lines()[2];
    await drop(7);
    expect(lines()[0]).to.contain(`"dropped":{"first":1,"last":6,"hash":"${hashIn(sixth)}"}}`);
    expect(journal.load()).to.deep.equal([7]);
  });

  it('carries the chain on over an emergency, in which one snapshot takes the place of all', async () => {
    const last = lines().at(-1);
    journal.records.replace(snapshotOf(9));
    journal.append(10);
    await journal.sync();
    expect(lines()[0]).to.contain(`"dropped":{"first":1,"last":6,"hash":"${hashIn(last)}"}}`);
    expect(journal.load()).to.deep.equal([9, 10]);
  });

  it('replaces one thing at a time', async () => {
    journal.records.replace(snapshotOf(7));
    expectFault(journal.records.replace(snapshotOf(8)), 'store');
    journal.records.dropBefore(7);
    await journal.sync();
    expect(journal.records.replace(snapshotOf(8))).to.equal(null);
    await journal.sync();
    expect(journal.load()).to.deep.equal([8]);
  });

  it('notices if the first snapshot is missing', async () => {
    await drop(5);
    const [header, , ...rest] = lines();
    const spoilt = await holding(new TextEncoder().encode(`${[header, ...rest].join('\n')}\n`));
    expect(spoilt.records.load()).to.deep.equal([]);
    expectFault(spoilt.records.append(snapshotOf(7)), 'store');
  });

  it('refuses a record that is longer than a line may be, and takes the next', async () => {
    const endless = recordOf(7, 'x'.repeat(LINE_BYTES_MAX));
    expectFault(journal.records.append(endless), 'store');
    journal.append(7);
    await journal.sync();
    expect(journal.load().at(-1)).to.equal(7);
  });

  it('says where it is damaged, and names the mend', async () => {
    const bytes = journal.store.read();
    const third = lines().slice(0, 2).join('\n').length + 1;
    bytes[third + 150] = (bytes[third + 150] ?? 0) ^ 4;
    const spoilt = await holding(bytes);
    spoilt.records.load();
    expect(spoilt.records.append(recordOf(7))?.detail).to.equal(
      `the journal is damaged in line 3, at byte ${third}: its check sum does not fit: the line was altered; ` +
        'latchkey journal verify says more',
    );
  });
});

describe('EncodedRecords, damaged', () => {
  let bytes: Uint8Array;

  before(async () => {
    const journal = new JournalUnderTest();
    journal.append(1, 2, 3);
    await journal.sync();
    bytes = journal.store.read();
  });

  /** Boots on such bytes: nothing altered may be loaded, nothing may be written, and the evidence stays. */
  async function expectNoticed(damaged: Uint8Array, what: string): Promise<void> {
    const journal = await holding(damaged);
    const loaded = journal.records.load();
    expect(loaded, what).to.deep.equal([recordOf(1), recordOf(2), recordOf(3)].slice(0, loaded.length));
    expect(journal.records.append(recordOf(4)), `${what}: the answer to an append`).to.not.equal(null);
    expectFault(journal.records.append(recordOf(4)), 'store');
    expectFault(journal.records.replace(recordOf(4)), 'store');
    let syncedAnswer: HalFault | null = null;
    journal.records.sync((fault) => (syncedAnswer = fault));
    await journal.bench.advance(WRITE_MS);
    expectFault(syncedAnswer, 'store');
    expect(Buffer.compare(journal.store.read(), damaged), `${what}: the evidence`).to.equal(0);
  }

  it('is read back as it was written, were it not damaged', async () => {
    const journal = await holding(bytes);
    expect(journal.load()).to.deep.equal([1, 2, 3]);
    journal.append(4);
  });

  it('can be loaded twice', async () => {
    const journal = await holding(bytes);
    expect(journal.load()).to.deep.equal([1, 2, 3]);
    expect(journal.records.load()).to.have.length(3);
    journal.append(4);
    await journal.sync();
    expect(journal.load()).to.deep.equal([1, 2, 3, 4]);
  });

  it('notices a flipped bit anywhere before the last record', async () => {
    const lastStart = bytes.lastIndexOf(NEWLINE, bytes.length - 2) + 1;
    await expectFlipsNoticed(0, lastStart);
  });

  it('notices a flipped bit anywhere in the last record', async () => {
    const lastStart = bytes.lastIndexOf(NEWLINE, bytes.length - 2) + 1;
    await expectFlipsNoticed(lastStart, bytes.length - 1);
  });

  it('notices a flipped bit in the end of the last record', async () => {
    await expectFlipsNoticed(bytes.length - 1, bytes.length);
  });

  async function expectFlipsNoticed(from: number, until: number): Promise<void> {
    for (let index = from; index < until; index += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const damaged = bytes.slice();
        damaged[index] = (damaged[index] ?? 0) ^ (1 << bit);
        await expectNoticed(damaged, `bit ${bit} of byte ${index}`);
      }
    }
  }

  it('notices a record that is missing, doubled, or out of its place', async () => {
    const lines = Buffer.from(bytes)
      .toString()
      .split(/(?<=\n)/);
    const [header = '', first = '', second = '', third = ''] = lines;
    const expectOrderNoticed = (order: readonly string[], what: string): Promise<void> =>
      expectNoticed(Buffer.from(order.join('')), what);
    await expectOrderNoticed([first, second, third], 'the header missing');
    await expectOrderNoticed([header, header, first, second, third], 'the header doubled');
    await expectOrderNoticed([header, second, third], 'the first record missing');
    await expectOrderNoticed([header, first, third], 'the second record missing');
    await expectOrderNoticed([header, first, first, second, third], 'the first record doubled');
    await expectOrderNoticed([header, first, second, third, third], 'the last record doubled');
    await expectOrderNoticed([header, second, first, third], 'two records exchanged');
  });

  it('writes nothing more after any number of boots', async () => {
    const damaged = bytes.slice();
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    const journal = await holding(damaged);
    for (let boot = 0; boot < 3; boot += 1) {
      expect(journal.load()).to.deep.equal([]);
      expectFault(journal.records.append(recordOf(9)), 'store');
      await journal.bench.rebootHost();
    }
    expect(Buffer.compare(journal.store.read(), damaged)).to.equal(0);
  });
});
