import type { HalFault } from '../hal/contracts/hal-fault.js';
import type { NoticeTransport } from '../hal/contracts/notices.js';
import { NEVER } from './core/never.js';
import type { Journal } from './journal/journal.js';
import type { JournalEvent } from './journal/records.js';

/** Waits between tries of one notice: doubled from the first to the last. Chosen. */
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 60_000;

/** Carries the journal's notices away, in order, at least once (L3). Holds nothing that the journal does not. */
export class Outbox {
  private readonly journal: Journal;
  private readonly transport: NoticeTransport;
  private readonly nowMs: () => number;
  private readonly record: (event: JournalEvent) => void;
  private readonly onSettled: () => void;
  private sending = false;
  private sentNumber = 0;
  private retryMs = RETRY_FIRST_MS;
  private retryAtMs = NEVER;
  private readonly done = (fault: HalFault | null): void => this.settle(fault);

  /**
   * `record` appends to the journal, and sees to it if the store refuses. `onSettled` is called after each try: the
   * caller pumps again and rearms its timer.
   */
  constructor(
    journal: Journal,
    transport: NoticeTransport,
    nowMs: () => number,
    record: (event: JournalEvent) => void,
    onSettled: () => void,
  ) {
    this.journal = journal;
    this.transport = transport;
    this.nowMs = nowMs;
    this.record = record;
    this.onSettled = onSettled;
  }

  /** When a failed notice is tried again; `NEVER` if none failed. */
  get wakeAtMs(): number {
    return this.retryAtMs;
  }

  /** Sends the oldest pending notice, unless one is under way or waits for its retry. */
  pump(): void {
    if (this.sending || (this.retryAtMs !== NEVER && this.nowMs() < this.retryAtMs)) return;
    const notice = this.journal.sum.oldestPendingNotice();
    if (notice === undefined) return;
    this.sending = true;
    this.sentNumber = notice.number;
    this.retryAtMs = NEVER;
    this.transport.send(notice, this.done);
  }

  /** The network is back: no reason to wait. */
  retryNow(): void {
    this.retryAtMs = NEVER;
    this.retryMs = RETRY_FIRST_MS;
    this.pump();
  }

  private settle(fault: HalFault | null): void {
    this.sending = false;
    if (fault === null) {
      this.retryMs = RETRY_FIRST_MS;
      this.record({ kind: 'noticesDelivered', number: this.sentNumber });
    } else {
      this.retryAtMs = this.nowMs() + this.retryMs;
      this.retryMs = Math.min(this.retryMs * 2, RETRY_LAST_MS);
    }
    this.onSettled();
  }
}
