import type { AlarmName, LockReport, Position } from '../../../hal/contracts/report.js';
import type { NoticeKind } from '../../../hal/contracts/notices.js';
import type { JournalEvent, MovementSource, Outcome, RefusalReason } from '../../../firmware/journal/records.js';
import type { Grant, Request } from '../../../firmware/requests.js';
import { FanOut } from '../../../sim/fan-out.js';
import { allMonitors } from '../../../sim/monitors/all-monitors.js';
import type { PropertyId, Violation } from '../../../sim/monitors/monitor.js';
import { DEFAULT_MONITOR_SETTINGS, type MonitorSettings } from '../../../sim/monitors/settings.js';
import type { BoltPlace, Drive } from '../../../sim/observation.js';

/** Midnight of the first day of the tests: virtual time 0. */
export const START_UTC_MS = Date.UTC(2024, 0, 1);

export const PARCEL: Grant = {
  id: 'parcel',
  personId: 'courier',
  doorId: 'front',
  purpose: 'delivery',
  fromUtcMs: START_UTC_MS,
  untilUtcMs: START_UTC_MS + 3_600_000,
  entries: 1,
  issuance: null,
};

const SETTINGS: MonitorSettings = {
  ...DEFAULT_MONITOR_SETTINGS,
  residents: [
    { id: 'owner', role: 'owner' },
    { id: 'kid', role: 'household' },
  ],
};

const FRAME_MS = 100;
/** The recorder confirms a frame this long after its capture. */
const CONFIRMED_AFTER_MS = 200;

/**
 * A door and a lock that do only what they are told: every method is an observation at the present time. Left alone,
 * the camera sends a frame every 100 ms, the recorder confirms each, and every record is durable at once.
 */
export class Stage {
  nowMs = 0;
  cameraLive = true;
  recorderLive = true;
  storeLive = true;
  readonly violations: Violation[] = [];
  readonly observers: FanOut;
  private number = 0;
  private notices = 0;
  private lastFrameMs = 0;
  private lastRecordedMs = 0;

  constructor(settings: Partial<MonitorSettings> = {}) {
    this.observers = new FanOut(
      allMonitors({ ...SETTINGS, ...settings }, (violation) => {
        this.violations.push(violation);
      }),
    );
    this.observers.calendar(0, START_UTC_MS);
    this.door(true).bolt('extended').network(true);
    this.observers.cameraPower(0, true);
    this.observers.host(0, true);
    this.record({ kind: 'booted' });
  }

  /** When each violation of a property was dated, after the end of the run. */
  violationsOf(property: PropertyId): readonly number[] {
    this.observers.finish(this.nowMs);
    return this.violations.filter((violation) => violation.property === property).map(({ atMs }) => atMs);
  }

  at(nowMs: number): this {
    if (nowMs < this.nowMs) throw new RangeError(`the story goes back from ${this.nowMs} to ${nowMs} ms`);
    this.nowMs = nowMs;
    const framesUntilMs = this.cameraLive ? Math.floor(nowMs / FRAME_MS) * FRAME_MS : this.lastFrameMs;
    if (framesUntilMs > this.lastFrameMs) {
      this.observers.frames(nowMs, this.lastFrameMs + FRAME_MS, framesUntilMs);
      this.lastFrameMs = framesUntilMs;
    }
    const confirmed = Math.floor((nowMs - CONFIRMED_AFTER_MS) / FRAME_MS) * FRAME_MS;
    const recordedUntilMs = this.recorderLive ? Math.min(this.lastFrameMs, confirmed) : this.lastRecordedMs;
    if (recordedUntilMs > this.lastRecordedMs) {
      this.observers.recorded(nowMs, this.lastRecordedMs + FRAME_MS, recordedUntilMs);
      this.lastRecordedMs = recordedUntilMs;
    }
    return this;
  }

  /** The camera, told to be live again, sends no frames for the time it was not. */
  camera(live: boolean): this {
    this.cameraLive = live;
    if (live) this.lastFrameMs = Math.floor(this.nowMs / FRAME_MS) * FRAME_MS - FRAME_MS;
    return this;
  }

  cameraPower(on: boolean): this {
    this.observers.cameraPower(this.nowMs, on);
    return this.camera(on);
  }

  recorder(live: boolean): this {
    this.recorderLive = live;
    if (live) this.lastRecordedMs = this.nowMs;
    return this;
  }

  store(live: boolean): this {
    this.storeLive = live;
    return this;
  }

  motor(drive: Drive): this {
    this.observers.motor(this.nowMs, drive);
    return this;
  }

  stalled(stalled: boolean): this {
    this.observers.motorStalled(this.nowMs, stalled);
    return this;
  }

  bolt(place: BoltPlace): this {
    const travelUm = { extended: 25_400, between: 12_000, retracted: 0 }[place];
    this.observers.bolt(this.nowMs, place, travelUm);
    return this;
  }

  hand(turns: 'extend' | 'retract' | 'none'): this {
    this.observers.hand(this.nowMs, turns);
    return this;
  }

  /** The leaf moves; a lock that works records it at once. */
  door(closed: boolean): this {
    this.observers.door(this.nowMs, closed);
    return this;
  }

  host(running: boolean): this {
    this.observers.host(this.nowMs, running);
    return this;
  }

