import { expect } from 'chai';
import type { CoreEvent } from '../../../firmware/core/events.js';
import { NEVER } from '../../../firmware/core/never.js';
import {
  isBeforeUnlock,
  isOpen,
  isWatched,
  locksAtOnce,
  NO_VISIT,
  storyContradicts,
  type Visit,
  type VisitPhase,
  visitWakeAt,
} from '../../../firmware/core/visit.js';

/** Each deadline is told from the others by its time. */
const WINDOW_AT_MS = 900;
const PHASE_AT_MS = 500;
const STAY_AT_MS = 700;

function visitIn(phase: VisitPhase, parts: Partial<Visit> = {}): Visit {
  const times = { windowUntilAtMs: WINDOW_AT_MS, untilAtMs: PHASE_AT_MS, stayUntilAtMs: STAY_AT_MS };
  return { ...NO_VISIT, ...times, visitId: 'visit-1', phase, ...parts };
}

interface Row {
  readonly open: boolean;
  readonly beforeUnlock: boolean;
  /** Locks at once, once the door is closed. */
  readonly locks: boolean;
  /** Somebody must be seen: at the first entry, and at any later one. */
  readonly watched: readonly [boolean, boolean];
  readonly wakeAtMs: number;
}

const TABLE: Readonly<Record<VisitPhase, Row>> = {
  atDoor: { open: true, beforeUnlock: true, locks: false, watched: [false, true], wakeAtMs: WINDOW_AT_MS },
  accepted: { open: true, beforeUnlock: true, locks: false, watched: [false, true], wakeAtMs: PHASE_AT_MS },
  unlocking: { open: true, beforeUnlock: false, locks: false, watched: [true, true], wakeAtMs: WINDOW_AT_MS },
  waitingForEntry: { open: true, beforeUnlock: false, locks: false, watched: [false, true], wakeAtMs: PHASE_AT_MS },
  entered: { open: true, beforeUnlock: false, locks: false, watched: [false, true], wakeAtMs: STAY_AT_MS },
  relocking: { open: true, beforeUnlock: false, locks: true, watched: [false, true], wakeAtMs: STAY_AT_MS },
  inside: { open: true, beforeUnlock: false, locks: true, watched: [false, true], wakeAtMs: STAY_AT_MS },
  leaving: { open: true, beforeUnlock: false, locks: false, watched: [false, true], wakeAtMs: STAY_AT_MS },
  between: { open: true, beforeUnlock: false, locks: true, watched: [false, true], wakeAtMs: WINDOW_AT_MS },
  closing: { open: true, beforeUnlock: false, locks: true, watched: [false, true], wakeAtMs: STAY_AT_MS },
  ended: { open: false, beforeUnlock: false, locks: false, watched: [false, false], wakeAtMs: NEVER },
};

describe('A visit', () => {
  for (const [phase, row] of Object.entries(TABLE) as [VisitPhase, Row][]) {
    it(phase, () => {
      const visit = visitIn(phase);
      expect(isOpen(visit), 'open').to.equal(row.open);
      expect(isBeforeUnlock(visit), 'before the unlock').to.equal(row.beforeUnlock);
      expect(locksAtOnce(visit), 'locks at once').to.equal(row.locks);
      expect([isWatched(visit), isWatched(visitIn(phase, { entriesSpent: 1 }))], 'watched').to.deep.equal(row.watched);
      expect(visitWakeAt(visit), 'wakes').to.equal(row.wakeAtMs);
    });
  }

  it('gives a request up with its window, if that is sooner', () => {
    expect(visitWakeAt(visitIn('accepted', { windowUntilAtMs: 300 }))).to.equal(300);
  });
});

describe('A story', () => {
  const departed: CoreEvent = { kind: 'departureStated', visitId: 'visit-1' };
  const delivered: CoreEvent = { kind: 'deliveryClaimed', visitId: 'visit-1', personId: 'courier' };
  const unopened = visitIn('waitingForEntry', { entriesSpent: 1, opened: false });

  it('of an entry without an opening contradicts what was measured', () => {
    for (const event of [departed, delivered]) expect(storyContradicts(unopened, event)).to.equal(true);
  });

  it('of an entry with an opening, before the door is unlocked, or of another visit does not', () => {
    for (const event of [departed, delivered]) {
      expect(storyContradicts({ ...unopened, opened: true }, event)).to.equal(false);
      expect(storyContradicts({ ...unopened, phase: 'unlocking' }, event)).to.equal(false);
      expect(storyContradicts({ ...unopened, phase: 'ended' }, event)).to.equal(false);
      expect(storyContradicts(unopened, { ...event, visitId: 'another-visit' })).to.equal(false);
    }
  });

  it('is told by nothing else', () => {
    const others: readonly CoreEvent[] = [
      { kind: 'visitorRang', visitId: 'visit-1' },
      { kind: 'visitorWithdrew', visitId: 'visit-1', reason: 'other' },
      { kind: 'doorSensed', closed: false },
    ];
    for (const event of others) expect(storyContradicts(unopened, event)).to.equal(false);
  });
});
