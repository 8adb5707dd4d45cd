import type { AlarmName } from '../../hal/contracts/report.js';
import type { CameraGuard } from './camera-guard.js';
import type { LockState } from './state.js';
import { isWatched, type Visit } from './visit.js';

export const ALARM_NAMES: readonly AlarmName[] = [
  'LockJammed',
  'DoorForcedOpen',
  'DoorAjar',
  'CameraOffline',
  'CameraStale',
  'RecordingUnconfirmed',
  'RelockFailed',
  'DepartureUnconfirmed',
  'SensorContradiction',
  'HostLinkLost',
  'BatteryLow',
  'StoreFailed',
  'WrongCodeEntryLimit',
];

/** The alarms as bits, in the order of `ALARM_NAMES`. */
const BIT = Object.fromEntries(ALARM_NAMES.map((alarm, index) => [alarm, 1 << index])) as Record<AlarmName, number>;

export function bitsOf(alarms: readonly AlarmName[]): number {
  return alarms.reduce((bits, alarm) => bits | BIT[alarm], 0);
}

/** Which alarms are raised: each exactly while its condition holds. */
export function raisedAlarms({ bolt, alerts, door, visit, camera, health }: LockState): number {
  let bits = 0;
  if (bolt.jammed) bits |= BIT.LockJammed;
  if (alerts.forcedOpen) bits |= BIT.DoorForcedOpen;
  if (door.ajarTimes > 0) bits |= BIT.DoorAjar;
  if (isWatched(visit)) bits |= cameraAlarm(camera, visit);
  if (alerts.wrongCodes) bits |= BIT.WrongCodeEntryLimit;
  if (alerts.relockFailed) bits |= BIT.RelockFailed;
  if (alerts.departureUnconfirmed) bits |= BIT.DepartureUnconfirmed;
  if (health.contradiction) bits |= BIT.SensorContradiction;
  if (health.boardLink === 'down') bits |= BIT.HostLinkLost;
  if (health.supply !== 'good') bits |= BIT.BatteryLow;
  if (!health.storeWorking) bits |= BIT.StoreFailed;
  return bits;
}

/** While somebody should be seen. A request that waits for its recording is no alarm: nothing is open. */
function cameraAlarm({ picture, recording }: CameraGuard, visit: Visit): number {
  switch (picture) {
    case 'off':
    case 'booting':
      return BIT.CameraOffline;
    case 'stale':
      return BIT.CameraStale;
    case 'live':
      return recording || visit.phase === 'accepted' ? 0 : BIT.RecordingUnconfirmed;
    case 'unknown':
      return 0;
  }
}
