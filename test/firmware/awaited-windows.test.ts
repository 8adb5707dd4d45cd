import { expect } from 'chai';
import { AwaitedWindows } from '../../firmware/awaited-windows.js';
import { Fold } from '../../firmware/journal/fold.js';
import type { JournalEvent } from '../../firmware/journal/records.js';
import { FROM_UTC_MS, grantOf, recordsOf, UNTIL_UTC_MS } from './support/records.js';

/** A lock that does nothing but look at its calendar. */
class Watch {
  nowMs = 0;
  /** How far the calendar is from true, or `null` while it is unset. */
  offByMs: number | null = 0;
  atDoor: string | null = null;
  readonly missed: string[] = [];
  readonly records = new Fold();
  readonly windows = new AwaitedWindows({
    records: this.records,
    nowMs: () => this.nowMs,
    utcMs: () => (this.offByMs === null ? null : FROM_UTC_MS + this.nowMs + this.offByMs),
    isAtDoor: (visitId) => visitId === this.atDoor,
    onMissed: (visitId) => {
      this.missed.push(visitId);
      this.apply({ ...ENDED, visitId });
    },
  });

  announce(id: string, untilUtcMs: number): void {
    this.apply({ kind: 'visitAnnounced', grant: grantOf({ id, untilUtcMs }) });
    this.windows.expect(untilUtcMs);
  }

  apply(event: JournalEvent): void {
    for (const record of recordsOf([event], this.records.nextRecordNumber)) this.records.apply(record);
  }

  wake(): void {
    this.nowMs = this.windows.wakeAtMs;
    this.windows.pump();
  }
}

const ENDED = {
  kind: 'visitEnded',
  outcome: 'missed',
  entriesSpent: 0,
  doorOpenMs: 0,
  jams: 0,
  deliveryClaimed: false,
} as const;
const HOUR_MS = UNTIL_UTC_MS - FROM_UTC_MS;

describe('Windows that nobody came for', () => {
  it('end their visits in their order, each when it is over', () => {
    const watch = new Watch();
    watch.announce('second', UNTIL_UTC_MS + 60_000);
    watch.announce('first', UNTIL_UTC_MS);
    expect(watch.windows.wakeAtMs).to.equal(HOUR_MS);
    watch.wake();
    expect(watch.missed).to.deep.equal(['first']);
    watch.wake();
    expect(watch.missed).to.deep.equal(['first', 'second']);
    expect(watch.windows.wakeAtMs).to.equal(Infinity);
  });

  it('say nothing of a visitor who is at the door', () => {
    const watch = new Watch();
    watch.announce('here', UNTIL_UTC_MS);
    watch.atDoor = 'here';
    watch.wake();
    expect(watch.missed).to.deep.equal([]);
  });

  it('are judged by their prolonged end', () => {
    const watch = new Watch();
    watch.announce('walk', UNTIL_UTC_MS);
    const asker = { kind: 'person', personId: 'owner' } as const;
    watch.apply({ kind: 'visitProlonged', visitId: 'walk', untilUtcMs: UNTIL_UTC_MS + HOUR_MS, asker });
    watch.wake();
    expect(watch.missed).to.deep.equal([]);
    watch.wake();
    expect(watch.nowMs).to.equal(2 * HOUR_MS);
    expect(watch.missed).to.deep.equal(['walk']);
  });

  it('wait while the calendar is unset, and are foreseen anew when it is set', () => {
    const watch = new Watch();
    watch.offByMs = null;
    watch.announce('parcel', UNTIL_UTC_MS);
    expect(watch.windows.wakeAtMs).to.equal(Infinity);
    watch.offByMs = 60_000;
    watch.windows.foresee();
    expect(watch.windows.wakeAtMs).to.equal(HOUR_MS - 60_000);
  });

  it('are looked at once a second while the calendar has fallen back, and never ended early', () => {
    const watch = new Watch();
    watch.announce('parcel', UNTIL_UTC_MS);
    watch.nowMs = HOUR_MS;
    watch.offByMs = -60_000;
    watch.windows.pump();
    expect(watch.missed).to.deep.equal([]);
    expect(watch.windows.wakeAtMs).to.equal(HOUR_MS + 60_000);
  });
});
