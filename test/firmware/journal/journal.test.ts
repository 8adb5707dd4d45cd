import { expect } from 'chai';
import type { Clock, WallClock } from '../../../hal/contracts/clock.js';
import { Fold } from '../../../firmware/journal/fold.js';
import { Journal, KEPT_RECORDS, SEGMENT_RECORDS } from '../../../firmware/journal/journal.js';
import type { JournalEvent, JournalRecord } from '../../../firmware/journal/records.js';
import { grantOf, noticeOf, recordsOf } from '../support/records.js';
import { RecordsToHand } from '../support/record-stores.js';

const CALENDAR: WallClock = { nowUtcMs: () => 9_000_000, watch: () => {} };

const DOOR_OPENED: JournalEvent = { kind: 'doorMoved', closed: false };

interface Bench {
  readonly journal: Journal;
  readonly store: RecordsToHand;
  /** What the journal said of the store, in order. */
  readonly working: boolean[];
  readonly pass: (ms: number) => void;
}

function benchOn(store: RecordsToHand): Bench {
  let nowMs = 4_000;
  const clock: Clock = { nowMs: () => nowMs, alarm: () => ({ set: () => {}, clear: () => {} }) };
  const working: boolean[] = [];
  const journal = new Journal(store, clock, CALENDAR, (works) => working.push(works));
  return { journal, store, working, pass: (ms) => (nowMs += ms) };
}

/** A journal whose next records fill its segment. */
function almostFull(left: number): Bench {
  const bench = benchOn(new RecordsToHand());
  bench.journal.append({ kind: 'visitAnnounced', grant: grantOf() });
  for (let count = 1; count < SEGMENT_RECORDS - left; count += 1) bench.journal.append(DOOR_OPENED);
  return bench;
}

