import { expect } from 'chai';
import type { RefusalReason } from '../../../firmware/journal/records.js';
import type { CoreEvent } from '../../../firmware/core/events.js';
import { CoreDriver, VISIT } from '../support/core-driver.js';
import { jammed, locking, throwBolt, unlockedRemotely, visitAt } from '../support/stories.js';

/** Why the last request was refused; `null` if it was not. */
function refusal(lock: CoreDriver, ask: (lock: CoreDriver) => unknown): RefusalReason | null {
  lock.effects();
  ask(lock);
  const refused = lock.records().find((record) => record.kind === 'requestRefused');
  return refused?.reason ?? null;
}

/** At the door, rang, waited long enough: nothing stands against the entry. */
function waiting(): CoreDriver {
  return visitAt('atDoor').ring().pass(10_000).picture('live');
}

interface Obstacle {
  readonly reason: RefusalReason;
  readonly name: string;
  readonly put: (lock: CoreDriver) => unknown;
}

/** From the one that is named first, if there are several, to the one named last. */
const OBSTACLES: readonly Obstacle[] = [
  { reason: 'windowPassed', name: 'the window has passed', put: (lock) => (lock.nowMs += 90_000_000) },
  { reason: 'hostLinkLost', name: 'the link is down', put: (lock) => lock.link('down') },
  { reason: 'sensorContradiction', name: 'sensors contradict one another', put: (lock) => lock.contradiction() },
  { reason: 'positionUnknown', name: 'the position is unknown', put: (lock) => lock.bolt('unknown') },
  { reason: 'storeFailed', name: 'the store fails', put: (lock) => lock.store('fails') },
  {
    reason: 'batteryLow',
    name: 'the battery is too low',
    put: (lock) => lock.happen({ kind: 'supplySensed', level: 'tooLow' }),
  },
  { reason: 'doorOpen', name: 'the door is open', put: (lock) => lock.bolt('between').bolt('retracted').door('open') },
  { reason: 'notLocked', name: 'the bolt is not home', put: (lock) => lock.bolt('between') },
  { reason: 'cameraOff', name: 'the camera is off', put: (lock) => lock.picture('off') },
  { reason: 'cameraStale', name: 'the picture is frozen', put: (lock) => lock.picture('stale') },
];

describe('Admission of an entry', () => {
  it('has nothing against a visitor who rang and waited', () => {
    expect(refusal(waiting(), (lock) => lock.enter())).to.equal(null);
  });

  for (const { reason, name, put } of OBSTACLES) {
    it(`refuses with ${reason} when ${name}`, () => {
      const lock = waiting();
      put(lock);
      expect(refusal(lock, (asked) => asked.enter())).to.equal(reason);
      expect(lock.state.visit).to.include({ phase: reason === 'windowPassed' ? 'ended' : 'atDoor', entry: 0 });
    });
  }

  it('refuses with sensorContradiction a door that was forced open, closed though it is', () => {
    const lock = waiting().door('open').pass(1_000).door('closed');
    expect(refusal(lock, (asked) => asked.enter())).to.equal('sensorContradiction');
  });

  it('refuses with jammed a bolt that hangs', () => {
    const lock = throwBolt(jammed(), 'retracted').arrive().ring().pass(10_000);
    expect(refusal(lock, (asked) => asked.enter())).to.equal('jammed');
  });

  it('names the obstacle that comes first in the order of safety, if there are several', () => {
    const all = OBSTACLES.filter(({ reason }) => !['windowPassed', 'positionUnknown', 'doorOpen'].includes(reason));
    for (let first = 0; first < all.length; first += 1) {
      const lock = waiting();
      for (const { put } of all.slice(first).toReversed()) put(lock);
      expect(refusal(lock, (asked) => asked.enter())).to.equal(all[first]?.reason);
    }
  });

  it('lets a booting camera and one not heard of have their time', () => {
    for (const picture of ['booting', 'unknown'] as const) {
      const lock = waiting().picture(picture);
      expect(refusal(lock, (asked) => asked.enter())).to.equal(null);
      expect(lock.state.visit.phase).to.equal('accepted');
    }
  });

  it('has nothing against a low battery that still throws', () => {
    const lock = waiting().happen({ kind: 'supplySensed', level: 'low' });
    expect(refusal(lock, (asked) => asked.enter())).to.equal(null);
  });

  it('refuses with positionUnknown a lock without end switches', () => {
    const lock = CoreDriver.atRest({}, false).arrive().ring().pass(10_000);
    expect(refusal(lock, (asked) => asked.enter())).to.equal('positionUnknown');
  });

  describe('rings first', () => {
    for (const purpose of ['delivery', 'deliveryInside', 'maintenance'] as const) {
      it(`for a ${purpose}, and waits 10 s for an answer`, () => {
        const lock = visitAt('atDoor', { purpose });
        expect(refusal(lock, (asked) => asked.enter())).to.equal('notRung');
        expect(refusal(lock.ring().pass(9_999), (asked) => asked.enter())).to.equal('notRung');
        expect(refusal(lock.pass(1), (asked) => asked.enter())).to.equal(null);
      });
    }

    for (const purpose of ['service', 'guest'] as const) {
      it(`not for a ${purpose}`, () => {
        expect(refusal(visitAt('atDoor', { purpose }), (lock) => lock.enter())).to.equal(null);
      });
    }

    it('only before the first entry', () => {
      const lock = visitAt('inside', { entries: 2 }).depart();
      expect(refusal(lock, (asked) => asked.enter(2))).to.equal(null);
    });
  });

  describe('counts entries', () => {
    const asked: readonly (readonly [string, () => CoreDriver, number, RefusalReason | null])[] = [
      ['an entry spent', () => visitAt('inside', { entries: 2 }).depart(), 1, 'entrySpent'],
      ['an entry beyond the plan', () => visitAt('inside', { entries: 1 }), 2, 'entrySpent'],
      ['an entry out of turn', () => waitingForTwo(), 2, 'visitUnderWay'],
      ['an entry that is being let in already', () => visitAt('accepted'), 1, 'visitUnderWay'],
      ['the next entry with the door open', () => visitAt('entered', { entries: 2 }), 2, 'visitUnderWay'],
      ['the next entry during the relock', () => visitAt('relocking', { entries: 2 }), 2, 'visitUnderWay'],
      ['the next entry from inside', () => visitAt('inside', { entries: 2 }), 2, null],
      ['an entry after the visit was ended', () => visitAt('inside', { entries: 2 }).stopVisit(), 2, 'visitEnded'],
      ['an entry of no visit', () => CoreDriver.atRest(), 1, 'visitEnded'],
    ];
    for (const [name, start, entry, reason] of asked) {
      it(`${name}: ${reason ?? 'admitted'}`, () => {
        expect(refusal(start(), (lock) => lock.enter(entry))).to.equal(reason);
      });
    }

    function waitingForTwo(): CoreDriver {
      return visitAt('atDoor', { entries: 2 }).ring().pass(10_000);
    }
  });
});

