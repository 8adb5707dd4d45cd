import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { BoltPlace, Drive, Observer } from '../observation.js';

/** Something that can be seen from outside at any depth of simulation. */
export interface VisibleEvent {
  readonly atMs: number;
  /** Equal for the same event at another depth. */
  readonly words: string;
  /** A motor order or a step of the story: times are counted from the latest of them. */
  readonly isAnchor: boolean;
}

const REPORT_PARTS = ['position', 'assumed', 'activity', 'lastResult', 'door', 'mode'] as const;

/**
 * Writes down pins, switches, door, camera power, reports, alarms, notices and outcomes; no samples, no frames, no
 * heartbeats. Numbers of notices are left out: two that swap places swap their numbers too.
 */
export class VisibleEvents implements Observer {
  readonly events: VisibleEvent[] = [];
  private place: BoltPlace | null = null;
  private reported: LockReport | null = null;

  motor(nowMs: number, drive: Drive): void {
    this.add(nowMs, `motor ${drive}`, true);
  }

  bolt(nowMs: number, place: BoltPlace): void {
    if (place === this.place) return;
    this.place = place;
    this.add(nowMs, `bolt ${place}`);
  }

  door(nowMs: number, closed: boolean): void {
    this.add(nowMs, `door ${closed ? 'closed' : 'open'}`);
  }

  cameraPower(nowMs: number, on: boolean): void {
    this.add(nowMs, `camera power ${on ? 'on' : 'off'}`);
  }

  indicator(nowMs: number, name: IndicatorName, lit: boolean): void {
    this.add(nowMs, `light ${name} ${lit ? 'on' : 'off'}`);
  }

  /** What changed in it, one by one: which of two inputs is heard of first is nobody's promise. */
  report(nowMs: number, report: LockReport): void {
    for (const part of REPORT_PARTS) {
      if (report[part] !== this.reported?.[part]) this.add(nowMs, `reported ${part}: ${report[part] ?? 'nothing'}`);
    }
    this.reported = report;
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    this.add(nowMs, `alarm ${alarm} ${raised ? 'raised' : 'cleared'}`);
  }

  notice(nowMs: number, { to, kind, visitId, detail }: Notice): void {
    this.add(nowMs, ['notice to', to, kind, visitId, detail].filter((word) => word !== null && word !== '').join(' '));
  }

  record(nowMs: number, { event }: JournalRecord): void {
    if (event.kind === 'visitEnded') this.add(nowMs, `visit ${event.visitId} ended: ${event.outcome}`);
  }

  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void {
    this.add(nowMs, `hand turns: ${turns}`, true);
  }

  deed(nowMs: number, words: string, done: boolean): void {
    this.add(nowMs, `${words}${done ? '' : ', in vain'}`, true);
  }

  request(nowMs: number, request: Request): void {
    this.add(nowMs, `request ${request.kind}`, true);
  }

  fault(nowMs: number, component: string, kind: string, present: boolean): void {
    this.add(nowMs, `${component} ${kind} ${present ? 'begins' : 'is over'}`, true);
  }

  private add(atMs: number, words: string, isAnchor = false): void {
    this.events.push({ atMs, words, isAnchor });
  }
}
