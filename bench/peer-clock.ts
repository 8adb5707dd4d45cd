import type { Timers } from './peer-door.js';

interface Timer {
  readonly fire: () => void;
  readonly dueMs: number;
}

/** Virtual time at its cheapest: the few timers that run at once stand in a list, the earliest is looked for. */
export class PeerClock implements Timers<Timer> {
  private currentMs = 0;
  private readonly pending: Timer[] = [];

  nowMs(): number {
    return this.currentMs;
  }

  setTimeout(fire: () => void, delayMs: number): Timer {
    const timer = { fire, dueMs: this.currentMs + delayMs };
    this.pending.push(timer);
    return timer;
  }

  clearTimeout(timer: Timer): void {
    const place = this.pending.indexOf(timer);
    if (place >= 0) this.pending.splice(place, 1);
  }

  advanceTo(untilMs: number): void {
    for (let timer = this.earliest(); timer !== null && timer.dueMs <= untilMs; timer = this.earliest()) {
      this.clearTimeout(timer);
      this.currentMs = timer.dueMs;
      timer.fire();
    }
    this.currentMs = untilMs;
  }

  /** Of those due at the same time, the one that was set first. */
  private earliest(): Timer | null {
    let earliest: Timer | null = null;
    for (const timer of this.pending) {
      if (earliest === null || timer.dueMs < earliest.dueMs) earliest = timer;
    }
    return earliest;
  }
}
