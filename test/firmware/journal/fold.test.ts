import { expect } from 'chai';
import fc from 'fast-check';
import type { AlarmName, Mode } from '../../../hal/contracts/report.js';
import { Fold, LEDGER_MAX } from '../../../firmware/journal/fold.js';
import { PENDING_NOTICES_MAX } from '../../../firmware/journal/notice-queue.js';
import type { DurableState, JournalEvent, JournalRecord, LedgerEntry } from '../../../firmware/journal/records.js';
import { entryOf, FROM_UTC_MS, grantOf, noticeOf, recordsOf, UNTIL_UTC_MS } from '../support/records.js';

function foldOf(records: readonly JournalRecord[]): Fold {
  const fold = new Fold();
  for (const record of records) fold.apply(record);
  return fold;
}

function sumOf(...events: JournalEvent[]): Fold {
  return foldOf(recordsOf(events));
}

const ANNOUNCED: JournalEvent = { kind: 'visitAnnounced', grant: grantOf() };
const ARRIVED: JournalEvent = { kind: 'visitorArrived', visitId: 'visit-1', personId: 'courier' };
const OPENING: JournalEvent = {
  kind: 'driveIntended',
  goal: 'unlocked',
  source: 'visit',
  visitId: 'visit-1',
  entry: 1,
};
const LOCKING: JournalEvent = { kind: 'driveIntended', goal: 'locked', source: 'visit', visitId: null, entry: null };
const LOCKED: JournalEvent = { kind: 'driveEnded', goal: 'locked', result: 'ok', bolt: 'extended' };
const DEPARTED: JournalEvent = { kind: 'departed', visitId: 'visit-1', how: 'shown' };
const ENDED = {
  kind: 'visitEnded',
  visitId: 'visit-1',
  outcome: 'completed',
  entriesSpent: 1,
  doorOpenMs: 12_000,
  jams: 0,
  deliveryClaimed: false,
} as const;
const TOLD: JournalEvent = {
  kind: 'noticeQueued',
  notice: noticeOf(1, { kind: 'visitEnded', visitId: 'visit-1', detail: 'completed' }),
};

function visit(fold: Fold): LedgerEntry | undefined {
  return fold.ledger.get('visit-1');
}

