import type { LampRole } from './board-pins.js';
import type { IndicatorName } from './contracts/indicators.js';
import type { AlarmName } from './contracts/report.js';

/** What the lamps at the door say: for people, in tables and guides. The lock's outputs make it so. */

export interface IndicatorCode {
  readonly role: LampRole;
  readonly lit: string;
  /** It is lit while one of them stands. */
  readonly alarms: readonly AlarmName[];
}

export const INDICATOR_CODES: Readonly<Record<IndicatorName, IndicatorCode>> = {
  recording: {
    role: 'recordingIndicator',
    lit: "the camera's picture is live and the recorder confirms it",
    alarms: [],
  },
  jam: {
    role: 'jamIndicator',
    lit: 'the bolt is jammed; with the door closed it tries again once a minute, and at each request to lock',
    alarms: ['LockJammed'],
  },
  fault: {
    role: 'faultIndicator',
    lit: 'another alarm stands',
    alarms: [
      'DoorForcedOpen',
      'DoorAjar',
      'CameraOffline',
      'CameraStale',
      'RecordingUnconfirmed',
      'RelockFailed',
      'DepartureUnconfirmed',
      'SensorContradiction',
      'BatteryLow',
      'StoreFailed',
      'HostLinkLost',
      'WrongCodeEntryLimit',
    ],
  },
};

export const INDICATOR_NOTES: readonly string[] = [
  'A lamp is steadily lit or dark; the lock never blinks one. There is no buzzer.',
  'All dark can also mean that the host is gone: 600 ms after its last message the board darkens every lamp.',
  "HostLinkLost is such a case: the host reports it, the board's lamps cannot.",
  "The bootloader flashes the board's own LED for a moment whenever the port is opened. That is no alarm.",
];
