import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { NoticeKind, NoticeResult } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { JournalEvent } from '../journal/records.js';
import type { MotorDrive } from './bolt.js';

/** Orders to the shell, in the order in which they must be carried out. */
export type Effect =
  | { readonly kind: 'drive'; readonly drive: MotorDrive }
  | { readonly kind: 'cameraPower'; readonly on: boolean }
  /** On begins a new entry: only frames captured from now on confirm it. */
  | { readonly kind: 'recorder'; readonly on: boolean }
  | { readonly kind: 'indicator'; readonly indicator: IndicatorName; readonly lit: boolean }
  | { readonly kind: 'record'; readonly event: JournalEvent }
  /** Answered by `intentSynced` once the record is durable. */
  | { readonly kind: 'recordAndSync'; readonly event: JournalEvent }
  | {
      readonly kind: 'notify';
      readonly to: 'owner' | 'worker';
      readonly notice: NoticeKind;
      readonly visitId: string | null;
      readonly detail: string;
      /** With `visitEnded`. */
      readonly result?: NoticeResult;
    }
  | { readonly kind: 'report'; readonly report: LockReport }
  | { readonly kind: 'alarm'; readonly alarm: AlarmName; readonly raised: boolean };

const DRIVES: Readonly<Record<MotorDrive, Effect>> = {
  extend: { kind: 'drive', drive: 'extend' },
  retract: { kind: 'drive', drive: 'retract' },
  off: { kind: 'drive', drive: 'off' },
};
const CAMERA_ON: Effect = { kind: 'cameraPower', on: true };
const CAMERA_OFF: Effect = { kind: 'cameraPower', on: false };
const RECORDER_ON: Effect = { kind: 'recorder', on: true };
const RECORDER_OFF: Effect = { kind: 'recorder', on: false };

export function driveEffect(drive: MotorDrive): Effect {
  return DRIVES[drive];
}

export function cameraPowerEffect(on: boolean): Effect {
  return on ? CAMERA_ON : CAMERA_OFF;
}

export function recorderEffect(on: boolean): Effect {
  return on ? RECORDER_ON : RECORDER_OFF;
}

export function recordEffect(event: JournalEvent): Effect {
  return { kind: 'record', event };
}
