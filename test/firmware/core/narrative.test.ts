import { expect } from 'chai';
import type { Effect } from '../../../firmware/core/effects.js';
import { CoreDriver, VISIT } from '../support/core-driver.js';
import { jamForGood, locking, throwBolt, unlockedRemotely, unlocking, visitAt, visitOn } from '../support/stories.js';

/** Notices as `receiver: kind detail`, in their order. */
function notices(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) =>
    effect.kind === 'notify' ? [`${effect.to}: ${effect.notice} ${effect.detail}`.trimEnd()] : [],
  );
}

function leave(lock: CoreDriver): CoreDriver {
  lock.bolt('between').pass(100).bolt('retracted').pass(500).door('open').pass(2_000).door('closed').pass(300);
  return throwBolt(lock, 'extended');
}

describe('The journal of a delivery', () => {
  const delivery = leave(visitAt('inside'));

  it('holds everything that happened, in its order', () => {
    expect(delivery.records()).to.deep.equal([
      { kind: 'visitorArrived', visitId: VISIT, personId: 'courier' },
      { kind: 'visitorRang', visitId: VISIT },
      { kind: 'entryAccepted', visitId: VISIT, entry: 1 },
      { kind: 'recordingConfirmed', visitId: VISIT, entry: 1 },
      { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: VISIT, entry: 1 },
      { kind: 'driveEnded', goal: 'unlocked', result: 'ok', bolt: 'retracted' },
      { kind: 'doorMoved', closed: false },
      { kind: 'doorMoved', closed: true },
      { kind: 'driveIntended', goal: 'locked', source: 'visit', visitId: null, entry: null },
      { kind: 'driveEnded', goal: 'locked', result: 'ok', bolt: 'extended' },
      { kind: 'boltMovedByHand', bolt: 'between' },
      { kind: 'boltMovedByHand', bolt: 'retracted' },
      { kind: 'doorMoved', closed: false },
      { kind: 'doorMoved', closed: true },
      { kind: 'departed', visitId: VISIT, how: 'shown' },
      { kind: 'driveIntended', goal: 'locked', source: 'visit', visitId: null, entry: null },
      {
        kind: 'visitEnded',
        visitId: VISIT,
        outcome: 'completed',
        entriesSpent: 1,
        doorOpenMs: 7_000,
        jams: 0,
        deliveryClaimed: false,
      },
      { kind: 'driveEnded', goal: 'locked', result: 'ok', bolt: 'extended' },
    ]);
  });

  it('is told to owner and worker as far as it concerns them', () => {
    expect(notices(leave(visitAt('inside')).effects())).to.deep.equal([
      'owner: atDoor delivery',
      'owner: rang',
      'owner: recording',
      'worker: recording',
      'owner: unlocked',
      'worker: unlocked',
      'owner: entered',
      'owner: relocked',
      'worker: relocked',
      'owner: visitEnded completed',
      'worker: visitEnded completed',
      'owner: relocked',
    ]);
  });
});

