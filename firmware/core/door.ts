import { DOOR_SETTLING_MS } from '../settings.js';
import type { CoreEvent } from './events.js';
import { keepIfEqual } from './keep-if-equal.js';
import { NEVER } from './never.js';

/** The door leaf, as its contact reports it. */
export interface Door {
  /** `null` until the contact has spoken. */
  readonly closed: boolean | null;
  /** When the bolt may trust a closing (S3); `NEVER` while open. */
  readonly settledAtMs: number;
  readonly openedAtMs: number;
  /** How long this opening may last (L5): told when the door opens, whatever becomes of the visit meanwhile. */
  readonly openBoundMs: number;
  /** When an open door next counts as ajar. */
  readonly ajarAtMs: number;
  /** How often it has counted as ajar since it opened. */
  readonly ajarTimes: number;
}

export const INITIAL_DOOR: Door = {
  closed: null,
  settledAtMs: NEVER,
  openedAtMs: NEVER,
  openBoundMs: 0,
  ajarAtMs: NEVER,
  ajarTimes: 0,
};

/** `openBoundMs`: how long a door that opens now may stand open before it counts as ajar. */
export function stepDoor(door: Door, event: CoreEvent, openBoundMs: number, nowMs: number): Door {
  if (event.kind === 'boardLinkSensed' && !event.up) return keepIfEqual(door, unseenDoor(door.ajarTimes));
  if (event.kind === 'doorSensed' && event.closed !== door.closed) {
    return event.closed ? closedDoor(nowMs) : openDoor(nowMs, openBoundMs, nowMs, door.ajarTimes);
  }
  if (nowMs >= door.ajarAtMs) {
    return openDoor(door.openedAtMs, door.openBoundMs, nowMs, door.ajarTimes + 1);
  }
  if (event.kind === 'booted' && event.raisedAlarms.includes('DoorAjar')) return unseenDoor(1);
  return door;
}

/** Closed, and no longer swinging. */
export function settled(door: Door, nowMs: number): boolean {
  return nowMs >= door.settledAtMs;
}

/** A door that nobody sees is not known to be closed: what was ajar stays so. */
function unseenDoor(ajarTimes: number): Door {
  return ajarTimes === 0 ? INITIAL_DOOR : { ...INITIAL_DOOR, ajarTimes };
}

function closedDoor(nowMs: number): Door {
  return {
    closed: true,
    settledAtMs: nowMs + DOOR_SETTLING_MS,
    openedAtMs: NEVER,
    openBoundMs: 0,
    ajarAtMs: NEVER,
    ajarTimes: 0,
  };
}

function openDoor(openedAtMs: number, openBoundMs: number, nowMs: number, ajarTimes: number): Door {
  const ajarAtMs = nowMs + openBoundMs;
  return { closed: false, settledAtMs: NEVER, openedAtMs, openBoundMs, ajarAtMs, ajarTimes };
}
