import type { Desk } from '../firmware/desk.js';
import type { Request, Resident } from '../firmware/requests.js';
import type { Observations } from './observation.js';
import type { DOOR_PROFILES, LOCK_PROFILES } from './plant/profiles.js';

/** What a hand can do at the door. `pull` takes the side load off the bolt while it lasts. */
export type HandDeed =
  | { readonly kind: 'openDoor' }
  | { readonly kind: 'closeDoor' }
  | { readonly kind: 'pullDoor'; readonly forMs: number }
  /** Turns all the way and lets go, or holds on for a while against whatever the motor does. */
  | {
      readonly kind: 'turn';
      readonly what: 'thumbTurn' | 'key';
      readonly way: 'extend' | 'retract';
      readonly holdMs: number;
    }
  | { readonly kind: 'mendStrikePlate' };

/** Faults by component; each kind is one way in which that component fails. */
export const FAULT_KINDS = {
  camera: ['unpowered', 'frozen', 'restamped', 'stalled', 'replayed', 'slowToBoot'],
  recorder: ['full', 'failing'],
  network: ['down', 'flapping'],
  power: ['down'],
  host: ['crashed'],
  boardLink: ['down'],
  store: ['full', 'failing', 'torn'],
  doorContact: ['stuckClosed', 'stuckOpen'],
  extendedSwitch: ['stuckOn', 'stuckOff'],
  retractedSwitch: ['stuckOn', 'stuckOff'],
  motorSense: ['shorted', 'stuckHigh'],
  battery: ['weak', 'nearlyEmpty'],
  strikePlate: ['misaligned', 'badlyMisaligned'],
  secondLock: ['engaged'],
  calendar: ['unset', 'aDayAhead', 'aMonthBehind', 'drifting'],
} as const;

export type FaultComponent = keyof typeof FAULT_KINDS;

/** What a story, a campaign or a test can do to a world, whichever depth it is simulated at. */
export interface World {
  nowMs(): number;
  /** Lets everything happen that is due up to and including `untilMs`, unless `halt` is called meanwhile. */
  advanceTo(untilMs: number): void;
  /** Called by an observer: `advanceTo` returns after the present event, at its time. */
  halt(): void;
  /** Returns `null` when done, or one clause saying what prevented it ("the bolt holds the door"). */
  hand(deed: HandDeed): string | null;
  /** Sends a request by the network (lost while it is down) or at the door; true if it reached the lock. */
  request(request: Request, via: 'network' | 'door'): boolean;
  /** Where tokens, proofs and codes are shown, to be verified while time stands still; `null` where it is out of reach. */
  desk(via: 'network' | 'door'): Desk | null;
  setFault(component: FaultComponent, kind: string, present: boolean): void;
}

/**
 * What a world is made of. It begins at time 0 with the lock running and able to take requests, the door closed, the
 * bolt extended, the camera off, and nothing faulty.
 */
export interface WorldSettings {
  readonly lock: keyof typeof LOCK_PROFILES;
  readonly door: keyof typeof DOOR_PROFILES;
  /** An id of boards.json. */
  readonly board: string;
  /** The door as grants name it. */
  readonly doorId: string;
  /** IANA name of the door's time zone. */
  readonly timeZone: string;
  /** Whether the camera also watches when the household opens. */
  readonly watchesHousehold?: boolean;
  /** The calendar at time 0, in truth. */
  readonly beginsUtcMs: number;
  readonly residents: readonly Resident[];
}

/** Composes a world at one depth. Whatever chance decides in it follows from `seed`. */
export type MakeWorld = (settings: WorldSettings, seed: number, observer: Observations) => World;
