/** Where the lock is, measured: `locked` only while the bolt is measured extended and the door closed. */
export type Position = 'locked' | 'unlocked' | 'notFullyLocked' | 'unknown';

/** How the last movement ended; kept apart from the position. */
export type LastResult = 'none' | 'ok' | 'jammed' | 'timedOut' | 'movedByHand' | 'interrupted' | 'blockedByPolicy';

export type Mode = 'normal' | 'privacy' | 'vacation' | 'passage' | 'lockDown';

/** Matter's names where Matter has one; each is raised and cleared, never timed out. */
export type AlarmName =
  | 'LockJammed'
  | 'WrongCodeEntryLimit'
  | 'DoorForcedOpen'
  | 'DoorAjar'
  | 'CameraOffline'
  | 'CameraStale'
  | 'RecordingUnconfirmed'
  | 'RelockFailed'
  | 'DepartureUnconfirmed'
  | 'SensorContradiction'
  | 'HostLinkLost'
  | 'BatteryLow'
  | 'StoreFailed';

/** What the lock says of itself, to whoever shows it: an app, a hub, a console. */
export interface LockReport {
  readonly position: Position;
  /** Only where `position` is unknown for want of a sensor: what the last drive should have achieved. */
  readonly assumed: 'locked' | 'unlocked' | null;
  readonly activity: 'idle' | 'locking' | 'unlocking';
  readonly lastResult: LastResult;
  readonly door: 'open' | 'closed' | 'unknown';
  readonly mode: Mode;
}

/** Where reports go, in the order in which they were published. Nothing published here is evidence for the lock itself. */
export interface ReportSink {
  report(report: LockReport): void;
  alarm(alarm: AlarmName, raised: boolean): void;
}
