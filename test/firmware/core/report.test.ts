import { expect } from 'chai';
import type { Position } from '../../../hal/contracts/report.js';
import type { BoltPlace } from '../../../firmware/core/events.js';
import { CoreDriver } from '../support/core-driver.js';
import { jammed, locking, throwBolt, unlockedRemotely, unlocking } from '../support/stories.js';

type Leaf = 'open' | 'closed' | 'unknown';

/** Bolt, door, and what may be said: S9 allows `locked` in one place only. */
const TABLE: readonly (readonly [BoltPlace, Leaf, Position])[] = [
  ['extended', 'closed', 'locked'],
  ['extended', 'open', 'notFullyLocked'],
  ['extended', 'unknown', 'unknown'],
  ['retracted', 'closed', 'unlocked'],
  ['retracted', 'open', 'unlocked'],
  ['retracted', 'unknown', 'unlocked'],
  ['between', 'closed', 'notFullyLocked'],
  ['between', 'open', 'notFullyLocked'],
  ['between', 'unknown', 'notFullyLocked'],
  ['both', 'closed', 'unknown'],
  ['both', 'open', 'unknown'],
  ['both', 'unknown', 'unknown'],
  ['unknown', 'closed', 'unknown'],
  ['unknown', 'open', 'unknown'],
  ['unknown', 'unknown', 'unknown'],
];

function found(place: BoltPlace, leaf: Leaf): CoreDriver {
  const lock = new CoreDriver().boot({ retractionIntended: true }).link('up').bolt(place);
  return leaf === 'unknown' ? lock : lock.door(leaf);
}

describe('The report', () => {
  for (const [place, leaf, position] of TABLE) {
    it(`of a bolt ${place} in a door ${leaf}: ${position}`, () => {
      expect(found(place, leaf).report).to.include({ position, door: leaf, assumed: null });
    });

    it(`of a bolt ${place} in a door ${leaf}, once its switches have contradicted one another: unknown`, () => {
      const lock = new CoreDriver().boot().link('up').bolt('both').bolt(place);
      if (leaf !== 'unknown') lock.door(leaf);
      expect(lock.report).to.include({ position: 'unknown', assumed: null });
    });
  }

  it('believes the switches again once the owner has cleared the contradiction', () => {
    const lock = CoreDriver.atRest().bolt('both').bolt('extended').clear('SensorContradiction');
    expect(lock.report.position).to.equal('locked');
  });

  it('does not believe them while they still contradict one another', () => {
    const lock = CoreDriver.atRest().bolt('both').clear('SensorContradiction');
    expect(lock.report.position).to.equal('unknown');
    expect(lock.alarms).to.include('SensorContradiction');
  });

  it('does not believe them again because of a reboot', () => {
    const lock = new CoreDriver()
      .boot({ raisedAlarms: ['SensorContradiction'] })
      .link('up')
      .door('closed');
    expect(lock.bolt('extended').report.position).to.equal('unknown');
    expect(lock.clear('SensorContradiction').report.position).to.equal('locked');
  });

  it('assumes nothing where there are switches', () => {
    expect(unlockedRemotely().bolt('both').report).to.include({ position: 'unknown', assumed: null });
    expect(unlockedRemotely().link('down').report).to.include({ position: 'unknown', assumed: null });
  });

  it('goes on believing them when the motor or a story contradicts itself', () => {
    expect(CoreDriver.atRest().contradiction().report.position).to.equal('locked');
  });

  it('is unknown without the link', () => {
    expect(CoreDriver.atRest().link('down').report).to.include({ position: 'unknown', door: 'unknown' });
  });

  it('of what the lock does is apart from where it is', () => {
    expect(locking().report).to.include({ position: 'notFullyLocked', activity: 'locking' });
    expect(unlocking().report).to.include({ position: 'notFullyLocked', activity: 'unlocking' });
    expect(unlockedRemotely().report).to.include({ position: 'unlocked', activity: 'idle', lastResult: 'ok' });
    expect(jammed().report).to.include({ position: 'notFullyLocked', activity: 'idle', lastResult: 'jammed' });
  });

  it('of an order accepted is no report of a bolt that moved', () => {
    const lock = unlockedRemotely().askLock();
    expect(lock.report).to.include({ position: 'unlocked', activity: 'locking' });
    expect(lock.pass(40).bolt('between').report.position).to.equal('notFullyLocked');
  });

  it('names the mode', () => {
    expect(CoreDriver.atRest().mode('vacation').report.mode).to.equal('vacation');
  });

  describe('of a lock without end switches', () => {
    it('never knows the position, and says apart what it assumes', () => {
      expect(CoreDriver.atRest({}, false).report).to.include({ position: 'unknown', assumed: 'locked' });
    });

    it('assumes nothing while it moves, at an open door, or after a failure', () => {
      const lock = CoreDriver.atRest({}, false);
      expect(lock.door('open').report.assumed).to.equal(null);
      expect(lock.door('closed').link('down').report.assumed).to.equal(null);
      const moving = new CoreDriver({}, false).boot().link('up').door('closed').pass(300);
      expect(moving.report).to.include({ activity: 'locking', assumed: null });
    });

    it('does not assume a drive home that nothing ended but its time', () => {
      const lock = new CoreDriver({}, false).boot().link('up').door('closed').pass(300).pass(2_600);
      expect(lock.report).to.include({ position: 'unknown', assumed: null });
    });
  });

  it('is published whenever it changes, and only then', () => {
    const lock = CoreDriver.atRest();
    const reports = (): unknown[] => lock.effects().filter(({ kind }) => kind === 'report');
    expect(reports()).to.be.empty;
    lock.askUnlock().pass(2).synced();
    expect(reports()).to.have.length(1);
    throwBolt(lock, 'retracted');
    expect(reports()).to.deep.include({ kind: 'report', report: lock.report });
    lock.motor('running').door('closed').picture('off').pass(1_000);
    expect(reports()).to.be.empty;
  });
});
