import type { Alarm } from '../../hal/contracts/clock.js';
import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { Store } from '../../hal/contracts/store.js';
import type { Observations } from '../observation.js';
import type { Faults } from '../plant/faults.js';
import { Draws } from '../random.js';
import type { VirtualClock } from '../virtual-clock.js';

/** How long a sync or a replacement takes; chosen. */
const SYNC_MS = 2;

const FULL: HalFault = { part: 'store', detail: 'the store is full' };
const FAILING: HalFault = { part: 'store', detail: 'the store fails to write' };

/** What a crash may leave: these bytes for certain, and after them any beginning of those at risk. */
export interface Remains {
  readonly kept: Uint8Array;
  readonly atRisk: Uint8Array;
}

interface Write {
  readonly dueMs: number;
  readonly done: (fault: HalFault | null) => void;
  /** The newest record at the time of the call. */
  readonly record: number;
  /** The new content; `null` for a sync. */
  readonly replacement: Uint8Array | null;
  /** How much was appended at the time of the call. */
  readonly length: number;
  /** What it was to make durable was lost before: it fails, whatever the store does by then. */
  readonly lost: HalFault | null;
}

/**
 * A store that keeps what it was told to keep, and loses of the rest what real ones lose: a crash leaves some of the
 * appends since the last sync, whole ones; with the fault `torn` it cuts them at any byte. What is left is drawn.
 */
export class SimulatedStore implements Store {
  /** The number of the newest record handed over, for the observer; set by the composition, which knows records. */
  newestRecord: () => number = () => 0;
  /** Called in the middle of each write: the store has the bytes, none is durable, and the writer may die of it here. */
  onWrite: (bytes: Uint8Array, kind: 'append' | 'replace') => void = () => {};
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly faults: Faults;
  private readonly draws: Draws;
  private readonly alarm: Alarm;
  private bytes = new Uint8Array(4_096);
  private length = 0;
  private durable = 0;
  /** Where each append after the last sync ends. */
  private ends: number[] = [];
  private writes: Write[] = [];
  private refusal: HalFault | null = null;
  private crashes = 0;
  private tear: { readonly atByte: number; readonly replacements: number | null } | null = null;

  constructor(clock: VirtualClock, observer: Observations, faults: Faults, seed: number) {
    this.clock = clock;
    this.observer = observer;
    this.faults = faults;
    this.draws = new Draws(seed, 'store crash');
    this.alarm = clock.alarm(() => this.complete());
  }

  /** Whether an append would be taken now; one that is not has been refused. */
  answer(): OrderAnswer {
    if (this.refusal !== null) this.observer.storeFault(this.clock.nowMs());
    return this.refusal;
  }

