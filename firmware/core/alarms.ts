import type { AlarmName } from '../../hal/contracts/report.js';
import type { LockState } from './state.js';
import { isWatched } from './visit.js';

/** One row an alarm: it is raised exactly while its condition holds. */
const ALARMS: readonly (readonly [AlarmName, (state: LockState) => boolean])[] = [
  ['LockJammed', (s) => s.bolt.jammed],
  ['DoorForcedOpen', (s) => s.alerts.forcedOpen],
  ['DoorAjar', (s) => s.door.ajarTimes > 0],
  ['CameraOffline', (s) => isWatched(s.visit) && (s.camera.picture === 'off' || s.camera.picture === 'booting')],
  ['CameraStale', (s) => isWatched(s.visit) && s.camera.picture === 'stale'],
  [
    'RecordingUnconfirmed',
    (s) => isWatched(s.visit) && s.visit.phase !== 'accepted' && s.camera.picture === 'live' && !s.camera.recording,
  ],
  ['RelockFailed', (s) => s.alerts.relockFailed],
  ['DepartureUnconfirmed', (s) => s.alerts.departureUnconfirmed],
  ['SensorContradiction', (s) => s.health.contradiction],
  ['HostLinkLost', (s) => !s.health.boardLinkUp],
  ['BatteryLow', (s) => s.health.supply !== 'good'],
  ['StoreFailed', (s) => !s.health.storeWorking],
];

export const ALARM_NAMES: readonly AlarmName[] = ALARMS.map(([name]) => name);

/** The raised alarms as bits, in the order of `ALARM_NAMES`. */
export function raisedAlarms(state: LockState): number {
  let bits = 0;
  for (let index = 0; index < ALARMS.length; index += 1) {
    const row = ALARMS[index];
    if (row !== undefined && row[1](state)) bits |= 1 << index;
  }
  return bits;
}
