import { type Notice, type NoticeStream, streamOf } from '../../hal/contracts/notices.js';
import type { AlarmName, Mode } from '../../hal/contracts/report.js';
import type { AccessView } from '../access/access-view.js';
import type { RevocationTarget } from '../access/authority.js';
import type { Grant } from '../requests.js';
import { AccessFold } from './access-fold.js';
import { NoticeQueue } from './notice-queue.js';
import { resultOf } from '../core/result.js';
import type { DurableState, JournalEvent, JournalRecord, LedgerEntry } from './records.js';

/** Ended visits are forgotten once their window has passed; beyond this many in all none is announced any more. */
export const LEDGER_MAX = 1_024;

type Entry = { -readonly [Field in keyof LedgerEntry]: LedgerEntry[Field] };

/** What the records add up to, as everybody but the journal sees it. */
export interface JournalSum {
  readonly nextRecordNumber: number;
  readonly mode: Mode;
  /** By the grant's id, which is the visit's. */
  readonly ledger: ReadonlyMap<string, LedgerEntry>;
  readonly raisedAlarms: ReadonlySet<AlarmName>;
  /** An opening was intended since the bolt was last home. */
  readonly retractionIntended: boolean;
  /** The latest calendar time on record. */
  readonly latestUtcMs: number;
  /** That, and what has passed since, as far as the lock was running: the calendar is never believed to be earlier. */
  leastUtcMs(nowMs: number): number;
  readonly access: AccessView;
  /** The home stream's, and that of each provider that was ever told anything. */
  readonly noticeQueues: ReadonlyMap<NoticeStream, NoticeQueue>;
  /** No notice waits for its receiver. */
  isEverythingTold(): boolean;
}

/** Folds the journal, record by record: at boot over what survived, then along with each append. */
export class Fold implements JournalSum {
  nextRecordNumber = 1;
  mode: Mode = 'normal';
  readonly ledger = new Map<string, Entry>();
  readonly raisedAlarms = new Set<AlarmName>();
  retractionIntended = false;
  latestUtcMs = -Infinity;
  /** When that was, on the clock of this boot. */
  private latestUtcAtMs = 0;
  private latestAtMs = 0;
  readonly access = new AccessFold();
  readonly noticeQueues = new Map<NoticeStream, NoticeQueue>([['home', new NoticeQueue('home')]]);

  isEverythingTold(): boolean {
    for (const queue of this.noticeQueues.values()) if (queue.oldest() !== undefined) return false;
    return true;
  }

  apply(record: JournalRecord): void {
    const { number, atMs, utcMs, event } = record;
    this.nextRecordNumber = number + 1;
    this.latestAtMs = atMs;
    // The clock of this boot tells nothing of how long the lock was off.
    if (event.kind === 'booted') this.latestUtcAtMs = atMs;
    if (utcMs !== null && utcMs > this.leastUtcMs(atMs)) this.followCalendar(utcMs);
    this.applyEvent(event);
    this.access.apply(record.event, record);
  }

  leastUtcMs(nowMs: number): number {
    return this.latestUtcMs + Math.max(0, nowMs - this.latestUtcAtMs);
  }

  snapshot(): DurableState {
    this.forgetPast();
    return {
      nextRecordNumber: this.nextRecordNumber,
      mode: this.mode,
      ledger: Array.from(this.ledger.values(), (entry) => Object.assign({}, entry)),
      raisedAlarms: [...this.raisedAlarms],
      noticeQueues: Array.from(this.noticeQueues.values(), (queue) => queue.state()),
      retractionIntended: this.retractionIntended,
      latestUtcMs: this.latestUtcMs === -Infinity ? null : this.leastUtcMs(this.latestAtMs),
      access: this.access.state(),
    };
  }

