import type { Alarm, Clock } from '../../hal/contracts/clock.js';

/** Waits for one thing at a time; whoever may have brought it about says so by `lookAgain`. */
export class Waiter {
  private readonly clock: Clock;
  private readonly abortion: AbortSignal;
  private readonly alarm: Alarm;
  private look: (() => void) | null = null;

  /** Whatever is waited for is given up, by throwing the signal's reason, once `abortion` is there. */
  constructor(clock: Clock, abortion: AbortSignal) {
    this.clock = clock;
    this.abortion = abortion;
    this.alarm = clock.alarm(() => this.lookAgain());
    abortion.addEventListener('abort', () => this.lookAgain());
  }

  lookAgain(): void {
    this.look?.();
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  /** True as soon as it is so, at once if it is already; false if it was not by then. */
  until(isSo: () => boolean, byMs = Infinity): Promise<boolean> {
    if (this.look !== null) throw new Error('something is waited for already');
    return new Promise((resolve, reject) => {
      const end = (how: () => void): void => {
        this.look = null;
        this.alarm.clear();
        how();
      };
      this.look = () => {
        if (this.abortion.aborted) end(() => reject(this.abortion.reason as Error));
        else if (isSo()) end(() => resolve(true));
        else if (this.clock.nowMs() >= byMs) end(() => resolve(false));
        else if (byMs < Infinity) this.alarm.set(byMs);
      };
      this.look();
    });
  }

  async pause(durationMs: number): Promise<void> {
    await this.until(() => false, this.clock.nowMs() + durationMs);
  }
}
