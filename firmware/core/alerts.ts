import type { AlarmName } from '../../hal/contracts/report.js';
import type { Bolt } from './bolt.js';
import type { Door } from './door.js';
import type { CoreEvent } from './events.js';
import { keepIfEqual } from './keep-if-equal.js';
import { isOpen, type Visit } from './visit.js';

/** Alarms that outlast their cause until the owner clears them, or the door tells better. */
export interface Alerts {
  readonly forcedOpen: boolean;
  readonly departureUnconfirmed: boolean;
  readonly relockFailed: boolean;
  readonly wrongCodes: boolean;
}

export const INITIAL_ALERTS: Alerts = {
  forcedOpen: false,
  departureUnconfirmed: false,
  relockFailed: false,
  wrongCodes: false,
};

/** Bolt, door and visit as they were before an event, and the visit as it is after it. */
export interface AlertInputs {
  readonly boltBefore: Bolt;
  readonly doorBefore: Door;
  readonly visitBefore: Visit;
  readonly bolt: Bolt;
  readonly visit: Visit;
}

export function stepAlerts(alerts: Alerts, inputs: AlertInputs, event: CoreEvent): Alerts {
  if (event.kind === 'booted') return keepIfEqual(alerts, restored(event.raisedAlarms));
  if (event.kind === 'alarmCleared') return keepIfEqual(alerts, cleared(alerts, event.alarm));
  if (event.kind === 'wrongCodesCounted') return keepIfEqual(alerts, { ...alerts, wrongCodes: event.limitReached });
  const { boltBefore, doorBefore, visitBefore, bolt, visit } = inputs;
  const opens = event.kind === 'doorSensed' && !event.closed && doorBefore.closed === true;
  const ended = isOpen(visitBefore) && !isOpen(visit);
  const forcedOpen = alerts.forcedOpen || (opens && boltBefore.place === 'extended');
  const departureUnconfirmed =
    (alerts.departureUnconfirmed && !opens) || (ended && visit.outcome === 'departureUnconfirmed');
  const home = bolt.place === 'extended' && doorBefore.closed === true;
  const relockFailed = (alerts.relockFailed && !home) || (ended && visit.outcome === 'leftUnlocked');
  if (
    forcedOpen === alerts.forcedOpen &&
    departureUnconfirmed === alerts.departureUnconfirmed &&
    relockFailed === alerts.relockFailed
  ) {
    return alerts;
  }
  return { forcedOpen, departureUnconfirmed, relockFailed, wrongCodes: alerts.wrongCodes };
}

function restored(raised: readonly AlarmName[]): Alerts {
  return {
    forcedOpen: raised.includes('DoorForcedOpen'),
    departureUnconfirmed: raised.includes('DepartureUnconfirmed'),
    relockFailed: raised.includes('RelockFailed'),
    wrongCodes: raised.includes('WrongCodeEntryLimit'),
  };
}

function cleared(alerts: Alerts, alarm: AlarmName): Alerts {
  return {
    forcedOpen: alerts.forcedOpen && alarm !== 'DoorForcedOpen',
    departureUnconfirmed: alerts.departureUnconfirmed && alarm !== 'DepartureUnconfirmed',
    relockFailed: alerts.relockFailed && alarm !== 'RelockFailed',
    wrongCodes: alerts.wrongCodes && alarm !== 'WrongCodeEntryLimit',
  };
}
