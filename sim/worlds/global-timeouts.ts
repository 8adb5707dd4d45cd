import type { Alarm, Clock } from '../../hal/contracts/clock.js';

interface Timeout {
  readonly dueMs: number;
  readonly fire: () => void;
}

/**
 * Node's two functions for time-outs, on virtual time: johnny-five and firmata-io set one each while they connect, and
 * know no other way. One alarm serves all time-outs, as a clock has few.
 */
export class GlobalTimeouts {
  private readonly clock: Clock;
  private readonly alarm: Alarm;
  /** In the order in which they were set. */
  private readonly pending = new Set<Timeout>();

  constructor(clock: Clock) {
    this.clock = clock;
    this.alarm = clock.alarm(() => this.fireDue());
  }

  /** While `call` runs, whoever sets a time-out gets virtual time. `call` is not to go on afterwards. */
  run<T>(call: () => T): T {
    const { setTimeout, clearTimeout } = globalThis;
    Object.assign(globalThis, {
      setTimeout: (fire: () => void, delayMs: number) => this.set(fire, delayMs),
      clearTimeout: (timeout: Timeout) => this.clear(timeout),
    });
    try {
      return call();
    } finally {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    }
  }

  private set(fire: () => void, delayMs: number): unknown {
    const timeout = { dueMs: this.clock.nowMs() + delayMs, fire };
    this.pending.add(timeout);
    this.setAlarm();
    return timeout;
  }

  private clear(timeout: Timeout): void {
    this.pending.delete(timeout);
    this.setAlarm();
  }

  private fireDue(): void {
    for (const timeout of this.pending) {
      if (timeout.dueMs > this.clock.nowMs()) continue;
      this.pending.delete(timeout);
      timeout.fire();
    }
    this.setAlarm();
  }

  private setAlarm(): void {
    const dueMs = Math.min(...[...this.pending].map((timeout) => timeout.dueMs));
    if (dueMs === Infinity) this.alarm.clear();
    else this.alarm.set(dueMs);
  }
}
