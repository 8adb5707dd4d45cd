/** The package's face `latchkey/hal`: the contracts that somebody else's hardware, or simulator of it, fulfils. */
export type { BoltMotor } from './contracts/bolt-motor.js';
export type { BoltSwitches } from './contracts/bolt-switches.js';
export type { CameraFrames } from './contracts/camera-frames.js';
export type { CameraPower } from './contracts/camera-power.js';
export type { Alarm, Clock, WallClock } from './contracts/clock.js';
export type { DoorContact } from './contracts/door-contact.js';
export type { Hal } from './contracts/hal.js';
export type { HalFault, HalPart, OrderAnswer } from './contracts/hal-fault.js';
export type { IndicatorName, Indicators } from './contracts/indicators.js';
export type { Link } from './contracts/links.js';
export type { MotorCurrent } from './contracts/motor-current.js';
export type { Notice, NoticeKind, NoticeTransport } from './contracts/notices.js';
export type { Recorder } from './contracts/recorder.js';
export type { AlarmName, LastResult, LockReport, Mode, Position, ReportSink } from './contracts/report.js';
export type { Store } from './contracts/store.js';
export { loadBoards } from './boards.js';
export { DocumentError } from './document.js';
export { RealClock, SystemWallClock } from './adapters/real-clock.js';
