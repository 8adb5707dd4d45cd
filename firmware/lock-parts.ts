import type { Clock, WallClock } from '../hal/contracts/clock.js';
import type { Hal } from '../hal/contracts/hal.js';
import type { NoticeTransport } from '../hal/contracts/notices.js';
import type { ReportSink } from '../hal/contracts/report.js';
import type { RecordStore } from './journal/record-store.js';
import type { Resident } from './requests.js';
import type { MotorLimits } from './sense/motor-sense.js';
import type { Settings } from './settings.js';

/** Everything a lock is made of, handed over by a composition root. */
export interface LockParts {
  readonly hal: Hal;
  readonly clock: Clock;
  readonly wallClock: WallClock;
  readonly records: RecordStore;
  readonly notices: NoticeTransport;
  readonly reports: ReportSink;
  readonly residents: readonly Resident[];
  readonly settings: Settings;
  readonly motorLimits: MotorLimits;
}
