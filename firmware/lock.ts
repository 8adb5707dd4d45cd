import type { Alarm } from '../hal/contracts/clock.js';
import type { NoticeResult } from '../hal/contracts/notices.js';
import type { LockReport } from '../hal/contracts/report.js';
import { AwaitedWindows } from './awaited-windows.js';
import type { Effect } from './core/effects.js';
import { reportOf } from './core/report.js';
import { EdgeRefusals } from './edge-refusals.js';
import type { CoreEvent, OpenVisit } from './core/events.js';
import { NEVER } from './core/never.js';
import { refusalEffects } from './core/refusal.js';
import { initialState, type LockState, wakeAt } from './core/state.js';
import { step, WAKE } from './core/step.js';
import { isOpen } from './core/visit.js';
import { Journal } from './journal/journal.js';
import type { JournalSum } from './journal/fold.js';
import { resultOf } from './core/result.js';
import type { JournalEvent, Outcome, RefusalReason } from './journal/records.js';
import type { LockParts } from './lock-parts.js';
import { Notifications } from './notifications.js';
import { openVisitOf } from './open-visit.js';
import { askerOf, receive } from './reception/receive.js';
import type { ReceptionFacts } from './reception/reception.js';
import type { Request, Resident } from './requests.js';
import { Sense } from './sense/sense.js';
import { checkSettings } from './settings.js';

/** Facts and aftermaths that one event may cause before the lock is considered to run in circles. */
const STORM_LIMIT = 1_000;

/**
 * The shell around the core: takes what happens, steps, carries out the effects, and keeps one timer. It decides
 * nothing. A failed effect comes back as an event.
 */
export class Lock {
  private readonly parts: LockParts;
  private readonly journal: Journal;
  private readonly notifications: Notifications;
  private readonly windows: AwaitedWindows;
  private readonly edgeRefusals = new EdgeRefusals();
  private readonly sense: Sense;
  private readonly timer: Alarm;
  private readonly residents: ReadonlyMap<string, Resident>;
  private readonly inbox: CoreEvent[] = [];
  private stepping = false;
  private state: LockState;
  /** When the core last saw the time: deadlines up to then have been seen. */
  private steppedAtMs = -NEVER;
  /** Counts openings, so that the sync of one is never taken for that of another. */
  private opening = 0;
  /** When the core wants to be woken, and when anything but the camera's watchdogs does. */
  private coreDueMs = NEVER;
  private dueMs = NEVER;
  /** Why the latest request was refused, by access or by the core. */
  private refusal: RefusalReason | null = null;

  /** Boots: reads the journal back, starts to listen, and homes if need be. Throws if the settings are out of bounds. */
  constructor(parts: LockParts) {
    checkSettings(parts.settings);
    this.parts = parts;
    const { clock, hal } = parts;
    this.journal = new Journal(parts.records, clock, parts.wallClock, (working) => {
      this.senseStore(working);
      this.settle();
    });
    const nowMs = (): number => clock.nowMs();
    const utcMs = (): number | null => this.utcMs();
    const { sum: records } = this.journal;
    this.notifications = new Notifications({
      records,
      transport: parts.notices,
      mayTell: (recordNumber) => this.journal.mayTell(recordNumber),
      nowMs,
      utcMs,
      record: (event) => this.record(event),
      onSettled: () => this.settle(),
    });
    this.windows = new AwaitedWindows({
      records,
      nowMs,
      utcMs,
      isAtDoor: (visitId) => this.openVisitId() === visitId,
      onMissed: (visitId) => this.endUnopened(visitId, 'missed'),
    });
    this.state = initialState(parts.settings, hal.boltSwitches !== null);
    this.residents = new Map(parts.residents.map((resident) => [resident.id, resident]));
    this.timer = clock.alarm(() => this.wake());
    this.sense = new Sense(clock, parts.motorLimits, (fact) => this.happen(fact));
    this.boot();
    this.sense.listen(hal);
    parts.wallClock.watch(() => this.followCalendar());
    hal.networkLink.watch((up) => {
      if (up) this.notifications.retryNow();
      this.rearm();
    });
  }

  /**
   * A person asks; the answer is what happens. A refusal is recorded, told and returned; `null` means that the request was
   * taken, not that anything has moved.
   */
  request(request: Request): RefusalReason | null {
    const refusal = this.ask(request);
    this.settle();
    return refusal;
  }

  /** Something was refused before it became a request: it is recorded and told, unless there is a flood of such. */
  refuse(request: string, personId: string, visitId: string | null, reason: RefusalReason): void {
    const admitted = this.edgeRefusals.admits(this.parts.clock.nowMs());
    const effects = admitted ? refusalEffects(request, personId, visitId, null, reason) : [];
    for (const effect of effects) this.carryOut(effect);
    this.settle();
  }

  /** What the journal's records add up to. */
  get sum(): JournalSum {
    return this.journal.sum;
  }

