import type { Alarm, Clock, WallClock } from '../hal/contracts/clock.js';
import type { Hal } from '../hal/contracts/hal.js';
import type { NoticeKind, NoticeTransport } from '../hal/contracts/notices.js';
import type { ReportSink } from '../hal/contracts/report.js';
import type { Effect } from './core/effects.js';
import type { CoreEvent, OpenVisit } from './core/events.js';
import { NEVER } from './core/never.js';
import { refusalEffects } from './core/refusal.js';
import { initialState, type LockState, wakeAt } from './core/state.js';
import { step, WAKE } from './core/step.js';
import { isOpen } from './core/visit.js';
import { Journal } from './journal/journal.js';
import type { RecordStore } from './journal/record-store.js';
import type { JournalEvent, Outcome } from './journal/records.js';
import { Outbox } from './outbox.js';
import { receive } from './reception.js';
import type { Request, Resident } from './requests.js';
import type { MotorLimits } from './sense/motor-sense.js';
import { Sense } from './sense/sense.js';
import { checkSettings, type Settings } from './settings.js';

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

/** Facts and aftermaths that one event may cause before the lock is considered to run in circles. */
const STORM_LIMIT = 1_000;

/** A calendar that stands still behind the journal would have a window end over and over: look again this much later. */
const FORESEE_AGAIN_MS = 1_000;

/**
 * The shell around the core: takes what happens, steps, carries out the effects, and keeps one timer. It decides
 * nothing. A failed effect comes back as an event.
 */
export class Lock {
  private readonly parts: LockParts;
  private readonly journal: Journal;
  private readonly outbox: Outbox;
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
  /** The earliest end of a window that nobody has come for yet, UTC; and when that is, by the calendar as it stands. */
  private nextMissUtcMs = NEVER;
  private nextMissAtMs = NEVER;

  /** Boots: reads the journal back, starts to listen, and homes if need be. Throws if the settings are out of bounds. */
  constructor(parts: LockParts) {
    checkSettings(parts.settings);
    this.parts = parts;
    const { clock, hal } = parts;
    this.journal = new Journal(parts.records, clock, parts.wallClock, (working) => {
      this.senseStore(working);
      this.settle();
    });
    this.outbox = new Outbox(
      this.journal,
      parts.notices,
      () => clock.nowMs(),
      (event) => this.record(event),
      () => this.settle(),
    );
    this.state = initialState(parts.settings, hal.boltSwitches !== null);
    this.residents = new Map(parts.residents.map((resident) => [resident.id, resident]));
    this.timer = clock.alarm(() => this.wake());
    this.sense = new Sense(clock, parts.motorLimits, (fact) => this.happen(fact));
    this.boot();
    this.sense.listen(hal);
    parts.wallClock.watch(() => this.followCalendar());
    hal.networkLink.watch((up) => {
      if (up) this.outbox.retryNow();
      this.rearm();
    });
  }

