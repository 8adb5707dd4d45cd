import { type Notice, type NoticeStream, streamOf } from '../../hal/contracts/notices.js';
import type { AlarmName, Mode } from '../../hal/contracts/report.js';
import type { AccessView } from '../access/access-view.js';
import type { RevocationTarget } from '../access/authority.js';
import { hangsOn } from '../access/revocation.js';
import type { Grant } from '../requests.js';
import { AccessFold } from './access-fold.js';
import { NoticeQueue } from './notice-queue.js';
import { resultOf } from '../core/result.js';
import type { DurableState, JournalEvent, JournalRecord, LedgerEntry } from './records.js';

/** Ended visits are forgotten once their window has passed; beyond this many in all none is announced any more. */
export const LEDGER_MAX = 1_024;

/**
 * An ended visit's grant cannot be used again before its window has passed; after that nobody needs to remember, once the
 * owner was told.
 */
export function isPast({ outcome, untoldResult, untilUtcMs }: LedgerEntry, leastUtcMs: number): boolean {
  return outcome !== null && untoldResult === null && untilUtcMs <= leastUtcMs;
}

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
  /** When the door was opened, on the clock of this boot; `null` while it is closed. */
  private doorOpenedAtMs: number | null = null;
  /** Whose visitor is there. */
  private openVisitId: string | null = null;
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
    if (event.kind === 'booted') {
      this.latestUtcAtMs = atMs;
      this.doorOpenedAtMs = null;
    }
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
      case 'driveIntended':
        if (event.goal === 'unlocked') this.retractionIntended = true;
        if (event.visitId !== null) this.spend(event.visitId, event.entry ?? 0);
        return;
      case 'boltMovedByHand':
        this.retractionIntended = false;
        return;
      case 'driveEnded':
        if (event.bolt === 'extended') this.retractionIntended = false;
        return;
      case 'positionFound':
        if (event.bolt === 'extended') this.retractionIntended = false;
        this.seeDoor(event.doorClosed);
        return;
      case 'doorMoved':
        this.seeDoor(event.closed);
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
      default:
        this.applyToVisits(event);
    }
  }

  private applyToVisits(event: JournalEvent): void {
    switch (event.kind) {
      case 'visitAnnounced':
        this.announce(event.grant);
        if (event.replaces !== undefined) this.amend(event.replaces, (entry) => (entry.cause = 'replaced'));
        return;
      case 'visitorArrived':
        this.amend(event.visitId, (entry) => (entry.arrived = true));
        this.openVisitId = event.visitId;
        return;
      case 'jamDetected':
        if (this.openVisitId !== null) this.amend(this.openVisitId, (entry) => (entry.jams += 1));
        return;
      case 'deliveryClaimed':
        this.amend(event.visitId, (entry) => (entry.deliveryClaimed = true));
        return;
      case 'departed':
        this.amend(event.visitId, (entry) => (entry.entryOpen = false));
        return;
      case 'visitStopped':
        this.amend(event.visitId, (entry) => (entry.cause = event.cause));
        return;
      case 'visitEnded':
        if (event.visitId === this.openVisitId) this.openVisitId = null;
        this.amend(event.visitId, (entry) => {
          entry.outcome = event.outcome;
          entry.entryOpen = false;
          entry.untoldResult = resultOf(event);
        });
        return;
      case 'visitProlonged':
        this.amend(event.visitId, (entry) => (entry.untilUtcMs = event.untilUtcMs));
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
      entered: false,
      doorOpenMs: 0,
      revoked: false,
      cause: null,
      outcome: null,
      jams: 0,
      deliveryClaimed: false,
      untoldResult: null,
    });
  }

  /** By the calendar carried on: a clock in step with it never brings a stamp that is later. */
  private forgetPast(): void {
    const utcMs = this.leastUtcMs(this.latestAtMs);
    for (const [id, entry] of this.ledger) if (isPast(entry, utcMs)) this.ledger.delete(id);
  }

  private spend(visitId: string, entryNumber: number): void {
    this.amend(visitId, (entry) => {
      if (entryNumber > entry.entriesSpent) this.access.spend(entry.grant);
      entry.entriesSpent = Math.max(entry.entriesSpent, entryNumber);
      entry.entryOpen = true;
      entry.entered = false;
    });
  }

  private seeDoor(closed: boolean): void {
    const openMs = this.doorOpenedAtMs === null ? 0 : this.latestAtMs - this.doorOpenedAtMs;
    if (this.openVisitId !== null) {
      this.amend(this.openVisitId, (entry) => {
        if (closed) entry.doorOpenMs += openMs;
        else if (entry.entryOpen) entry.entered = true;
      });
    }
    this.doorOpenedAtMs = closed ? null : (this.doorOpenedAtMs ?? this.latestAtMs);
  }

  private amend(visitId: string, change: (entry: Entry) => void): void {
    const entry = this.ledger.get(visitId);
    if (entry !== undefined) change(entry);
  }

  private followCalendar(utcMs: number): void {
    this.latestUtcMs = utcMs;
    this.latestUtcAtMs = this.latestAtMs;
  }

  /** Visits that hang on what is remembered are judged by it each time; of a guest nothing is left to judge them by. */
  private revoke(target: RevocationTarget): void {
    const { kind, id } = target;
    if (kind === 'grant') this.amend(id, (entry) => (entry.revoked = true));
    if (kind === 'guest') {
      for (const entry of this.ledger.values()) entry.revoked ||= hangsOn(entry.grant, target);
    }
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
    this.openVisitId = null;
    for (const entry of state.ledger) {
      this.ledger.set(entry.grant.id, { ...entry });
      if (entry.arrived && entry.outcome === null) this.openVisitId = entry.grant.id;
    }
    this.raisedAlarms.clear();
    for (const alarm of state.raisedAlarms) this.raisedAlarms.add(alarm);
    this.noticeQueues.clear();
    for (const queue of state.noticeQueues)
      this.noticeQueues.set(queue.stream, NoticeQueue.restore(queue, this.nextRecordNumber - 1));
    this.access.restore(state.access);
    this.retractionIntended = state.retractionIntended;
    const { latestUtcMs } = state;
    if (latestUtcMs !== null && latestUtcMs > this.leastUtcMs(this.latestAtMs)) this.followCalendar(latestUtcMs);
  }
}
