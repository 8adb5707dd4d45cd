import type { CoreEvent, SupplyLevel } from './events.js';

/** What the lock knows of its own parts. */
export interface Health {
  readonly boardLinkUp: boolean;
  readonly storeWorking: boolean;
  readonly supply: SupplyLevel;
  /** Latched at the first contradiction, until the owner clears the alarm. */
  readonly contradiction: boolean;
}

export const INITIAL_HEALTH: Health = {
  boardLinkUp: true,
  storeWorking: true,
  supply: 'good',
  contradiction: false,
};

function health(boardLinkUp: boolean, storeWorking: boolean, supply: SupplyLevel, contradiction: boolean): Health {
  return { boardLinkUp, storeWorking, supply, contradiction };
}

/** `storyContradicts`: what people state and what was measured cannot both be true. */
export function stepHealth(h: Health, event: CoreEvent, storyContradicts: boolean): Health {
  if (storyContradicts && !h.contradiction) {
    return health(h.boardLinkUp, h.storeWorking, h.supply, true);
  }
  switch (event.kind) {
    case 'boardLinkSensed':
      if (event.up === h.boardLinkUp) return h;
      return health(event.up, h.storeWorking, h.supply, h.contradiction);
    case 'storeSensed':
      if (event.working === h.storeWorking) return h;
      return health(h.boardLinkUp, event.working, h.supply, h.contradiction);
    case 'supplySensed':
      if (event.level === h.supply) return h;
      return health(h.boardLinkUp, h.storeWorking, event.level, h.contradiction);
    case 'contradictionSensed':
      if (h.contradiction) return h;
      return health(h.boardLinkUp, h.storeWorking, h.supply, true);
    case 'alarmCleared':
      if (event.alarm !== 'SensorContradiction' || !h.contradiction) return h;
      return health(h.boardLinkUp, h.storeWorking, h.supply, false);
    case 'booted':
      if (!event.raisedAlarms.includes('SensorContradiction')) return h;
      return health(h.boardLinkUp, h.storeWorking, h.supply, true);
    default:
      return h;
  }
}
