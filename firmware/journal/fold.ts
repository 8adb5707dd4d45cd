import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, Mode } from '../../hal/contracts/report.js';
import type { Grant } from '../requests.js';
import type { DurableState, JournalEvent, JournalRecord, LedgerEntry } from './records.js';

/** Past this many undelivered notices the oldest fold into a summary that carries their numbers (L3). */
export const PENDING_NOTICES_MAX = 10_000;
/** Ended visits are forgotten once their window has passed; beyond this many in all none is announced any more. */
export const LEDGER_MAX = 1_024;

type Entry = { -readonly [Field in keyof LedgerEntry]: LedgerEntry[Field] };

/** What the records add up to, as everybody but the journal sees it. */
export interface JournalSum {
  readonly nextRecordNumber: number;
  readonly nextNoticeNumber: number;
  readonly mode: Mode;
  /** By the grant's id, which is the visit's. */
  readonly ledger: ReadonlyMap<string, LedgerEntry>;
  readonly raisedAlarms: ReadonlySet<AlarmName>;
  /** An opening was intended since the bolt was last home. */
  readonly retractionIntended: boolean;
  /** The latest calendar time on record: the calendar is never believed to be earlier. */
  readonly latestUtcMs: number;
  oldestPendingNotice(): Notice | undefined;
}

/** Folds the journal, record by record: at boot over what survived, then along with each append. */
export class Fold implements JournalSum {
  nextRecordNumber = 1;
  nextNoticeNumber = 1;
  mode: Mode = 'normal';
  readonly ledger = new Map<string, Entry>();
  readonly raisedAlarms = new Set<AlarmName>();
  retractionIntended = false;
  latestUtcMs = -Infinity;
  private pending: Notice[] = [];
  /** Index of the oldest pending notice in `pending`: shifting the array for each delivery would be slow. */
  private firstPending = 0;

  oldestPendingNotice(): Notice | undefined {
    return this.pending[this.firstPending];
  }

  apply(record: JournalRecord): void {
    this.nextRecordNumber = record.number + 1;
    if (record.utcMs !== null && record.utcMs > this.latestUtcMs) this.latestUtcMs = record.utcMs;
    this.applyEvent(record.event);
  }

  snapshot(): DurableState {
    this.forgetPast();
    return {
      nextRecordNumber: this.nextRecordNumber,
      nextNoticeNumber: this.nextNoticeNumber,
      mode: this.mode,
      ledger: Array.from(this.ledger.values(), (entry) => Object.assign({}, entry)),
      raisedAlarms: [...this.raisedAlarms],
      pendingNotices: this.pending.slice(this.firstPending),
      retractionIntended: this.retractionIntended,
      latestUtcMs: this.latestUtcMs,
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
        });
        return;
      case 'grantRevoked':
        this.amend(event.grantId, (entry) => (entry.revoked = true));
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
        this.queue(event.notice);
        return;
      case 'noticesDelivered':
        this.deliver(event.number);
        return;
      case 'snapshot':
        this.restore(event.state);
        return;
      case 'booted':
      case 'visitorRang':
      case 'entryAccepted':
      case 'recordingConfirmed':
      case 'requestRefused':
      case 'jamDetected':
      case 'doorMoved':
      case 'deliveryClaimed':
      case 'withdrawn':
        return;
    }
  }

  private announce(grant: Grant): void {
    if (this.ledger.size >= LEDGER_MAX / 2) this.forgetPast();
    this.ledger.set(grant.id, {
      grant,
      entriesSpent: 0,
      arrived: false,
      entryOpen: false,
      revoked: false,
      cause: null,
      outcome: null,
    });
  }

  /** An ended visit's grant cannot be used again before its window has passed; after that nobody needs to remember. */
  private forgetPast(): void {
    for (const [id, entry] of this.ledger) {
      if (entry.outcome !== null && entry.grant.untilUtcMs <= this.latestUtcMs) this.ledger.delete(id);
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

  private queue(notice: Notice): void {
    this.nextNoticeNumber = notice.number + 1;
    this.pending.push(notice);
    if (this.pending.length - this.firstPending > PENDING_NOTICES_MAX) this.summarise();
  }

  /** Keeps the newest half of the limit; one summary stands for the rest, and bears the last of their numbers. */
  private summarise(): void {
    const kept = this.pending.slice(-PENDING_NOTICES_MAX / 2);
    const first = this.pending[this.firstPending];
    const last = this.pending[this.pending.length - kept.length - 1];
    if (first === undefined || last === undefined) return;
    const from = first.kind === 'summary' ? first.detail.split('-')[0] : first.number;
    const detail = `${from}-${last.number}`;
    this.pending = [{ number: last.number, to: 'owner', kind: 'summary', visitId: null, detail }, ...kept];
    this.firstPending = 0;
  }

  private deliver(upToNumber: number): void {
    let next = this.pending[this.firstPending];
    while (next !== undefined && next.number <= upToNumber) {
      this.firstPending += 1;
      next = this.pending[this.firstPending];
    }
    if (this.firstPending < this.pending.length) return;
    this.pending = [];
    this.firstPending = 0;
  }

  private restore(state: DurableState): void {
    this.nextNoticeNumber = state.nextNoticeNumber;
    this.mode = state.mode;
    this.ledger.clear();
    for (const entry of state.ledger) this.ledger.set(entry.grant.id, { ...entry });
    this.raisedAlarms.clear();
    for (const alarm of state.raisedAlarms) this.raisedAlarms.add(alarm);
    this.pending = [...state.pendingNotices];
    this.firstPending = 0;
    this.retractionIntended = state.retractionIntended;
    this.latestUtcMs = Math.max(this.latestUtcMs, state.latestUtcMs);
  }
}
