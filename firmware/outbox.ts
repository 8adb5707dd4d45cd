import type { HalFault } from '../hal/contracts/hal-fault.js';
import type { NoticeStream, NoticeTransport } from '../hal/contracts/notices.js';
import { NEVER } from './core/never.js';
import type { NoticeQueue } from './journal/notice-queue.js';
import type { JournalEvent } from './journal/records.js';

/** Waits between tries of one notice: doubled from the first to the last. Chosen. */
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 60_000;

/** What the journal's sum knows of notices. A stream that it has named stays. */
export interface PendingNotices {
  readonly noticeQueues: ReadonlyMap<NoticeStream, NoticeQueue>;
}

export interface OutboxParts {
  readonly pending: PendingNotices;
  readonly transport: NoticeTransport;
  /** Whether the record that queued a notice is durable, or will not be. */
  readonly mayTell: (recordNumber: number) => boolean;
  readonly nowMs: () => number;
  /** Appends to the journal, and sees to it if the store refuses. */
  readonly record: (event: JournalEvent) => void;
  /** Called after each try: the caller pumps again and rearms its timer. */
  readonly onSettled: () => void;
}

/**
 * Carries the journal's notices away, in order within each stream, at least once (L3). Each stream waits for its own
 * receiver only. Holds nothing that the journal does not.
 */
export class Outbox {
  private readonly parts: OutboxParts;
  private readonly pumps: StreamPump[] = [];

  constructor(parts: OutboxParts) {
    this.parts = parts;
  }

  /** When the first failed notice is tried again; `NEVER` if none failed. */
  get wakeAtMs(): number {
    let wakeAtMs = NEVER;
    for (const pump of this.pumps) if (pump.retryAtMs < wakeAtMs) wakeAtMs = pump.retryAtMs;
    return wakeAtMs;
  }

  /** Sends the oldest pending notice of each stream, unless one is under way or waits for its retry. */
  pump(): void {
    const { noticeQueues } = this.parts.pending;
    if (noticeQueues.size > this.pumps.length) this.openStreams(noticeQueues.keys());
    for (const pump of this.pumps) pump.pump();
  }

  /** The network is back: no reason to wait. */
  retryNow(): void {
    for (const pump of this.pumps) pump.retryNow();
  }

  private openStreams(streams: Iterable<NoticeStream>): void {
    for (const stream of streams) {
      if (this.pumps.every((pump) => pump.stream !== stream)) this.pumps.push(new StreamPump(stream, this.parts));
    }
  }
}

/** Carries away the notices of one stream. */
class StreamPump {
  readonly stream: NoticeStream;
  /** When a failed notice is tried again; `NEVER` if none failed. */
  retryAtMs = NEVER;
  private readonly parts: OutboxParts;
  private sending = false;
  private sentNumber = 0;
  private retryMs = RETRY_FIRST_MS;
  private readonly done = (fault: HalFault | null): void => this.settle(fault);

  constructor(stream: NoticeStream, parts: OutboxParts) {
    this.stream = stream;
    this.parts = parts;
  }

  pump(): void {
    if (this.sending || (this.retryAtMs !== NEVER && this.parts.nowMs() < this.retryAtMs)) return;
    const queue = this.parts.pending.noticeQueues.get(this.stream);
    const notice = queue?.oldest();
    this.retryAtMs = NEVER;
    if (queue === undefined || notice === undefined) return;
    if (!this.parts.mayTell(queue.oldestRecordNumber())) return;
    this.sending = true;
    this.sentNumber = notice.number;
    this.parts.transport.send(notice, this.done);
  }

  retryNow(): void {
    this.retryAtMs = NEVER;
    this.retryMs = RETRY_FIRST_MS;
    this.pump();
  }

  private settle(fault: HalFault | null): void {
    this.sending = false;
    if (fault === null) {
      this.retryMs = RETRY_FIRST_MS;
      this.parts.record({ kind: 'noticesDelivered', stream: this.stream, number: this.sentNumber });
    } else {
      this.retryAtMs = this.parts.nowMs() + this.retryMs;
      this.retryMs = Math.min(this.retryMs * 2, RETRY_LAST_MS);
    }
    this.parts.onSettled();
  }
}
