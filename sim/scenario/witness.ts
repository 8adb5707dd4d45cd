import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Notice, NoticeStream } from '../../hal/contracts/notices.js';
import { streamOf } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { JournalEvent, JournalRecord, Outcome } from '../../firmware/journal/records.js';
import type { BoltPlace, Drive, Observer } from '../observation.js';
import type { World } from '../world.js';
import type { Condition, Happening } from './conditions.js';
import { isHappening } from './conditions.js';
import type { Scenario, Watched } from './scenario.js';
import { Scene, describeThing, isSo } from './scene.js';

/** Something that a story forbids, and when it came to pass. */
export interface Breach {
  readonly watched: Watched;
  readonly atMs: number;
}

interface EntryIntent {
  readonly recordNumber: number;
  readonly visitId: string;
  readonly entry: number;
}

/**
 * Sees what a story's expectations are about: the world's truth, and what the lock put out, never its state. While
 * something is awaited it halts the world at the instant at which that comes true.
 */
export class Witness implements Observer {
  readonly breaches: Breach[] = [];
  private readonly scene = new Scene();

  /** How often each happening of the story was seen, and how often an expectation has already been met by it. */
  private readonly seen = new Map<Happening, number>();
  private readonly met = new Map<Happening, number>();
  /** By stream, the number of the latest notice. */
  private readonly latestNotices = new Map<NoticeStream, number>();
  /** Intents handed to the store, which spend an entry once they are synced. */
  private intents: EntryIntent[] = [];
  private readonly entriesSpent = new Map<string, Set<number>>();

  private forbidden: readonly Watched[];
  private hoped: readonly Watched[];
  private awaited: Condition | null = null;
  private awaitedHolds = true;
  private stage: Pick<World, 'halt'> | null = null;

  constructor({ steps, never, eventually, sometimes }: Scenario) {
    const expected = steps.flatMap(({ action }) => (action.kind === 'expect' ? [action.condition] : []));
    const watched = [...never, ...eventually, ...sometimes].map(({ condition }) => condition);
    for (const { either } of [...expected, ...watched]) {
      for (const thing of either) if (isHappening(thing)) this.seen.set(thing, 0);
    }
    this.forbidden = never;
    this.hoped = sometimes;
  }

  /** Halts `stage` as soon as the condition holds; or, with `holds` false, as soon as it holds no more. */
  await(condition: Condition, holds: boolean, stage: Pick<World, 'halt'>): void {
    this.awaited = condition;
    this.awaitedHolds = holds;
    this.stage = stage;
  }

  /** Whether what was awaited has not come true yet. */
  isAwaiting(): boolean {
    return this.awaited !== null;
  }

  /** Nothing is awaited any more. */
  giveUp(): void {
    this.awaited = null;
  }

  /** Whether the condition holds now, or has happened since an expectation last asked for it. */
  holds({ either }: Condition): boolean {
    return either.some((thing) =>
      isHappening(thing) ? this.timesSeen(thing) > (this.met.get(thing) ?? 0) : isSo(this.scene, thing),
    );
  }

  /** The expectation is met: a happening that met it meets no other. */
  spend({ either }: Condition): void {
    const met = either.find((thing) => isHappening(thing) && this.timesSeen(thing) > (this.met.get(thing) ?? 0));
    if (met !== undefined && isHappening(met)) this.met.set(met, (this.met.get(met) ?? 0) + 1);
  }

  /** Whether the condition holds now, or has ever happened. */
  holdsByNow({ either }: Condition): boolean {
    return either.some((thing) => (isHappening(thing) ? this.timesSeen(thing) > 0 : isSo(this.scene, thing)));
  }

  /** Those of the story's "sometimes" that were never so. */
  missed(): readonly Watched[] {
    return this.hoped;
  }

  /** The entry that a visit has come to: one beyond the latest that was spent. */
  nextEntry(visitId: string): number {
    return Math.max(0, ...(this.entriesSpent.get(visitId) ?? [])) + 1;
  }

  /** How it is instead of what was expected, for a person. */
  describe({ either }: Condition): string {
    return [...new Set(either.map((thing) => describeThing(this.scene, thing)))].join(', ');
  }

  host(nowMs: number, running: boolean): void {
    // What the store lost in a crash was never spent, and its numbers are given out again.
    if (running) this.intents = [];
    this.judge(nowMs);
  }

  get outcomes(): readonly Outcome[] {
    return this.scene.outcomes;
  }

  get jams(): number {
    return this.scene.jams;
  }