  link(up: boolean): this {
    this.observers.boardLink(this.nowMs, up);
    return this;
  }

  network(up: boolean): this {
    this.observers.network(this.nowMs, up);
    return this;
  }

  fault(component: string, kind: string, present: boolean): this {
    this.observers.fault(this.nowMs, component, kind, present);
    return this;
  }

  request(request: Request): this {
    this.observers.request(this.nowMs, request);
    return this;
  }

  record(event: JournalEvent, utcMs: number | null = START_UTC_MS + this.nowMs): this {
    this.number += 1;
    return this.recordAs(this.number, event, utcMs);
  }

  recordAs(number: number, event: JournalEvent, utcMs: number | null = START_UTC_MS + this.nowMs): this {
    this.number = number;
    this.observers.record(this.nowMs, { number, atMs: this.nowMs, utcMs, event });
    return this.storeLive ? this.synced() : this;
  }

  synced(upToNumber = this.number): this {
    this.observers.synced(this.nowMs, upToNumber);
    return this;
  }

  storeFault(): this {
    this.observers.storeFault(this.nowMs);
    return this;
  }

  intend(goal: 'locked' | 'unlocked', source: MovementSource, visitId: string | null = null, entry = 1): this {
    return this.record({ kind: 'driveIntended', goal, source, visitId, entry: visitId === null ? null : entry });
  }

  ended(goal: 'locked' | 'unlocked', result: LockReport['lastResult'] = 'ok'): this {
    const bolt = goal === 'locked' ? 'extended' : 'retracted';
    return this.record({ kind: 'driveEnded', goal, result, bolt: result === 'ok' ? bolt : 'between' });
  }

  refused(request: Request['kind'], personId: string, reason: RefusalReason = 'notAllowed'): this {
    return this.record({ kind: 'requestRefused', request, personId, visitId: null, entry: null, reason });
  }

  alarm(alarm: AlarmName, raised = true): this {
    return this.record({ kind: raised ? 'alarmRaised' : 'alarmCleared', alarm }).unrecordedAlarm(alarm, raised);
  }

  unrecordedAlarm(alarm: AlarmName, raised = true): this {
    this.observers.alarm(this.nowMs, alarm, raised);
    return this;
  }

  report(position: Position, more: Partial<LockReport> = {}): this {
    this.observers.report(this.nowMs, {
      position,
      assumed: null,
      activity: 'idle',
      lastResult: 'none',
      door: 'closed',
      mode: 'normal',
      ...more,
    });
    return this;
  }

  notice(number: number, kind: NoticeKind, visitId: string | null = null, detail = ''): this {
    this.observers.notice(this.nowMs, { number, to: 'owner', kind, visitId, detail, utcMs: null });
    return this;
  }

  queued(to: 'owner' | 'worker', kind: NoticeKind, detail: string): this {
    this.notices += 1;
    const notice = { number: this.notices, to, kind, visitId: null, detail, utcMs: null };
    return this.record({ kind: 'noticeQueued', notice });
  }

  announce(grant: Grant = PARCEL): this {
    return this.request({ kind: 'announceVisit', grant }).record({ kind: 'visitAnnounced', grant });
  }

  enter(visitId = 'parcel', entry = 1, personId = 'courier'): this {
    this.request({ kind: 'enter', personId, visitId, entry });
    return this.record({ kind: 'entryAccepted', visitId, entry });
  }

  endVisit(outcome: Outcome, visitId = 'parcel', doorOpenMs = 0): this {
    const claims = { jams: 0, entriesSpent: 1, deliveryClaimed: false };
    return this.record({ kind: 'visitEnded', visitId, outcome, doorOpenMs, ...claims });
  }

  /** Announced now, the visitor enters: recording confirmed 500 ms later, the intent durable, the motor on. */
  retractForVisitor(grant: Grant = PARCEL, entry = 1): this {
    if (entry === 1) this.announce(grant);
    return this.enter(grant.id, entry, grant.personId).retractOnceRecorded(grant.id, entry);
  }

  retractOnceRecorded(visitId = 'parcel', entry = 1): this {
    this.at(this.nowMs + 500).record({ kind: 'recordingConfirmed', visitId, entry });
    return this.intend('unlocked', 'visit', visitId, entry).motor('retract');
  }

  /** The driven bolt reaches the other end in a second, and the movement is over. */
  travel(goal: 'locked' | 'unlocked'): this {
    const startMs = this.nowMs;
    this.at(startMs + 50).bolt('between');
    this.at(startMs + 1000)
      .bolt(goal === 'locked' ? 'extended' : 'retracted')
      .motor('off');
    return this.at(startMs + 1060).ended(goal);
  }

  /** The door moves, and the journal holds it. */
  moveDoor(closed: boolean): this {
    return this.door(closed).record({ kind: 'doorMoved', closed });
  }

  /** A hand turns the bolt to a place, and the journal holds it. */
  turnBolt(place: BoltPlace): this {
    this.hand(place === 'extended' ? 'extend' : 'retract').bolt(place);
    return this.record({ kind: 'boltMovedByHand', bolt: place }).hand('none');
  }

  /** The motor is ordered to extend for a relock of the given source. */
  relock(source: MovementSource = 'visit'): this {
    return this.intend('locked', source).motor('extend');
  }
}