  append(bytes: Uint8Array): OrderAnswer {
    const fault = this.answer();
    if (fault !== null) return fault;
    this.reserve(this.length + bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    this.ends.push(this.length);
    this.onWrite(bytes, 'append');
    return null;
  }

  sync(done: (fault: HalFault | null) => void): void {
    this.write(done, null);
  }

  read(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  replace(bytes: Uint8Array, done: (fault: HalFault | null) => void): void {
    this.write(done, bytes.slice());
    this.onWrite(bytes, 'replace');
  }

  /** To be called after a fault of the store came or went. */
  faultChanged(): void {
    this.refusal = this.faults.has('store', 'full') ? FULL : null;
    if (this.faults.has('store', 'failing')) this.refusal = FAILING;
  }

  /** One for each number of the replacements under way, from none to all, that would be complete after a crash now. */
  remains(): readonly Remains[] {
    const underWay = this.writes.filter(({ replacement }) => replacement !== null);
    return [null, ...underWay].map((last, complete) => ({
      kept: last?.replacement ?? this.bytes.subarray(0, this.durable),
      atRisk: this.bytes.subarray(last?.length ?? this.durable, underWay[complete]?.length ?? this.length),
    }));
  }

  /**
   * The next crash leaves this many of the bytes at risk, or all if there are fewer; and so many of the replacements
   * under way are complete then, or a drawn number.
   */
  tearAtByte(atByte: number, replacements: number | null = null): void {
    this.tear = { atByte, replacements };
  }

  /** The host died: nobody waits for an answer any more, and what was not synced is at risk. */
  crash(): void {
    this.crashes += 1;
    this.cutReplacements(this.crashes * 2);
    this.length = this.survivingLength(this.crashes * 2 + 1);
    this.durable = this.length;
    this.ends = [];
    this.writes = [];
    this.tear = null;
    this.alarm.clear();
  }

  /** Of the replacements under way some are complete; the next one is lost with whatever was appended for it. */
  private cutReplacements(draw: number): void {
    const underWay = this.writes.filter(({ replacement }) => replacement !== null).length;
    let complete = this.tear?.replacements ?? this.draws.below(underWay + 1, draw);
    for (let write = this.writes.shift(); write !== undefined; write = this.writes.shift()) {
      const { replacement, length } = write;
      if (replacement === null) continue;
      if (complete === 0) {
        this.length = length;
        this.ends = this.ends.filter((end) => end <= length);
        return;
      }
      complete -= 1;
      this.replaceContent(replacement, length);
    }
  }

  private survivingLength(draw: number): number {
    const tail = this.length - this.durable;
    if (this.tear !== null) return this.durable + Math.min(this.tear.atByte, tail);
    if (this.faults.has('store', 'torn')) return this.durable + this.draws.below(tail + 1, draw);
    const kept = this.draws.below(this.ends.length + 1, draw);
    return this.ends[kept - 1] ?? this.durable;
  }

  private write(done: (fault: HalFault | null) => void, replacement: Uint8Array | null): void {
    const dueMs = this.clock.nowMs() + SYNC_MS;
    this.writes.push({ dueMs, done, record: this.newestRecord(), replacement, length: this.length, lost: null });
    if (this.writes.length === 1) this.alarm.set(dueMs);
  }

  /** Completes the oldest write: they all take equally long. */
  private complete(): void {
    const write = this.writes.shift();
    if (write === undefined) return;
    const [next] = this.writes;
    if (next !== undefined) this.alarm.set(next.dueMs);
    const fault = write.lost ?? this.refusalOf(write);
    if (fault !== null) {
      if (write.replacement !== null) this.dropAfter(write.length, fault);
      this.observer.storeFault(this.clock.nowMs());
      write.done(fault);
      return;
    }
    if (write.replacement === null) this.keep(write.length);
    else this.replaceContent(write.replacement, write.length);
    this.observer.synced(this.clock.nowMs(), write.record);
    write.done(null);
  }

  /** A full store still syncs what it has, and can be replaced by less. */
  private refusalOf({ replacement }: Write): HalFault | null {
    const fits = replacement === null || replacement.length <= this.length;
    return this.refusal === FULL && fits ? null : this.refusal;
  }

  /** A replacement failed: what was appended for the new content is lost with it, and no sync may say otherwise. */
  private dropAfter(length: number, fault: HalFault): void {
    this.length = length;
    this.ends = this.ends.filter((end) => end <= length);
    const next = this.writes.findIndex(({ replacement }) => replacement !== null);
    this.writes = this.writes.map((write, index) => ({
      ...write,
      length: Math.min(write.length, length),
      lost: next < 0 || index < next ? fault : null,
    }));
  }

  private keep(length: number): void {
    this.durable = length;
    if (length === this.length) this.ends.length = 0;
    else this.ends = this.ends.filter((end) => end > length);
  }

  /** What was appended after the call follows the new content. */
  private replaceContent(replacement: Uint8Array, length: number): void {
    const later = this.bytes.slice(length, this.length);
    const shift = replacement.length - length;
    this.reserve(this.length + shift);
    this.bytes.set(replacement);
    this.bytes.set(later, replacement.length);
    this.length += shift;
    this.durable = replacement.length;
    this.ends = this.ends.filter((end) => end > length).map((end) => end + shift);
    this.writes = this.writes.map((write) => ({ ...write, length: write.length + shift }));
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(length, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
