import { expect } from 'chai';
import * as fc from 'fast-check';
import { Fold } from '../../../firmware/journal/fold.js';
import type { RecordStore } from '../../../firmware/journal/record-store.js';
import type { JournalRecord } from '../../../firmware/journal/records.js';
import type { HalFault } from '../../../hal/contracts/hal-fault.js';
import { DurableHistory } from '../../hal/contracts/durable-history.js';
import { expectFault } from '../../hal/contracts/expectations.js';

/** Every sync is through after this. */
const SYNC_MAX_MS = 1_000;

export interface RecordStoreFixture {
  readonly records: RecordStore;
  advance(durationMs: number): Promise<void>;
  /** The host crashes and boots; what comes back is what the next firmware is handed, nothing loaded yet. */
  crash(): Promise<RecordStore>;
  /** Below: a full store takes nothing more; a failing one neither takes nor syncs anything. */
  setTrouble(trouble: 'none' | 'full' | 'failing'): void;
}

export function recordOf(number: number, personId = 'worker'): JournalRecord {
  return { number, atMs: number * 10, utcMs: null, event: { kind: 'visitorArrived', visitId: `v${number}`, personId } };
}

export function snapshotOf(number: number): JournalRecord {
  return { number, atMs: number * 10, utcMs: null, event: { kind: 'snapshot', state: EMPTY } };
}

const EMPTY = { ...new Fold().snapshot(), latestUtcMs: 0 };

/** What may happen to records; the amount says how many, or for how many milliseconds. */
const deeds = fc.array(
  fc.record({
    kind: fc.constantFrom('append', 'append', 'append', 'snapshot', 'drop', 'sync', 'replace', 'wait', 'crash'),
    amount: fc.nat(5),
  }),
  { maxLength: 30 },
);

type Deed = typeof deeds extends fc.Arbitrary<readonly (infer Each)[]> ? Each : never;

