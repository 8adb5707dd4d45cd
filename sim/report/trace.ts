import type { JournalRecord } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { BoltPlace, Drive, Observer } from '../observation.js';

/** One visible thing; times in virtual milliseconds since the start of the run, to the microsecond. */
export type TraceEvent = { readonly atMs: number } & (
  | { readonly kind: 'motor'; readonly drive: Drive }
  | { readonly kind: 'motorCurrent'; readonly currentMa: number }
  | { readonly kind: 'motorStalled'; readonly stalled: boolean }
  | { readonly kind: 'bolt'; readonly place: BoltPlace; readonly travelUm: number }
  | { readonly kind: 'hand'; readonly turns: 'extend' | 'retract' | 'none' }
  | { readonly kind: 'door'; readonly closed: boolean }
  | { readonly kind: 'lockPower'; readonly on: boolean }
  | { readonly kind: 'host'; readonly running: boolean }
  | { readonly kind: 'boardLink'; readonly up: boolean }
  | { readonly kind: 'network'; readonly up: boolean }
  | { readonly kind: 'cameraPower'; readonly on: boolean }
  /** Genuine frames begin, or the newest has become older than 500 ms. */
  | { readonly kind: 'cameraFresh'; readonly fresh: boolean }
  | {
      readonly kind: 'fault';
      readonly component: string;
      readonly fault: string;
      readonly present: boolean;
    }
  | { readonly kind: 'deed'; readonly words: string; readonly done: boolean }
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'calendar'; readonly trueUtcMs: number }
  | { readonly kind: 'indicator'; readonly name: IndicatorName; readonly lit: boolean }
  | { readonly kind: 'record'; readonly record: JournalRecord }
  | { readonly kind: 'storeFault' }
  | { readonly kind: 'report'; readonly report: LockReport }
  | { readonly kind: 'alarm'; readonly alarm: AlarmName; readonly raised: boolean }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'finish' }
);

/** Chosen: some 5,000 visits. */
export const traceEventsMax = 1_000_000;

/** The age at which S1 calls the newest frame too old. */
const frameFreshMs = 500;

/** Thrown when a run has more to tell than a report should hold. */
export class TraceTooLongError extends Error {
  override readonly name = 'TraceTooLongError';

  constructor(eventsMax: number) {
    super(
      `the story has more than ${eventsMax.toLocaleString('en')} events to report; make it shorter, or split it in two`,
    );
  }
}

/**
 * Keeps what an observer saw, in order, for the reports. Frames are kept as the moments at which the picture becomes
 * fresh and stale, so that the trace is the same whether heartbeats are coalesced or not.
 */
export class Trace implements Observer {
  readonly events: TraceEvent[] = [];
  private newestFrameMs: number | null = null;
  private readonly eventsMax: number;

  constructor(eventsMax: number = traceEventsMax) {
    this.eventsMax = eventsMax;
  }

  motor(nowMs: number, drive: Drive): void {
    this.add({ atMs: this.at(nowMs), kind: 'motor', drive });
  }

  motorCurrent(nowMs: number, currentMa: number): void {
    this.add({ atMs: this.at(nowMs), kind: 'motorCurrent', currentMa: Math.round(currentMa) });
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'motorStalled', stalled });
  }

  bolt(nowMs: number, place: BoltPlace, travelUm: number): void {
    this.add({ atMs: this.at(nowMs), kind: 'bolt', place, travelUm: Math.round(travelUm) });
  }

  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void {
    this.add({ atMs: this.at(nowMs), kind: 'hand', turns });
  }

  door(nowMs: number, closed: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'door', closed });
  }

  lockPower(nowMs: number, on: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'lockPower', on });
  }

  host(nowMs: number, running: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'host', running });
  }

  boardLink(nowMs: number, up: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'boardLink', up });
  }

  network(nowMs: number, up: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'network', up });
  }

  cameraPower(nowMs: number, on: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'cameraPower', on });
  }

  frames(_nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    // A picture is captured before it arrives: what was seen meanwhile stays in front of it.
    const atMs = Math.max(this.at(firstCapturedMs), this.events.at(-1)?.atMs ?? 0);
    if (this.newestFrameMs === null) this.add({ atMs, kind: 'cameraFresh', fresh: true });
    this.newestFrameMs = lastCapturedMs;
  }

  fault(nowMs: number, component: string, kind: string, present: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'fault', component, fault: kind, present });
  }

  deed(nowMs: number, words: string, done: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'deed', words, done });
  }

  request(nowMs: number, request: Request): void {
    this.add({ atMs: this.at(nowMs), kind: 'request', request });
  }

  calendar(nowMs: number, trueUtcMs: number): void {
    this.add({ atMs: this.at(nowMs), kind: 'calendar', trueUtcMs });
  }

  indicator(nowMs: number, name: IndicatorName, lit: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'indicator', name, lit });
  }

  record(nowMs: number, record: JournalRecord): void {
    this.add({ atMs: this.at(nowMs), kind: 'record', record });
  }

  storeFault(nowMs: number): void {
    this.add({ atMs: this.at(nowMs), kind: 'storeFault' });
  }

  report(nowMs: number, report: LockReport): void {
    this.add({ atMs: this.at(nowMs), kind: 'report', report });
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    this.add({ atMs: this.at(nowMs), kind: 'alarm', alarm, raised });
  }

  notice(nowMs: number, notice: Notice): void {
    this.add({ atMs: this.at(nowMs), kind: 'notice', notice });
  }

  finish(nowMs: number): void {
    this.add({ atMs: this.at(nowMs), kind: 'finish' });
  }

  /** The time to write down; if the picture has become stale before it, that is told first. */
  private at(nowMs: number): number {
    if (this.newestFrameMs !== null && nowMs > this.newestFrameMs + frameFreshMs) {
      const staleFromMs = this.newestFrameMs + frameFreshMs;
      this.newestFrameMs = null;
      this.add({ atMs: toMicroseconds(staleFromMs), kind: 'cameraFresh', fresh: false });
    }
    return toMicroseconds(nowMs);
  }

  private add(event: TraceEvent): void {
    if (this.events.length === this.eventsMax) throw new TraceTooLongError(this.eventsMax);
    this.events.push(event);
  }
}

function toMicroseconds(timeMs: number): number {
  return Math.round(timeMs * 1000) / 1000;
}
