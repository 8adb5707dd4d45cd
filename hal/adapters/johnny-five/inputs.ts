import type { Alarm, Clock } from '../../contracts/clock.js';
import type { WiredInput } from './wiring.js';

interface Input {
  readonly wired: WiredInput;
  /** `null` until the board has told it since the link came up. */
  level: boolean | null;
  /** What has lasted; `null` until something has. */
  settled: boolean | null;
  settleDueMs: number;
}

/**
 * Inputs that are reported together, debounced one by one: once after each return of the link, once for each listener,
 * and at each change that lasts. Readings are `true` for what is so while a pin is at its active level.
 */
export class Inputs {
  private readonly clock: Clock;
  private readonly alarm: Alarm;
  private readonly inputs: readonly Input[];
  private listener: ((readings: readonly boolean[]) => void) | null = null;
  private isUp = false;
  private isOwed = false;

  constructor(clock: Clock, inputs: readonly WiredInput[]) {
    this.clock = clock;
    this.inputs = inputs.map((wired) => ({ wired, level: null, settled: null, settleDueMs: Infinity }));
    this.alarm = clock.alarm(() => this.settle());
  }

  watch(listener: (readings: readonly boolean[]) => void): void {
    this.listener = listener;
    this.isOwed = true;
    this.setAlarm();
  }

  /** Without the link nothing is known and nothing reported; with it everything is reported anew. */
  setLink(up: boolean): void {
    this.isUp = up;
    this.isOwed = true;
    if (up) {
      this.setAlarm();
      return;
    }
    for (const input of this.inputs) {
      input.level = null;
      input.settled = null;
      input.settleDueMs = Infinity;
    }
    this.alarm.clear();
  }

  read(pin: number, high: boolean): void {
    for (const input of this.inputs) {
      if (input.wired.pin !== pin || input.level === high) continue;
      input.level = high;
      input.settleDueMs = input.settled === high ? Infinity : this.clock.nowMs() + input.wired.debounceMs;
      this.setAlarm();
    }
  }

  private settle(): void {
    const nowMs = this.clock.nowMs();
    for (const input of this.inputs) {
      if (input.settleDueMs > nowMs) continue;
      input.settled = input.level;
      input.settleDueMs = Infinity;
      this.isOwed = true;
    }
    this.setAlarm();
    const readings = this.readings();
    if (!this.isUp || !this.isOwed || readings === null) return;
    this.isOwed = false;
    this.listener?.(readings);
  }

  private readings(): readonly boolean[] | null {
    const readings: boolean[] = [];
    for (const { settled, wired } of this.inputs) {
      if (settled === null) return null;
      readings.push(settled === wired.activeHigh);
    }
    return readings;
  }

  private setAlarm(): void {
    const isDue = this.isUp && this.isOwed && this.readings() !== null;
    const dueMs = isDue ? this.clock.nowMs() : Math.min(...this.inputs.map(({ settleDueMs }) => settleDueMs));
    if (dueMs === Infinity) this.alarm.clear();
    else this.alarm.set(dueMs);
  }
}
