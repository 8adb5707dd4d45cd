import { expect } from 'chai';
import { CoreDriver } from '../support/core-driver.js';
import { jamForGood, jammed, locking, throwBolt, unlocking, visitAt } from '../support/stories.js';

/** The orders that follow one stall at `nowMs`, up to the next drive towards the goal. */
function afterStall(lock: CoreDriver): [number, string][] {
  const stallMs = lock.nowMs;
  return lock.motor('stalled').pass(3_000).drives(stallMs).slice(0, 4);
}

describe('A jam', () => {
  it('is relieved by a short reversal, and retried after 0.5, 1 and 2 s', () => {
    const lock = locking().pass(960);
    for (const backOffMs of [500, 1_000, 2_000]) {
      expect(afterStall(lock)).to.deep.equal([
        [0, 'off'],
        [60, 'retract'],
        [210, 'off'],
        [270 + backOffMs, 'extend'],
      ]);
      lock.nowMs = lock.state.bolt.drivenAtMs + 500;
    }
  });

  it('of the fourth attempt raises JAMMED and is left alone for a minute', () => {
    const lock = jammed();
    expect(lock.state.bolt).to.include({ phase: 'resting', jammed: true, lastResult: 'jammed' });
    expect(lock.alarms).to.include('LockJammed');
    const latchedMs = lock.nowMs;
    lock.pass(59_939);
    expect(lock.starts(latchedMs)).to.be.empty;
    expect(lock.pass(1).drive).to.equal('extend');
  });

  it('three times is not JAMMED yet', () => {
    const lock = locking();
    for (const ms of [770, 1_270, 2_270]) lock.pass(300).motor('stalled').pass(ms);
    expect(lock.drive).to.equal('extend');
    expect(lock.alarms).to.not.include('LockJammed');
    expect(throwBolt(lock, 'extended').report).to.include({ position: 'locked', lastResult: 'ok' });
  });

  it('is told as jammed, and a drive that takes too long as timed out', () => {
    expect(locking().pass(300).motor('stalled').report.lastResult).to.equal('jammed');
    expect(locking().pass(2_500).report.lastResult).to.equal('timedOut');
  });

  it('at the very switch is none', () => {
    const lock = locking().pass(960).bolt('extended').motor('stalled').pass(1_000);
    expect(lock.report).to.include({ position: 'locked', lastResult: 'ok' });
  });

  it('whose bolt slides home in the coast is over: it is not driven off again', () => {
    const lock = visitAt('relocking').pass(340).bolt('between').pass(900);
    const stallMs = lock.nowMs;
    lock.motor('stalled').pass(10).bolt('extended').pass(5_000);
    expect(lock.drives(stallMs)).to.deep.equal([[0, 'off']]);
    expect(lock.report).to.include({ position: 'locked', lastResult: 'ok' });
  });

  describe('relief', () => {
    it('ends early at a resistance', () => {
      const lock = locking().pass(960);
      const stallMs = lock.nowMs;
      lock.motor('stalled').pass(160).motor('stalled').pass(2_000);
      expect(lock.drives(stallMs).slice(1, 4)).to.deep.equal([
        [60, 'retract'],
        [160, 'off'],
        [720, 'extend'],
      ]);
    });

    it('is left out where the bolt was not seen to travel: it might reach the retracted switch', () => {
      const lock = locking().pass(90);
      const stallMs = lock.nowMs;
      lock.motor('stalled').pass(2_000);
      expect(lock.drives(stallMs)).to.deep.equal([
        [0, 'off'],
        [560, 'extend'],
      ]);
    });

    it('takes no more than half of what the drive out has surely travelled', () => {
      const lock = locking().pass(200);
      const stallMs = lock.nowMs;
      lock.motor('stalled').pass(600);
      expect(lock.drives(stallMs).slice(0, 3)).to.deep.equal([
        [0, 'off'],
        [60, 'retract'],
        [110, 'off'],
      ]);
    });

    it('takes no more in all than the drives out have won', () => {
      const lock = locking().pass(500 - 40);
      lock
        .motor('stalled')
        .pass(60 + 150 + 60 + 500)
        .pass(130);
      const stallMs = lock.nowMs;
      lock.motor('stalled').pass(600);
      expect(lock.drives(stallMs).slice(0, 3)).to.deep.equal([
        [0, 'off'],
        [60, 'retract'],
        [90, 'off'],
      ]);
    });

    it('is left out where a hand has put the bolt', () => {
      const lock = CoreDriver.atRest().bolt('between').pass(10_000).askLock().pass(130);
      expect(lock.drive).to.equal('extend');
      const stallMs = lock.nowMs;
      lock.motor('stalled').pass(2_000);
      expect(lock.drives(stallMs).map(([, drive]) => drive)).to.not.include('retract');
    });

    it('does not count the way that a retraction has taken back', () => {
      const lock = unlocking().pass(900).askLock().pass(60);
      const stallMs = lock.pass(130).nowMs;
      lock.motor('stalled').pass(2_000);
      expect(lock.drives(stallMs).map(([, drive]) => drive)).to.not.include('retract');
    });

    it('is not driven out at an open door', () => {
      const lock = unlocking().pass(500).motor('stalled').pass(59).door('open');
      const openMs = lock.nowMs;
      lock.pass(2_000);
      expect(lock.drives(openMs).map(([, drive]) => drive)).to.not.include('extend');
    });

    for (const [name, happens] of [
      ['the door opens', (lock) => lock.door('open')],
      ['a hand takes the bolt in', (lock) => lock.bolt('retracted')],
      ['the household unlocks', (lock) => lock.askUnlock()],
    ] satisfies [string, (lock: CoreDriver) => unknown][]) {
      it(`ends at once when ${name}`, () => {
        const lock = locking().pass(960).motor('stalled').pass(100);
        expect(lock.drive).to.equal('retract');
        happens(lock);
        expect(lock.drive).to.equal('off');
      });
    }
  });

  describe('for good', () => {
    const restarts: readonly (readonly [string, (lock: CoreDriver) => unknown, number])[] = [
      ['a lock request', (lock) => lock.askLock(), 0],
      ['a closing, once settled', (lock) => lock.door('open').pass(2_000).door('closed'), 300],
    ];
    for (const [name, restart, afterMs] of restarts) {
      it(`is tried afresh, four times, at ${name}`, () => {
        const lock = jammed().pass(20_000);
        restart(lock);
        lock.pass(afterMs);
        expect(lock.drive).to.equal('extend');
        const startMs = lock.nowMs;
        jamForGood(lock);
        expect(lock.drives(startMs).filter(([, drive]) => drive === 'extend')).to.have.length(4);
      });
    }

    it('is tried once a minute', () => {
      const lock = jammed();
      let startMs = lock.nowMs;
      for (const minute of [1, 2, 3, 4]) {
        while (lock.drive === 'off') lock.pass(1);
        expect(lock.nowMs - startMs, `minute ${minute}`).to.be.within(59_000, 61_000);
        startMs = lock.nowMs;
        lock.pass(300).motor('stalled');
      }
    });

    it('does not change by a lock request during an attempt', () => {
      const asked = jammed().askLock().pass(300);
      const startMs = asked.nowMs;
      asked.askLock().askLock().motor('stalled').askLock().pass(10_000);
      const plain = jammed().askLock().pass(300).motor('stalled').pass(10_000);
      expect(asked.drives(startMs)).to.deep.equal(plain.drives(startMs));
    });

    it('clears with the next good travel', () => {
      const lock = throwBolt(jammed().askLock(), 'extended');
      expect(lock.alarms).to.not.include('LockJammed');
      expect(lock.report).to.include({ position: 'locked', lastResult: 'ok' });
    });

    it('clears when a hand brings the bolt home behind a closed door', () => {
      const lock = jammed().bolt('extended');
      expect(lock.alarms).to.not.include('LockJammed');
    });

    it('stays while the bolt is out at an open door', () => {
      const lock = jammed().door('open').bolt('extended').pass(600_000);
      expect(lock.alarms).to.include('LockJammed');
    });

    it('stays over any time, and never reads as locked', () => {
      const lock = jammed().door('open').pass(86_400_000);
      expect(lock.alarms).to.include('LockJammed');
      expect(lock.report).to.include({ position: 'notFullyLocked', lastResult: 'jammed' });
    });

    it('goes on being tried after a hand, however long the auto-relock time', () => {
      const lock = jammed({ autoRelockMs: 600_000 }).pass(60_100).bolt('retracted').pass(10_000);
      const quietMs = lock.nowMs;
      expect(
        lock
          .pass(61_000)
          .starts(quietMs)
          .map(([, drive]) => drive),
      ).to.include('extend');
    });

    const interruptions: readonly (readonly [string, (lock: CoreDriver) => unknown])[] = [
      ['a hand that takes the bolt in', (lock) => lock.bolt('retracted').pass(10_000)],
      ['an opening that the board refuses', (lock) => lock.askUnlock().pass(60).synced().refused().refused()],
      ['the link', (lock) => lock.link('down').pass(1_000).link('up').bolt('between').door('closed')],
      ['passage mode for a while', (lock) => lock.mode('passage').pass(90_000).mode('normal')],
    ];
    for (const [name, interrupt] of interruptions) {
      it(`goes on being tried after ${name} has interrupted an attempt`, () => {
        const lock = jammed().pass(60_000).pass(100);
        interrupt(lock);
        const quietMs = lock.nowMs;
        lock.pass(130_000);
        expect(lock.drives(quietMs).map(([, drive]) => drive)).to.include('extend');
      });
    }
  });

  describe('of a retraction', () => {
    it('is relieved outwards, retried, and after the fourth attempt driven home', () => {
      const lock = unlocking();
      const startMs = lock.nowMs;
      jamForGood(lock).pass(500);
      const drives = lock.drives(startMs).map(([, drive]) => drive);
      expect(drives.filter((drive) => drive === 'retract')).to.have.length(3);
      expect(drives.at(-1)).to.equal('extend');
      expect(throwBolt(lock, 'extended').report).to.include({ position: 'locked' });
      expect(lock.alarms).to.be.empty;
    });

    it('raises JAMMED, and the minute attempts only ever lock', () => {
      const lock = jamForGood(unlocking());
      expect(lock.alarms).to.include('LockJammed');
      const givenUpMs = lock.nowMs;
      jamForGood(lock);
      lock.pass(200_000);
      const drives = lock.drives(givenUpMs + 1).map(([, drive]) => drive);
      expect(lock.state.bolt.goal).to.equal('locked');
      expect(drives.filter((drive) => drive === 'extend').length).to.be.at.least(4);
    });

    it('ends the visit it was for as failed', () => {
      const lock = jamForGood(visitAt('retracting'));
      throwBolt(lock, 'extended');
      expect(lock.state.visit).to.include({ phase: 'ended', outcome: 'unlockFailed' });
    });
  });
});
