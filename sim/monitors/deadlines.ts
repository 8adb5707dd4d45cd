/**
 * A bound that is judged lazily. Nothing changes between two observations, so a condition that still holds when the
 * next observation comes later than the bound was broken exactly at the bound. No timer runs.
 */
export class Deadline {
  /** The last instant at which all is well; infinite while nothing is awaited. */
  dueMs = Infinity;
  /** The latest instant at which it expired. */
  private expiredMs = -Infinity;
  private readonly deadlines: Deadlines;
  private readonly onExpired: (dueMs: number) => void;

  constructor(deadlines: Deadlines, onExpired: (dueMs: number) => void) {
    this.deadlines = deadlines;
    this.onExpired = onExpired;
  }

  /** What is due no later than at the latest expiry was judged then. */
  arm(dueMs: number): void {
    this.dueMs = dueMs <= this.expiredMs ? Infinity : dueMs;
    if (dueMs < this.deadlines.nextDueMs) this.deadlines.nextDueMs = dueMs;
  }

  disarm(): void {
    this.dueMs = Infinity;
  }

  /** Called by `Deadlines` once the bound has passed; `onExpired` may find that there is a later one, and arm it. */
  expire(): void {
    const dueMs = this.dueMs;
    this.dueMs = Infinity;
    this.onExpired(dueMs);
    this.expiredMs = dueMs;
    if (this.dueMs <= dueMs) this.dueMs = Infinity;
  }
}

/** All deadlines of a run, so that one comparison per observation tells whether any has passed. */
export class Deadlines {
  /** No deadline is due earlier than this. */
  nextDueMs = Infinity;
  private readonly all: Deadline[] = [];

  /** Makes a deadline that is not armed. */
  create(onExpired: (dueMs: number) => void): Deadline {
    const deadline = new Deadline(this, onExpired);
    this.all.push(deadline);
    return deadline;
  }

  /** Lets every deadline expire that was due before `nowMs`, in the order of their times. */
  settle(nowMs: number): void {
    while (this.nextDueMs < nowMs) {
      const earliest = this.earliest();
      if (earliest === null || earliest.dueMs >= nowMs) {
        this.nextDueMs = earliest === null ? Infinity : earliest.dueMs;
        return;
      }
      earliest.expire();
    }
  }

  private earliest(): Deadline | null {
    let earliest: Deadline | null = null;
    for (const deadline of this.all) {
      if (deadline.dueMs < (earliest === null ? Infinity : earliest.dueMs)) earliest = deadline;
    }
    return earliest;
  }
}
