import type { Notice, NoticeStream, Recipient } from '../../hal/contracts/notices.js';
import type { NoticeQueueState } from './records.js';

/** Past this many undelivered notices of the home the oldest fold into a summary that carries their numbers (L3). */
export const PENDING_NOTICES_MAX = 10_000;

/** The same of a provider, who is told once a visit: years of visits. Chosen, so that many providers stay bounded. */
export const PROVIDER_NOTICES_MAX = 1_000;

interface Pending {
  readonly notice: Notice;
  /** The record that queued it. */
  readonly recordNumber: number;
}

/** What waits to be told in one stream, oldest first. */
export class NoticeQueue {
  readonly stream: NoticeStream;
  /** The next notice bears this number. */
  nextNumber = 1;
  private readonly pendingMax: number;
  private pending: Pending[] = [];
  /** Index of the oldest in `pending`: shifting the array for each delivery would be slow. */
  private firstPending = 0;

  constructor(stream: NoticeStream) {
    this.stream = stream;
    this.pendingMax = stream === 'home' ? PENDING_NOTICES_MAX : PROVIDER_NOTICES_MAX;
  }

  /** A snapshot's notices go out once that record is durable. */
  static restore(state: NoticeQueueState, recordNumber: number): NoticeQueue {
    const queue = new NoticeQueue(state.stream);
    queue.nextNumber = state.nextNumber;
    queue.pending = state.pending.map((notice) => ({ notice, recordNumber }));
    return queue;
  }

  state(): NoticeQueueState {
    const pending = this.pending.slice(this.firstPending).map(({ notice }) => notice);
    return { stream: this.stream, nextNumber: this.nextNumber, pending };
  }

  oldest(): Notice | undefined {
    return this.pending[this.firstPending]?.notice;
  }

  /** The record that queued the oldest, or the snapshot that brought it back; 0 where nothing waits. */
  oldestRecordNumber(): number {
    return this.pending[this.firstPending]?.recordNumber ?? 0;
  }

  queue(notice: Notice, recordNumber: number): void {
    this.nextNumber = notice.number + 1;
    this.pending.push({ notice, recordNumber });
    if (this.pending.length - this.firstPending > this.pendingMax) this.summarise();
  }

  /** Whatever bears this number or a lower one is with its receiver. */
  deliver(upToNumber: number): void {
    let next = this.pending[this.firstPending];
    while (next !== undefined && next.notice.number <= upToNumber) {
      this.firstPending += 1;
      next = this.pending[this.firstPending];
    }
    if (this.firstPending < this.pending.length) return;
    this.pending = [];
    this.firstPending = 0;
  }

  /** The receiver is enrolled no longer: what waits is never sent. */
  abandon(): void {
    this.deliver(this.nextNumber - 1);
  }

  /** Keeps the newest half of the limit; one summary stands for the rest, and bears the last of their numbers. */
  private summarise(): void {
    const kept = this.pending.slice(-this.pendingMax / 2);
    const oldest = this.pending[this.firstPending];
    const newest = this.pending[this.pending.length - kept.length - 1];
    if (oldest === undefined || newest === undefined) return;
    const { notice: first } = oldest;
    const { notice: last, recordNumber } = newest;
    const to: Recipient = this.stream === 'home' ? 'owner' : this.stream;
    const from = first.kind === 'summary' ? first.detail.split('-')[0] : first.number;
    const detail = `${from}-${last.number}`;
    const summary: Notice = { number: last.number, to, kind: 'summary', visitId: null, detail, utcMs: last.utcMs };
    this.pending = [{ notice: summary, recordNumber }, ...kept];
    this.firstPending = 0;
  }
}