describe('The journal', () => {
  it('stamps and numbers what happens', () => {
    const { journal, store } = benchOn(new RecordsToHand());
    journal.append(DOOR_OPENED);
    journal.append({ kind: 'doorMoved', closed: true });
    expect(store.kept).to.deep.equal([
      { number: 1, atMs: 4_000, utcMs: 9_000_000, event: DOOR_OPENED },
      { number: 2, atMs: 4_000, utcMs: 9_000_000, event: { kind: 'doorMoved', closed: true } },
    ]);
  });

  it('goes on where the last boot stopped', () => {
    const kept = recordsOf(
      [
        { kind: 'visitAnnounced', grant: grantOf() },
        { kind: 'noticeQueued', notice: noticeOf(6) },
      ],
      40,
    );
    const { journal, store } = benchOn(new RecordsToHand(kept));
    expect(journal.sum.ledger.has('visit-1')).to.equal(true);
    expect(journal.sum.noticeQueues.get('home')?.nextNumber).to.equal(7);
    journal.append(DOOR_OPENED);
    expect(store.kept.at(-1)?.number).to.equal(42);
  });

  it('adds up what it is told, at once', () => {
    const { journal } = benchOn(new RecordsToHand());
    journal.append({ kind: 'alarmRaised', alarm: 'DoorAjar' });
    expect([...journal.sum.raisedAlarms]).to.deep.equal(['DoorAjar']);
  });

  describe('flushes', () => {
    it('once for all that has gathered, one sync at a time', () => {
      const { journal, store } = benchOn(new RecordsToHand());
      journal.append(DOOR_OPENED);
      journal.append(DOOR_OPENED);
      journal.flush();
      journal.append(DOOR_OPENED);
      journal.flush();
      expect(store.syncsUnderWay).to.equal(1);
      store.completeSync();
      expect(store.syncsUnderWay).to.equal(1);
      store.completeSync();
      expect(store.syncsUnderWay).to.equal(0);
    });

    it('not when nothing is new', () => {
      const { journal, store } = benchOn(new RecordsToHand());
      journal.flush();
      expect(store.syncsUnderWay).to.equal(0);
    });

    it('not for a delivery while others are pending: forgotten, it is only repeated', () => {
      const { journal, store } = benchOn(new RecordsToHand());
      for (const number of [1, 2]) journal.append({ kind: 'noticeQueued', notice: noticeOf(number) });
      journal.flush();
      store.completeSync();
      journal.append({ kind: 'noticesDelivered', stream: 'home', number: 1 });
      journal.flush();
      expect(store.syncsUnderWay).to.equal(0);
      journal.append({ kind: 'noticesDelivered', stream: 'home', number: 2 });
      journal.flush();
      expect(store.syncsUnderWay).to.equal(1);
    });

    it('and tells of a sync that fails', () => {
      const { journal, store, working } = benchOn(new RecordsToHand());
      journal.append(DOOR_OPENED);
      journal.flush();
      store.failing.sync = true;
      store.completeSync();
      expect(working).to.deep.equal([false]);
    });

    it('and makes durable a second later, unasked, what a failed sync left open', () => {
      const { journal, store, working, pass } = benchOn(new RecordsToHand());
      journal.append(DOOR_OPENED);
      journal.flush();
      store.failing.sync = true;
      store.completeSync();
      store.failing.sync = false;
      journal.flush();
      expect(store.syncsUnderWay, 'not at once').to.equal(0);
      expect(journal.wakeAtMs).to.equal(5_000);
      pass(1_000);
      journal.flush();
      store.completeSync();
      expect(working).to.deep.equal([false, true]);
      expect(journal.wakeAtMs).to.equal(Infinity);
    });
  });

  describe('rotates', () => {
    /** Appends so many records, one after the other. */
    function go(journal: Journal, records: number): void {
      for (let count = 0; count < records; count += 1) journal.append(DOOR_OPENED);
    }

    function snapshotsIn({ kept }: RecordsToHand): number[] {
      return kept.filter(({ event }) => event.kind === 'snapshot').map(({ number }) => number);
    }

    it('after every 5,000 records by a snapshot of what they add up to, which opens the next segment', () => {
      const { journal, store } = almostFull(1);
      expect(snapshotsIn(store)).to.deep.equal([]);
      journal.append({ kind: 'alarmRaised', alarm: 'LockJammed' });
      expect(snapshotsIn(store)).to.deep.equal([SEGMENT_RECORDS + 1]);
      go(journal, SEGMENT_RECORDS - 1);
      expect(snapshotsIn(store)).to.deep.equal([SEGMENT_RECORDS + 1, 2 * SEGMENT_RECORDS + 1]);
      const read = new Fold();
      for (const record of store.kept.slice(SEGMENT_RECORDS)) read.apply(record);
      expect(read.nextRecordNumber).to.equal(journal.sum.nextRecordNumber);
      expect([...read.raisedAlarms]).to.deep.equal(['LockJammed']);
      expect(read.ledger.has('visit-1')).to.equal(true);
    });

    it('and drops the oldest segments once more than 20,000 records are kept', () => {
      const { journal, store } = almostFull(0);
      go(journal, KEPT_RECORDS - SEGMENT_RECORDS - 4);
      expect(store.kept).to.have.length(KEPT_RECORDS - 1);
      go(journal, 1);
      expect(snapshotsIn(store).at(-1)).to.equal(KEPT_RECORDS + 1);
      expect(store.kept).to.have.length(KEPT_RECORDS + 1 - SEGMENT_RECORDS);
      expect(store.kept[0]?.number).to.equal(SEGMENT_RECORDS + 1);
      go(journal, SEGMENT_RECORDS);
      expect(store.kept[0]?.number).to.equal(2 * SEGMENT_RECORDS + 1);
    });

    it('and holds no more than that over a long time and many boots', () => {
      let bench = almostFull(0);
      for (let boot = 0; boot < 12; boot += 1) {
        go(bench.journal, SEGMENT_RECORDS - 777);
        expect(bench.store.kept.length).to.be.at.most(KEPT_RECORDS + SEGMENT_RECORDS);
        bench = benchOn(new RecordsToHand(bench.store.kept));
      }
      const numbers = bench.store.kept.map(({ number }) => number);
      expect(numbers).to.deep.equal(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    });

    it('by the records that it finds at boot too', () => {
      const kept = recordsOf(Array.from({ length: SEGMENT_RECORDS - 1 }, (): JournalEvent => DOOR_OPENED));
      const { journal, store } = benchOn(new RecordsToHand(kept));
      journal.append(DOOR_OPENED);
      expect(store.kinds.at(-1)).to.equal('snapshot');
    });

    it('again with the next record when its snapshot was refused', () => {
      const { journal, store } = almostFull(1);
      const take = store.append.bind(store);
      store.append = (record) => {
        store.failing.append = record.event.kind === 'snapshot';
        return take(record);
      };
      go(journal, 2);
      expect(store.kinds).to.not.include('snapshot');
      store.append = take;
      store.failing.append = false;
      go(journal, 1);
      expect(store.kinds.at(-1)).to.equal('snapshot');
      const numbers = store.kept.map(({ number }) => number);
      expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
    });

    it('with the next segment again when nothing could be dropped', () => {
      const { journal, store } = almostFull(0);
      store.failing.replace = true;
      go(journal, KEPT_RECORDS);
      expect(store.kept.length).to.be.above(KEPT_RECORDS);
      store.failing.replace = false;
      go(journal, SEGMENT_RECORDS);
      expect(store.kept.length).to.be.at.most(KEPT_RECORDS);
    });
  });

  describe('with a store that fails', () => {
    it('says so, and goes on adding up', () => {
      const { journal, store } = benchOn(new RecordsToHand());
      store.failing.append = true;
      expect(journal.append({ kind: 'alarmRaised', alarm: 'DoorAjar' })?.part).to.equal('store');
      expect([...journal.sum.raisedAlarms]).to.deep.equal(['DoorAjar']);
    });

    it('catches up with a snapshot once the store works', () => {
      const { journal, store, pass } = benchOn(new RecordsToHand());
      store.failing.append = true;
      journal.append({ kind: 'alarmRaised', alarm: 'DoorAjar' });
      store.failing.append = false;
      pass(1_000);
      journal.flush();
      const read = new Fold();
      for (const record of store.kept satisfies JournalRecord[]) read.apply(record);
      expect([...read.raisedAlarms]).to.deep.equal(['DoorAjar']);
    });

    it('has one snapshot take the place of all where there is no room to append, and goes on from there', () => {
      const { journal, store, pass } = benchOn(new RecordsToHand());
      journal.append(DOOR_OPENED);
      store.failing.append = true;
      journal.append({ kind: 'alarmRaised', alarm: 'DoorAjar' });
      pass(1_000);
      journal.flush();
      expect(store.kinds).to.deep.equal(['snapshot']);
      store.completeSync();
      store.failing.append = false;
      pass(1_000);
      journal.flush();
      store.completeSync();
      expect(store.kinds).to.deep.equal(['snapshot', 'snapshot']);
      for (let count = 0; count < SEGMENT_RECORDS; count += 1) journal.append(DOOR_OPENED);
      expect(store.kinds.filter((kind) => kind === 'snapshot')).to.have.length(3);
    });
  });
});