  private applyEvent(event: JournalEvent): void {
    switch (event.kind) {
      case 'visitAnnounced':
        this.announce(event.grant);
        return;
      case 'visitorArrived':
        this.amend(event.visitId, (entry) => (entry.arrived = true));
        return;
      case 'driveIntended':
        if (event.goal === 'unlocked') this.retractionIntended = true;
        if (event.visitId !== null) this.spend(event.visitId, event.entry ?? 0);
        return;
      case 'boltMovedByHand':
        this.retractionIntended = false;
        return;
      case 'driveEnded':
      case 'positionFound':
        if (event.bolt === 'extended') this.retractionIntended = false;
        return;
      case 'departed':
        this.amend(event.visitId, (entry) => (entry.entryOpen = false));
        return;
      case 'visitStopped':
        this.amend(event.visitId, (entry) => (entry.cause = event.cause));
        return;
      case 'visitEnded':
        this.amend(event.visitId, (entry) => {
          entry.outcome = event.outcome;
          entry.entryOpen = false;
          entry.untoldResult = resultOf(event);
        });
        return;
      case 'visitProlonged':
        this.amend(event.visitId, (entry) => (entry.untilUtcMs = event.untilUtcMs));
        return;
      case 'revoked':
        this.revoke(event.target);
        return;
      case 'revocationsTaken':
        event.targets.forEach((target) => this.revoke(target));
        return;
      case 'calendarTrusted':
        this.followCalendar(event.utcMs);
        return;
      case 'alarmRaised':
        this.raisedAlarms.add(event.alarm);
        return;
      case 'alarmCleared':
        this.raisedAlarms.delete(event.alarm);
        return;
      case 'modeChanged':
        this.mode = event.mode;
        return;
      case 'noticeQueued':
        this.queue(event.notice, this.nextRecordNumber - 1);
        return;
      case 'noticesDelivered':
        this.noticeQueues.get(event.stream)?.deliver(event.number);
        return;
      case 'snapshot':
        this.restore(event.state);
        return;
      // Evidence, or the access fold's concern.
      default:
        return;
    }
  }

  private announce(grant: Grant): void {
    if (this.ledger.size >= LEDGER_MAX / 2) this.forgetPast();
    this.ledger.set(grant.id, {
      grant,
      entriesSpent: 0,
      untilUtcMs: grant.untilUtcMs,
      arrived: false,
      entryOpen: false,
      revoked: false,
      cause: null,
      outcome: null,
      untoldResult: null,
    });
  }

  /** An ended visit's grant cannot be used again before its window has passed; after that nobody needs to remember. */
  private forgetPast(): void {
    for (const [id, entry] of this.ledger) {
      if (entry.outcome !== null && entry.untoldResult === null && entry.untilUtcMs <= this.latestUtcMs)
        this.ledger.delete(id);
    }
  }

  private spend(visitId: string, entryNumber: number): void {
    this.amend(visitId, (entry) => {
      entry.entriesSpent = Math.max(entry.entriesSpent, entryNumber);
      entry.entryOpen = true;
    });
  }

  private amend(visitId: string, change: (entry: Entry) => void): void {
    const entry = this.ledger.get(visitId);
    if (entry !== undefined) change(entry);
  }

  private followCalendar(utcMs: number): void {
    this.latestUtcMs = utcMs;
    this.latestUtcAtMs = this.latestAtMs;
  }

  /** Visits that hang on something else are judged by it each time; the grant's own end is kept with it. */
  private revoke({ kind, id }: RevocationTarget): void {
    if (kind === 'grant') this.amend(id, (entry) => (entry.revoked = true));
    if (kind === 'provider') this.noticeQueues.get(`provider:${id}`)?.abandon();
  }

  private queue(notice: Notice, recordNumber: number): void {
    this.queueOf(streamOf(notice.to)).queue(notice, recordNumber);
    const { kind, to, visitId } = notice;
    if (kind === 'visitEnded' && to === 'owner' && visitId !== null) {
      this.amend(visitId, (entry) => (entry.untoldResult = null));
    }
  }

  private queueOf(stream: NoticeStream): NoticeQueue {
    let queue = this.noticeQueues.get(stream);
    if (queue === undefined) {
      queue = new NoticeQueue(stream);
      this.noticeQueues.set(stream, queue);
    }
    return queue;
  }

  private restore(state: DurableState): void {
    this.mode = state.mode;
    this.ledger.clear();
    for (const entry of state.ledger) this.ledger.set(entry.grant.id, { ...entry });
    this.raisedAlarms.clear();
    for (const alarm of state.raisedAlarms) this.raisedAlarms.add(alarm);
    this.noticeQueues.clear();
    for (const queue of state.noticeQueues) this.noticeQueues.set(queue.stream, NoticeQueue.restore(queue));
    this.access.restore(state.access);
    this.retractionIntended = state.retractionIntended;
    const { latestUtcMs } = state;
    if (latestUtcMs !== null && latestUtcMs > this.leastUtcMs(this.latestAtMs)) this.followCalendar(latestUtcMs);
  }
}
