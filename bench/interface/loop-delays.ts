import { readFileSync } from 'node:fs';

/** Between two calls of a 10 ms timer, such as the lock's own. */
export interface Period {
  /** What it took over 10 ms. */
  readonly lateMs: number;
  /** Of that, what the thread computed itself: it may have been late because others had the cores, or the disk. */
  readonly ownMs: number;
}

const PERIOD_MS = 10;

/** How late timers come in the main thread of this process. */
export class LoopDelays {
  private lastMs = performance.now();
  private lastOwnMs = computedMs();
  private periods: Period[] = [];

  constructor() {
    setInterval(() => this.look(), PERIOD_MS);
  }

  /** Those since the last call. */
  take(): readonly Period[] {
    return this.periods.splice(0);
  }

  private look(): void {
    const nowMs = performance.now();
    const nowOwnMs = computedMs();
    const lateMs = Math.max(0, nowMs - this.lastMs - PERIOD_MS);
    this.periods.push({ lateMs, ownMs: Math.min(lateMs, nowOwnMs - this.lastOwnMs) });
    this.lastMs = nowMs;
    this.lastOwnMs = nowOwnMs;
  }
}

/** By the main thread since it began, where Linux tells it (sched-stats); elsewhere all lateness counts as its own. */
function computedMs(): number {
  try {
    const [ranNs] = readFileSync('/proc/self/schedstat', 'utf8').split(' ');
    return Number(ranNs) / 1e6;
  } catch {
    return performance.now();
  }
}
