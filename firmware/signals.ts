import type { IndicatorName } from '../hal/contracts/indicators.js';
import type { NoticeStream } from '../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../hal/contracts/report.js';
import type { JournalRecord, RefusalReason } from './journal/records.js';
import type { Request } from './requests.js';

/** What reaches the lock. */
export type InSignal =
  | { readonly in: 'boardLink'; readonly up: boolean }
  | { readonly in: 'networkLink'; readonly up: boolean }
  | { readonly in: 'boltSwitches'; readonly extended: boolean; readonly retracted: boolean }
  | { readonly in: 'doorContact'; readonly closed: boolean }
  | { readonly in: 'cameraPower'; readonly powered: boolean }
  | { readonly in: 'cameraFrame'; readonly sequence: number; readonly captureMs: number; readonly digest: number }
  | { readonly in: 'recorder'; readonly captureMs: number }
  | { readonly in: 'motorCurrent'; readonly currentMa: number; readonly supplyMv: number }
  | { readonly in: 'request'; readonly request: Request }
  /** What its desk refused before it became a request. */
  | {
      readonly in: 'refusal';
      readonly request: string;
      readonly personId: string;
      readonly visitId: string | null;
      readonly reason: RefusalReason;
    }
  /** As the lock boots, and at each jump. */
  | { readonly in: 'calendar'; readonly utcMs: number | null }
  /** What the store kept, as the lock boots. */
  | { readonly in: 'journal'; readonly record: JournalRecord }
  /** The answer to the oldest sync under way; up to and including that record everything is durable if it succeeded. */
  | { readonly in: 'synced'; readonly upToNumber: number; readonly tookMs: number; readonly fault: string | null }
  /** The answer to the notice under way in its stream. */
  | {
      readonly in: 'noticeSent';
      readonly stream: NoticeStream;
      readonly number: number;
      readonly tookMs: number;
      readonly fault: string | null;
    };

/** What the lock puts out. An order has a fault if it was refused, and then nothing was done. */
export type OutSignal =
  | { readonly out: 'motor'; readonly order: 'extend' | 'retract' | 'stop'; readonly fault: string | null }
  | { readonly out: 'cameraPower'; readonly on: boolean; readonly fault: string | null }
  | { readonly out: 'recorder'; readonly on: boolean; readonly fault: string | null }
  | { readonly out: 'indicator'; readonly name: IndicatorName; readonly lit: boolean; readonly fault: string | null }
  | { readonly out: 'record'; readonly record: JournalRecord; readonly fault: string | null }
  | { readonly out: 'report'; readonly report: LockReport }
  | { readonly out: 'alarm'; readonly alarm: AlarmName; readonly raised: boolean };

/** Something that passed between the lock and what surrounds it. */
export type Signal = InSignal | OutSignal;

/** Told of each signal as it passes, by the lock's clock. */
export type SignalListener = (atMs: number, signal: Signal) => void;
