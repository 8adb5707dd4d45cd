import type { Alarm } from '../../hal/contracts/clock.js';
import type { VirtualClock } from '../virtual-clock.js';

/** From a wish for a reading to its report: as long as an adapter takes to trust what it reads. Chosen. */
const REPORT_MS = 10;

/**
 * One debounced input on its way to the firmware: a small integer that is reported once after each wish, and at each
 * change that lasts for `settleMs`. Only one listens; a later one takes the place of the last.
 */
export class Reading {
  /** Told before the listener whenever the reading has changed, heard or not. */
  onSettled: (() => void) | null = null;
  private readonly clock: VirtualClock;
  private readonly settleMs: number;
  private readonly canReport: () => boolean;
  private readonly alarm: Alarm;
  private listener: ((value: number) => void) | null = null;
  private value: number;
  private settled: number;
  private settleDueMs = Infinity;
  private reportDueMs = Infinity;

  constructor(clock: VirtualClock, settleMs: number, value: number, canReport: () => boolean) {
    this.clock = clock;
    this.settleMs = settleMs;
    this.canReport = canReport;
    this.value = value;
    this.settled = value;
    this.alarm = clock.alarm(() => this.fire());
  }

  watch(listener: (value: number) => void): void {
    this.listener = listener;
    this.wish();
  }

  forgetListener(): void {
    this.listener = null;
  }

  /** `settleMs`: where this change takes another time than changes commonly do. */
  change(value: number, settleMs = this.settleMs): void {
    if (value === this.value) return;
    this.value = value;
    this.settleDueMs = value === this.settled ? Infinity : this.clock.nowMs() + settleMs;
    this.arm();
  }

  /** Reports the settled reading soon. */
  wish(): void {
    this.reportDueMs = this.clock.nowMs() + REPORT_MS;
    this.arm();
  }

  /** The value as it is reported. */
  settledValue(): number {
    return this.settled;
  }

  private arm(): void {
    const dueMs = Math.min(this.settleDueMs, this.reportDueMs);
    if (dueMs === Infinity) this.alarm.clear();
    else this.alarm.set(dueMs);
  }

  private fire(): void {
    const nowMs = this.clock.nowMs();
    if (this.reportDueMs <= nowMs) this.reportDueMs = Infinity;
    if (this.settleDueMs <= nowMs) {
      this.settleDueMs = Infinity;
      this.settled = this.value;
      this.onSettled?.();
    }
    this.arm();
    if (this.listener !== null && this.canReport()) this.listener(this.settled);
  }
}
