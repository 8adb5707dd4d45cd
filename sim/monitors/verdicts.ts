import type { AlarmName } from '../../hal/contracts/report.js';
import type { Drive } from '../observation.js';
import type { Listener } from './changes.js';
import { VOIDED_BY } from './fault-hypothesis.js';
import { PROPERTY_IDS, type Monitor, type PropertyId, type ReportViolation } from './monitor.js';
import { LATENCY_MS, type Truth } from './truth.js';

/**
 * Passes violations on, except of properties that a fault voids. A property stays void until the lock is clean again:
 * all faults of its row are over, the motor rests and no contradiction of the sensors awaits its clearing; and for 100
 * ms more, in which the lock learns of it.
 */
export class Verdicts implements Listener {
  private readonly truth: Truth;
  private readonly reportViolation: ReportViolation;
  private readonly present = new Set<string>();
  private readonly voided = new Set<PropertyId>();
  private readonly judgedFromMs = new Map<PropertyId, number>();
  private monitors: readonly Monitor[] = [];

  constructor(truth: Truth, reportViolation: ReportViolation) {
    this.truth = truth;
    this.reportViolation = reportViolation;
  }

  /** Who is told when a property is judged again. */
  resumes(monitors: readonly Monitor[]): void {
    this.monitors = monitors;
  }

  violate(property: PropertyId, atMs: number, detail: string): void {
    if (this.voided.has(property) || atMs < (this.judgedFromMs.get(property) ?? -Infinity)) return;
    this.reportViolation({ property, atMs, detail });
  }

  fault(nowMs: number, component: string, kind: string, present: boolean): void {
    const fault = `${component} ${kind}`;
    if (present) this.present.add(fault);
    else this.present.delete(fault);
    for (const property of PROPERTY_IDS) {
      if (this.hasVoidingFault(property)) this.voided.add(property);
    }
    this.review(nowMs);
  }

  motor(nowMs: number, drive: Drive): void {
    if (drive === 'off') this.review(nowMs);
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    if (alarm === 'SensorContradiction' && !raised) this.review(nowMs);
  }

  private hasVoidingFault(property: PropertyId): boolean {
    return VOIDED_BY[property].some(([component, kind]) => this.present.has(`${component} ${kind}`));
  }

  private review(nowMs: number): void {
    if (this.voided.size === 0) return;
    if (this.truth.drive !== 'off' || this.truth.raised.has('SensorContradiction')) return;
    for (const property of this.voided) {
      if (this.hasVoidingFault(property)) continue;
      this.voided.delete(property);
      this.judgedFromMs.set(property, nowMs + LATENCY_MS);
      for (const monitor of this.monitors) {
        if (monitor.property === property) monitor.resume?.(nowMs);
      }
    }
  }
}
