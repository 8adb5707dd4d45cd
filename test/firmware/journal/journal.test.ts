import { expect } from 'chai';
import type { Clock, WallClock } from '../../../hal/contracts/clock.js';
import { Fold } from '../../../firmware/journal/fold.js';
import { Journal, SEGMENT_RECORDS } from '../../../firmware/journal/journal.js';
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
    expect(journal.sum.nextNoticeNumber).to.equal(7);
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
      journal.append({ kind: 'noticesDelivered', number: 1 });
      journal.flush();
      expect(store.syncsUnderWay).to.equal(0);
      journal.append({ kind: 'noticesDelivered', number: 2 });
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
    it('after 5,000 records, by one snapshot that adds up to them', () => {
      const { journal, store } = almostFull(1);
      journal.append(DOOR_OPENED);
      expect(store.kept).to.have.length(SEGMENT_RECORDS);
      journal.append({ kind: 'alarmRaised', alarm: 'LockJammed' });
      expect(store.kinds).to.deep.equal(['snapshot']);
      const read = new Fold();
      for (const record of store.kept) read.apply(record);
      expect(read.nextRecordNumber).to.equal(journal.sum.nextRecordNumber);
      expect([...read.raisedAlarms]).to.deep.equal(['LockJammed']);
      expect(read.ledger.has('visit-1')).to.equal(true);
    });

    it('and numbers on without a gap', () => {
      const { journal, store } = almostFull(0);
      for (let count = 0; count < 3; count += 1) journal.append(DOOR_OPENED);
      const numbers = store.kept.map(({ number }) => number);
      expect(numbers).to.deep.equal([SEGMENT_RECORDS + 2, SEGMENT_RECORDS + 3, SEGMENT_RECORDS + 4]);
    });

    it('by the records that it finds at boot too', () => {
      const kept = recordsOf(Array.from({ length: SEGMENT_RECORDS }, (): JournalEvent => DOOR_OPENED));
      const { journal, store } = benchOn(new RecordsToHand(kept));
      journal.append(DOOR_OPENED);
      expect(store.kinds).to.deep.equal(['snapshot']);
    });

    it('again with the next record when it failed, and drops nothing before', () => {
      const { journal, store } = almostFull(0);
      store.failing.replace = true;
      journal.append(DOOR_OPENED);
      journal.append(DOOR_OPENED);
      expect(store.kept).to.have.length(SEGMENT_RECORDS + 2);
      store.failing.replace = false;
      journal.append(DOOR_OPENED);
      expect(store.kinds).to.deep.equal(['snapshot']);
    });

    it('and numbers without a gap when it failed', () => {
      const { journal, store } = almostFull(0);
      store.failing.replace = true;
      for (let count = 0; count < 3; count += 1) journal.append(DOOR_OPENED);
      const numbers = store.kept.slice(-3).map(({ number }) => number);
      expect(numbers).to.deep.equal([SEGMENT_RECORDS + 1, SEGMENT_RECORDS + 2, SEGMENT_RECORDS + 3]);
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
  });
});
