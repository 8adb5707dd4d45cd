import { expect } from 'chai';
import type { JournalEvent } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import { LockBench } from './support/lock-bench.js';
import { FROM_UTC_MS, grantOf, noticeOf, recordsOf, UNTIL_UTC_MS } from './support/records.js';
import { RecordsToHand } from './support/record-stores.js';

const ANNOUNCE: Request = { kind: 'announceVisit', grant: grantOf() };
const ARRIVE: Request = { kind: 'arrive', personId: 'courier', visitId: 'visit-1' };
const RING: Request = { kind: 'ring', personId: 'courier', visitId: 'visit-1' };
const ENTER: Request = { kind: 'enter', personId: 'courier', visitId: 'visit-1', entry: 1 };
const UNLOCK: Request = { kind: 'unlock', personId: 'owner', by: 'app' };
const LOCK: Request = { kind: 'lock', personId: 'owner' };

/** What the camera would be sending: a frame each 100 ms, and a confirmation of each. */
function film(bench: LockBench, ms: number): LockBench {
  for (let passed = 0; passed < ms; passed += 100) {
    bench.pass(100);
    const nowMs = bench.clock.nowMs();
    bench.hal.say.cameraFrames(nowMs, nowMs, nowMs);
    bench.hal.say.recorder(nowMs);
  }
  return bench;
}

/** The courier has rung, waited and asked, and the bolt is drawn for them. */
function retracting(store?: RecordsToHand): LockBench {
  const bench = LockBench.ready(store).ask(ANNOUNCE, ARRIVE, RING);
  bench.hal.say.cameraPower(true);
  film(bench, 10_000).ask(ENTER);
  return film(bench, 600);
}