  /** What requests are judged by, this moment. */
  facts(): ReceptionFacts {
    const { sum: records } = this.journal;
    return {
      settings: this.parts.settings,
      mode: this.state.mode,
      utcMs: this.utcMs(),
      calendarUtcMs: this.parts.wallClock.nowUtcMs(),
      nowMs: this.parts.clock.nowMs(),
      access: records.access,
      records,
      residents: this.residents,
    };
  }

  /** The calendar, never believed to be earlier than the journal's latest stamp and what has passed since (S6, S7). */
  utcMs(): number | null {
    const utcMs = this.parts.wallClock.nowUtcMs();
    return utcMs === null ? null : Math.max(utcMs, this.journal.sum.leastUtcMs(this.parts.clock.nowMs()));
  }

  report(): LockReport {
    return reportOf(this.state);
  }

  /** Once everything recorded so far is durable: true, or false if the store failed. */
  synced(): Promise<boolean> {
    return new Promise((resolve) => {
      this.journal.sync((fault) => resolve(fault === null && this.journal.isKept));
    });
  }

  /** Until when further genuine frames provably only rearm a watchdog; for simulators that skip them. */
  framesQuietUntilMs(): number {
    return this.sense.heartbeatsOnlyRearm() ? this.dueMs : -NEVER;
  }

  /** Until when a repeat of the last motor sample provably changes nothing; for simulators that skip them. */
  samplesQuietUntilMs(): number {
    return this.sense.samplesQuietUntilMs();
  }

  private boot(): void {
    const { sum: records } = this.journal;
    this.record({ kind: 'booted' });
    let openVisit: OpenVisit | null = null;
    for (const entry of records.ledger.values()) {
      const { grant, untilUtcMs, entriesSpent, arrived, cause, outcome, untoldResult } = entry;
      if (outcome !== null && untoldResult !== null) this.tellEnd(grant.id, outcome, untoldResult);
      if (outcome !== null) continue;
      if (cause !== null && entriesSpent === 0) {
        this.endUnopened(grant.id, cause);
        continue;
      }
      this.windows.expect(untilUtcMs);
      if (arrived) openVisit = openVisitOf(entry, this.atMs(untilUtcMs));
    }
    this.happen({
      kind: 'booted',
      mode: records.mode,
      raisedAlarms: [...records.raisedAlarms],
      retractionIntended: records.retractionIntended,
      openVisit,
    });
  }

  private wake(): void {
    const nowMs = this.parts.clock.nowMs();
    this.sense.wake();
    if (nowMs >= this.coreDueMs) this.happen(WAKE);
    this.windows.pump();
    const omitted = this.edgeRefusals.takeOmitted(nowMs);
    if (omitted > 0) this.record({ kind: 'refusalsOmitted', count: omitted });
    this.settle();
  }

  private ask(request: Request): RefusalReason | null {
    const { refusal, visitId, records, notices, events, next, otherwise } = receive(request, this.facts());
    for (const record of records) this.keep(record);
    for (const { kind, visitId: about, detail, worker } of notices) {
      this.notifications.tell({ to: 'owner', notice: kind, visitId: about, detail });
      if (worker) this.notifications.tell({ to: 'worker', notice: kind, visitId: about, detail });
    }
    this.refusal = refusal;
    if (refusal !== null) {
      const entry = request.kind === 'enter' ? request.entry : null;
      const effects = refusalEffects(request.kind, askerOf(request, this.journal.sum), visitId, entry, refusal);
      for (const effect of effects) this.carryOut(effect);
    }
    for (const event of events) this.pass(event);
    for (const following of next) {
      const refused = this.ask(following);
      if (refused === null) continue;
      // Whoever asks twice for what is under way is not turned away.
      if (otherwise !== undefined && refused !== 'visitUnderWay') this.pass(otherwise);
      return refused;
    }
    return this.refusal;
  }

  /** What a request adds to the records, and what the shell's own parts must hear of it. */
  private keep(record: JournalEvent): void {
    this.record(record);
    if (record.kind === 'visitAnnounced') this.windows.expect(record.grant.untilUtcMs);
    if (record.kind === 'calendarTrusted') this.followCalendar();
  }

  private openVisitId(): string | null {
    const { visit } = this.state;
    return isOpen(visit) ? visit.visitId : null;
  }

  /** A visit that is stopped before its visitor came is no business of the core's. */
  private pass(event: CoreEvent): void {
    if (event.kind === 'visitStopped') {
      if (this.openVisitId() !== event.visitId) {
        this.endUnopened(event.visitId, event.why === 'endedByOwner' ? 'denied' : event.why);
        return;
      }
    }
    const visitId = this.openVisitId();
    if (event.kind === 'modeSet' && event.mode === 'lockDown' && visitId !== null) {
      this.happen({ kind: 'visitStopped', visitId, why: 'lockedDown' });
    }
    this.happen(event);
  }

