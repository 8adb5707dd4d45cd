import { expect } from 'chai';
import type { JournalEvent, RefusalReason } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import { LockBench } from './support/lock-bench.js';
import { FROM_UTC_MS, grantOf, recordsOf, UNTIL_UTC_MS } from './support/records.js';
import { RecordsToHand } from './support/record-stores.js';

const HOUR_MS = 3_600_000;

const ANNOUNCE: Request = { kind: 'announceVisit', grant: grantOf() };
const ARRIVE: Request = { kind: 'arrive', personId: 'courier', visitId: 'visit-1' };
const END: Request = { kind: 'endVisit', personId: 'owner', visitId: 'visit-1' };
const REVOKE: Request = { kind: 'revoke', personId: 'owner', target: { kind: 'grant', id: 'visit-1' } };

function outcomes(bench: LockBench): string[] {
  return bench.recordsOf('visitEnded').map(({ visitId, outcome }) => `${visitId} ${outcome}`);
}

function refusals(bench: LockBench): RefusalReason[] {
  return bench.recordsOf('requestRefused').map(({ reason }) => reason);
}

describe('A guest who types the code again', () => {
  it('while the door waits for the recording is refused, and keeps the visit', () => {
    const hash = { salt: 'A'.repeat(22), hash: 'A'.repeat(43), cost: 14 };
    const holder = { kind: 'guest', personId: 'gran' } as const;
    const code = { userNumber: 7, holder, hash, expiresUtcMs: UNTIL_UTC_MS, usesLeft: null };
    const typed: Request = { kind: 'enterCode', userNumber: 7, right: true };
    const bench = LockBench.ready().ask(
      {
        kind: 'setGuest',
        personId: 'owner',
        guest: { personId: 'gran', schedule: { kind: 'always' }, expiresUtcMs: null },
      },
      { kind: 'setCode', asker: { kind: 'person', personId: 'owner' }, code },
      typed,
      typed,
    );
    expect(bench.recordsOf('entryAccepted')).to.have.length(1);
    expect(refusals(bench)).to.deep.equal(['visitUnderWay']);
    expect(outcomes(bench)).to.be.empty;
  });
});

describe('A visit that nobody has come for yet', () => {
  it('is announced to the owner', () => {
    expect(LockBench.ready().ask(ANNOUNCE).answer().notices).to.deep.equal(['owner: announced']);
  });

  it('ends as denied when the owner ends it, and once only', () => {
    const bench = LockBench.ready()
      .ask(ANNOUNCE, END, END, REVOKE)
      .pass(2 * HOUR_MS);
    expect(outcomes(bench)).to.deep.equal(['visit-1 denied']);
    expect(refusals(bench)).to.deep.equal(['visitEnded', 'visitEnded']);
    expect(bench.notices).to.include.members(['owner: visitEnded denied', 'worker: visitEnded denied']);
  });

  it('ends as revoked when its grant is, and is refused from then on', () => {
    const bench = LockBench.ready()
      .ask(ANNOUNCE, REVOKE, ARRIVE)
      .pass(2 * HOUR_MS);
    expect(bench.recordsOf('revoked')).to.have.length(1);
    expect(outcomes(bench)).to.deep.equal(['visit-1 revoked']);
    expect(refusals(bench)).to.deep.equal(['revoked']);
  });

  it('ends as replaced when its time is corrected, and the new one counts', () => {
    const later = grantOf({ id: 'visit-2', fromUtcMs: FROM_UTC_MS + HOUR_MS, untilUtcMs: UNTIL_UTC_MS + HOUR_MS });
    const bench = LockBench.ready().ask(ANNOUNCE, { kind: 'correctVisit', replaces: 'visit-1', grant: later }, ARRIVE);
    expect(outcomes(bench)).to.deep.equal(['visit-1 replaced']);
    expect(bench.answer().notices).to.include('owner: corrected');
    bench.pass(HOUR_MS).ask({ ...ARRIVE, visitId: 'visit-2' });
    expect(bench.recordsOf('visitorArrived').map(({ visitId }) => visitId)).to.deep.equal(['visit-2']);
  });

  it('ends as replaced at the next boot, if the power was cut between the two records', () => {
    const later = grantOf({ id: 'visit-2', fromUtcMs: FROM_UTC_MS + HOUR_MS, untilUtcMs: UNTIL_UTC_MS + HOUR_MS });
    const kept = recordsOf([
      { kind: 'visitAnnounced', grant: grantOf() },
      { kind: 'visitAnnounced', grant: later, replaces: 'visit-1' },
    ]);
    const bench = LockBench.ready(new RecordsToHand(kept)).ask(ARRIVE);
    expect(outcomes(bench)).to.deep.equal(['visit-1 replaced']);
    expect(refusals(bench)).to.deep.equal(['visitEnded']);
  });

  it('is not ended by a lock-down, which only refuses it', () => {
    const bench = LockBench.ready().ask(ANNOUNCE, { kind: 'setMode', personId: 'owner', mode: 'lockDown' }, ARRIVE);
    expect(outcomes(bench)).to.be.empty;
    expect(refusals(bench)).to.deep.equal(['mode']);
  });

  it('ends as missed at the end of its window, each at its own', () => {
    const bench = LockBench.ready().ask(
      { kind: 'announceVisit', grant: grantOf({ id: 'late', untilUtcMs: UNTIL_UTC_MS + HOUR_MS }) },
      ANNOUNCE,
    );
    bench.pass(HOUR_MS - 1_001);
    expect(outcomes(bench)).to.be.empty;
    expect(outcomes(bench.pass(1))).to.deep.equal(['visit-1 missed']);
    expect(outcomes(bench.pass(HOUR_MS - 1))).to.deep.equal(['visit-1 missed']);
    expect(outcomes(bench.pass(1))).to.deep.equal(['visit-1 missed', 'late missed']);
    expect(bench.clock.nextDueMs()).to.equal(Infinity);
  });

  it('ends as missed as soon as a calendar that jumps ahead says so', () => {
    const bench = LockBench.ready().ask(ANNOUNCE);
    bench.calendar.jumpTo(UNTIL_UTC_MS + 1);
    expect(outcomes(bench.pass(1_000))).to.deep.equal(['visit-1 missed']);
  });

  it('ends as missed once an unset calendar is set', () => {
    const bench = new LockBench(new RecordsToHand(), {}, null)
      .hearHardware()
      .ask(ANNOUNCE)
      .pass(10 * HOUR_MS);
    expect(outcomes(bench)).to.be.empty;
    bench.calendar.jumpTo(UNTIL_UTC_MS - 5_000);
    expect(outcomes(bench.pass(4_999))).to.be.empty;
    expect(outcomes(bench.pass(1_001))).to.deep.equal(['visit-1 missed']);
  });

  it('does not keep the lock awake while the calendar is behind', () => {
    const bench = LockBench.ready()
      .ask(ANNOUNCE)
      .pass(HOUR_MS - 1_010);
    bench.ask({ kind: 'lock', personId: 'owner' });
    bench.ask({ kind: 'unlock', personId: 'a stranger', by: 'app' });
    bench.calendar.jumpTo(FROM_UTC_MS - 30 * 24 * HOUR_MS);
    bench.pass(60_000);
    let wakeUps = 0;
    const untilMs = bench.clock.nowMs() + 60_000;
    while (bench.clock.nextDueMs() <= untilMs) {
      bench.clock.pass(bench.clock.nextDueMs() - bench.clock.nowMs());
      wakeUps += 1;
    }
    expect(wakeUps).to.be.at.most(60);
  });
});

