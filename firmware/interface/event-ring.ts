/** So many events are kept for streams that were interrupted; older ones are a gap. Chosen: a day of a busy door. */
export const EVENTS_KEPT_MAX = 1_024;

export interface NumberedEvent<Event> {
  /** Counts up by one from 1 in each boot. */
  readonly number: number;
  readonly event: Event;
}

/** What a reader finds who has seen everything up to some number. */
export type Reading<Event> =
  | { readonly kind: 'event'; readonly numbered: NumberedEvent<Event> }
  /** What lay in between is lost; `from` is the first that is left. */
  | { readonly kind: 'gap'; readonly from: number }
  | { readonly kind: 'nothingYet' };

/**
 * The latest events, numbered. Readers keep their own place and nothing is queued for them: one that is slower than the
 * ring is long finds a gap, and none can make the lock's memory grow.
 */
export class EventRing<Event> {
  private readonly boot: string;
  private readonly kept: NumberedEvent<Event>[] = [];
  private readonly waiting = new Set<() => void>();
  private newest = 0;

  constructor(boot: string) {
    this.boot = boot;
  }

  get newestNumber(): number {
    return this.newest;
  }

  push(event: Event): void {
    this.newest += 1;
    this.kept[this.newest % EVENTS_KEPT_MAX] = { number: this.newest, event };
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  /** What comes after the event of this number. */
  after(number: number): Reading<Event> {
    if (number === this.newest) return { kind: 'nothingYet' };
    const numbered = this.kept[(number + 1) % EVENTS_KEPT_MAX];
    return numbered?.number === number + 1
      ? { kind: 'event', numbered }
      : { kind: 'gap', from: this.beforeOldest() + 1 };
  }

  /** The number before the oldest event that is kept. */
  beforeOldest(): number {
    return Math.max(0, this.newest - EVENTS_KEPT_MAX);
  }

  /** Calls `wake` once, at the next event; the function returned takes that back. */
  wait(wake: () => void): () => void {
    this.waiting.add(wake);
    return () => void this.waiting.delete(wake);
  }

  /** What a client hands back to go on from there. */
  idOf(number: number): string {
    return `${this.boot}-${number}`;
  }

  /** The number in an id of this boot, or `null`: of another boot, or none that was ever given. */
  numberOf(id: string): number | null {
    const [, boot, digits] = /^(.*)-(\d{1,15})$/.exec(id) ?? [];
    const number = Number(digits);
    return boot === this.boot && number <= this.newest ? number : null;
  }
}