/** A fixture begins empty; each crash of a property test is to hit it differently. */
export function describeRecordStore(name: string, makeFixture: (seed: number) => Promise<RecordStoreFixture>): void {
  describe(`record store: ${name}`, () => {
    let fixture: RecordStoreFixture;
    let records: RecordStore;
    let answers: (HalFault | null)[];

    beforeEach(async () => {
      fixture = await makeFixture(1);
      ({ records } = fixture);
      answers = [];
      expect(records.load()).to.deep.equal([]);
    });

    function append(...numbers: readonly number[]): void {
      for (const number of numbers) expect(records.append(recordOf(number))).to.equal(null);
    }

    async function syncedAnswer(): Promise<HalFault | null> {
      records.sync((fault) => answers.push(fault));
      await fixture.advance(SYNC_MAX_MS);
      return answers.at(-1) ?? null;
    }

    /** Crashes, and returns the numbers of the records that the next boot loads. */
    async function surviving(): Promise<number[]> {
      records = await fixture.crash();
      return records.load().map(({ number }) => number);
    }

    it('keeps what was synced, unaltered and in order, and goes on after it', async () => {
      const expected: JournalRecord[] = [];
      for (let boot = 1; boot <= 3; boot += 1) {
        for (const record of [recordOf(3 * boot - 2), recordOf(3 * boot - 1), snapshotOf(3 * boot)]) {
          expect(records.append(record)).to.equal(null);
          expected.push(record);
        }
        expect(await syncedAnswer()).to.equal(null);
        records = await fixture.crash();
        expect(records.load()).to.deep.equal(expected);
      }
    });

    it('keeps any text', async () => {
      const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\u2028', '\uFEFF', '"}')));
      await fc.assert(
        fc.asyncProperty(texts, async (personIds) => {
          const tried = await makeFixture(1);
          tried.records.load();
          const written = personIds.map((personId, index) => recordOf(index + 1, personId));
          for (const record of written) tried.records.append(record);
          tried.records.sync(() => {});
          await tried.advance(SYNC_MAX_MS);
          expect((await tried.crash()).load()).to.deep.equal(written);
        }),
        { seed: 1, numRuns: 50 },
      );
    });

    it('answers a sync once, later, never from inside the call', async () => {
      append(1);
      records.sync((fault) => answers.push(fault));
      expect(answers).to.deep.equal([]);
      await fixture.advance(10 * SYNC_MAX_MS);
      expect(answers).to.deep.equal([null]);
    });

    it('replaces everything by one snapshot, and goes on after it', async () => {
      append(1, 2, 3);
      await syncedAnswer();
      expect(records.replace(snapshotOf(4))).to.equal(null);
      append(5, 6);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([4, 5, 6]);
      append(7);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([4, 5, 6, 7]);
    });

    it('replaces while a sync is under way', async () => {
      append(1, 2, 3, 4, 5);
      records.sync(() => {});
      records.replace(snapshotOf(6));
      append(7);
      await fixture.advance(SYNC_MAX_MS);
      const found = await surviving();
      expect([6, 7].slice(0, found.length)).to.deep.equal(found).and.include(6);
      append(found.length + 6);
      expect(await syncedAnswer()).to.equal(null);
      expect((await surviving()).at(-1)).to.equal(found.length + 6);
    });

    it('takes records again after a crash at the moment of a replacement', async () => {
      for (let seed = 0; seed < 20; seed += 1) {
        fixture = await makeFixture(seed);
        ({ records } = fixture);
        records.load();
        append(1, 2, 3);
        await syncedAnswer();
        records.replace(snapshotOf(4));
        append(5, 6, 7);
        const found = await surviving();
        expect(String(found)).to.be.oneOf(['1,2,3', '4', '4,5', '4,5,6', '4,5,6,7']);
        const next = (found.at(-1) ?? 0) + 1;
        append(next);
        expect(await syncedAnswer()).to.equal(null);
        expect(await surviving()).to.deep.equal([...found, next]);
      }
    });

    it('drops what comes before a snapshot, and goes on after it', async () => {
      append(1, 2);
      expect(records.append(snapshotOf(3))).to.equal(null);
      append(4);
      expect(records.append(snapshotOf(5))).to.equal(null);
      append(6);
      await syncedAnswer();
      records.dropBefore(3);
      append(7);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([3, 4, 5, 6, 7]);
      append(8);
      records.dropBefore(5);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([5, 6, 7, 8]);
    });

    it('drops nothing before a record that is no snapshot', async () => {
      append(1, 2, 3);
      records.dropBefore(9);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([1, 2, 3]);
    });

    it('keeps what it fails to drop', async () => {
      append(1, 2);
      records.append(snapshotOf(3));
      await syncedAnswer();
      fixture.setTrouble('failing');
      records.dropBefore(3);
      await fixture.advance(SYNC_MAX_MS);
      fixture.setTrouble('none');
      append(4);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([1, 2, 3, 4]);
    });

    it('keeps nothing of a record that it refuses, and goes on with a snapshot that stands for it', async () => {
      append(1);
      fixture.setTrouble('full');
      expectFault(records.append(recordOf(2)), 'store');
      fixture.setTrouble('none');
      expectFault(records.append(recordOf(3)), 'store');
      expect(records.append(snapshotOf(4))).to.equal(null);
      append(5);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([1, 4, 5]);
    });

    it('takes no number twice', async () => {
      append(1, 2);
      expectFault(records.append(recordOf(2)), 'store');
      expectFault(records.append(snapshotOf(2)), 'store');
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([1, 2]);
    });

    it('takes a replacement again once there is room for it', async () => {
      append(1);
      await syncedAnswer();
      fixture.setTrouble('full');
      const raisedAlarms = Array.from({ length: 1_000 }, () => 'DoorAjar' as const);
      const large: JournalRecord = { ...snapshotOf(2), event: { kind: 'snapshot', state: { ...EMPTY, raisedAlarms } } };
      records.replace(large);
      await syncedAnswer();
      fixture.setTrouble('none');
      expect(records.replace({ ...large, number: 3 })).to.equal(null);
      append(4);
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([3, 4]);
    });

    it('never calls durable what a failing store may not have kept', async () => {
      append(1);
      fixture.setTrouble('failing');
      expectFault(await syncedAnswer(), 'store');
      expectFault(records.append(recordOf(2)), 'store');
      fixture.setTrouble('none');
      expect(await syncedAnswer()).to.equal(null);
      expect(await surviving()).to.deep.equal([1]);
    });

    it('never calls durable what follows a replacement that failed, unless it survives', async () => {
      append(1);
      await syncedAnswer();
      records.replace(snapshotOf(2));
      const fault = records.append(recordOf(3));
      fixture.setTrouble('failing');
      await fixture.advance(SYNC_MAX_MS);
      fixture.setTrouble('none');
      const acknowledged = fault === null && (await syncedAnswer()) === null;
      const found = await surviving();
      expect(found[0]).to.be.oneOf([1, 2]);
      if (acknowledged) expect(found).to.include(3);
    });

    it('goes on with a snapshot where a replacement failed, and calls that durable', async () => {
      append(1);
      await syncedAnswer();
      records.replace(snapshotOf(2));
      records.append(recordOf(3));
      fixture.setTrouble('failing');
      await fixture.advance(SYNC_MAX_MS);
      fixture.setTrouble('none');
      expect(records.append(snapshotOf(4))).to.equal(null);
      append(5);
      expect(await syncedAnswer()).to.equal(null);
      expect((await surviving()).slice(-2)).to.deep.equal([4, 5]);
    });

    it('keeps what was synced through crashes at any moment, and of the rest no more than its beginning', async () => {
      await fc.assert(
        fc.asyncProperty(deeds, fc.nat(), async (done, seed) => {
          await holdToHistory(await makeFixture(seed), done);
        }),
        { seed: 1, numRuns: 300 },
      );
    });
  });
}