describe('A visit whose visitor is there', () => {
  it('ends with a lock-down, with the camera off again', () => {
    const bench = LockBench.ready().ask(ANNOUNCE, ARRIVE);
    expect(bench.hal.takeOrders()).to.deep.equal(['camera on']);
    bench.ask({ kind: 'setMode', personId: 'owner', mode: 'lockDown' });
    expect(outcomes(bench)).to.deep.equal(['visit-1 lockedDown']);
    expect(bench.hal.takeOrders()).to.deep.equal(['camera off']);
    expect(bench.recordsOf('modeChanged')).to.have.length(1);
  });

  it('is not ended by any other mode', () => {
    const bench = LockBench.ready().ask(ANNOUNCE, ARRIVE, { kind: 'setMode', personId: 'owner', mode: 'privacy' });
    expect(outcomes(bench)).to.be.empty;
  });

  it('ends as denied, revoked or replaced at the door', () => {
    const later = grantOf({ id: 'visit-2', untilUtcMs: UNTIL_UTC_MS + HOUR_MS });
    const ends: readonly (readonly [Request, string])[] = [
      [END, 'denied'],
      [REVOKE, 'revoked'],
      [{ kind: 'correctVisit', replaces: 'visit-1', grant: later }, 'replaced'],
    ];
    for (const [request, outcome] of ends) {
      expect(outcomes(LockBench.ready().ask(ANNOUNCE, ARRIVE, request))).to.deep.equal([`visit-1 ${outcome}`]);
    }
  });

  it('is not ended by the end of another', () => {
    const other = grantOf({ id: 'visit-2' });
    const bench = LockBench.ready().ask(ANNOUNCE, { kind: 'announceVisit', grant: other }, ARRIVE);
    bench.ask({ kind: 'endVisit', personId: 'owner', visitId: 'visit-2' });
    expect(outcomes(bench)).to.deep.equal(['visit-2 denied']);
  });

  it('is the only one that ends by its own clock when windows pass', () => {
    const bench = LockBench.ready().ask(ANNOUNCE, { kind: 'announceVisit', grant: grantOf({ id: 'visit-2' }) }, ARRIVE);
    bench.pass(2 * HOUR_MS);
    expect(outcomes(bench).toSorted()).to.deep.equal(['visit-1 missed', 'visit-2 missed']);
  });

  it('is taken up after a reboot where it was', () => {
    const events: JournalEvent[] = [
      { kind: 'visitAnnounced', grant: grantOf({ entries: 2 }) },
      { kind: 'visitorArrived', visitId: 'visit-1', personId: 'courier' },
    ];
    const bench = LockBench.ready(new RecordsToHand(recordsOf(events)));
    expect(bench.hal.orders).to.not.include('camera off');
    bench.ask({ kind: 'ring', personId: 'courier', visitId: 'visit-1' });
    expect(refusals(bench)).to.be.empty;
    expect(outcomes(bench.pass(HOUR_MS))).to.deep.equal(['visit-1 missed']);
  });
});

describe('A request that is refused', () => {
  it('is recorded in its own words, and told', () => {
    const bench = LockBench.ready().ask({ kind: 'enter', personId: 'courier', visitId: 'no-visit', entry: 2 });
    expect(bench.recordsOf('requestRefused')).to.deep.equal([
      {
        kind: 'requestRefused',
        request: 'enter',
        personId: 'courier',
        visitId: 'no-visit',
        entry: 2,
        reason: 'unknownVisit',
      },
    ]);
    expect(bench.answer().notices).to.include('owner: refused unknownVisit');
  });

  it('moves nothing', () => {
    const bench = LockBench.ready().ask({ kind: 'unlock', personId: 'a stranger', by: 'code' }).pass(10_000);
    expect(bench.hal.takeOrders()).to.be.empty;
  });
});
