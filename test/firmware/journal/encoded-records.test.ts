import { expect } from 'chai';
import { EncodedRecords } from '../../../firmware/journal/encoded-records.js';
import { expectFault } from '../../hal/contracts/expectations.js';
import { SimulatedBench } from '../../sim/hal/simulated-bench.js';
import { describeRecordStore, recordOf } from './record-store.suite.js';

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
      journal.append(5, 6);
      await journal.sync();
      expect(await journal.crash(0), `torn at byte ${byte}, and gone on`).to.deep.equal([...whole, 5, 6]);
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
      journal.append(5, 6, 7);
      const again = await journal.crash(byte);
      expect(again.slice(0, found.length), `torn again at byte ${byte}`).to.deep.equal(found);
      journal.append(8);
      await journal.sync();
      expect(await journal.crash(0)).to.deep.equal([...again, 8]);
    }
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
    await journal.bench.advance(WRITE_MS);
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
    const end = bytes.indexOf(NEWLINE) + 1;
    const secondEnd = bytes.indexOf(NEWLINE, end) + 1;
    const [first, second, third] = [bytes.slice(0, end), bytes.slice(end, secondEnd), bytes.slice(secondEnd)];
    await expectNoticed(Buffer.concat([second, third]), 'the first record missing');
    await expectNoticed(Buffer.concat([first, third]), 'the second record missing');
    await expectNoticed(Buffer.concat([first, first, second, third]), 'the first record doubled');
    await expectNoticed(Buffer.concat([first, second, third, third]), 'the last record doubled');
    await expectNoticed(Buffer.concat([second, first, third]), 'two records exchanged');
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
