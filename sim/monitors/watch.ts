import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { BoltPlace, Drive, Observer } from '../observation.js';
import { type Changes, type Listener, listening } from './changes.js';
import { RecordReaders } from './record-readers.js';
import type { Truth } from './truth.js';

type Listening<Method extends keyof Changes> = readonly Pick<Changes, Method>[];

/**
 * Observes for all monitors at once. Before it takes in an observation it lets every deadline expire that has passed
 * since the one before, against the truth that held until now; then it brings `Truth` up to date, and tells those whom
 * the change concerns, in the order in which they were given.
 */
export class Watch implements Observer {
  private readonly truth: Truth;
  private readonly records: RecordReaders;
  private readonly motors: Listening<'motor'>;
  private readonly motorStalls: Listening<'motorStalled'>;
  private readonly bolts: Listening<'bolt'>;
  private readonly hands: Listening<'hand'>;
  private readonly doors: Listening<'door'>;
  private readonly hosts: Listening<'host'>;
  private readonly lives: Listening<'life'>;
  private readonly networks: Listening<'network'>;
  private readonly cameras: Listening<'camera'>;
  private readonly faults: Listening<'fault'>;
  private readonly requests: Listening<'request'>;
  private readonly syncs: Listening<'synced'>;
  private readonly storeFaults: Listening<'storeFault'>;
  private readonly reports: Listening<'report'>;
  private readonly alarms: Listening<'alarm'>;
  private readonly notices: Listening<'notice'>;
  private readonly finishes: Listening<'finish'>;

  constructor(truth: Truth, listeners: readonly Listener[]) {
    this.truth = truth;
    this.records = new RecordReaders(listeners);
    this.motors = listening(listeners, 'motor');
    this.motorStalls = listening(listeners, 'motorStalled');
    this.bolts = listening(listeners, 'bolt');
    this.hands = listening(listeners, 'hand');
    this.doors = listening(listeners, 'door');
    this.hosts = listening(listeners, 'host');
    this.lives = listening(listeners, 'life');
    this.networks = listening(listeners, 'network');
    this.cameras = listening(listeners, 'camera');
    this.faults = listening(listeners, 'fault');
    this.requests = listening(listeners, 'request');
    this.syncs = listening(listeners, 'synced');
    this.storeFaults = listening(listeners, 'storeFault');
    this.reports = listening(listeners, 'report');
    this.alarms = listening(listeners, 'alarm');
    this.notices = listening(listeners, 'notice');
    this.finishes = listening(listeners, 'finish');
  }

  motor(nowMs: number, drive: Drive): void {
    this.settle(nowMs);
    const previousDrive = this.truth.drive;
    if (drive === previousDrive) return;
    this.truth.motor(nowMs, drive);
    for (const listener of this.motors) listener.motor(nowMs, drive, previousDrive);
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    this.settle(nowMs);
    for (const listener of this.motorStalls) listener.motorStalled(nowMs, stalled);
  }

  bolt(nowMs: number, place: BoltPlace): void {
    this.settle(nowMs);
    const previousPlace = this.truth.place;
    if (place === previousPlace) return;
    this.truth.bolt(nowMs, place);
    for (const listener of this.bolts) listener.bolt(nowMs, place, previousPlace);
  }

  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void {
    this.settle(nowMs);
    if (turns === this.truth.handTurns) return;
    this.truth.hand(nowMs, turns);
    for (const listener of this.hands) listener.hand(nowMs);
  }

  door(nowMs: number, closed: boolean): void {
    this.settle(nowMs);
    if (closed === this.truth.doorClosed) return;
    this.truth.door(nowMs, closed);
    for (const listener of this.doors) listener.door(nowMs, closed);
  }

  lockPower(nowMs: number, on: boolean): void {
    this.settle(nowMs);
    this.truth.lockPowered = on;
    this.reviewLife(nowMs);
  }

  host(nowMs: number, running: boolean): void {
    this.settle(nowMs);
    if (running === this.truth.hostRunning) return;
    this.truth.host(nowMs, running);
    for (const listener of this.hosts) listener.host(nowMs, running);
    this.reviewLife(nowMs);
  }

  boardLink(nowMs: number, up: boolean): void {
    this.settle(nowMs);
    this.truth.linkUp = up;
    this.reviewLife(nowMs);
  }

  network(nowMs: number, up: boolean): void {
    this.settle(nowMs);
    if (up === this.truth.networkUp) return;
    this.truth.network(nowMs, up);
    for (const listener of this.networks) listener.network(nowMs);
  }

  cameraPower(nowMs: number, on: boolean): void {
    this.settle(nowMs);
    if (on === this.truth.cameraPowered) return;
    this.truth.cameraPower(nowMs, on);
    for (const listener of this.cameras) listener.camera(nowMs);
  }

  /** A run may be told long after it began: only up to its first frame was the one before it the newest. */
  frames(_nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    this.settle(firstCapturedMs);
    this.truth.frames(lastCapturedMs);
  }

  recorded(_nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    this.settle(firstCapturedMs);
    this.truth.recorded(lastCapturedMs);
  }

  fault(nowMs: number, component: string, kind: string, present: boolean): void {
    this.settle(nowMs);
    for (const listener of this.faults) listener.fault(nowMs, component, kind, present);
  }

  request(nowMs: number, request: Request): void {
    this.settle(nowMs);
    for (const listener of this.requests) listener.request(nowMs, request);
  }

  calendar(nowMs: number, trueUtcMs: number): void {
    this.settle(nowMs);
    this.truth.calendar(nowMs, trueUtcMs);
  }

  record(nowMs: number, record: JournalRecord): void {
    this.settle(nowMs);
    this.records.read(nowMs, record);
  }

  synced(nowMs: number, upToNumber: number): void {
    this.settle(nowMs);
    this.truth.synced(upToNumber);
    for (const listener of this.syncs) listener.synced(nowMs, upToNumber);
  }

  storeFault(nowMs: number): void {
    this.settle(nowMs);
    for (const listener of this.storeFaults) listener.storeFault(nowMs);
  }

  report(nowMs: number, report: LockReport): void {
    this.settle(nowMs);
    this.truth.latestReport = report;
    for (const listener of this.reports) listener.report(nowMs, report);
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    this.settle(nowMs);
    this.truth.alarm(alarm, raised);
    for (const listener of this.alarms) listener.alarm(nowMs, alarm, raised);
  }

  notice(nowMs: number, notice: Notice): void {
    this.settle(nowMs);
    for (const listener of this.notices) listener.notice(nowMs, notice);
  }

  finish(nowMs: number): void {
    this.settle(nowMs);
    for (const listener of this.finishes) listener.finish(nowMs);
  }

  private settle(nowMs: number): void {
    if (this.truth.framesStopped(nowMs)) {
      for (const listener of this.cameras) listener.camera(nowMs);
    }
    if (nowMs > this.truth.deadlines.nextDueMs) this.truth.deadlines.settle(nowMs);
  }

  private reviewLife(nowMs: number): void {
    if (!this.truth.reviewLife(nowMs)) return;
    for (const listener of this.lives) listener.life(nowMs, this.truth.alive);
  }
}
