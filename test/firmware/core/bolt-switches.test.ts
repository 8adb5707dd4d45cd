import { expect } from 'chai';
import type { BoltPlace } from '../../../firmware/core/events.js';
import { CoreDriver } from '../support/core-driver.js';
import { locking } from '../support/stories.js';

/** A lock without end switches that has just driven home. */
function withoutSwitches(): CoreDriver {
  return CoreDriver.atRest({}, false);
}

describe('A bolt whose switches contradicted one another', () => {
  const ends: readonly (readonly [BoltPlace, boolean])[] = [
    ['extended', true],
    ['both', true],
    ['retracted', false],
    ['between', false],
  ];
  for (const [place, home] of ends) {
    it(`that stalls on its way out at ${place} counts as ${home ? 'home' : 'jammed'}`, () => {
      const lock = locking().bolt('both').pass(300).bolt(place).pass(300);
      expect(lock.drive).to.equal('extend');
      lock.motor('stalled').pass(60);
      expect(lock.state.bolt.lastResult).to.equal(home ? 'ok' : 'jammed');
      expect(lock.report.position).to.equal('unknown');
    });
  }

  it('is not stopped by a switch that may be stuck', () => {
    expect(locking().bolt('both').pass(300).bolt('extended').pass(300).drive).to.equal('extend');
  });

  it('is not locked again and again, once it is home', () => {
    const lock = locking().bolt('both').pass(300).motor('stalled').pass(60);
    const homeMs = lock.nowMs;
    expect(
      lock
        .askLock()
        .pass(600_000)
        .starts(homeMs + 1),
    ).to.be.empty;
  });

  it('is drawn for nobody, not even for who asked before', () => {
    const lock = locking().pass(300).askUnlock().pass(10).bolt('both');
    lock.pass(60).synced().pass(2_000).synced();
    expect(lock.starts(lock.nowMs - 2_060).map(([, drive]) => drive)).to.not.include('retract');
  });

  it('is drawn again for who asks once the owner has cleared it', () => {
    const lock = locking().pass(300).askUnlock().pass(10).bolt('both').pass(10_000);
    lock.bolt('extended').pass(10_000).clear('SensorContradiction').pass(1_000);
    expect(lock.drive).to.equal('off');
    lock.askUnlock().pass(60).synced();
    expect(lock.drive).to.equal('retract');
  });

  it('stops drawing at a stall, and goes home', () => {
    const lock = CoreDriver.atRest().askUnlock().synced().bolt('between').pass(300).bolt('both').pass(300);
    expect(lock.motor('stalled').drive).to.equal('off');
    expect(lock.pass(60).drive).to.equal('extend');
  });
});

describe('A bolt without switches', () => {
  it('is driven home after a boot, until it stalls', () => {
    const lock = new CoreDriver({}, false).boot().link('up').door('closed').pass(300);
    expect(lock.drive).to.equal('extend');
    expect(lock.pass(900).motor('stalled').pass(60).report).to.include({ assumed: 'locked', lastResult: 'ok' });
  });

  it('is not driven again while nothing happens', () => {
    const lock = withoutSwitches();
    const restMs = lock.nowMs;
    expect(lock.pass(86_400_000).starts(restMs)).to.be.empty;
  });

  const doubts: readonly (readonly [string, (lock: CoreDriver) => unknown])[] = [
    ['somebody asks to lock', (lock) => lock.askLock()],
    ['the door has been open', (lock) => lock.door('open').pass(5_000).door('closed').pass(30_000)],
  ];
  for (const [name, happens] of doubts) {
    it(`is driven home again when ${name}`, () => {
      const lock = withoutSwitches();
      happens(lock);
      expect(lock.pass(300).drive).to.equal('extend');
    });
  }

  it('is assumed nowhere once the door has been open', () => {
    expect(withoutSwitches().door('open').door('closed').report.assumed).to.equal(null);
  });

  it('is not doubted while it moves', () => {
    const lock = withoutSwitches().askLock().pass(300).askLock().pass(600).motor('stalled').pass(60);
    expect(lock.report.assumed).to.equal('locked');
  });
});