describe('The sum of the journal', () => {
  const ledger: readonly (readonly [string, readonly JournalEvent[], Partial<LedgerEntry>])[] = [
    ['announced', [ANNOUNCED], {}],
    ['whose visitor is at the door', [ANNOUNCED, ARRIVED], { arrived: true }],
    ['with an entry intended', [ANNOUNCED, ARRIVED, OPENING], { arrived: true, entriesSpent: 1, entryOpen: true }],
    ['departed', [ANNOUNCED, ARRIVED, OPENING, DEPARTED], { arrived: true, entriesSpent: 1 }],
    [
      'ended',
      [ANNOUNCED, ARRIVED, OPENING, ENDED],
      { arrived: true, entriesSpent: 1, entryOpen: false, outcome: 'completed' },
    ],
  ];
  for (const [name, events, expected] of ledger) {
    it(`knows a visit ${name}`, () => {
      expect(visit(sumOf(...events))).to.include(expected);
      expect(visit(sumOf(...events))).to.have.all.keys(Object.keys(entryOf()));
    });
  }

  it('spends an entry when its intent is handed over, and never gives it back', () => {
    const fold = sumOf(ANNOUNCED, { ...OPENING, entry: 2 }, OPENING, DEPARTED);
    expect(visit(fold)?.entriesSpent).to.equal(2);
  });

  it("keeps the jams and the worker's word of the visit whose visitor is there", () => {
    const jam: JournalEvent = { kind: 'jamDetected', goal: 'locked', attempt: 1 };
    const claimed: JournalEvent = { kind: 'deliveryClaimed', visitId: 'visit-1', personId: 'courier' };
    const fold = sumOf(jam, ANNOUNCED, jam, ARRIVED, jam, claimed);
    expect(visit(fold)).to.include({ jams: 1, deliveryClaimed: true });
    const restored = foldOf(recordsOf([{ kind: 'snapshot', state: fold.snapshot() }, jam, ENDED, jam]));
    expect(visit(restored)).to.include({ jams: 2, deliveryClaimed: true });
  });

  it('knows a visit as replaced by the very record that announces the other', () => {
    const later: JournalEvent = { kind: 'visitAnnounced', grant: grantOf({ id: 'visit-2' }), replaces: 'visit-1' };
    expect(visit(sumOf(ANNOUNCED, later))).to.include({ cause: 'replaced', outcome: null });
  });

  it('spends no entry by an opening of the household, nor by any locking', () => {
    const household: JournalEvent = { ...OPENING, source: 'remote', visitId: null, entry: null };
    expect(visit(sumOf(ANNOUNCED, household, LOCKING))?.entriesSpent).to.equal(0);
  });

  it('takes no notice of visits that it does not know', () => {
    expect(sumOf(OPENING, DEPARTED, ENDED, ARRIVED).ledger.size).to.equal(0);
  });

  it('remembers a revocation, and not over an outcome', () => {
    const revoked: JournalEvent = { kind: 'revoked', target: { kind: 'grant', id: 'visit-1' }, personId: 'owner' };
    expect(visit(sumOf(ANNOUNCED, revoked))).to.not.deep.equal(visit(sumOf(ANNOUNCED)));
    expect(visit(sumOf(ANNOUNCED, ENDED, revoked))?.outcome).to.equal('completed');
  });

  it('knows the mode, and which alarms are raised', () => {
    const fold = sumOf(
      { kind: 'modeChanged', mode: 'privacy', personId: 'owner' },
      { kind: 'alarmRaised', alarm: 'DoorAjar' },
      { kind: 'alarmRaised', alarm: 'LockJammed' },
      { kind: 'alarmCleared', alarm: 'DoorAjar' },
    );
    expect(fold.mode).to.equal('privacy');
    expect([...fold.raisedAlarms]).to.deep.equal(['LockJammed']);
  });

  const explanations: readonly (readonly [string, readonly JournalEvent[], boolean])[] = [
    ['an opening', [OPENING], true],
    ['a locking', [LOCKING], false],
    ['an opening and a locking that came home', [OPENING, LOCKING, LOCKED], false],
    [
      'an opening and a locking that jammed',
      [OPENING, LOCKING, { ...LOCKED, bolt: 'between', result: 'jammed' }],
      true,
    ],
    ['an opening and a key that locked', [OPENING, { kind: 'boltMovedByHand', bolt: 'extended' }], false],
    [
      'an opening and a bolt found at home',
      [OPENING, { kind: 'positionFound', bolt: 'extended', doorClosed: true }],
      false,
    ],
    ['a hand', [{ kind: 'boltMovedByHand', bolt: 'retracted' }], false],
  ];
  for (const [name, events, explained] of explanations) {
    it(`${explained ? 'explains' : 'does not explain'} a retracted bolt after ${name}`, () => {
      expect(sumOf(...events).retractionIntended).to.equal(explained);
    });
  }

  it('counts records and notices on', () => {
    const fold = foldOf(recordsOf([ANNOUNCED, { kind: 'noticeQueued', notice: noticeOf(41) }], 7));
    expect(fold.nextRecordNumber).to.equal(9);
    expect(fold.noticeQueues.get('home')?.nextNumber).to.equal(42);
  });

  it('never believes the calendar to be earlier than it was', () => {
    const stamp = (utcMs: number | null, number: number): JournalRecord => ({
      number,
      atMs: 0,
      utcMs,
      event: { kind: 'booted' },
    });
    expect(foldOf([]).latestUtcMs).to.equal(-Infinity);
    expect(foldOf([stamp(5_000, 1), stamp(3_000, 2), stamp(null, 3)]).latestUtcMs).to.equal(5_000);
  });

  it('carries the calendar on by its own clock, and over a reboot knows only what was recorded', () => {
    const event: JournalEvent = { kind: 'doorMoved', closed: true };
    const fold = foldOf([{ number: 1, atMs: 1_000, utcMs: FROM_UTC_MS, event }]);
    expect(fold.leastUtcMs(61_000)).to.equal(FROM_UTC_MS + 60_000);
    fold.apply({ number: 2, atMs: 61_000, utcMs: FROM_UTC_MS - 1e9, event });
    expect(fold.leastUtcMs(121_000)).to.equal(FROM_UTC_MS + 120_000);
    fold.apply({ number: 3, atMs: 10, utcMs: FROM_UTC_MS - 1e9, event: { kind: 'booted' } });
    expect(fold.leastUtcMs(1_010)).to.equal(FROM_UTC_MS + 1_000);
  });
});

