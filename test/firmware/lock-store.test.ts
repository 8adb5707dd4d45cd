import { expect } from 'chai';
import type { Request } from '../../firmware/requests.js';
import { LockBench } from './support/lock-bench.js';
import { RecordsToHand } from './support/record-stores.js';

const UNLOCK: Request = { kind: 'unlock', personId: 'owner', by: 'app' };
const LOCK: Request = { kind: 'lock', personId: 'owner' };

/** Unlocked by the household, with the bolt at rest inside. */
function unlocked(store: RecordsToHand): LockBench {
  const bench = LockBench.ready(store).ask(UNLOCK).answer();
  bench.hal.say.boltSwitches(false, true);
  bench.pass(1_000).hal.takeOrders();
  return bench;
}

describe('A store that fails', () => {
  for (const part of ['append', 'sync'] as const) {
    it(`to ${part} is told once, and holds up no locking`, () => {
      const store = new RecordsToHand();
      const bench = unlocked(store);
      store.failing[part] = true;
      bench.ask(LOCK).pass(1_000);
      expect(bench.hal.takeOrders()).to.include('extend');
      bench.hal.say.boltSwitches(true, false);
      bench.pass(10_000);
      expect(bench.reports.at(-1)?.position).to.equal('locked');
      expect(bench.alarms).to.deep.equal(['StoreFailed raised']);
    });

    it(`to ${part} refuses to open`, () => {
      const store = new RecordsToHand();
      const bench = LockBench.ready(store);
      store.failing[part] = true;
      bench.ask(UNLOCK).pass(5_000).ask(UNLOCK).pass(5_000);
      expect(bench.hal.takeOrders()).to.not.include('retract');
    });

    it(`to ${part} opens again once it works`, () => {
      const store = new RecordsToHand();
      const bench = LockBench.ready(store);
      store.failing[part] = true;
      bench.ask(UNLOCK).pass(5_000);
      store.failing[part] = false;
      bench.ask(LOCK, UNLOCK).pass(5_000).ask(UNLOCK).pass(100);
      expect(bench.alarms.at(-1)).to.equal('StoreFailed cleared');
      expect(bench.hal.takeOrders()).to.include('retract');
    });
  }

  it('forgets nothing of what happened meanwhile', () => {
    const store = new RecordsToHand();
    const bench = LockBench.ready(store);
    store.failing.append = true;
    bench.ask({ kind: 'setMode', personId: 'owner', mode: 'privacy' }).pass(1_000);
    store.failing.append = false;
    bench.ask(LOCK, UNLOCK).pass(1_000);
    const again = new LockBench(new RecordsToHand(store.kept));
    expect(again.reports.at(-1)?.mode).to.equal('privacy');
  });

  it('from the boot on, as one with a damaged journal, opens to nobody, says so, and still locks', () => {
    const store = new RecordsToHand();
    store.failing = { append: true, sync: true, replace: true };
    const bench = LockBench.ready(store);
    bench.ask(UNLOCK).pass(60_000).ask(UNLOCK).pass(5_000);
    expect(bench.hal.takeOrders()).to.not.include('retract');
    expect(new Set(bench.alarms)).to.deep.equal(new Set(['StoreFailed raised']));
    expect(store.kept).to.deep.equal([]);
    bench.hal.say.boltSwitches(false, true);
    bench.pass(60_000);
    expect(bench.hal.takeOrders()).to.include('extend');
  });

  it('at every other record makes no storm of alarms', () => {
    const store = new RecordsToHand();
    const bench = unlocked(store);
    let appends = 0;
    const takes = store.append.bind(store);
    store.append = (record) => {
      appends += 1;
      store.failing.append = appends % 2 === 1;
      return takes(record);
    };
    expect(() => bench.ask(LOCK, UNLOCK, LOCK).pass(1_000)).to.not.throw();
    expect(appends).to.be.below(200);
  });
});

describe('The journal of a lock', () => {
  it('is flushed after everything that happens', () => {
    const store = new RecordsToHand();
    const bench = LockBench.ready(store);
    expect(store.syncsUnderWay).to.equal(0);
    bench.hal.say.doorContact(false);
    expect(store.syncsUnderWay).to.equal(1);
  });

  it('numbers its notices on over a reboot', () => {
    const store = new RecordsToHand();
    unlocked(store).ask({ kind: 'setMode', personId: 'owner', mode: 'privacy' }).answer();
    const again = new LockBench(new RecordsToHand(store.kept)).hearHardware();
    again.ask({ kind: 'setMode', personId: 'owner', mode: 'normal' });
    const numbers = [...store.kept, ...again.store.kept.slice(store.kept.length)].flatMap(({ event }) =>
      event.kind === 'noticeQueued' ? [event.notice.number] : [],
    );
    expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
  });

  it('holds the intent of a movement before the motor is ordered', () => {
    const store = new RecordsToHand();
    const bench = unlocked(store);
    const { extend } = bench.hal.boltMotor;
    let kept: string | undefined;
    bench.hal.boltMotor.extend = () => {
      kept = store.kinds.findLast((kind) => kind.startsWith('drive'));
      return extend();
    };
    bench.ask(LOCK);
    expect(kept).to.equal('driveIntended');
  });
});
