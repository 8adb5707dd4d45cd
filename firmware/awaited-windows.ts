import { NEVER } from './core/never.js';
import type { JournalSum } from './journal/fold.js';

/** A calendar that stands still behind the journal would have a window end over and over: look again this much later. */
const FORESEE_AGAIN_MS = 1_000;

export interface AwaitedWindowsParts {
  readonly records: JournalSum;
  readonly nowMs: () => number;
  /** By the lock's calendar, or `null` while it is unset. */
  readonly utcMs: () => number | null;
  /** Whether this visit's visitor is at the door: then its window is the core's business. */
  readonly isAtDoor: (visitId: string) => boolean;
  readonly onMissed: (visitId: string) => void;
}

/** The windows of announced visits that nobody has come for yet: once one has passed, its visit is missed (L3). */
export class AwaitedWindows {
  /** When the first of them ends, by the calendar as it stood last; `NEVER` if none does. */
  wakeAtMs = NEVER;
  private readonly parts: AwaitedWindowsParts;
  /** The earliest end, UTC. */
  private nextUtcMs = NEVER;

  constructor(parts: AwaitedWindowsParts) {
    this.parts = parts;
  }

  expect(untilUtcMs: number): void {
    if (untilUtcMs >= this.nextUtcMs) return;
    this.nextUtcMs = untilUtcMs;
    this.foresee();
  }

  /** The calendar was set, or has drifted: the same window ends at another time of the lock's clock. */
  foresee(leastMs = 1): void {
    const utcMs = this.nextUtcMs === NEVER ? null : this.parts.utcMs();
    this.wakeAtMs = utcMs === null ? NEVER : this.parts.nowMs() + Math.max(leastMs, this.nextUtcMs - utcMs);
  }

  /** Ends what was missed by now. */
  pump(): void {
    if (this.parts.nowMs() < this.wakeAtMs) return;
    const utcMs = this.parts.utcMs();
    if (utcMs === null || utcMs < this.nextUtcMs) {
      this.foresee(FORESEE_AGAIN_MS);
      return;
    }
    this.nextUtcMs = NEVER;
    this.wakeAtMs = NEVER;
    for (const { grant, untilUtcMs, outcome } of this.parts.records.ledger.values()) {
      if (outcome !== null || this.parts.isAtDoor(grant.id)) continue;
      if (untilUtcMs <= utcMs) this.parts.onMissed(grant.id);
      else this.expect(untilUtcMs);
    }
  }
}