describe('An ended visit is remembered', () => {
  function announceMany(fold: Fold, count: number, utcMs: number): void {
    for (let index = 0; index < count; index += 1) {
      const grant = grantOf({ id: `later-${index}`, untilUtcMs: UNTIL_UTC_MS + 1e9 });
      fold.apply({ number: 100 + index, atMs: 0, utcMs, event: { kind: 'visitAnnounced', grant } });
    }
  }

  it('until its window has passed, however many come after it', () => {
    const fold = sumOf(ANNOUNCED, ENDED, TOLD);
    announceMany(fold, LEDGER_MAX, UNTIL_UTC_MS - 1);
    expect(fold.ledger.has('visit-1')).to.equal(true);
    announceMany(fold, 1, UNTIL_UTC_MS);
    expect(fold.ledger.has('visit-1')).to.equal(false);
  });

  it('until its window has passed by a calendar that is in step with the clock, or falls behind it', () => {
    for (const calendarMsPerMs of [1, 0.9]) {
      const fold = sumOf(ANNOUNCED, ENDED, TOLD);
      const announceAt = (atMs: number): void => {
        const utcMs = FROM_UTC_MS + atMs * calendarMsPerMs;
        const grant = grantOf({ id: `later-${atMs}`, untilUtcMs: UNTIL_UTC_MS + 1e9 });
        fold.apply({ number: fold.nextRecordNumber, atMs, utcMs, event: { kind: 'visitAnnounced', grant } });
      };
      for (let atMs = 0; atMs < LEDGER_MAX; atMs += 1) announceAt(atMs);
      expect(fold.ledger.has('visit-1')).to.equal(true);
      announceAt(UNTIL_UTC_MS - FROM_UTC_MS);
      expect(fold.ledger.has('visit-1')).to.equal(false);
    }
  });

  it('until the owner is told of its end, which a power cut may have prevented', () => {
    const fold = sumOf(ANNOUNCED, ENDED);
    announceMany(fold, LEDGER_MAX + 1, UNTIL_UTC_MS);
    expect(visit(fold)?.untoldResult).to.deep.equal({
      entriesSpent: ENDED.entriesSpent,
      measured: { doorOpenMs: ENDED.doorOpenMs, jams: ENDED.jams },
      claimed: { delivered: ENDED.deliveryClaimed },
    });
    fold.apply({ number: 9_999, atMs: 0, utcMs: UNTIL_UTC_MS, event: TOLD });
    announceMany(fold, 1, UNTIL_UTC_MS);
    expect(visit(fold)).to.equal(undefined);
  });

  it('as long as it has not ended', () => {
    const fold = sumOf(ANNOUNCED, OPENING);
    announceMany(fold, LEDGER_MAX, UNTIL_UTC_MS + 1e6);
    expect(visit(fold)?.entriesSpent).to.equal(1);
  });
});

describe('Pending notices', () => {
  const queued = (number: number): JournalEvent => ({ kind: 'noticeQueued', notice: noticeOf(number) });

  it('wait in order until they are delivered', () => {
    const fold = sumOf(queued(1), queued(2), queued(3));
    expect(fold.noticeQueues.get('home')?.oldest()).to.deep.equal(noticeOf(1));
    fold.apply({ number: 9, atMs: 0, utcMs: null, event: { kind: 'noticesDelivered', stream: 'home', number: 2 } });
    expect(fold.noticeQueues.get('home')?.oldest()).to.deep.equal(noticeOf(3));
    fold.apply({ number: 10, atMs: 0, utcMs: null, event: { kind: 'noticesDelivered', stream: 'home', number: 3 } });
    expect(fold.noticeQueues.get('home')?.oldest()).to.equal(undefined);
  });

  function outage(count: number): Fold {
    return foldOf(recordsOf(Array.from({ length: count }, (_, index) => queued(index + 1))));
  }

  it('are all kept up to 10,000', () => {
    expect(outage(PENDING_NOTICES_MAX).noticeQueues.get('home')?.oldest()).to.deep.equal(noticeOf(1));
  });

  it('fold past 10,000 into one summary that carries the numbers of the oldest', () => {
    const fold = outage(PENDING_NOTICES_MAX + 1);
    expect(fold.noticeQueues.get('home')?.oldest()).to.deep.equal({
      number: 5_001,
      to: 'owner',
      kind: 'summary',
      visitId: null,
      detail: '1-5001',
      utcMs: null,
    });
    fold.apply({ number: 1, atMs: 0, utcMs: null, event: { kind: 'noticesDelivered', stream: 'home', number: 5_001 } });
    expect(fold.noticeQueues.get('home')?.oldest()).to.deep.equal(noticeOf(5_002));
  });

  it('fold again and again, and no number is lost', () => {
    const fold = outage(40_000);
    const pendingNotices = fold.snapshot().noticeQueues[0]?.pending ?? [];
    const [summary, ...rest] = pendingNotices;
    expect(pendingNotices.length).to.be.at.most(PENDING_NOTICES_MAX);
    expect(summary?.detail).to.equal(`1-${summary?.number}`);
    rest.forEach((notice, index) => expect(notice.number).to.equal((summary?.number ?? 0) + 1 + index));
    expect(rest.at(-1)?.number).to.equal(40_000);
  });

  it('summarise from the first that is still pending', () => {
    const fold = outage(10);
    fold.apply({ number: 11, atMs: 0, utcMs: null, event: { kind: 'noticesDelivered', stream: 'home', number: 4 } });
    for (let number = 11; number <= PENDING_NOTICES_MAX + 5; number += 1) {
      fold.apply({ number, atMs: 0, utcMs: null, event: queued(number) });
    }
    expect(fold.noticeQueues.get('home')?.oldest()?.detail).to.match(/^5-/);
  });
});

