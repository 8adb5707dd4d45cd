import type { Heartbeat, Notice } from '../../hal/contracts/notices.js';

/** Until a heartbeat says otherwise: when the first one follows the notice that somebody is at the door. Chosen. */
const NEXT_WITHIN_MS = 12_000;

/** So many missed heartbeats are silence. */
const MISSED_MAX = 2;

interface Visit {
  readonly id: string;
  /** The number of its newest heartbeat; 0 before the first. */
  beat: number;
  nextWithinMs: number;
}

/**
 * Whether one lock is heard while a visit is under way there. It begins with a heartbeat, or with the notice that somebody
 * is at the door; it ends with the visit. Outside visits a lock has nothing to say, and its silence is none.
 */
export class SilenceWatch {
  private visit: Visit | null = null;
  private latestEnded: string | null = null;
  private heardMs = -Infinity;
  private silent = false;
  /** When the newest message was sent, by the lock's calendar. */
  private sentUtcMs = -Infinity;

  /** When the lock is silent unless it is heard before; infinite without a visit, and while it is silent. */
  get dueMs(): number {
    if (this.visit === null || this.silent) return Infinity;
    return this.heardMs + MISSED_MAX * this.visit.nextWithinMs;
  }

  /** The visit that is under way, or `null`. */
  get visitId(): string | null {
    return this.visit?.id ?? null;
  }

  /** Whether this heartbeat tells of a visit that is not known yet. */
  begins({ visitId }: Heartbeat): boolean {
    return visitId !== this.visit?.id && visitId !== this.latestEnded;
  }

  /** Returns since when the lock was silent, if it was until now. */
  beat(heartbeat: Heartbeat, sentUtcMs: number, nowMs: number): number | null {
    const { visitId, number, nextWithinMs } = heartbeat;
    // An old one may come late, or be sent again by somebody who has overheard it: it is no sign of life.
    const begins = this.begins(heartbeat);
    const isNext = visitId === this.visit?.id && number > this.visit.beat;
    const isLater = begins ? sentUtcMs >= this.sentUtcMs : sentUtcMs > this.sentUtcMs;
    if (!isNext && !isLater) return null;
    if (begins) this.visit = { id: visitId, beat: 0, nextWithinMs };
    if (this.visit?.id === visitId) {
      this.visit.beat = number;
      this.visit.nextWithinMs = nextWithinMs;
    }
    return this.hear(sentUtcMs, nowMs);
  }

  /** Returns since when the lock was silent, if it was until now. A repeat is none of these. */
  notice({ kind, visitId }: Notice, sentUtcMs: number, nowMs: number): number | null {
    if (kind === 'atDoor' && visitId !== null && visitId !== this.visit?.id) {
      this.visit = { id: visitId, beat: 0, nextWithinMs: NEXT_WITHIN_MS };
    }
    const silentSinceMs = sentUtcMs < this.sentUtcMs ? null : this.hear(sentUtcMs, nowMs);
    if (kind === 'visitEnded' && visitId !== null) this.end(visitId);
    // The end may be among what it stands for; a visit that goes on is heard of within seconds.
    if (kind === 'summary') this.visit = null;
    return silentSinceMs;
  }

  /** Returns since when the lock has been silent, if two heartbeats have been missed just now. */
  pass(nowMs: number): number | null {
    if (nowMs < this.dueMs) return null;
    this.silent = true;
    return this.heardMs;
  }

  private hear(sentUtcMs: number, nowMs: number): number | null {
    const silentSinceMs = this.silent ? this.heardMs : null;
    this.sentUtcMs = Math.max(this.sentUtcMs, sentUtcMs);
    this.heardMs = nowMs;
    this.silent = false;
    return silentSinceMs;
  }

  private end(visitId: string): void {
    this.latestEnded = visitId;
    if (this.visit?.id === visitId) this.visit = null;
  }
}
