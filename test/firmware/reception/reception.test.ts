import { expect } from 'chai';
import { receive } from '../../../firmware/reception/receive.js';
import type { Reception } from '../../../firmware/reception/reception.js';
import { Fold } from '../../../firmware/journal/fold.js';
import type { JournalEvent, RefusalReason } from '../../../firmware/journal/records.js';
import type { Request } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import type { Mode } from '../../../hal/contracts/report.js';
import { CHILD, FROM_UTC_MS, grantOf, noticeOf, OWNER, recordsOf, UNTIL_UTC_MS } from '../support/records.js';

const NOW_MS = 50_000;
const UTC_MS = FROM_UTC_MS + 60_000;

const RESIDENTS = new Map([OWNER, CHILD].map((resident) => [resident.id, resident]));

const ANNOUNCED: JournalEvent = { kind: 'visitAnnounced', grant: grantOf({ entries: 2 }) };
const ARRIVED: JournalEvent = { kind: 'visitorArrived', visitId: 'visit-1', personId: 'courier' };
const SPENT: JournalEvent = { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: 'visit-1', entry: 1 };
const ENDED: JournalEvent = {
  kind: 'visitEnded',
  visitId: 'visit-1',
  outcome: 'completed',
  entriesSpent: 1,
  doorOpenMs: 0,
  jams: 0,
  deliveryClaimed: false,
};
const REVOKED: JournalEvent = { kind: 'revoked', target: { kind: 'grant', id: 'visit-1' }, personId: 'owner' };

const FACTS = {
  settings: DEFAULT_SETTINGS,
  mode: 'normal',
  utcMs: UTC_MS,
  calendarUtcMs: UTC_MS,
  residents: RESIDENTS,
  nowMs: NOW_MS,
} as const;

function ask(request: Request, events: readonly JournalEvent[] = [ANNOUNCED], mode: Mode = 'normal'): Reception {
  const records = new Fold();
  for (const record of recordsOf(events)) records.apply(record);
  return receive(request, { ...FACTS, mode, access: records.access, records });
}

function refusal(request: Request, events?: readonly JournalEvent[], mode?: Mode): RefusalReason | null {
  return ask(request, events, mode).refusal;
}

const OF_VISIT = { personId: 'courier', visitId: 'visit-1' } as const;

