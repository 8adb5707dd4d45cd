import type { Alarm, Clock } from '../hal/contracts/clock.js';

/** More alarms than this are a leak: a whole world with its firmware makes about forty. */
const ALARMS_MAX = 64;

/** Firings without time advancing. A healthy instant has a few dozen: more is a timer storm. */
const FIRINGS_PER_INSTANT_MAX = 100_000;

/** A clock for one boot of the firmware: disposing of it silences every alarm that was made on it. */
export interface FirmwareClock extends Clock {
  dispose(): void;
}

class VirtualAlarm implements Alarm {
  readonly fire: () => void;
  readonly ofFirmware: boolean;
  dueMs = Infinity;
  /** Alarms due at the same time fire in the order in which they were set. */
  order = 0;
  /** Its place among the alarms that are set, or -1. */
  place = -1;
  isDisposed = false;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock, fire: () => void, ofFirmware: boolean) {
    this.clock = clock;
    this.fire = fire;
    this.ofFirmware = ofFirmware;
  }

  set(dueMs: number): void {
    if (!this.isDisposed) this.clock.link(this, dueMs);
  }

  clear(): void {
    this.clock.unlink(this);
  }
}

/**
 * Virtual time: it moves only inside `advanceTo`, from one due alarm to the next. The few alarms that are set stand in
 * one list in no order, and the earliest is looked for: at this size that beats any heap, and nothing is allocated.
 */
export class VirtualClock implements Clock {
  private currentMs = 0;
  private limitMs = 0;
  private completedMs = -1;
  private advancing = false;
  private halted = false;
  private firings = 0;
  private orders = 0;
  private alarmsMade = 0;
  private readonly pending: VirtualAlarm[] = [];

  nowMs(): number {
    return this.currentMs;
  }

  alarm(fire: () => void): Alarm {
    return this.make(fire, false);
  }

  /** A view of the clock for one boot of the firmware, so that its alarms can be told from the world's. */
  forFirmware(): FirmwareClock {
    const made: VirtualAlarm[] = [];
    return {
      nowMs: () => this.currentMs,
      alarm: (fire) => {
        const alarm = this.make(fire, true);
        made.push(alarm);
        return alarm;
      },
      dispose: () => {
        for (const alarm of made.splice(0)) this.dispose(alarm);
      },
    };
  }

  /**
   * Lets everything happen that is due up to and including `untilMs`; returns earlier, at the time of the present
   * alarm, once `halt` was called. Throws on going back, on nesting and on a timer storm.
   */
  advanceTo(untilMs: number): void {
    if (this.advancing) throw new Error('advanceTo was called from inside an alarm');
    if (!(untilMs >= this.currentMs && untilMs < Infinity)) {
      throw new RangeError(`time cannot go from ${this.currentMs} to ${untilMs} ms`);
    }
    this.advancing = true;
    this.halted = false;
    this.limitMs = untilMs;
    try {
      if (!this.fireUntil(untilMs)) return;
    } finally {
      this.advancing = false;
    }
    this.currentMs = untilMs;
    this.completedMs = untilMs;
  }

  /** Called from inside an alarm: `advanceTo` returns after it. */
  halt(): void {
    this.halted = true;
  }

  /** When the next alarm is due; `Infinity` if none is set. */
  nextDueMs(): number {
    return this.earliest()?.dueMs ?? Infinity;
  }

  /** When the world's next alarm other than `except` is due; those of the firmware do not count. */
  nextWorldDueMs(except: Alarm): number {
    let earliestMs = Infinity;
    for (const alarm of this.pending) {
      if (alarm.dueMs < earliestMs && !alarm.ofFirmware && alarm !== except) earliestMs = alarm.dueMs;
    }
    return earliestMs;
  }

  /** Where the running `advanceTo` ends. */
  advanceLimitMs(): number {
    return this.limitMs;
  }

  /** Whether everything due at this very instant has fired already. */
  instantIsComplete(): boolean {
    return this.completedMs >= this.currentMs;
  }

  /**
   * Moves time forward from inside an alarm that vouches for everything in between: no alarm of the world may be due
   * before `toMs`, and those of the firmware are known to be set later before they matter.
   */
  jumpTo(toMs: number): void {
    if (!(toMs >= this.currentMs && toMs <= this.limitMs)) {
      throw new RangeError(`cannot jump from ${this.currentMs} to ${toMs} ms, the limit being ${this.limitMs} ms`);
    }
    this.currentMs = toMs;
  }

  /** For alarms of this clock only. */
  link(alarm: VirtualAlarm, dueMs: number): void {
    if (Number.isNaN(dueMs)) throw new RangeError('an alarm was set to a time that is no number');
    alarm.dueMs = dueMs > this.currentMs ? dueMs : this.currentMs;
    alarm.order = this.orders;
    this.orders += 1;
    if (alarm.place >= 0) return;
    alarm.place = this.pending.length;
    this.pending.push(alarm);
  }

  /** For alarms of this clock only. */
  unlink(alarm: VirtualAlarm): void {
    if (alarm.place < 0) return;
    const last = this.pending.pop();
    if (last !== undefined && last !== alarm) {
      last.place = alarm.place;
      this.pending[last.place] = last;
    }
    alarm.place = -1;
  }

  /** Returns false once halted. */
  private fireUntil(untilMs: number): boolean {
    while (!this.halted) {
      const alarm = this.earliest();
      if (alarm === undefined || alarm.dueMs > untilMs) return true;
      this.countFiring(alarm.dueMs);
      // Unlink, set the time, then call: the alarm may set itself again.
      this.unlink(alarm);
      if (alarm.dueMs > this.currentMs) this.currentMs = alarm.dueMs;
      alarm.fire();
    }
    return false;
  }

  private countFiring(dueMs: number): void {
    this.firings = dueMs > this.currentMs ? 0 : this.firings + 1;
    if (this.firings > FIRINGS_PER_INSTANT_MAX) {
      throw new Error(`timer storm: ${FIRINGS_PER_INSTANT_MAX} alarms fired at ${this.currentMs} ms`);
    }
  }

  private earliest(): VirtualAlarm | undefined {
    const { pending } = this;
    let earliest = pending[0];
    if (earliest === undefined) return undefined;
    for (const alarm of pending) {
      if (alarm.dueMs > earliest.dueMs) continue;
      if (alarm.dueMs < earliest.dueMs || alarm.order < earliest.order) earliest = alarm;
    }
    return earliest;
  }

  private make(fire: () => void, ofFirmware: boolean): VirtualAlarm {
    if (this.alarmsMade === ALARMS_MAX) throw new Error(`more than ${ALARMS_MAX} alarms were made on one clock`);
    this.alarmsMade += 1;
    return new VirtualAlarm(this, fire, ofFirmware);
  }

  private dispose(alarm: VirtualAlarm): void {
    this.unlink(alarm);
    alarm.isDisposed = true;
    this.alarmsMade -= 1;
  }
}
