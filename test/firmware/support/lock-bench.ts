import type { AlarmName, LockReport, ReportSink } from '../../../hal/contracts/report.js';
import { Lock } from '../../../firmware/lock.js';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { Request } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS, type Settings } from '../../../firmware/settings.js';
import { CalendarToHand, CountedClock, HalToHand, PostOffice } from './hal-to-hand.js';
import { CHILD, FROM_UTC_MS, OWNER } from './records.js';
import { RecordsToHand } from './record-stores.js';

const ROUNDS_MAX = 1_000;

/** The whole lock on hardware, calendar, store and network that do only what the test says. */
export class LockBench {
  readonly clock = new CountedClock();
  readonly calendar: CalendarToHand;
  readonly hal = new HalToHand();
  readonly post = new PostOffice();
  readonly store: RecordsToHand;
  readonly reports: LockReport[] = [];
  readonly alarms: string[] = [];
  readonly lock: Lock;

  constructor(store = new RecordsToHand(), settings: Partial<Settings> = {}, utcMs: number | null = FROM_UTC_MS) {
    this.store = store;
    this.calendar = new CalendarToHand(this.clock, utcMs);
    const sink: ReportSink = {
      report: (report) => this.reports.push(report),
      alarm: (alarm: AlarmName, raised) => this.alarms.push(`${alarm} ${raised ? 'raised' : 'cleared'}`),
    };
    this.lock = new Lock({
      hal: this.hal,
      clock: this.clock,
      wallClock: this.calendar,
      records: store,
      notices: this.post,
      reports: sink,
      residents: [OWNER, CHILD],
      settings: { ...DEFAULT_SETTINGS, ...settings },
      motorLimits: { nominalMv: 6_000, stallMa: 340, idleMa: 30, lowMv: 5_200, tooLowMv: 4_200 },
    });
  }

  /** The hardware has said how it stands: door closed, bolt at home, all links up. */
  static ready(store?: RecordsToHand, settings?: Partial<Settings>): LockBench {
    const bench = new LockBench(store, settings).hearHardware();
    bench.pass(1_000);
    bench.hal.takeOrders();
    return bench;
  }

  hearHardware(): this {
    const { say } = this.hal;
    say.boardLink(true);
    say.networkLink(true);
    say.doorContact(true);
    say.boltSwitches(true, false);
    say.cameraPower(false);
    return this;
  }

  ask(...requests: readonly Request[]): this {
    for (const request of requests) this.lock.request(request);
    return this;
  }

  /** Lets time go by; syncs and notices under way are answered at the end of it. */
  pass(ms: number): this {
    this.clock.pass(ms);
    return this.answer();
  }

  /** Answers whatever waits for an answer, and what that brings about. Throws if it brings about more without end. */
  answer(): this {
    for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
      if (this.store.syncsUnderWay === 0 && this.post.underWay === 0) return this;
      this.store.completeSync();
      this.post.deliver();
    }
    throw new Error('the lock never comes to rest');
  }

  get records(): JournalEvent[] {
    return this.store.kept.map(({ event }) => event);
  }

  recordsOf<Kind extends JournalEvent['kind']>(kind: Kind): Extract<JournalEvent, { kind: Kind }>[] {
    return this.records.filter((event): event is Extract<JournalEvent, { kind: Kind }> => event.kind === kind);
  }

  get notices(): string[] {
    return this.post.letters.map(({ to, kind, detail }) => `${to}: ${kind} ${detail}`.trimEnd());
  }
}