  motor(nowMs: number, drive: Drive): void {
    this.scene.drive = drive;
    this.judge(nowMs);
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    const goal = this.scene.drive === 'extend' ? 'extended' : 'retracted';
    if (!stalled || this.scene.drive === 'off' || this.scene.place === goal) return;
    this.scene.jams += 1;
    this.judge(nowMs);
  }

  bolt(nowMs: number, place: BoltPlace): void {
    if (place === this.scene.place) return;
    this.scene.place = place;
    this.judge(nowMs);
  }

  door(nowMs: number, closed: boolean): void {
    this.scene.doorClosed = closed;
    this.judge(nowMs);
  }

  cameraPower(nowMs: number, on: boolean): void {
    this.scene.cameraPowered = on;
    this.judge(nowMs);
  }

  indicator(nowMs: number, name: IndicatorName, lit: boolean): void {
    if (lit) this.scene.lit.add(name);
    else this.scene.lit.delete(name);
    this.judge(nowMs);
  }

  report(nowMs: number, { position }: LockReport): void {
    this.scene.position = position;
    this.judge(nowMs);
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    if (raised) this.scene.raised.add(alarm);
    else this.scene.raised.delete(alarm);
    this.judge(nowMs);
  }

  notice(nowMs: number, notice: Notice): void {
    const stream = streamOf(notice.to);
    const latest = this.latestNotices.get(stream) ?? 0;
    // Delivered at least once: the same number again is the same notice.
    if (notice.number <= latest) {
      this.count((thing) => thing.kind === 'numbering' && thing.flaw === 'again');
    } else {
      this.latestNotices.set(stream, notice.number);
      this.scene.told.push(notice);
      this.count((thing) => isAbout(thing, notice) || (isGap(thing) && notice.number > latest + 1));
    }
    this.judge(nowMs);
  }

  record(nowMs: number, { number, event }: JournalRecord): void {
    this.count((thing) => isRecordOf(thing, event));
    if (event.kind === 'requestRefused') this.scene.refusals.push(event.reason);
    if (event.kind === 'visitEnded') this.scene.outcomes.push(event.outcome);
    if (event.kind === 'driveIntended' && event.visitId !== null && event.entry !== null) {
      this.intents.push({ recordNumber: number, visitId: event.visitId, entry: event.entry });
    }
    this.judge(nowMs);
  }

  synced(nowMs: number, upToNumber: number): void {
    if (this.intents.length === 0) return;
    for (const { recordNumber, visitId, entry } of this.intents) {
      if (recordNumber <= upToNumber) this.spendEntry(visitId, entry);
    }
    this.intents = this.intents.filter(({ recordNumber }) => recordNumber > upToNumber);
    this.judge(nowMs);
  }

  private judge(nowMs: number): void {
    for (const watched of this.forbidden) {
      if (!this.holdsByNow(watched.condition)) continue;
      this.breaches.push({ watched, atMs: nowMs });
      this.forbidden = this.forbidden.filter((other) => other !== watched);
    }
    for (const watched of this.hoped) {
      if (this.holdsByNow(watched.condition)) this.hoped = this.hoped.filter((other) => other !== watched);
    }
    if (this.awaited !== null && this.holds(this.awaited) === this.awaitedHolds) {
      this.awaited = null;
      this.stage?.halt();
    }
  }

  private count(isIt: (thing: Happening) => boolean): void {
    for (const [thing, times] of this.seen) if (isIt(thing)) this.seen.set(thing, times + 1);
  }

  private timesSeen(thing: Happening): number {
    return this.seen.get(thing) ?? 0;
  }

  /** Retries of one unlocking are one entry. */
  private spendEntry(visitId: string, entry: number): void {
    const spent = this.entriesSpent.get(visitId) ?? new Set();
    if (!spent.has(entry)) this.scene.entries += 1;
    this.entriesSpent.set(visitId, spent.add(entry));
  }
}

function isAbout(thing: Happening, notice: Notice): boolean {
  if (thing.kind !== 'notice') return false;
  const { to, about, detail } = thing;
  return (
    to === notice.to && (about === 'any' || about === notice.kind) && (detail === null || detail === notice.detail)
  );
}

function isGap(thing: Happening): boolean {
  return thing.kind === 'numbering' && thing.flaw === 'gap';
}

function isRecordOf(thing: Happening, event: JournalEvent): boolean {
  switch (thing.kind) {
    case 'refused':
      return event.kind === 'requestRefused' && (thing.reason === 'any' || thing.reason === event.reason);
    case 'outcome':
      return event.kind === 'visitEnded' && (thing.outcome === 'any' || thing.outcome === event.outcome);
    case 'recorded':
      return event.kind === thing.record;
    case 'notice':
    case 'numbering':
      return false;
  }
}
