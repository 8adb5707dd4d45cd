import type { IndicatorName } from '../hal/contracts/indicators.js';
import type { Heartbeat, Notice } from '../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../hal/contracts/report.js';
import type { JournalRecord } from '../firmware/journal/records.js';
import type { Request } from '../firmware/requests.js';
import type { BoltPlace, Drive, Observations, Observer } from './observation.js';

type Watching<Method extends keyof Observations> = readonly Pick<Observations, Method>[];

function watching<Method extends keyof Observations>(observers: readonly Observer[], method: Method): Watching<Method> {
  return observers.filter(
    (observer): observer is Observer & Pick<Observations, Method> => observer[method] !== undefined,
  );
}

/**
 * Tells many observers as if they were one, in the order in which they were given. Who has no method for an observation
 * costs nothing when it is made: the lists are drawn up once.
 */
export class FanOut implements Observations {
  private readonly motors: Watching<'motor'>;
  private readonly motorCurrents: Watching<'motorCurrent'>;
  private readonly motorStalls: Watching<'motorStalled'>;
  private readonly bolts: Watching<'bolt'>;
  private readonly hands: Watching<'hand'>;
  private readonly doors: Watching<'door'>;
  private readonly lockPowers: Watching<'lockPower'>;
  private readonly hosts: Watching<'host'>;
  private readonly boardLinks: Watching<'boardLink'>;
  private readonly networks: Watching<'network'>;
  private readonly cameraPowers: Watching<'cameraPower'>;
  private readonly frameRuns: Watching<'frames'>;
  private readonly recordedRuns: Watching<'recorded'>;
  private readonly faults: Watching<'fault'>;
  private readonly deeds: Watching<'deed'>;
  private readonly requests: Watching<'request'>;
  private readonly calendars: Watching<'calendar'>;
  private readonly indicators: Watching<'indicator'>;
  private readonly records: Watching<'record'>;
  private readonly syncs: Watching<'synced'>;
  private readonly storeFaults: Watching<'storeFault'>;
  private readonly reports: Watching<'report'>;
  private readonly alarms: Watching<'alarm'>;
  private readonly notices: Watching<'notice'>;
  private readonly heartbeats: Watching<'heartbeat'>;
  private readonly finishes: Watching<'finish'>;

  constructor(observers: readonly Observer[]) {
    this.motors = watching(observers, 'motor');
    this.motorCurrents = watching(observers, 'motorCurrent');
    this.motorStalls = watching(observers, 'motorStalled');
    this.bolts = watching(observers, 'bolt');
    this.hands = watching(observers, 'hand');
    this.doors = watching(observers, 'door');
    this.lockPowers = watching(observers, 'lockPower');
    this.hosts = watching(observers, 'host');
    this.boardLinks = watching(observers, 'boardLink');
    this.networks = watching(observers, 'network');
    this.cameraPowers = watching(observers, 'cameraPower');
    this.frameRuns = watching(observers, 'frames');
    this.recordedRuns = watching(observers, 'recorded');
    this.faults = watching(observers, 'fault');
    this.deeds = watching(observers, 'deed');
    this.requests = watching(observers, 'request');
    this.calendars = watching(observers, 'calendar');
    this.indicators = watching(observers, 'indicator');
    this.records = watching(observers, 'record');
    this.syncs = watching(observers, 'synced');
    this.storeFaults = watching(observers, 'storeFault');
    this.reports = watching(observers, 'report');
    this.alarms = watching(observers, 'alarm');
    this.notices = watching(observers, 'notice');
    this.heartbeats = watching(observers, 'heartbeat');
    this.finishes = watching(observers, 'finish');
  }

  motor(nowMs: number, drive: Drive): void {
    for (const observer of this.motors) observer.motor(nowMs, drive);
  }

  motorCurrent(nowMs: number, currentMa: number): void {
    for (const observer of this.motorCurrents) observer.motorCurrent(nowMs, currentMa);
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    for (const observer of this.motorStalls) observer.motorStalled(nowMs, stalled);
  }

  bolt(nowMs: number, place: BoltPlace, travelUm: number): void {
    for (const observer of this.bolts) observer.bolt(nowMs, place, travelUm);
  }

  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void {
    for (const observer of this.hands) observer.hand(nowMs, turns);
  }

  door(nowMs: number, closed: boolean): void {
    for (const observer of this.doors) observer.door(nowMs, closed);
  }

  lockPower(nowMs: number, on: boolean): void {
    for (const observer of this.lockPowers) observer.lockPower(nowMs, on);
  }

  host(nowMs: number, running: boolean): void {
    for (const observer of this.hosts) observer.host(nowMs, running);
  }

  boardLink(nowMs: number, up: boolean): void {
    for (const observer of this.boardLinks) observer.boardLink(nowMs, up);
  }

  network(nowMs: number, up: boolean): void {
    for (const observer of this.networks) observer.network(nowMs, up);
  }

  cameraPower(nowMs: number, on: boolean): void {
    for (const observer of this.cameraPowers) observer.cameraPower(nowMs, on);
  }

  frames(nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    for (const observer of this.frameRuns) observer.frames(nowMs, firstCapturedMs, lastCapturedMs);
  }

  recorded(nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    for (const observer of this.recordedRuns) {
      observer.recorded(nowMs, firstCapturedMs, lastCapturedMs);
    }
  }

  fault(nowMs: number, component: string, kind: string, present: boolean): void {
    for (const observer of this.faults) observer.fault(nowMs, component, kind, present);
  }

  deed(nowMs: number, words: string, done: boolean): void {
    for (const observer of this.deeds) observer.deed(nowMs, words, done);
  }

  request(nowMs: number, request: Request): void {
    for (const observer of this.requests) observer.request(nowMs, request);
  }

  calendar(nowMs: number, trueUtcMs: number): void {
    for (const observer of this.calendars) observer.calendar(nowMs, trueUtcMs);
  }

  indicator(nowMs: number, name: IndicatorName, lit: boolean): void {
    for (const observer of this.indicators) observer.indicator(nowMs, name, lit);
  }

  record(nowMs: number, record: JournalRecord): void {
    for (const observer of this.records) observer.record(nowMs, record);
  }

  synced(nowMs: number, upToNumber: number): void {
    for (const observer of this.syncs) observer.synced(nowMs, upToNumber);
  }

  storeFault(nowMs: number): void {
    for (const observer of this.storeFaults) observer.storeFault(nowMs);
  }

  report(nowMs: number, report: LockReport): void {
    for (const observer of this.reports) observer.report(nowMs, report);
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    for (const observer of this.alarms) observer.alarm(nowMs, alarm, raised);
  }

  notice(nowMs: number, notice: Notice): void {
    for (const observer of this.notices) observer.notice(nowMs, notice);
  }

  heartbeat(nowMs: number, heartbeat: Heartbeat): void {
    for (const observer of this.heartbeats) observer.heartbeat(nowMs, heartbeat);
  }

  finish(nowMs: number): void {
    for (const observer of this.finishes) observer.finish(nowMs);
  }
}