describe('The journal', () => {
  const entries: readonly (readonly [string, () => CoreDriver, (lock: CoreDriver) => unknown, object])[] = [
    [
      'the position found at boot',
      () => new CoreDriver().boot().link('up').door('open'),
      (l) => l.bolt('between'),
      { kind: 'positionFound', bolt: 'between', doorClosed: false },
    ],
    [
      'the position after the link',
      () => CoreDriver.atRest().link('down').link('up').bolt('retracted'),
      (l) => l.door('closed'),
      { kind: 'positionFound', bolt: 'retracted', doorClosed: true },
    ],
    [
      'a contradiction as no place',
      () => new CoreDriver().boot().link('up').door('closed'),
      (l) => l.bolt('both'),
      { kind: 'positionFound', bolt: 'unknown', doorClosed: true },
    ],
    [
      'a key that locks',
      () => unlockedRemotely().bolt('between'),
      (l) => l.bolt('extended'),
      { kind: 'boltMovedByHand', bolt: 'extended' },
    ],
    [
      'a thumb-turn against the motor',
      () => locking(),
      (l) => l.bolt('retracted'),
      { kind: 'boltMovedByHand', bolt: 'retracted' },
    ],
    [
      'a jam, with its attempt',
      () => locking().pass(300).motor('stalled').pass(770).pass(300),
      (l) => l.motor('stalled'),
      { kind: 'jamDetected', goal: 'locked', attempt: 2 },
    ],
    [
      'a drive that takes too long',
      () => locking(),
      (l) => l.pass(2_460),
      { kind: 'jamDetected', goal: 'locked', attempt: 1 },
    ],
    [
      'a withdrawal, with its reason',
      () => visitAt('entered'),
      (l) => l.withdraw('looseAnimal'),
      { kind: 'withdrawn', visitId: VISIT, reason: 'looseAnimal' },
    ],
    ['a goodbye', () => visitAt('inside'), (l) => l.depart(), { kind: 'departed', visitId: VISIT, how: 'stated' }],
    [
      'a claim',
      () => visitAt('inside'),
      (l) => l.happen({ kind: 'deliveryClaimed', visitId: VISIT, personId: 'courier' }),
      { kind: 'deliveryClaimed', visitId: VISIT, personId: 'courier' },
    ],
    [
      'a mode',
      () => CoreDriver.atRest(),
      (l) => l.mode('privacy'),
      { kind: 'modeChanged', mode: 'privacy', personId: 'owner' },
    ],
  ];
  for (const [name, start, happens, record] of entries) {
    it(`holds ${name}`, () => {
      const lock = start();
      lock.effects();
      happens(lock);
      expect(lock.records()).to.deep.include(record);
    });
  }

  it('says who asked for each movement', () => {
    const sources = (lock: CoreDriver): string[] =>
      lock.records().flatMap((record) => (record.kind === 'driveIntended' ? [`${record.source} ${record.goal}`] : []));
    expect(sources(unlocking())).to.deep.equal(['remote unlocked']);
    expect(sources(CoreDriver.atRest().askUnlock('keypad'))).to.deep.equal(['keypad unlocked']);
    expect(sources(unlockedRemotely().askLock())).to.deep.equal(['remote unlocked', 'remote locked']);
    expect(sources(unlockedRemotely().pass(30_000))).to.deep.equal(['remote unlocked', 'auto locked']);
    expect(sources(new CoreDriver().boot().link('up').door('closed').bolt('between').pass(300))).to.deep.equal([
      'homing locked',
    ]);
  });

  it('holds why a visit is stopped while it goes on, but not that nobody has entered yet', () => {
    const stopped = { kind: 'visitStopped', visitId: VISIT, cause: 'endedByOwner' } as const;
    expect(visitAt('inside').stopVisit().records()).to.deep.include(stopped);
    expect(
      visitAt('inside')
        .stopVisit()
        .stopVisit()
        .records()
        .filter(({ kind }) => kind === 'visitStopped'),
    ).to.have.length(1);
    const kinds = (lock: CoreDriver): string[] => lock.records().map(({ kind }) => kind);
    expect(kinds(visitAt('waitingForEntry').pass(30_000))).to.not.include('visitStopped');
    expect(kinds(visitAt('atDoor').stopVisit())).to.not.include('visitStopped');
    expect(kinds(leave(visitAt('inside')))).to.not.include('visitStopped');
  });

  it('holds no change of mode by a boot', () => {
    expect(new CoreDriver().boot({ mode: 'privacy' }).records()).to.be.empty;
  });

  it('holds one mode once, however often it is set', () => {
    const lock = CoreDriver.atRest().mode('privacy').mode('privacy');
    expect(lock.records()).to.have.length(1);
  });

  it('does not take what the motor did for a hand', () => {
    for (const lock of [unlocking(), locking(), unlockedRemotely(), visitAt('inside')]) {
      expect(lock.records().map(({ kind }) => kind)).to.not.include('boltMovedByHand');
    }
  });

  it('holds no movement when a sensor says again what it said', () => {
    expect(CoreDriver.atRest().bolt('extended').door('closed').records()).to.be.empty;
  });

  const inVain: readonly (readonly [string, (lock: CoreDriver) => unknown])[] = [
    ['cameraOff', (lock) => lock.picture('off')],
    ['cameraStale', (lock) => lock.picture('stale')],
    ['cameraBooting', (lock) => lock.picture('booting').pass(5_000)],
    ['recordingUnconfirmed', (lock) => lock.picture('live').pass(5_000)],
    ['storeFailed', (lock) => lock.store('fails').picture('live').recording('confirmed')],
    ['sensorContradiction', (lock) => lock.door('open').picture('live').recording('confirmed')],
    ['notLocked', (lock) => lock.bolt('between').picture('live').recording('confirmed')],
    ['hostLinkLost', (lock) => lock.link('down').picture('live').recording('confirmed')],
  ];
  for (const [reason, happens] of inVain) {
    it(`refuses an entry that was accepted in vain: ${reason}`, () => {
      const lock = visitAt('accepted');
      lock.effects();
      happens(lock);
      const effects = lock.effects();
      expect(effects).to.deep.include({
        kind: 'record',
        event: { kind: 'requestRefused', request: 'enter', personId: 'courier', visitId: VISIT, entry: 1, reason },
      });
      expect(notices(effects)).to.include.members([`owner: refused ${reason}`, `worker: refused ${reason}`]);
      expect(lock.state.visit.phase).to.equal('atDoor');
    });
  }
});

