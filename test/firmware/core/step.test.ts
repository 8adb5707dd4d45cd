import { expect } from 'chai';
import { initialState, wakeAt } from '../../../firmware/core/state.js';
import { step, WAKE } from '../../../firmware/core/step.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { NEVER } from '../../../firmware/core/never.js';
import { CoreDriver } from '../support/core-driver.js';
import { jammed, locking, unlockedRemotely, unlocking, visitAt } from '../support/stories.js';

describe('step', () => {
  it('begins the next movement in the instant in which the last one ends', () => {
    const lock = unlocking().pass(300).askLock();
    lock.effects();
    lock.pass(60);
    const orders = lock.effects().map((effect) => {
      if (effect.kind === 'drive') return effect.drive;
      return effect.kind === 'record' ? effect.event.kind : effect.kind;
    });
    expect(orders.filter((order) => order !== 'report')).to.deep.equal(['driveEnded', 'driveIntended', 'extend']);
  });

  it('ends by itself: a movement that cannot begin is not tried for ever', () => {
    const lock = CoreDriver.atRest().askUnlock().store('fails');
    expect(lock.state.bolt.phase).to.equal('resting');
  });

  it('does nothing, and returns the same state, on a wake-up that comes for nothing', () => {
    for (const lock of [CoreDriver.atRest(), locking(), jammed(), visitAt('inside')]) {
      const { state, effects } = step(lock.state, WAKE, lock.nowMs);
      expect(state).to.equal(lock.state);
      expect(effects).to.be.empty;
    }
  });

  it('makes up for a wake-up that comes late', () => {
    const late = visitAt('waitingForEntry');
    const { state } = step(late.state, WAKE, late.nowMs + 500_000);
    expect(state.visit).to.include({ phase: 'closing', cause: 'notEntered' });
  });

  it('boots into the mode of the journal', () => {
    expect(new CoreDriver().boot({ mode: 'lockDown' }).state.mode).to.equal('lockDown');
  });
});

describe('wakeAt', () => {
  it('is never, as long as nothing is due', () => {
    expect(wakeAt(initialState(DEFAULT_SETTINGS, true), 5)).to.equal(NEVER);
    expect(wakeAt(CoreDriver.atRest().state, 1e12)).to.equal(NEVER);
  });

  const deadlines: readonly (readonly [string, () => CoreDriver, number])[] = [
    ['a door that settles', () => unlockedRemotely().door('open').door('closed'), 300],
    ['a door that is left open', () => unlockedRemotely().pass(40_000).door('open'), 300_000],
    ['a commit that takes too long', () => CoreDriver.atRest().askUnlock(), 2_000],
    ['a drive', () => unlockedRemotely().askLock(), 2_500],
    ['a coast', () => locking().askUnlock(), 60],
    ['a relief', () => locking().pass(960).motor('stalled').pass(60), 150],
    ['a back-off', () => locking().pass(90).motor('stalled').pass(60), 500],
    ['a hand', () => CoreDriver.atRest().bolt('between'), 10_000],
    ['a request that waits for its recording', () => visitAt('accepted'), 5_000],
    ['an entry that is waited for', () => visitAt('waitingForEntry', {}, { entryWaitMs: 20_000 }), 20_000 - 60],
    ['a departure that is waited for', () => visitAt('inside'), 60_000 - 1_400],
    ['a window that ends at the door', () => visitAt('atDoor', { windowUntilAtMs: 9_000 }), 8_000],
  ];
  for (const [name, start, ms] of deadlines) {
    it(`is the moment of ${name}`, () => {
      const lock = start();
      expect(wakeAt(lock.state, lock.nowMs) - lock.nowMs).to.equal(ms);
    });
  }

  it('is the earliest of several', () => {
    const lock = unlockedRemotely().askLock().door('open').door('closed');
    expect(wakeAt(lock.state, lock.nowMs) - lock.nowMs).to.equal(60);
  });

  it('leaves a deadline that has passed to the event it waits for', () => {
    const lock = jammed().door('open').pass(120_000);
    expect(wakeAt(lock.state, lock.nowMs)).to.be.above(lock.nowMs);
  });
});
