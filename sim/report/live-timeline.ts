import type { Alarm, Clock } from '../../hal/contracts/clock.js';
import type { LedgerEntry } from '../../firmware/journal/records.js';
import type { Observer } from '../observation.js';
import { Chronicler, toldTogetherMs } from './chronicle.js';
import { clockWidthMin, TimelineRows } from './timeline.js';
import type { Paint } from './tone.js';
import { Trace } from './trace.js';

/** Lines of one moment come in several calls; then they stand. Chosen, a little longer than a line may change. */
const settledMs = toldTogetherMs + 20;

/** The timeline of a story as it happens: each line as soon as it stands. */
export class LiveTimeline {
  private readonly trace = new Trace();
  private readonly chronicler: Chronicler;
  private readonly rows: TimelineRows;
  private readonly clock: Clock;
  private readonly beganAtMs: number;
  private readonly out: (text: string) => void;
  private readonly alarm: Alarm;

  /** `beganAtMs`: where the timeline counts from, on the clock. */
  constructor(clock: Clock, beganAtMs: number, people: readonly string[], out: (text: string) => void, paint: Paint) {
    this.clock = clock;
    this.beganAtMs = beganAtMs;
    this.out = out;
    this.chronicler = new Chronicler(people);
    this.rows = new TimelineRows(clockWidthMin, paint);
    this.alarm = clock.alarm(() => this.show());
    this.show();
  }

  get observer(): Observer {
    return this.trace;
  }

  /** What the lock's journal tells of visits that were announced before; before the lock's first event is shown. */
  know(ledger: Iterable<Pick<LedgerEntry, 'grant'>>): void {
    for (const { grant } of ledger) this.chronicler.know(grant);
  }

  /** Shows whatever has not been shown, before something else is. */
  flush(): void {
    this.showUntil(Infinity);
  }

  end(): void {
    this.alarm.clear();
    this.flush();
  }

  private show(): void {
    const nowMs = this.clock.nowMs();
    this.showUntil(nowMs - this.beganAtMs - settledMs);
    this.alarm.set(nowMs + toldTogetherMs);
  }

  private showUntil(untilMs: number): void {
    for (const event of this.trace.events.splice(0)) this.chronicler.tell(event);
    for (const line of this.chronicler.takeUntil(untilMs)) this.out(this.rows.text(line));
  }
}