  /** Steps at once, unless a step is being carried out: then this event is its aftermath, and waits for its end. */
  private happen(event: CoreEvent): void {
    if (this.stepping) {
      this.inbox.push(event);
      return;
    }
    this.stepping = true;
    try {
      this.take(event);
      let taken = 0;
      for (let next = this.inbox.shift(); next !== undefined; next = this.inbox.shift()) {
        taken += 1;
        if (taken > STORM_LIMIT) throw new Error(`event storm: ${next.kind} after ${taken} events at one moment`);
        this.take(next);
      }
    } finally {
      this.stepping = false;
    }
    this.settle();
  }

  private take(event: CoreEvent): void {
    this.steppedAtMs = this.parts.clock.nowMs();
    const { state, effects } = step(this.state, event, this.steppedAtMs);
    this.state = state;
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: Effect): void {
    const { hal, reports } = this.parts;
    switch (effect.kind) {
      case 'drive':
        this.drive(effect.drive);
        return;
      case 'cameraPower':
        if (effect.on) hal.cameraPower.switchOn();
        else hal.cameraPower.switchOff();
        return;
      case 'recorder':
        if (effect.on) hal.recorder.start();
        else hal.recorder.stop();
        this.sense.recorder(effect.on);
        return;
      case 'indicator':
        hal.indicators.set(effect.indicator, effect.lit);
        return;
      case 'record':
        this.record(effect.event);
        return;
      case 'recordAndSync':
        this.recordAndSync(effect.event);
        return;
      case 'notify':
        this.notifications.tell(effect);
        return;
      case 'report':
        reports.report(effect.report);
        return;
      case 'alarm':
        reports.alarm(effect.alarm, effect.raised);
        return;
    }
  }

  private drive(drive: 'extend' | 'retract' | 'off'): void {
    const { boltMotor } = this.parts.hal;
    if (drive === 'off') {
      // A stop that cannot be ordered needs no answer: without its link the board stops by itself (BoltMotor).
      boltMotor.stop();
      this.sense.drive(false);
      return;
    }
    const fault = drive === 'extend' ? boltMotor.extend() : boltMotor.retract();
    if (fault === null) this.sense.drive(true);
    else this.inbox.push({ kind: 'driveRefused' });
  }

  private record(event: JournalEvent): boolean {
    if (event.kind === 'requestRefused') this.refusal = event.reason;
    const taken = this.journal.append(event) === null;
    if (!taken) this.senseStore(false);
    return taken;
  }

  private senseStore(working: boolean): void {
    if (working !== this.state.health.storeWorking) this.happen({ kind: 'storeSensed', working });
  }

  /** Only opening waits for the sync (S8). */
  private recordAndSync(event: JournalEvent): void {
    if (!this.record(event)) return;
    this.opening += 1;
    const opening = this.opening;
    this.journal.sync((fault) => {
      if (fault !== null) this.senseStore(false);
      else if (opening === this.opening) this.happen({ kind: 'intentSynced' });
    });
  }

  /** A calendar that drifts brings the moment early: then it is foreseen anew. */
  private followCalendar(): void {
    this.windows.foresee();
    const visitId = this.openVisitId();
    const entry = visitId === null ? undefined : this.journal.sum.ledger.get(visitId);
    if (visitId !== null && entry !== undefined) {
      this.happen({ kind: 'windowMoved', visitId, windowUntilAtMs: this.atMs(entry.untilUtcMs) });
    }
    this.settle();
  }

  /** When the calendar shows this time, on the lock's clock; `NEVER` while it is unset: then no window is judged. */
  private atMs(utcMs: number): number {
    const nowUtcMs = this.utcMs();
    return nowUtcMs === null ? NEVER : this.parts.clock.nowMs() + utcMs - nowUtcMs;
  }

  /** Ends a visit whose visitor is not at the door. */
  private endUnopened(visitId: string, outcome: Outcome): void {
    const { entriesSpent = 0, jams = 0, deliveryClaimed = false } = this.journal.sum.ledger.get(visitId) ?? {};
    const counted = { entriesSpent, doorOpenMs: 0, jams, deliveryClaimed };
    const ended = { kind: 'visitEnded', visitId, outcome, ...counted } as const;
    this.record(ended);
    this.tellEnd(visitId, outcome, resultOf(ended));
  }

  private tellEnd(visitId: string, outcome: Outcome, result: NoticeResult): void {
    this.notifications.tell({ to: 'owner', notice: 'visitEnded', visitId, detail: outcome, result });
    this.notifications.tell({ to: 'worker', notice: 'visitEnded', visitId, detail: outcome, result });
  }

  /** After everything that has happened: send what waits, and set the one timer. */
  private settle(): void {
    if (this.stepping) return;
    this.notifications.pump(this.openVisitId());
    this.journal.flush();
    this.rearm();
  }

  private rearm(): void {
    this.coreDueMs = wakeAt(this.state, this.steppedAtMs);
    this.dueMs = Math.min(
      this.coreDueMs,
      this.notifications.wakeAtMs,
      this.journal.wakeAtMs,
      this.windows.wakeAtMs,
      this.edgeRefusals.wakeAtMs,
    );
    const atMs = Math.min(this.dueMs, this.sense.wakeAtMs());
    if (atMs === NEVER) this.timer.clear();
    else this.timer.set(atMs);
  }
}