describe('Admission', () => {
  const stranger: CoreEvent = { kind: 'entryAllowed', visitId: 'another-visit', personId: 'somebody', entry: 1 };

  it('refuses a second visitor while one is there', () => {
    expect(refusal(waiting(), (lock) => lock.arrive({ visitId: 'another-visit' }))).to.equal('anotherVisitOpen');
    expect(refusal(waiting(), (lock) => lock.arrive())).to.equal('visitUnderWay');
    expect(refusal(waiting(), (lock) => lock.happen(stranger))).to.equal('anotherVisitOpen');
  });

  it('admits the next visitor once the visit has ended', () => {
    const lock = waiting().stopVisit();
    expect(refusal(lock, (asked) => asked.arrive({ visitId: 'another-visit' }))).to.equal(null);
  });

  const ofTheVisit: readonly CoreEvent[] = [
    { kind: 'visitorRang', visitId: VISIT },
    { kind: 'visitorWithdrew', visitId: VISIT, reason: 'other' },
    { kind: 'departureStated', visitId: VISIT },
    { kind: 'deliveryClaimed', visitId: VISIT, personId: 'courier' },
  ];
  for (const event of ofTheVisit) {
    it(`hears ${event.kind} of the visit that is open only`, () => {
      const other = { ...event, visitId: 'another-visit' };
      expect(refusal(visitAt('entered'), (lock) => lock.happen(event))).to.equal(null);
      expect(refusal(visitAt('entered'), (lock) => lock.happen(other))).to.equal('visitEnded');
      expect(refusal(waiting().stopVisit(), (lock) => lock.happen(event))).to.equal('visitEnded');
    });
  }

  it('never refuses to lock', () => {
    const locks = [jammed(), locking(), waiting().contradiction().link('down').store('fails'), unlockedRemotely()];
    for (const lock of locks) expect(refusal(lock, (asked) => asked.askLock())).to.equal(null);
  });

  describe('of an opening by the household', () => {
    const reasons: readonly RefusalReason[] = [
      'hostLinkLost',
      'sensorContradiction',
      'positionUnknown',
      'storeFailed',
      'batteryLow',
    ];
    for (const reason of reasons) {
      it(`refuses with ${reason}`, () => {
        const lock = CoreDriver.atRest();
        OBSTACLES.find((obstacle) => obstacle.reason === reason)?.put(lock);
        expect(refusal(lock, (asked) => asked.askUnlock())).to.equal(reason);
      });
    }

    it('needs no camera, no closed door, and no bolt that is home', () => {
      expect(refusal(CoreDriver.atRest().picture('off'), (lock) => lock.askUnlock())).to.equal(null);
      expect(refusal(unlockedRemotely().door('open'), (lock) => lock.askUnlock())).to.equal(null);
      expect(refusal(locking(), (lock) => lock.askUnlock('keypad'))).to.equal(null);
      expect(refusal(jammed(), (lock) => lock.askUnlock())).to.equal(null);
    });
  });

  it('tells owner and worker of every refusal, and keeps it', () => {
    const lock = visitAt('atDoor');
    lock.effects();
    lock.enter(1);
    expect(lock.effects()).to.deep.equal([
      {
        kind: 'record',
        event: {
          kind: 'requestRefused',
          request: 'enter',
          personId: 'courier',
          visitId: VISIT,
          entry: 1,
          reason: 'notRung',
        },
      },
      { kind: 'notify', to: 'owner', notice: 'refused', visitId: VISIT, detail: 'notRung' },
      { kind: 'notify', to: 'worker', notice: 'refused', visitId: VISIT, detail: 'notRung' },
    ]);
  });
});