/** Does all that to the records, and holds them to the contract at each crash and at the end. */
async function holdToHistory(fixture: RecordStoreFixture, done: readonly Deed[]): Promise<void> {
  const history = new DurableHistory<number>();
  let { records } = fixture;
  let kept = [...records.load()];
  const append = (record: JournalRecord): void => {
    expect(records.append(record)).to.equal(null);
    history.append([record.number]);
    kept.push(record);
  };
  const next = (): number => (kept.at(-1)?.number ?? 0) + 1;
  for (const { kind, amount } of [...done, { kind: 'crash', amount: 0 } as const]) {
    switch (kind) {
      case 'append':
        for (let appended = 0; appended < amount; appended += 1) append(recordOf(next()));
        break;
      case 'snapshot':
        append(snapshotOf(next()));
        break;
      case 'drop': {
        const snapshots = kept.slice(1).filter(({ event }) => event.kind === 'snapshot');
        const first = snapshots[amount % snapshots.length];
        if (first === undefined) break;
        // While it replaces something a store drops nothing.
        await fixture.advance(SYNC_MAX_MS);
        records.dropBefore(first.number);
        kept = kept.filter(({ number }) => number >= first.number);
        history.replace(kept.map(({ number }) => number));
        break;
      }
      case 'sync': {
        const succeed = history.sync();
        records.sync((fault) => {
          expect(fault).to.equal(null);
          succeed();
        });
        break;
      }
      case 'replace':
        await fixture.advance(SYNC_MAX_MS);
        kept = [snapshotOf(next())];
        expect(records.replace(snapshotOf(kept[0]?.number ?? 0))).to.equal(null);
        history.replace(kept.map(({ number }) => number));
        break;
      case 'wait':
        await fixture.advance(amount);
        break;
      case 'crash':
        records = await fixture.crash();
        kept = [...records.load()];
        history.crash(kept.map(({ number }) => number));
    }
  }
}
