import type { NoticeTransport } from '../hal/contracts/notices.js';
import { NEVER } from './core/never.js';

/** While a visit is open, a receiver hears from the lock this often. */
export const HEARTBEAT_MS = 10_000;

/** What a heartbeat may take longer than that on its way. Chosen. */
const SLACK_MS = 2_000;

export interface HeartbeatParts {
  readonly transport: NoticeTransport;
  readonly nowMs: () => number;
  /** By the lock's calendar, or `null` while it is unset. */
  readonly utcMs: () => number | null;
  /** The number of the newest notice of the home stream; 0 before the first. */
  readonly newestNotice: () => number;
}

/** Says that the lock is alive while a visit is open, at once and every ten seconds (L3). */
export class Heartbeats {
  /** When the next one is due; `NEVER` without an open visit. */
  wakeAtMs = NEVER;
  private readonly parts: HeartbeatParts;
  private visitId: string | null = null;
  private number = 0;

  constructor(parts: HeartbeatParts) {
    this.parts = parts;
  }

  /** Beats if it is time; the visit is the one that is open now, or `null`. To be called after everything that happens. */
  pump(visitId: string | null): void {
    if (visitId !== this.visitId) {
      this.visitId = visitId;
      this.number = 0;
      this.wakeAtMs = visitId === null ? NEVER : this.parts.nowMs();
    }
    if (visitId !== null && this.parts.nowMs() >= this.wakeAtMs) this.beat(visitId);
  }

  private beat(visitId: string): void {
    const { transport, nowMs, utcMs, newestNotice } = this.parts;
    this.number += 1;
    this.wakeAtMs = nowMs() + HEARTBEAT_MS;
    transport.beat({
      visitId,
      number: this.number,
      utcMs: utcMs(),
      newestNotice: newestNotice(),
      nextWithinMs: HEARTBEAT_MS + SLACK_MS,
    });
  }
}
