import type { FaultComponent, HandDeed } from '../../sim/world.js';
import type { Fault } from '../../sim/scenario/faults.js';
import type { Scenario } from '../../sim/scenario/scenario.js';
import { inWords } from '../../sim/scenario/words.js';
import { BadInput } from '../bad-input.js';
import type { Standing } from './standing.js';

/** What a person is asked to do, and the sensor that shows it, if one can. */
export interface Asking {
  readonly words: string;
  readonly isSeen: (() => boolean) | null;
  /** Why it cannot be done now, or what it means if Enter comes before the sensor. */
  readonly prevented: string | null;
  readonly unseen: string | null;
}

/** `words` are the story's. */
export function askingForDeed(words: string, deed: HandDeed, standing: Standing): Asking {
  switch (deed.kind) {
    case 'openDoor':
      return askingToMove(false, words, standing);
    case 'closeDoor':
      return askingToMove(true, words, standing);
    case 'pullDoor':
      return unjudged(`${words} for ${deed.forMs / 1000} s, from Enter on`);
    case 'turn': {
      const place = deed.way === 'extend' ? 'extended' : 'retracted';
      const isThere = standing.bolt === null || standing.bolt === place;
      const hold = deed.holdMs === 0 ? '' : ` and holds it for ${deed.holdMs / 1000} s`;
      return {
        words: `${words}${hold}`,
        isSeen: isThere ? null : () => standing.bolt === place,
        prevented: null,
        unseen: `no switch says that the bolt is ${place}`,
      };
    }
    case 'mendStrikePlate':
      return unjudged(words);
  }
}

/** A bolt that is out holds the leaf; on a bench, where a magnet is the leaf, nothing would. */
function askingToMove(closed: boolean, words: string, standing: Standing): Asking {
  const place = closed ? 'closed' : 'open';
  const isBoltOut = standing.bolt === 'extended';
  const hint = ' (the bolt is out: only try, and on a bench leave the magnet; press Enter if it does not go)';
  const held = closed ? 'the bolt hits the frame' : 'the bolt holds the door';
  return {
    words: isBoltOut ? `${words}${hint}` : words,
    isSeen: () => standing.doorClosed === closed,
    prevented: standing.doorClosed === closed ? `the door is ${place} already` : null,
    unseen: isBoltOut ? held : `the contact does not say that the door is ${place}`,
  };
}

/** Nothing shows it, and it cannot fail. */
function unjudged(words: string): Asking {
  return { words, isSeen: null, prevented: null, unseen: null };
}

interface FaultByHand {
  readonly make: string;
  readonly mend: string;
  readonly isSeen?: (standing: Standing, present: boolean) => boolean;
  /** Otherwise nothing shows. */
  readonly shows?: (standing: Standing) => boolean;
}

function unpluggedWireOf(part: string): FaultByHand {
  return { make: `unplug a wire of the ${part}`, mend: `plug the wire of the ${part} in again` };
}

function heldOrUnplugged(part: string): Readonly<Record<string, FaultByHand>> {
  return {
    stuckOn: { make: `hold the ${part} down`, mend: `let the ${part} go` },
    stuckOff: unpluggedWireOf(part),
  };
}

/** By component and kind: what a person at the rig can bring about. All other faults are for the simulator. */
const faultsByHand: Partial<Record<FaultComponent, Readonly<Record<string, FaultByHand>>>> = {
  camera: {
    unpowered: {
      make: "take the camera's supply away",
      mend: "give the camera's supply back",
      isSeen: (standing, present) => standing.cameraPowered === !present,
      shows: (standing) => standing.cameraSwitchedOn,
    },
  },
  network: {
    down: {
      make: 'take this computer off the network',
      mend: 'put this computer on the network again',
      isSeen: (standing, present) => standing.networkUp === !present,
    },
  },
  boardLink: {
    down: {
      make: "unplug the board's USB cable",
      mend: "plug the board's USB cable in again",
      isSeen: (standing, present) => standing.boardUp === !present,
    },
  },
  doorContact: {
    stuckClosed: {
      make: 'hold a second magnet to the door contact',
      mend: 'take the second magnet away from the door contact',
    },
    stuckOpen: unpluggedWireOf('door contact'),
  },
  extendedSwitch: heldOrUnplugged('extended switch'),
  retractedSwitch: heldOrUnplugged('retracted switch'),
  battery: {
    weak: { make: 'put weak batteries in', mend: 'put fresh batteries in' },
    nearlyEmpty: { make: 'put nearly empty batteries in', mend: 'put fresh batteries in' },
  },
  strikePlate: {
    misaligned: { make: 'move the strike plate so that the bolt sticks', mend: 'put the strike plate right' },
    badlyMisaligned: { make: 'move the strike plate into the way of the bolt', mend: 'put the strike plate right' },
  },
  secondLock: {
    engaged: { make: 'lock the second lock', mend: 'unlock the second lock' },
  },
};

export function askingForFault({ component, kind }: Fault, present: boolean, standing: Standing): Asking {
  const byHand = faultsByHand[component]?.[kind];
  if (byHand === undefined) throw new Error(`nobody can make "${component} ${kind}" by hand`);
  const { isSeen, shows } = byHand;
  const showsNothing = isSeen === undefined || shows?.(standing) === false || isSeen(standing, present);
  return {
    words: present ? byHand.make : byHand.mend,
    isSeen: showsNothing ? null : () => isSeen(standing, present),
    prevented: null,
    unseen: null,
  };
}

/** Throws `BadInput`, before anything moves, at the first thing in the story that nobody can do at a rig. */
export function checkPlayable({ file, steps, sweep }: Scenario): void {
  if (sweep !== null) {
    throw new BadInput(`${file}: sweep "${sweep.name}": a rig plays a story once; play this one with latchkey sim`);
  }
  for (const { action, line } of steps) {
    if (action.kind !== 'fault') continue;
    const { component, kind } = action.fault;
    if (faultsByHand[component]?.[kind] !== undefined) continue;
    const fault = `${inWords(component)} ${inWords(kind)}`;
    throw new BadInput(`${file}:${line}: nobody can make "${fault}" by hand; play this story with latchkey sim`);
  }
}
