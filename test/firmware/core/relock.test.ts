import { expect } from 'chai';
import type { BoltPlace } from '../../../firmware/core/events.js';
import { CoreDriver } from '../support/core-driver.js';
import { locking, throwBolt, unlockedRemotely, unlocking, visitAt, visitOn } from '../support/stories.js';

/** How long from now until the motor begins to drive the bolt out; `null` if it does not within two minutes. */
function msUntilLocking(lock: CoreDriver): number | null {
  const sinceMs = lock.nowMs;
  if (lock.drive === 'extend') return 0;
  lock.pass(120_000);
  return lock.drives(sinceMs).find(([, drive]) => drive === 'extend')?.[0] ?? null;
}

/** Somebody inside turns the thumb-turn all the way. */
function turnIn(lock: CoreDriver): CoreDriver {
  return lock.bolt('between').pass(100).bolt('retracted');
}

describe('Relocking', () => {
  describe('outside visits', () => {
    it('waits for the auto-relock time, 30 s', () => {
      expect(msUntilLocking(unlockedRemotely())).to.be.within(28_500, 30_000);
      expect(msUntilLocking(unlockedRemotely({ autoRelockMs: 5_000 }))).to.be.within(3_500, 5_000);
    });

    it('begins when the bolt is in, however long that took', () => {
      const lock = unlocking({ autoRelockMs: 5_000 });
      for (const ms of [770, 1_270, 2_270]) lock.pass(300).motor('stalled').pass(ms);
      expect(msUntilLocking(lock.pass(900).bolt('retracted').pass(60))).to.be.within(4_900, 5_000);
    });

    it('begins anew with each closing', () => {
      const lock = unlockedRemotely().pass(25_000).door('open').pass(60_000).door('closed');
      expect(msUntilLocking(lock)).to.equal(30_000);
    });

    it('does not begin anew when the contact says again what it said', () => {
      expect(msUntilLocking(unlockedRemotely().pass(25_000).door('closed'))).to.be.within(3_500, 5_000);
    });

    it('waits for an open door as long as it takes', () => {
      const lock = unlockedRemotely().door('open').pass(3_600_000);
      expect(lock.drives().map(([, drive]) => drive)).to.not.include('extend');
    });

    it('is off in passage mode, also over closings and a reboot', () => {
      const lock = unlockedRemotely().mode('passage').door('open').pass(1_000).door('closed');
      expect(msUntilLocking(lock)).to.equal(null);
      const rebooted = new CoreDriver().boot({ mode: 'passage', retractionIntended: true });
      expect(msUntilLocking(rebooted.link('up').door('closed').bolt('retracted'))).to.equal(null);
    });

    it('is off in passage mode for who unlocks then', () => {
      const lock = CoreDriver.atRest().mode('passage').askUnlock().pass(2).synced();
      expect(msUntilLocking(throwBolt(lock, 'retracted'))).to.equal(null);
    });

    it('is due again 30 s after passage mode ends', () => {
      expect(msUntilLocking(unlockedRemotely().mode('passage').pass(3_600_000).mode('normal'))).to.equal(30_000);
    });

    it('still follows a lock request in passage mode', () => {
      expect(msUntilLocking(unlockedRemotely().mode('passage').askLock())).to.equal(0);
    });

    it('comes at once with a request, and after the closing if the door is open', () => {
      expect(msUntilLocking(unlockedRemotely().askLock())).to.equal(0);
      expect(msUntilLocking(unlockedRemotely().door('open').askLock().pass(9_000).door('closed'))).to.equal(300);
    });

    it('comes at once with a lock-down', () => {
      expect(msUntilLocking(unlockedRemotely().mode('lockDown'))).to.equal(0);
    });

    it('is not put off by unlocking again in lock-down that nobody may', () => {
      expect(msUntilLocking(unlockedRemotely().mode('lockDown'))).to.equal(0);
    });
  });

  it('waits 300 ms for a door that has just closed, and no longer', () => {
    const lock = visitAt('relocking');
    expect(lock.pass(299).drive).to.equal('off');
    expect(lock.pass(1).drive).to.equal('extend');
  });

  it('begins its 300 ms anew when the leaf bounces', () => {
    const lock = visitAt('relocking').pass(200).door('open').pass(50).door('closed');
    expect(lock.pass(299).drive).to.equal('off');
    expect(lock.pass(1).drive).to.equal('extend');
  });

  describe('never fights a hand', () => {
    const retractions: readonly (readonly [string, () => CoreDriver])[] = [
      ['a turn of the thumb-turn at rest', () => turnIn(CoreDriver.atRest())],
      ['a turn back from the key', () => unlockedRemotely().pass(1_000).bolt('between').pass(500).bolt('retracted')],
      ['half a turn at rest', () => CoreDriver.atRest().bolt('between')],
      ['a turn against the motor', () => locking().pass(300).bolt('retracted')],
      ['a turn while a jam is relieved', () => locking().pass(960).motor('stalled').pass(100).bolt('retracted')],
      ['a turn between two attempts', () => locking().pass(960).motor('stalled').pass(400).bolt('retracted')],
      ['a turn behind a visitor', () => turnIn(visitAt('inside'))],
      ['a bolt found in at boot that no journal explains', () => foundAtBoot('retracted', false)],
    ];
    for (const [name, retract] of retractions) {
      it(`holds for 10 s after ${name}`, () => {
        const lock = retract();
        const handMs = lock.nowMs;
        lock.pass(10_000 - 1);
        expect(lock.drives(handMs + 1).map(([, drive]) => drive)).to.not.include('extend');
      });

      it(`locks in the end after ${name}`, () => {
        expect(msUntilLocking(retract())).to.be.within(9_500, 30_100);
      });

      it(`holds for 10 s after ${name}, lock request or lock-down notwithstanding`, () => {
        const lock = retract().pass(1_000);
        expect(msUntilLocking(lock.mode('lockDown').askLock())).to.be.within(8_500, 9_000);
      });

      it(`needs to hold no longer after ${name} once the door has opened and closed`, () => {
        expect(msUntilLocking(retract().pass(500).askLock().door('open').pass(2_000).door('closed'))).to.equal(300);
      });
    }

    it('holds as long as is set', () => {
      expect(msUntilLocking(turnIn(CoreDriver.atRest({ manualHoldMs: 60_000 })).askLock())).to.equal(60_000);
    });

    it('does not count a closing of a door that was open when the hand came', () => {
      const lock = turnIn(CoreDriver.atRest().door('open')).pass(1_000).door('closed').askLock();
      expect(msUntilLocking(lock)).to.equal(9_000);
    });

    it('relocks by its own time when nobody has asked for more', () => {
      expect(msUntilLocking(CoreDriver.atRest().bolt('between'))).to.equal(30_000);
      expect(msUntilLocking(CoreDriver.atRest({ autoRelockMs: 60_000 }).bolt('between'))).to.equal(60_000);
    });

    it('does not take up again a request that the hand has called off', () => {
      const lock = unlockedRemotely().mode('passage').askLock().pass(40).bolt('between').bolt('retracted');
      expect(msUntilLocking(lock)).to.equal(null);
    });

    it('forgets the hand when it brings the bolt home again', () => {
      const lock = turnIn(CoreDriver.atRest()).pass(1_000).bolt('between').bolt('extended');
      throwBolt(lock.askUnlock().pass(2).synced(), 'retracted');
      expect(msUntilLocking(lock.askLock())).to.equal(0);
    });

    const noHands: readonly (readonly [string, () => CoreDriver])[] = [
      ['a throw of the motor', () => unlockedRemotely()],
      ['a bolt found in at boot that the journal explains', () => foundAtBoot('retracted', true)],
      ['a bolt found between at boot', () => foundAtBoot('between', false)],
      ['two switches that speak at once', () => unlockedRemotely().bolt('both').pass(1_000).bolt('retracted')],
    ];
    for (const [name, story] of noHands) {
      it(`takes no hand to be in ${name}`, () => {
        expect(msUntilLocking(story().askLock().pass(300))).to.equal(0);
      });
    }

    it('takes no hand to be in a contradiction of the switches at rest', () => {
      expect(CoreDriver.atRest().bolt('both').state.relock.holdUntilAtMs).to.be.at.most(0);
      expect(CoreDriver.atRest().bolt('unknown').state.relock.holdUntilAtMs).to.be.at.most(0);
    });
  });

  describe('a lock request', () => {
    it('of a locked door leaves nothing behind for the next visitor', () => {
      const lock = CoreDriver.atRest().askLock().pass(60_000).arrive();
      visitOn(lock, 'accepted', 'waitingForEntry', 1);
      expect(lock.pass(20_000).report).to.include({ position: 'unlocked', activity: 'idle' });
    });

    it('that came before an opening does not undo it', () => {
      const lock = locking().pass(300).askUnlock().pass(60).pass(2).synced().pass(300).bolt('retracted').pass(20_000);
      expect(lock.report).to.include({ position: 'unlocked', activity: 'idle' });
    });

    it('ends an opening that is under way', () => {
      const lock = unlocking().pass(300).askLock().pass(60);
      expect(lock.drive).to.equal('extend');
    });

    it('repeated does nothing more', () => {
      const lock = locking();
      const startMs = lock.nowMs;
      lock.askLock().askLock();
      expect(lock.starts(startMs + 1)).to.be.empty;
    });
  });

  describe('an opening by the household', () => {
    it('that could not be committed leaves nothing behind for the next visitor', () => {
      const lock = CoreDriver.atRest().askUnlock().pass(3_000).arrive();
      visitOn(lock, 'accepted', 'waitingForEntry', 1);
      expect(lock.pass(20_000).report.position).to.equal('unlocked');
    });

    it('is not resumed when the link comes back', () => {
      const lock = unlocking().pass(300).link('down').pass(3_600_000);
      const backMs = lock.nowMs;
      lock.link('up').bolt('between').door('closed').pass(10).synced().pass(1_000);
      expect(lock.drives(backMs).map(([, drive]) => drive)).to.not.include('retract');
      expect(lock.drives(backMs).map(([, drive]) => drive)).to.include('extend');
    });

    it('asked while the last of a locking throw coasts home is carried out', () => {
      const lock = locking().pass(950).askUnlock().pass(10).bolt('extended').pass(60).pass(2).synced();
      expect(lock.drive).to.equal('retract');
    });

    it('asked while the bolt has hardly left the retracted switch stops the locking', () => {
      const lock = unlockedRemotely().askLock().pass(5).askUnlock();
      expect(lock.drive).to.equal('off');
      expect(msUntilLocking(lock)).to.be.within(29_000, 30_000);
    });

    it('in mid-visit is kept for 30 s before the visit relocks', () => {
      const lock = throwBolt(visitAt('inside').askUnlock().pass(2).synced(), 'retracted');
      expect(msUntilLocking(lock)).to.be.within(28_500, 30_000);
    });

    it('in mid-visit is kept no longer than to the next closing', () => {
      const lock = throwBolt(visitAt('inside').askUnlock().pass(2).synced(), 'retracted');
      expect(msUntilLocking(lock.door('open').pass(2_000).door('closed'))).to.equal(300);
    });

    it('asked while the bolt is drawn for a visitor does not keep drawing it when the visitor is denied', () => {
      const lock = visitAt('retracting').pass(40).bolt('between').askUnlock().pass(10).stopVisit();
      expect(lock.drive).to.equal('off');
    });
  });

  describe('in a visit', () => {
    it('does not begin while the visitor is waited for, however short the auto-relock time', () => {
      const lock = visitAt('waitingForEntry', {}, { autoRelockMs: 5_000 });
      expect(msUntilLocking(lock)).to.be.within(29_900, 30_000);
    });

    it('waits for the entry as long as is set', () => {
      expect(msUntilLocking(visitAt('waitingForEntry', {}, { entryWaitMs: 5_000 }))).to.be.within(4_900, 5_000);
      expect(msUntilLocking(visitAt('waitingForEntry', {}, { entryWaitMs: 100_000 }))).to.be.within(99_900, 100_000);
    });

    const ends: readonly (readonly [string, (lock: CoreDriver) => unknown])[] = [
      ['a withdrawal', (lock) => lock.withdraw()],
      ['a denial', (lock) => lock.stopVisit()],
      ['a lock-down', (lock) => lock.stopVisit('lockedDown').mode('lockDown')],
      ['the loss of the camera', (lock) => lock.picture('off')],
      ['a frozen camera', (lock) => lock.picture('stale')],
      ['the loss of the recording', (lock) => lock.recording('unconfirmed')],
      ['a lock request', (lock) => lock.askLock()],
    ];
    for (const [name, happens] of ends) {
      it(`begins at once with ${name} while the visitor is waited for`, () => {
        const lock = visitAt('waitingForEntry').pass(5_000);
        happens(lock);
        expect(msUntilLocking(lock)).to.equal(0);
      });
    }

    it('begins 300 ms after each closing', () => {
      const lock = visitAt('entered').pass(3_000).door('closed');
      expect(msUntilLocking(lock)).to.equal(300);
      expect(msUntilLocking(visitAt('leaving').pass(3_000).door('closed'))).to.equal(300);
    });

    const turned: readonly (readonly [string, () => CoreDriver])[] = [
      ['inside', () => turnIn(visitAt('inside'))],
      ['between two entries', () => turnIn(visitAt('inside', { entries: 2 }).depart())],
    ];
    for (const [name, story] of turned) {
      it(`begins as soon as a hand need not be waited for, ${name}`, () => {
        expect(msUntilLocking(story())).to.equal(10_000);
      });
    }

    it('goes on at the next closing after the visit ended with the door open', () => {
      const lock = visitAt('entered').pass(600_000);
      expect(lock.state.visit.outcome).to.equal('leftUnlocked');
      expect(msUntilLocking(lock.door('closed'))).to.equal(300);
    });
  });

  describe('after a boot', () => {
    for (const place of ['between', 'retracted'] as const) {
      it(`homes a bolt found ${place}, once the door has settled`, () => {
        expect(msUntilLocking(foundAtBoot(place, true))).to.equal(300);
      });
    }

    it('leaves a bolt at home alone, and owes the next visitor nothing', () => {
      const lock = new CoreDriver().boot().bolt('extended').door('closed').link('up').pass(1_000).arrive();
      visitOn(lock, 'accepted', 'waitingForEntry', 1);
      expect(lock.pass(20_000).report.position).to.equal('unlocked');
    });

    it('waits for the door to be closed', () => {
      const lock = new CoreDriver().boot().link('up').door('open').bolt('between').pass(60_000);
      expect(lock.drive).to.equal('off');
      expect(msUntilLocking(lock.door('closed'))).to.equal(300);
    });
  });
});

function foundAtBoot(place: BoltPlace, retractionIntended: boolean): CoreDriver {
  return new CoreDriver().boot({ retractionIntended }).link('up').door('closed').bolt(place);
}