describe('A snapshot', () => {
  const ids = fc.constantFrom('visit-1', 'visit-2', 'visit-3');
  const alarms = fc.constantFrom<AlarmName[]>('DoorAjar', 'LockJammed', 'StoreFailed');
  const arbitraryEvent: fc.Arbitrary<JournalEvent> = fc.oneof(
    fc.record({ kind: fc.constant('visitAnnounced'), grant: ids.map((id) => grantOf({ id, entries: 3 })) }),
    fc.record({ kind: fc.constant('visitorArrived'), visitId: ids, personId: fc.constant('courier') }),
    fc.record({
      kind: fc.constant('driveIntended'),
      goal: fc.constantFrom('locked', 'unlocked'),
      source: fc.constant('visit'),
      visitId: fc.option(ids),
      entry: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      kind: fc.constant('driveEnded'),
      goal: fc.constantFrom('locked', 'unlocked'),
      result: fc.constant('ok'),
      bolt: fc.constantFrom('extended', 'retracted', 'between'),
    }),
    fc.record({ kind: fc.constant('departed'), visitId: ids, how: fc.constant('shown') }),
    ids.map((visitId): JournalEvent => ({ ...ENDED, visitId })),
    ids.map((id): JournalEvent => ({ kind: 'revoked', target: { kind: 'grant', id }, personId: 'owner' })),
    fc.record({ kind: fc.constant('alarmRaised'), alarm: alarms }),
    fc.record({ kind: fc.constant('alarmCleared'), alarm: alarms }),
    fc.record({
      kind: fc.constant('modeChanged'),
      mode: fc.constantFrom<Mode[]>('normal', 'privacy', 'passage'),
      personId: fc.constant('owner'),
    }),
    fc.constant<JournalEvent>({ kind: 'noticeQueued', notice: noticeOf(0) }),
    fc.record({
      kind: fc.constant('noticesDelivered'),
      stream: fc.constant('home'),
      number: fc.integer({ min: 0, max: 20 }),
    }),
    fc.constant<JournalEvent>({ kind: 'booted' }),
  );

  /** Notices count up by one, whatever the generator says. */
  function numbered(events: readonly JournalEvent[]): JournalRecord[] {
    let notices = 0;
    return recordsOf(
      events.map((event) => {
        if (event.kind !== 'noticeQueued') return event;
        notices += 1;
        return { ...event, notice: noticeOf(notices) };
      }),
    );
  }

  function stateOf(fold: Fold): DurableState {
    return fold.snapshot();
  }

  it('and the records after it add up to what all records add up to', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 40 }), fc.nat(40), (events, cut) => {
        const records = numbered(events);
        const whole = foldOf(records);
        const first = foldOf(records.slice(0, cut));
        const stored = JSON.parse(JSON.stringify(stateOf(first))) as DurableState;
        const at = records[Math.max(0, Math.min(cut, records.length) - 1)];
        const rest = foldOf([
          {
            number: first.nextRecordNumber,
            atMs: at?.atMs ?? 0,
            utcMs: at?.utcMs ?? null,
            event: { kind: 'snapshot', state: stored },
          },
          ...records.slice(cut).map((record) => ({ ...record, number: record.number + 1 })),
        ]);
        const { latestUtcMs, ...sum } = stateOf(rest);
        const { latestUtcMs: wholeUtcMs, ...expected } = stateOf(whole);
        expect(sum).to.deep.equal({ ...expected, nextRecordNumber: whole.nextRecordNumber + 1 });
        if (records.length > 0) expect(latestUtcMs).to.equal(wholeUtcMs);
      }),
    );
  });

  it('shares nothing with the sum, which goes on', () => {
    const fold = sumOf(ANNOUNCED, { kind: 'alarmRaised', alarm: 'DoorAjar' });
    const before = structuredClone(stateOf(fold));
    const snapshot = stateOf(fold);
    for (const record of recordsOf([OPENING, ENDED, { kind: 'alarmCleared', alarm: 'DoorAjar' }], 3))
      fold.apply(record);
    expect(snapshot).to.deep.equal(before);
  });

  it('forgets the calendar no more than the journal does', () => {
    const fold = foldOf([
      {
        number: 1,
        atMs: 0,
        utcMs: 1_000,
        event: { kind: 'snapshot', state: { ...stateOf(new Fold()), latestUtcMs: FROM_UTC_MS } },
      },
    ]);
    expect(fold.latestUtcMs).to.equal(FROM_UTC_MS);
  });
});
