import { COAST_MS } from '../settings.js';
import { NEVER } from './never.js';
import type { BoltPlace, CoreEvent, SupplyLevel } from './events.js';

/** What the lock knows of its own parts. */
export interface Health {
  /** `awaited` after a boot, until the link is first reported: nothing is lost yet, and nothing can be ordered. */
  readonly boardLink: 'awaited' | 'up' | 'down';
  /** After a boot or the link's return the motor, which may have run on, is left to coast until then. */
  readonly boardReadyAtMs: number;
  readonly storeWorking: boolean;
  readonly supply: SupplyLevel;
  /** Latched at the first contradiction, until the owner clears the alarm. */
  readonly contradiction: boolean;
  /** The contradiction was between the bolt's two switches: neither is believed any more. */
  readonly switchesSuspect: boolean;
}

/** Whether the bolt's place can be measured. */
export type Switches = 'trusted' | 'suspect' | 'absent';

export const INITIAL_HEALTH: Health = {
  boardLink: 'awaited',
  boardReadyAtMs: -NEVER,
  storeWorking: true,
  supply: 'good',
  contradiction: false,
  switchesSuspect: false,
};

export function switchesOf(fitted: boolean, health: Health): Switches {
  if (!fitted) return 'absent';
  return health.switchesSuspect ? 'suspect' : 'trusted';
}

/** `placeBefore`: what the switches said before this event; `storyContradicts`: people state what was not measured. */
export function stepHealth(
  h: Health,
  event: CoreEvent,
  placeBefore: BoltPlace,
  storyContradicts: boolean,
  nowMs: number,
): Health {
  if (storyContradicts) return contradicted(h, h.switchesSuspect);
  switch (event.kind) {
    case 'boardLinkSensed':
      return stepBoardLink(h, event.up ? 'up' : 'down', nowMs);
    case 'storeSensed':
      return event.working === h.storeWorking ? h : { ...h, storeWorking: event.working };
    case 'supplySensed':
      return event.level === h.supply ? h : { ...h, supply: event.level };
    case 'boltSensed':
      return event.place === 'both' ? contradicted(h, true) : h;
    case 'contradictionSensed':
      return contradicted(h, h.switchesSuspect);
    case 'alarmCleared': {
      const persists = placeBefore === 'both';
      if (event.alarm !== 'SensorContradiction' || !h.contradiction || persists) return h;
      return { ...h, contradiction: false, switchesSuspect: false };
    }
    case 'booted': {
      // Which sensors it was nobody recorded: until the owner clears the alarm the switches are not believed either.
      const booted = { ...h, boardReadyAtMs: nowMs + COAST_MS };
      return event.raisedAlarms.includes('SensorContradiction') ? contradicted(booted, true) : booted;
    }
    default:
      return h;
  }
}

function stepBoardLink(h: Health, boardLink: 'up' | 'down', nowMs: number): Health {
  return boardLink === h.boardLink ? h : { ...h, boardLink, boardReadyAtMs: nowMs + COAST_MS };
}

function contradicted(h: Health, switchesSuspect: boolean): Health {
  if (h.contradiction && h.switchesSuspect === switchesSuspect) return h;
  return { ...h, contradiction: true, switchesSuspect };
}
