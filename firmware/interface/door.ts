import type { Desk, LockDoor } from '../desk.js';
import type { Clock } from '../../hal/contracts/clock.js';
import type { Resident } from '../requests.js';
import type { Settings } from '../settings.js';
import type { DoorEvents } from './door-events.js';

/** What the interface hands on to the desk, where it is verified and asked of the lock. */
export type FrontDesk = Pick<
  Desk,
  | 'challenge'
  | 'presentToken'
  | 'presentProof'
  | 'presentView'
  | 'presentRevocations'
  | 'presentProlongation'
  | 'enterCode'
  | 'issueCode'
  | 'issueAccessKey'
  | 'personOf'
  | 'ask'
>;

/** Everything that the local interface speaks to. */
export interface Door {
  readonly desk: FrontDesk;
  /** To show, and to record who was refused before anything was asked. */
  readonly lock: Omit<LockDoor, 'request'>;
  readonly events: DoorEvents;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly residents: readonly Resident[];
  readonly settings: Settings;
}