describe('A request of the visitor', () => {
  const passed: readonly (readonly [Request, object])[] = [
    [
      { kind: 'enter', ...OF_VISIT, entry: 1 },
      { kind: 'entryAllowed', ...OF_VISIT, entry: 1 },
    ],
    [
      { kind: 'ring', ...OF_VISIT },
      { kind: 'visitorRang', visitId: 'visit-1' },
    ],
    [
      { kind: 'depart', ...OF_VISIT },
      { kind: 'departureStated', visitId: 'visit-1' },
    ],
    [
      { kind: 'claimDelivered', ...OF_VISIT },
      { kind: 'deliveryClaimed', ...OF_VISIT },
    ],
    [
      { kind: 'withdraw', ...OF_VISIT, reason: 'barkingHeard' },
      { kind: 'visitorWithdrew', visitId: 'visit-1', reason: 'barkingHeard' },
    ],
  ];
  for (const [request, event] of passed) {
    it(`to ${request.kind} reaches the core`, () => {
      expect(ask(request, [ANNOUNCED, ARRIVED]).refusal).to.equal(null);
      expect(ask(request, [ANNOUNCED, ARRIVED]).events).to.deep.equal([event]);
    });

    it(`to ${request.kind} is refused before the visitor has come to the door`, () => {
      expect(refusal(request)).to.equal('notArrived');
    });

    it(`to ${request.kind} is refused to anybody else, and for a visit that nobody announced`, () => {
      expect(refusal({ ...request, personId: 'somebody' } as Request)).to.equal('notYourVisit');
      expect(refusal({ ...request, visitId: 'no-visit' } as Request)).to.equal('unknownVisit');
    });
  }

  it('to arrive brings along what was planned, what is spent, and the window by the monotonic clock', () => {
    expect(ask({ kind: 'arrive', ...OF_VISIT }, [ANNOUNCED, SPENT]).events).to.deep.equal([
      {
        kind: 'visitorArrived',
        ...OF_VISIT,
        purpose: 'delivery',
        entries: 2,
        entriesSpent: 1,
        windowUntilAtMs: NOW_MS + (UNTIL_UTC_MS - UTC_MS),
      },
    ]);
  });

  it('to arrive or enter is judged by access', () => {
    for (const request of [
      { kind: 'arrive', ...OF_VISIT } as const,
      { kind: 'enter', ...OF_VISIT, entry: 2 } as const,
    ]) {
      expect(refusal({ ...request, personId: 'somebody' })).to.equal('notYourVisit');
      expect(refusal({ ...request, visitId: 'no-visit' })).to.equal('unknownVisit');
      expect(refusal(request, [ANNOUNCED, ENDED])).to.equal('visitEnded');
      expect(refusal(request, [ANNOUNCED, REVOKED])).to.equal('revoked');
      expect(refusal(request, [ANNOUNCED], 'privacy')).to.equal('mode');
    }
  });

  it('to enter an entry that the journal holds as spent is refused, whatever the core remembers', () => {
    const records = [ANNOUNCED, ARRIVED, SPENT];
    expect(refusal({ kind: 'enter', ...OF_VISIT, entry: 1 }, records)).to.equal('entrySpent');
    expect(refusal({ kind: 'enter', ...OF_VISIT, entry: 2 }, records)).to.equal(null);
  });

  it('to withdraw or say goodbye is heard in any mode and after the window', () => {
    for (const mode of ['privacy', 'lockDown'] as const) {
      const records = [ANNOUNCED, ARRIVED];
      expect(refusal({ kind: 'withdraw', ...OF_VISIT, reason: 'other' }, records, mode)).to.equal(null);
      expect(refusal({ kind: 'depart', ...OF_VISIT }, records, mode)).to.equal(null);
    }
  });
});

describe('A request of the household', () => {
  it('to lock passes from anybody at all, in any mode', () => {
    for (const mode of ['normal', 'privacy', 'vacation', 'passage', 'lockDown'] as const) {
      const reception = ask({ kind: 'lock', personId: 'a stranger' }, [], mode);
      expect(reception.events).to.deep.equal([{ kind: 'lockAsked', personId: 'a stranger' }]);
      expect(reception.records).to.deep.equal([
        { kind: 'boltAsked', goal: 'locked', personId: 'a stranger', source: 'remote' },
      ]);
    }
  });

  it('to unlock says where it came from', () => {
    const byApp = ask({ kind: 'unlock', personId: 'child', by: 'app' });
    expect(byApp.events).to.deep.equal([{ kind: 'unlockAllowed', personId: 'child', source: 'remote' }]);
    expect(byApp.records).to.deep.equal([{ kind: 'boltAsked', goal: 'unlocked', personId: 'child', source: 'remote' }]);
    const byCode = ask({ kind: 'unlock', personId: 'child', by: 'code' });
    expect(byCode.events).to.deep.equal([{ kind: 'unlockAllowed', personId: 'child', source: 'keypad' }]);
  });

  it('to unlock is judged by the mode', () => {
    expect(refusal({ kind: 'unlock', personId: 'child', by: 'code' }, [], 'vacation')).to.equal('mode');
    expect(refusal({ kind: 'unlock', personId: 'child', by: 'app' }, [], 'vacation')).to.equal(null);
    expect(refusal({ kind: 'unlock', personId: 'owner', by: 'app' }, [], 'lockDown')).to.equal(null);
    expect(refusal({ kind: 'unlock', personId: 'courier', by: 'app' })).to.equal('unknownPerson');
  });

  it('to answer the door is taken from residents only', () => {
    expect(ask({ kind: 'answer', personId: 'child' }).events).to.deep.equal([{ kind: 'answeredAtDoor' }]);
    expect(refusal({ kind: 'answer', personId: 'courier' })).to.equal('unknownPerson');
  });
});