  /** A person asks; the answer is what happens, and a refusal is recorded and told. */
  request(request: Request): void {
    const reception = receive(request, {
      settings: this.parts.settings,
      mode: this.state.mode,
      utcMs: this.utcMs(),
      records: this.journal.sum,
      residents: this.residents,
      nowMs: this.parts.clock.nowMs(),
    });
    switch (reception.kind) {
      case 'refuse': {
        const personId = 'personId' in request ? request.personId : '';
        const entry = request.kind === 'enter' ? request.entry : null;
        const { visitId, reason } = reception;
        this.carryOutAll(refusalEffects(request.kind, personId, visitId, entry, reason));
        break;
      }
      case 'keep':
        this.record(reception.event);
        if (reception.notice !== null) this.notify('owner', reception.notice, reception.visitId, '');
        if (reception.event.kind === 'visitAnnounced') this.expect(reception.event.grant.untilUtcMs);
        if (reception.consequence !== null) this.pass(reception.consequence);
        break;
      case 'pass':
        this.pass(reception.event);
        break;
    }
    this.settle();
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
    for (const { grant, entriesSpent, arrived, entryOpen, cause, outcome } of records.ledger.values()) {
      if (outcome !== null) continue;
      this.expect(grant.untilUtcMs);
      if (!arrived) continue;
      const { id: visitId, personId, purpose, entries, untilUtcMs } = grant;
      const windowUntilAtMs = this.atMs(untilUtcMs);
      openVisit = { visitId, personId, purpose, entries, entriesSpent, windowUntilAtMs, entryOpen, cause };
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
    this.sense.wake();
    if (this.parts.clock.nowMs() >= this.coreDueMs) this.happen(WAKE);
    this.endMissedVisits();
    this.settle();
  }

  /** A visit that is stopped before its visitor came is no business of the core's. */
  private pass(event: CoreEvent): void {
    if (event.kind === 'visitStopped') {
      const { visit } = this.state;
      if (!isOpen(visit) || visit.visitId !== event.visitId) {
        this.endUnopened(event.visitId, event.why === 'endedByOwner' ? 'denied' : event.why);
        return;
      }
    }
    if (event.kind === 'modeSet' && event.mode === 'lockDown' && isOpen(this.state.visit)) {
      this.happen({ kind: 'visitStopped', visitId: this.state.visit.visitId, why: 'lockedDown' });
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

  private carryOutAll(effects: readonly Effect[]): void {
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
        this.notify(effect.to, effect.notice, effect.visitId, effect.detail);
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

  private notify(to: 'owner' | 'worker', kind: NoticeKind, visitId: string | null, detail: string): void {
    const number = this.journal.sum.nextNoticeNumber;
    this.record({ kind: 'noticeQueued', notice: { number, to, kind, visitId, detail } });
  }

  private expect(untilUtcMs: number): void {
    if (untilUtcMs >= this.nextMissUtcMs) return;
    this.nextMissUtcMs = untilUtcMs;
    this.foreseeMiss();
  }

  /** A calendar that drifts brings the moment early: then it is foreseen anew. */
  private followCalendar(): void {
    this.foreseeMiss();
    const { visit } = this.state;
    const entry = isOpen(visit) ? this.journal.sum.ledger.get(visit.visitId) : undefined;
    if (entry !== undefined) {
      const windowUntilAtMs = this.atMs(entry.grant.untilUtcMs);
      this.happen({ kind: 'windowMoved', visitId: visit.visitId, windowUntilAtMs });
    }
    this.settle();
  }

  /** When the calendar shows this time, on the lock's clock; `NEVER` while it is unset: then no window is judged. */
  private atMs(utcMs: number): number {
    const nowUtcMs = this.utcMs();
    return nowUtcMs === null ? NEVER : this.parts.clock.nowMs() + utcMs - nowUtcMs;
  }

  private foreseeMiss(leastMs = 1): void {
    const utcMs = this.nextMissUtcMs === NEVER ? null : this.utcMs();
    this.nextMissAtMs =
      utcMs === null ? NEVER : this.parts.clock.nowMs() + Math.max(leastMs, this.nextMissUtcMs - utcMs);
  }

  private endMissedVisits(): void {
    if (this.parts.clock.nowMs() < this.nextMissAtMs) return;
    const utcMs = this.utcMs();
    if (utcMs === null || utcMs < this.nextMissUtcMs) {
      this.foreseeMiss(FORESEE_AGAIN_MS);
      return;
    }
    this.nextMissUtcMs = NEVER;
    this.nextMissAtMs = NEVER;
    const { visit } = this.state;
    for (const { grant, outcome } of this.journal.sum.ledger.values()) {
      if (outcome !== null || (isOpen(visit) && visit.visitId === grant.id)) continue;
      if (grant.untilUtcMs <= utcMs) this.endUnopened(grant.id, 'missed');
      else this.expect(grant.untilUtcMs);
    }
  }

  /** Ends a visit whose visitor is not at the door. */
  private endUnopened(visitId: string, outcome: Outcome): void {
    const entriesSpent = this.journal.sum.ledger.get(visitId)?.entriesSpent ?? 0;
    this.record({
      kind: 'visitEnded',
      visitId,
      outcome,
      entriesSpent,
      doorOpenMs: 0,
      jams: 0,
      deliveryClaimed: false,
    });
    this.notify('owner', 'visitEnded', visitId, outcome);
    this.notify('worker', 'visitEnded', visitId, outcome);
  }

  /** The calendar, which is never believed to be earlier than the journal's latest stamp (S6). */
  private utcMs(): number | null {
    const utcMs = this.parts.wallClock.nowUtcMs();
    return utcMs === null ? null : Math.max(utcMs, this.journal.sum.latestUtcMs);
  }

  /** After everything that has happened: send what waits, and set the one timer. */
  private settle(): void {
    if (this.stepping) return;
    this.outbox.pump();
    this.journal.flush();
    this.rearm();
  }

  private rearm(): void {
    this.coreDueMs = wakeAt(this.state, this.steppedAtMs);
    this.dueMs = Math.min(this.coreDueMs, this.outbox.wakeAtMs, this.journal.wakeAtMs, this.nextMissAtMs);
    const atMs = Math.min(this.dueMs, this.sense.wakeAtMs());
    if (atMs === NEVER) this.timer.clear();
    else this.timer.set(atMs);
  }
}