describe('A worker is told', () => {
  it('to pull the door at the first jam, and that it is jammed at the last', () => {
    const lock = visitAt('relocking').pass(300);
    lock.effects();
    jamForGood(lock);
    expect(notices(lock.effects()).filter((notice) => notice.startsWith('worker'))).to.deep.equal([
      'worker: hint pullTheDoor',
      'worker: alarmRaised LockJammed',
    ]);
  });

  it('whom to call when the visit ends between two entries', () => {
    const lock = leave(visitAt('inside', { entries: 2 }));
    lock.effects();
    expect(notices(lock.stopVisit().effects())).to.include('worker: hint callTheOwner');
  });

  it('nothing of the household', () => {
    const lock = CoreDriver.atRest();
    jamForGood(lock.askUnlock().pass(2).synced());
    const hints = notices(lock.effects()).filter((notice) => notice.startsWith('worker: hint'));
    expect(hints).to.be.empty;
    expect(notices(CoreDriver.atRest().contradiction().askUnlock().effects())).to.not.include(
      'worker: refused sensorContradiction',
    );
  });
});

describe('An owner is told', () => {
  it('of a relocking outside visits', () => {
    const lock = unlockedRemotely();
    lock.effects();
    expect(notices(throwBolt(lock.askLock(), 'extended').effects())).to.deep.equal(['owner: relocked']);
  });

  it('of a mode', () => {
    expect(notices(CoreDriver.atRest().mode('lockDown').effects())).to.deep.equal(['owner: modeChanged lockDown']);
  });

  it('of no relocking that did not succeed', () => {
    expect(notices(locking().door('open').pass(60).effects())).to.not.include('owner: relocked');
    expect(notices(CoreDriver.atRest().askUnlock().askLock().effects())).to.not.include('owner: relocked');
  });

  it('of each of two entries', () => {
    const lock = leave(visitOn(leave(visitAt('inside', { entries: 2 })), 'accepted', 'inside', 2));
    const told = notices(lock.effects());
    expect(told.filter((notice) => notice === 'owner: unlocked')).to.have.length(2);
    expect(told.filter((notice) => notice === 'owner: entered')).to.have.length(2);
    expect(told.filter((notice) => notice.startsWith('owner: visitEnded'))).to.deep.equal([
      'owner: visitEnded completed',
    ]);
  });
});
