import { expect } from 'chai';
import { CoreDriver } from '../support/core-driver.js';
import { locking, throwBolt, unlockedRemotely, unlocking, visitAt } from '../support/stories.js';

describe('The bolt', () => {
  describe('is thrown', () => {
    it('out until the extended switch says so, and rests after a coast of 60 ms', () => {
      const lock = unlockedRemotely();
      const startMs = lock.nowMs;
      throwBolt(lock.askLock(), 'extended');
      expect(lock.drives(startMs)).to.deep.equal([
        [0, 'extend'],
        [1_040, 'off'],
      ]);
      expect(lock.state.bolt).to.include({ phase: 'resting', place: 'extended', lastResult: 'ok' });
    });

    it('in only after its intent is synced', () => {
      const lock = CoreDriver.atRest().askUnlock();
      const startMs = lock.nowMs;
      expect(lock.state.bolt.phase).to.equal('committing');
      throwBolt(lock.pass(7).synced(), 'retracted');
      expect(lock.drives(startMs)).to.deep.equal([
        [7, 'retract'],
        [1_047, 'off'],
      ]);
      expect(lock.state.bolt).to.include({ phase: 'resting', place: 'retracted', lastResult: 'ok' });
    });

    it('out without waiting for any sync, and with a store that fails', () => {
      expect(unlockedRemotely().store('fails').askLock().drive).to.equal('extend');
    });

    it('not at all when it is there already', () => {
      const lock = CoreDriver.atRest();
      expect(lock.askLock().pass(5_000).starts(lock.nowMs)).to.be.empty;
      const unlocked = unlockedRemotely();
      const askedMs = unlocked.nowMs;
      expect(unlocked.askUnlock().synced().pass(5_000).starts(askedMs)).to.be.empty;
    });

    it('not while nothing is known of its place', () => {
      const lock = new CoreDriver().boot().link('up').door('closed').askLock().pass(5_000);
      expect(lock.starts()).to.be.empty;
    });
  });

  describe('gives an opening up', () => {
    const failures: readonly (readonly [string, (lock: CoreDriver) => unknown])[] = [
      ['after 2 s without a sync', (lock) => lock.pass(2_000)],
      ['at once when the store fails', (lock) => lock.store('fails')],
    ];
    for (const [name, fail] of failures) {
      it(name, () => {
        const lock = CoreDriver.atRest().askUnlock().pass(1);
        fail(lock);
        expect(lock.state.bolt).to.include({ phase: 'resting', lastResult: 'blockedByPolicy' });
        expect(lock.synced().pass(10_000).starts()).to.be.empty;
      });
    }

    it('but not 1 ms before the 2 s are over', () => {
      expect(CoreDriver.atRest().askUnlock().pass(1_999).synced().drive).to.equal('retract');
    });

    it('and opens when asked again', () => {
      const lock = CoreDriver.atRest().askUnlock().pass(2_000).pass(1_000).askUnlock().pass(2).synced();
      expect(lock.drive).to.equal('retract');
    });

    it('when locking is asked for before the sync', () => {
      const lock = CoreDriver.atRest().askUnlock().askLock();
      expect(lock.state.bolt).to.include({ phase: 'resting', lastResult: 'interrupted' });
      expect(lock.synced().pass(10_000).starts()).to.be.empty;
    });
  });

  describe('stops at once', () => {
    const stops: readonly {
      readonly start: () => CoreDriver;
      readonly event: string;
      readonly happens: (lock: CoreDriver) => unknown;
      readonly result: string;
    }[] = [
      { start: locking, event: 'the bolt reaches home', happens: (l) => l.bolt('extended'), result: 'ok' },
      { start: locking, event: 'the door opens', happens: (l) => l.door('open'), result: 'interrupted' },
      { start: locking, event: 'a hand takes it in', happens: (l) => l.bolt('retracted'), result: 'movedByHand' },
      { start: locking, event: 'unlocking is asked for', happens: (l) => l.askUnlock(), result: 'interrupted' },
      { start: locking, event: 'it stalls', happens: (l) => l.motor('stalled'), result: 'jammed' },
      { start: locking, event: '2.5 s have passed', happens: (l) => l.pass(2_460), result: 'timedOut' },
      { start: locking, event: 'the link is lost', happens: (l) => l.link('down'), result: 'interrupted' },
      { start: unlocking, event: 'the bolt is in', happens: (l) => l.bolt('retracted'), result: 'ok' },
      { start: unlocking, event: 'locking is asked for', happens: (l) => l.askLock(), result: 'interrupted' },
      { start: unlocking, event: 'it stalls', happens: (l) => l.motor('stalled'), result: 'jammed' },
      { start: unlocking, event: '2.5 s have passed', happens: (l) => l.pass(2_460), result: 'timedOut' },
      { start: unlocking, event: 'the link is lost', happens: (l) => l.link('down'), result: 'interrupted' },
      { start: unlocking, event: 'a lock-down begins', happens: (l) => l.mode('lockDown'), result: 'interrupted' },
    ];
    for (const { start, event, happens, result } of stops) {
      it(`${start.name} when ${event}`, () => {
        const lock = start();
        happens(lock);
        expect(lock.drive).to.equal('off');
        expect(lock.state.bolt.lastResult).to.equal(result);
      });
    }

    it('but drives on 1 ms before its 2.5 s are over', () => {
      expect(locking().pass(2_459).drive).to.equal('extend');
      expect(unlocking().pass(2_459).drive).to.equal('retract');
    });

    it('and is driven on by whatever else happens', () => {
      const lock = locking()
        .pass(100)
        .motor('running')
        .bolt('between')
        .door('closed')
        .askLock()
        .link('up')
        .picture('off');
      expect(lock.drive).to.equal('extend');
    });
  });

  describe('coasts before every next drive', () => {
    const turns: readonly (readonly [string, (lock: CoreDriver) => unknown, () => CoreDriver])[] = [
      ['unlocking, then asked to lock', (lock) => lock.askLock(), unlocking],
      ['locking, then asked to unlock', (lock) => lock.askUnlock(), locking],
      ['locking, then jammed', (lock) => lock.motor('stalled'), () => locking().pass(900)],
      ['unlocking, then jammed', (lock) => lock.motor('stalled'), unlocking],
      [
        'unlocking for a visitor, then denied',
        (lock) => lock.stopVisit(),
        () => visitAt('retracting').pass(40).bolt('between'),
      ],
      [
        'unlocking for a visitor, then unwatched',
        (lock) => lock.picture('stale'),
        () => visitAt('retracting').pass(40).bolt('between'),
      ],
    ];
    for (const [name, turn, start] of turns) {
      it(name, () => {
        const lock = start();
        const offMs = lock.nowMs;
        turn(lock);
        for (let ms = 0; ms < 200; ms += 1) lock.pass(1).synced();
        const [off, next] = lock.drives(offMs);
        expect(off).to.deep.equal([0, 'off']);
        expect(next?.[0]).to.be.within(60, 70);
      });
    }

    it('also when the link drops out for an instant in mid-drive', () => {
      const lock = locking();
      const offMs = lock.nowMs;
      lock.link('down').link('up').door('closed').bolt('between').askUnlock();
      for (let ms = 0; ms < 200; ms += 1) lock.synced().pass(1);
      const next = lock.drives(offMs).find(([, drive]) => drive === 'retract');
      expect(next?.[0]).to.be.at.least(50);
    });
  });

  describe('loses the link to its board', () => {
    it('and knows its place no more', () => {
      expect(locking().link('down').report.position).to.equal('unknown');
      expect(locking().link('down').pass(60).report.activity).to.equal('idle');
    });

    it('and homes once the link is back and the door has settled', () => {
      const lock = locking().pass(300).link('down').pass(5_000);
      const backMs = lock.nowMs;
      lock.link('up').bolt('between').door('closed').pass(299);
      expect(lock.starts(backMs)).to.be.empty;
      expect(lock.pass(1).drive).to.equal('extend');
    });

    it('and is not touched as long as the link is down', () => {
      const lock = locking().link('down');
      const downMs = lock.nowMs;
      lock.askLock().pass(60_000);
      expect(lock.starts(downMs)).to.be.empty;
    });
  });

  it('is left to coast after the link is back: the motor may have run on until then', () => {
    const lock = locking().link('down').pass(1_000);
    const backMs = lock.nowMs;
    lock.link('up').bolt('between').door('closed').askUnlock();
    for (let ms = 0; ms < 200; ms += 1) lock.synced().pass(1);
    const [stop, start] = lock.drives(backMs);
    expect(stop).to.deep.equal([0, 'off']);
    expect(start?.[0]).to.be.at.least(50);
  });

  it('reaches home at the last moment without a jam', () => {
    const lock = visitAt('relocking').pass(340).bolt('between');
    lock.nowMs += 2_460;
    lock.bolt('extended');
    expect(lock.state.bolt.lastResult).to.equal('ok');
    expect(lock.state.visit.jams).to.equal(0);
  });

  describe('is refused its drive by the board', () => {
    it('and takes no notice when nothing was ordered', () => {
      const lock = unlockedRemotely();
      const { state } = lock;
      expect(lock.refused().state).to.equal(state);
    });

    it('and tries to lock again each second, then is jammed: nothing stays unlocked in silence', () => {
      const lock = unlockedRemotely();
      const startMs = lock.nowMs;
      lock.askLock();
      for (let tries = 0; tries < 9; tries += 1) lock.refused().pass(1_000);
      const starts = lock.drives(startMs).filter(([, drive]) => drive === 'extend');
      expect(starts.map(([atMs]) => atMs)).to.deep.equal([0, 1_000, 2_000, 3_000]);
      expect(lock.state.bolt).to.include({ phase: 'resting', jammed: true });
    });

    it('and gives an opening up', () => {
      const lock = CoreDriver.atRest().askUnlock().synced().refused();
      expect(lock.state.bolt).to.include({ phase: 'resting', lastResult: 'interrupted' });
      const givenUpMs = lock.nowMs;
      expect(lock.pass(10_000).starts(givenUpMs + 1)).to.be.empty;
    });
  });
});