describe('A request of the owner', () => {
  const requests: readonly Request[] = [
    { kind: 'endVisit', personId: 'owner', visitId: 'visit-1' },
    { kind: 'setMode', personId: 'owner', mode: 'privacy' },
    { kind: 'revoke', personId: 'owner', target: { kind: 'grant', id: 'visit-1' } },
    { kind: 'clearAlarm', personId: 'owner', alarm: 'DoorForcedOpen' },
  ];
  for (const request of requests) {
    it(`to ${request.kind} is taken from nobody else`, () => {
      expect(refusal(request)).to.equal(null);
      expect(refusal({ ...request, personId: 'child' } as Request)).to.equal('notAllowed');
      expect(refusal({ ...request, personId: 'courier' } as Request)).to.equal('unknownPerson');
    });
  }

  it('to set the mode, clear an alarm or end a visit reaches the core', () => {
    expect(ask({ kind: 'setMode', personId: 'owner', mode: 'privacy' }).events).to.deep.equal([
      { kind: 'modeSet', mode: 'privacy', personId: 'owner' },
    ]);
    expect(ask({ kind: 'clearAlarm', personId: 'owner', alarm: 'RelockFailed' }).events).to.deep.equal([
      { kind: 'alarmCleared', alarm: 'RelockFailed', personId: 'owner' },
    ]);
    expect(ask({ kind: 'endVisit', personId: 'owner', visitId: 'visit-1' }).events).to.deep.equal([
      { kind: 'visitStopped', visitId: 'visit-1', why: 'endedByOwner' },
    ]);
  });

  it('to end or revoke what is unknown, or has ended, is refused', () => {
    const end: Request = { kind: 'endVisit', personId: 'owner', visitId: 'visit-1' };
    const revoke: Request = { kind: 'revoke', personId: 'owner', target: { kind: 'grant', id: 'visit-1' } };
    for (const request of [end, revoke]) {
      expect(refusal(request, [])).to.equal('unknownVisit');
      expect(refusal(request, [ANNOUNCED, ENDED])).to.equal('visitEnded');
    }
  });

  it('to revoke is kept, and stops the visit', () => {
    const reception = ask({ kind: 'revoke', personId: 'owner', target: { kind: 'grant', id: 'visit-1' } });
    expect(reception.records).to.deep.equal([REVOKED]);
    expect(reception.events).to.deep.equal([{ kind: 'visitStopped', visitId: 'visit-1', why: 'revoked' }]);
  });
});