describe('The lock', () => {
  it('throws at settings out of bounds', () => {
    expect(() => new LockBench(new RecordsToHand(), { autoRelockMs: 1 })).to.throw(RangeError, 'autoRelockMs');
  });

  describe('at boot', () => {
    it('records that it booted, before anything else', () => {
      expect(new LockBench().store.kinds[0]).to.equal('booted');
    });

    it('orders every output, the motor to stop', () => {
      expect(new LockBench().hal.takeOrders()).to.deep.equal([
        'stop',
        'camera off',
        'recording dark',
        'jam dark',
        'fault dark',
        'stop recording',
      ]);
    });

    it('homes a bolt that it finds between, without being asked', () => {
      const bench = new LockBench();
      bench.hal.say.boardLink(true);
      bench.hal.say.doorContact(true);
      bench.hal.say.boltSwitches(false, false);
      bench.hal.takeOrders();
      expect(bench.pass(300).hal.takeOrders()).to.deep.equal(['extend']);
    });

    it('sends the notices that the last boot left', () => {
      const kept = recordsOf([{ kind: 'noticeQueued', notice: noticeOf(1) }]);
      expect(new LockBench(new RecordsToHand(kept)).post.letters).to.deep.equal([noticeOf(1)]);
    });

    it('is in the mode of the journal, and raises the alarms that stand', () => {
      const kept = recordsOf([
        { kind: 'modeChanged', mode: 'lockDown', personId: 'owner' },
        { kind: 'alarmRaised', alarm: 'DoorForcedOpen' },
      ]);
      const bench = new LockBench(new RecordsToHand(kept));
      expect(bench.reports.at(-1)?.mode).to.equal('lockDown');
      expect(bench.alarms).to.include('DoorForcedOpen raised');
    });

    const announced: JournalEvent = { kind: 'visitAnnounced', grant: grantOf() };
    const arrived: JournalEvent = { kind: 'visitorArrived', visitId: 'visit-1', personId: 'courier' };
    const intended: JournalEvent = {
      kind: 'driveIntended',
      goal: 'unlocked',
      source: 'visit',
      visitId: 'visit-1',
      entry: 1,
    };

    it('takes up a visit whose visitor may be inside, locks, and asks for their departure', () => {
      const store = new RecordsToHand(recordsOf([announced, arrived, intended]));
      const bench = new LockBench(store);
      bench.hal.say.boardLink(true);
      bench.hal.say.doorContact(true);
      bench.hal.say.boltSwitches(false, true);
      expect(bench.pass(300).hal.orders.at(-1)).to.equal('extend');
      bench.pass(1_000).hal.say.boltSwitches(true, false);
      expect(bench.pass(60_000).recordsOf('visitEnded')[0]?.outcome).to.equal('departureUnconfirmed');
    });

    it('takes up the visit of somebody inside whose grant was revoked', () => {
      const revoked: JournalEvent = { kind: 'revoked', target: { kind: 'grant', id: 'visit-1' }, personId: 'owner' };
      const store = new RecordsToHand(recordsOf([announced, arrived, intended, revoked]));
      const bench = new LockBench(store).hearHardware().pass(120_000);
      expect(bench.recordsOf('visitEnded')).to.have.length(1);
    });

    it('does not open again for an entry that was spent', () => {
      const store = new RecordsToHand(recordsOf([announced, arrived, intended]));
      const bench = LockBench.ready(store).ask(ENTER);
      expect(bench.recordsOf('requestRefused')[0]?.reason).to.equal('entrySpent');
    });

    it('ends a visit that nobody came for at the end of its window', () => {
      const bench = LockBench.ready(new RecordsToHand(recordsOf([announced])));
      bench.pass(UNTIL_UTC_MS - FROM_UTC_MS - 1_001);
      expect(bench.recordsOf('visitEnded')).to.be.empty;
      bench.pass(1);
      expect(bench.recordsOf('visitEnded')[0]).to.include({ visitId: 'visit-1', outcome: 'missed' });
    });
  });

  describe('lets a courier in', () => {
    it('only once the intent is durable', () => {
      const bench = retracting();
      expect(bench.recordsOf('driveIntended')).to.have.length(1);
      expect(bench.hal.orders).to.include('retract');
      const store = new RecordsToHand();
      const waiting = LockBench.ready(store).ask(UNLOCK);
      waiting.clock.pass(1_999);
      expect(waiting.hal.orders).to.not.include('retract');
      waiting.answer();
      expect(waiting.hal.orders).to.include('retract');
    });

    it('with the camera on from the arrival, recording from the request', () => {
      const bench = retracting();
      const orders = bench.hal.takeOrders();
      expect(orders.indexOf('camera on')).to.be.below(orders.indexOf('record'));
      expect(orders.indexOf('record')).to.be.below(orders.indexOf('recording lit'));
      expect(orders.indexOf('recording lit')).to.be.below(orders.indexOf('retract'));
    });

    it('not when the intent cannot be made durable', () => {
      const store = new RecordsToHand();
      const bench = LockBench.ready(store).ask(UNLOCK);
      store.failing.sync = true;
      bench.answer();
      expect(bench.pass(10_000).hal.orders).to.not.include('retract');
      expect(bench.alarms).to.include('StoreFailed raised');
    });

    it('not by the sync of an opening that was called off', () => {
      const bench = LockBench.ready().ask(UNLOCK, LOCK, UNLOCK);
      bench.store.completeSync();
      expect(bench.hal.orders).to.not.include('retract');
      bench.answer();
      expect(bench.hal.orders).to.include('retract');
    });
  });

  it('feels a stall by the current, and stops', () => {
    const bench = LockBench.ready().ask(UNLOCK).answer();
    bench.hal.takeOrders();
    for (let ms = 0; ms <= 120; ms += 10) {
      bench.hal.say.motorCurrent(370, 6_000);
      bench.clock.pass(10);
    }
    expect(bench.hal.takeOrders()).to.deep.equal(['stop']);
    expect(bench.answer().recordsOf('jamDetected')).to.have.length(1);
  });

  it('tries again when the board refuses an order', () => {
    const bench = LockBench.ready();
    bench.hal.say.boltSwitches(false, true);
    bench.hal.refusing = true;
    bench.ask(LOCK);
    bench.pass(10_000);
    expect(bench.hal.takeOrders()).to.include('extend');
    bench.hal.refusing = false;
    bench.pass(1_000);
    expect(bench.hal.takeOrders()).to.deep.equal(['extend']);
  });

  describe('keeps one timer', () => {
    it('and no more, through everything', () => {
      expect(retracting().clock.alarmsMade).to.equal(1);
    });

    it('which is not set while nothing is due', () => {
      expect(LockBench.ready().clock.nextDueMs()).to.equal(Infinity);
    });

    it('and misses no deadline that falls on a refused request, a notice answered or a network that returns', () => {
      const disturbances: readonly ((bench: LockBench) => unknown)[] = [
        (bench) => bench.ask({ kind: 'unlock', personId: 'a stranger', by: 'app' }),
        (bench) => bench.ask({ kind: 'announceVisit', grant: grantOf({ id: 'visit-2' }) }),
        (bench) => bench.post.deliver(),
        (bench) => bench.hal.say.networkLink(true),
        (bench) => bench.calendar.jumpTo(FROM_UTC_MS + 5_000),
      ];
      for (const disturb of disturbances) {
        const bench = new LockBench();
        bench.hal.say.boardLink(true);
        bench.hal.say.boltSwitches(false, false);
        bench.hal.say.doorContact(true);
        bench.clock.pass(299);
        const dueMs = bench.clock.nowMs() + 1;
        expect(bench.clock.nextDueMs()).to.equal(dueMs);
        bench.clock.disturbAt(dueMs, () => disturb(bench));
        bench.clock.pass(1);
        expect(bench.hal.orders).to.include('extend');
      }
    });
  });
});
