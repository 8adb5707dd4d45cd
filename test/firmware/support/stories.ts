import type { Settings } from '../../../firmware/settings.js';
import type { Asked } from '../../../firmware/core/events.js';
import { CoreDriver } from './core-driver.js';

type Visit = Partial<Extract<Asked, { kind: 'visitorArrived' }>>;

/** Where a visit may be taken to; each stage goes on from the one before. */
export type Stage =
  | 'atDoor'
  | 'accepted'
  | 'committing'
  | 'retracting'
  | 'waitingForEntry'
  | 'entered'
  | 'relocking'
  | 'inside'
  | 'leaving';

const NEXT: readonly (readonly [Stage, (lock: CoreDriver, entry: number) => unknown])[] = [
  ['accepted', (lock, entry) => lock.ring().pass(10_000).enter(entry)],
  ['committing', (lock) => lock.picture('live').pass(600).recording('confirmed')],
  ['retracting', (lock) => lock.pass(2).synced()],
  ['waitingForEntry', (lock) => throwBolt(lock, 'retracted')],
  ['entered', (lock) => lock.pass(2_000).door('open')],
  ['relocking', (lock) => lock.pass(5_000).door('closed')],
  ['inside', (lock) => throwBolt(lock.pass(300), 'extended')],
  ['leaving', (lock) => lock.pass(5_000).bolt('between').pass(100).bolt('retracted').pass(500).door('open')],
];

/** A visitor at the door of a lock at rest, and as far as `stage` from there. */
export function visitAt(stage: Stage, visit: Visit = {}, settings: Partial<Settings> = {}): CoreDriver {
  const lock = CoreDriver.atRest(settings).arrive(visit);
  return stage === 'atDoor' ? lock : visitOn(lock, 'accepted', stage, 1);
}

/** Takes the present visit through the stages from `first` to `last`. */
export function visitOn(lock: CoreDriver, first: Stage, last: Stage, entry: number): CoreDriver {
  const from = NEXT.findIndex(([stage]) => stage === first);
  const to = NEXT.findIndex(([stage]) => stage === last);
  for (const [, go] of NEXT.slice(from, to + 1)) go(lock, entry);
  return lock;
}

/** The motor takes the bolt from one end to the other in a good throw of 1,040 ms, and coasts. */
export function throwBolt(lock: CoreDriver, to: 'extended' | 'retracted'): CoreDriver {
  return lock.pass(40).bolt('between').pass(1_000).bolt(to).pass(60);
}

/** The household has opened the door by the app, and the bolt is at rest inside. */
export function unlockedRemotely(settings: Partial<Settings> = {}): CoreDriver {
  return throwBolt(CoreDriver.atRest(settings).askUnlock().pass(2).synced(), 'retracted');
}

/** The household is opening the door by the app; the bolt is off the extended switch. */
export function unlocking(settings: Partial<Settings> = {}): CoreDriver {
  return CoreDriver.atRest(settings).askUnlock().pass(2).synced().pass(40).bolt('between');
}

/** The bolt is being driven out, off the retracted switch since 40 ms; the door is closed. */
export function locking(settings: Partial<Settings> = {}): CoreDriver {
  return unlockedRemotely(settings).askLock().pass(40).bolt('between');
}

/** What follows a stall of each attempt: coast, relief, coast and back-off. */
const AFTER_STALL_MS = [60 + 150 + 60 + 500, 60 + 150 + 60 + 1_000, 60 + 150 + 60 + 2_000, 60];

/** Every attempt stalls, until the lock gives up and says so. */
export function jamForGood(lock: CoreDriver): CoreDriver {
  for (const ms of AFTER_STALL_MS) lock.pass(300).motor('stalled').pass(ms);
  return lock;
}

/** Locking has jammed four times. */
export function jammed(settings: Partial<Settings> = {}): CoreDriver {
  return jamForGood(locking(settings));
}
