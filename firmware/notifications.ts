import { type NoticeStream, type NoticeTransport, type Recipient, streamOf } from '../hal/contracts/notices.js';
import { Heartbeats } from './heartbeat.js';
import type { JournalSum } from './journal/fold.js';
import type { JournalEvent } from './journal/records.js';
import { Outbox } from './outbox.js';
import { noticeOf, type Telling, type TellingFacts, toldProvider } from './telling.js';

export interface NotificationsParts {
  readonly records: JournalSum;
  readonly transport: NoticeTransport;
  /** Whether the record that queued a notice is durable, or will not be. */
  readonly mayTell: (recordNumber: number) => boolean;
  readonly nowMs: () => number;
  /** By the lock's calendar, or `null` while it is unset. */
  readonly utcMs: () => number | null;
  /** Appends to the journal, and sees to it if the store refuses. */
  readonly record: (event: JournalEvent) => void;
  /** Called after each try to send: the caller pumps again and rearms its timer. */
  readonly onSettled: () => void;
}

/** Everything that the lock tells anybody: notices, kept until they are with their receivers, and heartbeats. */
export class Notifications {
  private readonly parts: NotificationsParts;
  private readonly outbox: Outbox;
  private readonly heartbeats: Heartbeats;

  constructor(parts: NotificationsParts) {
    this.parts = parts;
    const { records, transport, mayTell, nowMs, utcMs, record, onSettled } = parts;
    this.outbox = new Outbox({ pending: records, transport, mayTell, nowMs, record, onSettled });
    this.heartbeats = new Heartbeats({
      transport,
      nowMs,
      utcMs,
      newestNotice: () => this.nextNumber('home') - 1,
    });
  }

  get wakeAtMs(): number {
    return Math.min(this.outbox.wakeAtMs, this.heartbeats.wakeAtMs);
  }

  /** The owner's and the worker's notices, and the firm's of a visit of its own. */
  tell(telling: Telling): void {
    const { records, utcMs } = this.parts;
    const entry = telling.visitId === null ? undefined : records.ledger.get(telling.visitId);
    const facts = { entry, access: records.access, utcMs: utcMs() };
    // The owner last: who has told the owner has told the firm.
    const provider = toldProvider(telling, facts);
    if (provider !== null) this.queue(telling, provider, facts);
    this.queue(telling, telling.to, facts);
  }

  /** Sends what is due; the visit is the one that is open now, or `null`. */
  pump(visitId: string | null): void {
    this.outbox.pump();
    this.heartbeats.pump(visitId);
  }

  /** The network is back: no reason to wait. */
  retryNow(): void {
    this.outbox.retryNow();
  }

  private queue(telling: Telling, to: Recipient, facts: TellingFacts): void {
    const number = this.nextNumber(streamOf(to));
    this.parts.record({ kind: 'noticeQueued', notice: noticeOf(telling, to, number, facts) });
  }

  private nextNumber(stream: NoticeStream): number {
    return this.parts.records.noticeQueues.get(stream)?.nextNumber ?? 1;
  }
}
