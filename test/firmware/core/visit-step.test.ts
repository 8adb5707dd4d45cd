import { expect } from 'chai';
import fc from 'fast-check';
import { WAKE } from '../../../firmware/core/step.js';
import type { VisitPhase } from '../../../firmware/core/visit.js';
import { arbitraryHappenings } from '../support/arbitrary-events.js';
import { type CoreDriver, VISIT } from '../support/core-driver.js';
import { throwBolt, visitAt } from '../support/stories.js';

const STARTS: Readonly<Record<VisitPhase, () => CoreDriver>> = {
  atDoor: () => visitAt('atDoor', { entries: 2 }).ring().pass(10_000).picture('booting'),
  accepted: () => visitAt('accepted', { entries: 2 }).picture('booting'),
  unlocking: () => visitAt('retracting', { entries: 2 }).pass(40).bolt('between').pass(500),
  waitingForEntry: () => visitAt('waitingForEntry', { entries: 2 }),
  entered: () => visitAt('entered', { entries: 2 }),
  relocking: () => visitAt('relocking', { entries: 2 }).pass(500),
  inside: () => visitAt('inside', { entries: 2 }),
  leaving: () => visitAt('leaving', { entries: 2 }),
  between: () => visitAt('inside', { entries: 2 }).depart(),
  closing: () => visitAt('waitingForEntry', { entries: 2 }).stopVisit().pass(60),
  ended: () => visitAt('atDoor', { entries: 2 }).stopVisit(),
};

const EVENTS = {
  doorOpens: (lock: CoreDriver) => lock.door('open'),
  doorCloses: (lock: CoreDriver) => lock.door('closed'),
  boltIsOut: (lock: CoreDriver) => lock.bolt('extended'),
  boltIsIn: (lock: CoreDriver) => lock.bolt('retracted'),
  boltStalls: (lock: CoreDriver) => lock.motor('stalled'),
  cameraIsLive: (lock: CoreDriver) => lock.picture('live'),
  cameraGoesOff: (lock: CoreDriver) => lock.picture('off'),
  pictureFreezes: (lock: CoreDriver) => lock.picture('stale'),
  recordingIsConfirmed: (lock: CoreDriver) => lock.recording('confirmed'),
  recordingIsLost: (lock: CoreDriver) => lock.recording('unconfirmed'),
  linkIsLost: (lock: CoreDriver) => lock.link('down'),
  storeFails: (lock: CoreDriver) => lock.store('fails'),
  intentIsSynced: (lock: CoreDriver) => lock.synced(),
  visitorRings: (lock: CoreDriver) => lock.ring(),
  visitorAsksToEnter: (lock: CoreDriver) => lock.enter(lock.state.visit.entriesSpent + 1),
  visitorAsksForThatEntryAgain: (lock: CoreDriver) => lock.enter(lock.state.visit.entriesSpent),
  visitorWithdraws: (lock: CoreDriver) => lock.withdraw(),
  visitorSaysGoodbye: (lock: CoreDriver) => lock.depart(),
  visitorClaimsDelivery: (lock: CoreDriver) =>
    lock.happen({ kind: 'deliveryClaimed', visitId: VISIT, personId: 'courier' }),
  anotherVisitorArrives: (lock: CoreDriver) => lock.arrive({ visitId: 'another-visit' }),
  ownerEndsTheVisit: (lock: CoreDriver) => lock.stopVisit(),
  somebodyAnswers: (lock: CoreDriver) => lock.happen({ kind: 'answeredAtDoor' }),
  somebodyAsksToLock: (lock: CoreDriver) => lock.askLock(),
  householdUnlocks: (lock: CoreDriver) => lock.askUnlock(),
} as const;

type EventName = keyof typeof EVENTS;

/**
 * What each event makes of each phase, once anything else has happened too; where nothing is said, the phase stays as it
 * is.
 */
const BECOMES: Readonly<Record<VisitPhase, Partial<Record<EventName, VisitPhase>>>> = {
  atDoor: {
    visitorAsksToEnter: 'accepted',
    visitorWithdraws: 'ended',
    ownerEndsTheVisit: 'ended',
    somebodyAnswers: 'ended',
    householdUnlocks: 'ended',
  },
  accepted: {
    doorOpens: 'atDoor',
    boltIsIn: 'atDoor',
    cameraGoesOff: 'atDoor',
    pictureFreezes: 'atDoor',
    linkIsLost: 'atDoor',
    storeFails: 'atDoor',
    visitorWithdraws: 'ended',
    somebodyAsksToLock: 'atDoor',
    ownerEndsTheVisit: 'ended',
    somebodyAnswers: 'ended',
    householdUnlocks: 'ended',
  },
  unlocking: {
    boltIsIn: 'waitingForEntry',
    cameraGoesOff: 'closing',
    pictureFreezes: 'closing',
    recordingIsLost: 'closing',
    linkIsLost: 'closing',
    visitorWithdraws: 'closing',
    ownerEndsTheVisit: 'closing',
    somebodyAsksToLock: 'closing',
  },
  waitingForEntry: {
    doorOpens: 'entered',
    cameraGoesOff: 'closing',
    pictureFreezes: 'closing',
    recordingIsLost: 'closing',
    visitorWithdraws: 'closing',
    ownerEndsTheVisit: 'closing',
    somebodyAsksToLock: 'closing',
  },
  entered: { doorCloses: 'relocking' },
  relocking: { doorOpens: 'entered', boltIsOut: 'inside' },
  inside: {
    doorOpens: 'leaving',
    visitorSaysGoodbye: 'between',
    visitorWithdraws: 'ended',
    visitorAsksToEnter: 'accepted',
  },
  leaving: { doorCloses: 'relocking' },
  between: {
    doorOpens: 'leaving',
    visitorAsksToEnter: 'accepted',
    visitorWithdraws: 'ended',
    ownerEndsTheVisit: 'ended',
  },
  closing: { doorOpens: 'entered', boltIsOut: 'ended' },
  ended: { anotherVisitorArrives: 'atDoor' },
};

const PHASES = Object.keys(STARTS) as VisitPhase[];
const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

describe('Every phase of a visit', () => {
  for (const phase of PHASES) {
    it(`${phase} is where its story leads`, () => {
      expect(STARTS[phase]().state.visit.phase).to.equal(phase);
    });

    for (const event of EVENT_NAMES) {
      const next = BECOMES[phase][event] ?? phase;
      it(`${phase}, ${event}: ${next}`, () => {
        const lock = STARTS[phase]();
        EVENTS[event](lock);
        lock.happen(WAKE);
        expect(lock.state.visit.phase).to.equal(next);
      });
    }
  }
});

describe('Every visit', () => {
  /** All is well again: what moves moves, what is asked of the door is done. */
  function settle(lock: CoreDriver): void {
    lock.link('up').store('works').door('closed').bolt('between');
    for (let tries = 0; tries < 20 && lock.state.bolt.place !== 'extended'; tries += 1) {
      lock.pass(10_000);
      if (lock.drive === 'extend') throwBolt(lock, 'extended');
    }
  }

  for (const phase of PHASES) {
    it(`comes to an end from ${phase} on, whatever happened`, () => {
      fc.assert(
        fc.property(arbitraryHappenings, (happenings) => {
          const lock = STARTS[phase]();
          for (const { afterMs, event } of happenings) lock.pass(afterMs).happen(event);
          settle(lock);
          expect(lock.pass(2 * 86_400_000).state.visit.phase).to.equal('ended');
        }),
        { numRuns: 40 },
      );
    });
  }
});
