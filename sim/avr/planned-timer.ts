import type { AVRTimerConfig } from 'avr8js';
import { AVRTimer } from 'avr8js';
import type { Core } from './core.js';

/** What avr8js keeps to itself and planning ahead must know. */
interface TimerState {
  readonly divider: number;
  readonly lastCycle: number;
  readonly tcnt: number;
  readonly ocrA: number;
  readonly ocrB: number;
  readonly timerMode: number;
  readonly updateDivider: boolean;
  readonly tcntUpdated: boolean;
}

/** As avr8js numbers its modes: the two that count up and down. */
const PHASE_CORRECT = 1;
const PHASE_AND_FREQUENCY_CORRECT = 4;

/**
 * A timer of avr8js that asks for the CPU's attention only when a compare value is met or the count begins again, and
 * not at each count: between those nothing happens that reading the counter does not catch up with. A timer of 250
 * counts a millisecond would otherwise wake a sleeping chip 250 times.
 */
export class PlannedTimer extends AVRTimer {
  private readonly core: Core;
  private readonly countOnce: (reschedule?: boolean, external?: boolean) => void;

  constructor(core: Core, config: AVRTimerConfig) {
    super(core, config);
    this.core = core;
    this.countOnce = this.count;
    // Whatever in avr8js calls or schedules the count reads this field first.
    this.count = (reschedule = true, external = false) => {
      this.countOnce(false, external);
      if (reschedule) this.plan();
    };
    for (const register of [config.OCRA, config.OCRB, config.ICR, config.TCCRA]) {
      if (register !== 0) this.replanAfterWriting(register);
    }
  }

  /** A compare value, the top or the mode changes: what was counted until now was counted by the old one. */
  private replanAfterWriting(register: number): void {
    const { core } = this;
    const write = core.writeHooks[register];
    core.writeHooks[register] = (value, old, address, mask) => {
      this.count(false);
      const isStored = write?.(value, old, address, mask) === true;
      this.plan();
      return isStored;
    };
  }

  private plan(): void {
    const { divider, lastCycle, updateDivider, tcntUpdated } = this.state();
    // A write that takes effect at the next cycle has its event already, and plans when it does.
    if (updateDivider || tcntUpdated) return;
    this.core.clearClockEvent(this.count);
    if (divider === 0) return;
    this.core.addClockEvent(this.count, lastCycle + this.countsToPlan() * divider - this.core.cycles);
  }

  private countsToPlan(): number {
    const { TOP } = this;
    const { tcnt, ocrA, ocrB, timerMode } = this.state();
    if (timerMode === PHASE_CORRECT || timerMode === PHASE_AND_FREQUENCY_CORRECT || tcnt > TOP) return 1;
    // Not a whole round at once, which would look as if nothing had been counted.
    let counts = tcnt === 0 ? Math.max(TOP, 1) : TOP + 1 - tcnt;
    if (ocrA > tcnt) counts = Math.min(counts, ocrA - tcnt);
    if (ocrB > tcnt) counts = Math.min(counts, ocrB - tcnt);
    return counts;
  }

  private state(): TimerState {
    return this as unknown as TimerState;
  }
}
