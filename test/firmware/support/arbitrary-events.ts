import fc from 'fast-check';
import type { Aftermath, Asked, CoreEvent, Fact } from '../../../firmware/core/events.js';
import { WAKE } from '../../../firmware/core/step.js';
import { ALARM_NAMES } from '../../../firmware/core/alarms.js';
import type { Purpose } from '../../../firmware/access/authority.js';
import { VISIT } from './core-driver.js';
import type { Stage } from './stories.js';

/** One event, so long after the one before. */
export interface Happening {
  readonly afterMs: number;
  readonly event: CoreEvent;
}

export interface PlannedVisit {
  readonly purpose: Purpose;
  readonly entries: number;
}

const visitId = fc.constantFrom(VISIT, VISIT, VISIT, 'another-visit');
const entry = fc.constantFrom(1, 1, 2, 3);
const personId = fc.constant('somebody');
const purpose = fc.constantFrom<Purpose[]>('delivery', 'deliveryInside', 'service', 'maintenance', 'guest');

export const arbitraryFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: fc.constant('boltSensed'),
    place: fc.constantFrom('extended', 'extended', 'retracted', 'retracted', 'between', 'both', 'unknown'),
  }),
  fc.record({ kind: fc.constant('doorSensed'), closed: fc.boolean() }),
  fc.record({ kind: fc.constant('motorSensed'), load: fc.constantFrom('idle', 'running', 'stalled', 'stalled') }),
  fc.record({
    kind: fc.constant('pictureSensed'),
    picture: fc.constantFrom('unknown', 'off', 'booting', 'stale', 'live', 'live', 'live'),
  }),
  fc.record({ kind: fc.constant('recordingSensed'), confirmed: fc.boolean() }),
  fc.record({ kind: fc.constant('supplySensed'), level: fc.constantFrom('good', 'low', 'tooLow') }),
  fc.record({ kind: fc.constant('boardLinkSensed'), up: fc.boolean() }),
  fc.record({ kind: fc.constant('contradictionSensed') }),
);

/** A refused drive is not among them: that answer only follows an order. */
const arbitraryAftermath: fc.Arbitrary<Aftermath> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('intentSynced') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('storeSensed'), working: fc.boolean() }) },
);

const arbitraryAsked: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({
    kind: fc.constant('visitorArrived'),
    visitId,
    personId,
    purpose,
    entries: fc.constantFrom(1, 2),
    entriesSpent: fc.constantFrom(0, 0, 1),
    windowUntilAtMs: fc.constantFrom(60_000, 600_000, 86_400_000),
  }),
  fc.record({ kind: fc.constant('visitorRang'), visitId }),
  fc.record({ kind: fc.constant('answeredAtDoor') }),
  fc.record({ kind: fc.constant('entryAllowed'), visitId, personId, entry }),
  fc.record({
    kind: fc.constant('visitorWithdrew'),
    visitId,
    reason: fc.constantFrom('barkingHeard', 'entryBlocked', 'other'),
  }),
  fc.record({ kind: fc.constant('departureStated'), visitId }),
  fc.record({ kind: fc.constant('deliveryClaimed'), visitId, personId }),
  fc.record({
    kind: fc.constant('visitStopped'),
    visitId: fc.constant(VISIT),
    why: fc.constantFrom('endedByOwner', 'lockedDown', 'revoked', 'replaced'),
  }),
  fc.record({ kind: fc.constant('lockAsked'), personId }),
  fc.record({ kind: fc.constant('unlockAllowed'), personId, source: fc.constantFrom('remote', 'keypad') }),
  fc.record({
    kind: fc.constant('modeSet'),
    mode: fc.constantFrom('normal', 'normal', 'privacy', 'vacation', 'passage', 'lockDown'),
    personId,
  }),
  fc.record({ kind: fc.constant('alarmCleared'), alarm: fc.constantFrom(...ALARM_NAMES), personId }),
);

const arbitraryEvent: fc.Arbitrary<CoreEvent> = fc.oneof(
  { weight: 6, arbitrary: arbitraryFact },
  { weight: 2, arbitrary: arbitraryAftermath },
  { weight: 4, arbitrary: arbitraryAsked },
  { weight: 4, arbitrary: fc.constant(WAKE) },
);

/** From one instant to more than the longest wait. */
const arbitraryDelayMs = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 70 }),
  fc.integer({ min: 71, max: 3_000 }),
  fc.integer({ min: 3_001, max: 200_000 }),
);

export const arbitraryHappenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({ afterMs: arbitraryDelayMs, event: arbitraryEvent }),
  { maxLength: 40, size: 'max' },
);

/** Random events alone would hardly ever get a visitor through the door: they begin in the middle of a visit. */
export const arbitraryStage: fc.Arbitrary<Stage | 'atRest'> = fc.constantFrom(
  'atRest',
  'atDoor',
  'accepted',
  'committing',
  'retracting',
  'waitingForEntry',
  'entered',
  'relocking',
  'inside',
  'leaving',
);

export const arbitraryVisit: fc.Arbitrary<PlannedVisit> = fc.record({ purpose, entries: fc.constantFrom(1, 2) });