describe('A visit', () => {
  const corrected = grantOf({
    id: 'visit-2',
    fromUtcMs: FROM_UTC_MS + 7_200_000,
    untilUtcMs: UNTIL_UTC_MS + 7_200_000,
  });
  const correct: Request = { kind: 'correctVisit', replaces: 'visit-1', grant: corrected };

  it('that is announced is kept', () => {
    const reception = ask({ kind: 'announceVisit', grant: grantOf() }, []);
    expect(reception.records).to.deep.equal([{ kind: 'visitAnnounced', grant: grantOf() }]);
    expect(reception.notices).to.deep.equal([{ kind: 'announced', visitId: 'visit-1', detail: '', worker: false }]);
    expect(reception.events).to.deep.equal([]);
  });

  it('that is announced again word for word is the same one', () => {
    const again: Request = { kind: 'announceVisit', grant: grantOf({ entries: 2 }) };
    expect(ask(again)).to.deep.include({ refusal: null, visitId: 'visit-1', records: [], notices: [] });
    expect(refusal(again, [ANNOUNCED, ENDED])).to.equal('invalidGrant');
    const corrections: JournalEvent[] = [ANNOUNCED, { kind: 'visitAnnounced', grant: corrected, replaces: 'visit-1' }];
    expect(ask(correct, corrections)).to.deep.include({ refusal: null, visitId: 'visit-2', records: [] });
  });

  it('that is announced otherwise under a known id, or makes no sense, is refused', () => {
    expect(refusal({ kind: 'announceVisit', grant: grantOf() })).to.equal('invalidGrant');
    expect(refusal({ kind: 'announceVisit', grant: grantOf({ entries: 0 }) }, [])).to.equal('invalidGrant');
  });

  it('that is corrected is announced anew, and the old one ends', () => {
    const reception = ask(correct);
    expect(reception.records).to.deep.equal([{ kind: 'visitAnnounced', grant: corrected, replaces: 'visit-1' }]);
    expect(reception.notices.map(({ kind, visitId }) => ({ kind, visitId }))).to.deep.equal([
      { kind: 'corrected', visitId: 'visit-2' },
    ]);
    expect(reception.events).to.deep.equal([{ kind: 'visitStopped', visitId: 'visit-1', why: 'replaced' }]);
  });

  it('that is unknown, has ended or has begun is not corrected', () => {
    expect(refusal(correct, [])).to.equal('unknownVisit');
    expect(refusal(correct, [ANNOUNCED, ENDED])).to.equal('visitEnded');
    expect(refusal(correct, [ANNOUNCED, SPENT])).to.equal('visitUnderWay');
    expect(refusal(correct, [ANNOUNCED, REVOKED])).to.equal('revoked');
  });

  it('is not corrected into one that makes no sense', () => {
    expect(refusal({ ...correct, grant: { ...corrected, entries: 0 } })).to.equal('invalidGrant');
    expect(refusal({ ...correct, grant: { ...corrected, doorId: 'back-door' } })).to.equal('wrongDoor');
    expect(refusal({ ...correct, grant: { ...corrected, id: 'visit-1' } })).to.equal('invalidGrant');
  });

  it('is refused when more are announced than can be kept', () => {
    const many = Array.from({ length: 1_024 }, (_, index): JournalEvent => ({
      kind: 'visitAnnounced',
      grant: grantOf({ id: `visit-${index}` }),
    }));
    const one = grantOf({ id: 'one more' });
    expect(refusal({ kind: 'announceVisit', grant: one }, many)).to.equal('tooManyVisits');
    expect(refusal({ kind: 'announceVisit', grant: one }, many.slice(1))).to.equal(null);
  });

  it('takes the place of those that nobody needs to remember any more', () => {
    const lasting = Array.from({ length: 1_023 }, (_, index): JournalEvent => ({
      kind: 'visitAnnounced',
      grant: grantOf({ id: `visit-${index + 2}`, untilUtcMs: UNTIL_UTC_MS + 86_400_000 }),
    }));
    const told: JournalEvent = {
      kind: 'noticeQueued',
      notice: noticeOf(1, { kind: 'visitEnded', visitId: 'visit-1' }),
    };
    const records = new Fold();
    for (const record of recordsOf([...lasting, ANNOUNCED, ENDED])) records.apply(record);
    const facts = { ...FACTS, access: records.access, records };
    const one: Request = { kind: 'announceVisit', grant: grantOf({ id: 'one', untilUtcMs: UNTIL_UTC_MS + 7_200_000 }) };
    const number = records.nextRecordNumber;
    records.apply({
      number,
      atMs: 0,
      utcMs: UNTIL_UTC_MS,
      event: { kind: 'petLooseSet', loose: false, personId: 'owner' },
    });
    expect(receive(one, facts).refusal, 'untold').to.equal('tooManyVisits');
    records.apply({ number: number + 1, atMs: 0, utcMs: UNTIL_UTC_MS, event: told });
    expect(receive(one, facts).refusal, 'told').to.equal(null);
  });

  it('that is spent and forgotten does not come again while the calendar is unset', () => {
    const records = new Fold();
    const years = 20 * 366 * 86_400_000;
    const told: JournalEvent = {
      kind: 'noticeQueued',
      notice: noticeOf(1, { kind: 'visitEnded', visitId: 'visit-1' }),
    };
    for (const record of recordsOf([ANNOUNCED, ENDED, told])) {
      records.apply({ ...record, utcMs: FROM_UTC_MS + years });
    }
    records.snapshot();
    expect(records.ledger.size).to.equal(0);
    const facts = { ...FACTS, utcMs: null, calendarUtcMs: null, access: records.access, records };
    expect(receive({ kind: 'announceVisit', grant: grantOf({ entries: 2 }) }, facts).refusal).to.equal('windowPassed');
  });
});
