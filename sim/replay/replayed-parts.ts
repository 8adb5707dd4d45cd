import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { Hal } from '../../hal/contracts/hal.js';
import { type Notice, type NoticeStream, streamOf } from '../../hal/contracts/notices.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import type { LockParts } from '../../firmware/lock-parts.js';
import type { RecordingHeader, TimedSignal } from '../../firmware/recording.js';
import type { InSignal } from '../../firmware/signals.js';
import type { Alarm } from '../../hal/contracts/clock.js';
import type { VirtualClock } from '../virtual-clock.js';

/** An answer that was not recorded, as the lock had not asked for it, comes after this. Chosen. */
const UNRECORDED_MS = 5;

/** What `WallClock` calls a jump. */
const JUMP_MIN_MS = 1_000;

interface Answer {
  readonly tookMs: number;
  readonly fault: string | null;
}

interface Awaited {
  readonly dueMs: number;
  readonly answer: () => void;
}

/** Hands out recorded answers in their order, each after as long as it took. */
class Answers {
  private readonly clock: VirtualClock;
  private readonly part: 'store' | 'notices';
  private readonly recorded: Answer[];
  private readonly awaited: Awaited[] = [];
  private readonly alarm: Alarm;

  constructor(clock: VirtualClock, part: 'store' | 'notices', recorded: readonly Answer[]) {
    this.clock = clock;
    this.part = part;
    this.recorded = [...recorded];
    this.alarm = clock.alarm(() => this.answerDue());
  }

  give(done: (fault: HalFault | null) => void): void {
    const { tookMs, fault } = this.recorded.shift() ?? { tookMs: UNRECORDED_MS, fault: null };
    const dueMs = Math.max(this.clock.nowMs() + tookMs, this.awaited.at(-1)?.dueMs ?? 0);
    this.awaited.push({ dueMs, answer: () => done(fault === null ? null : { part: this.part, detail: fault }) });
    this.arm();
  }

  private answerDue(): void {
    const next = this.awaited.shift();
    this.arm();
    next?.answer();
  }

  private arm(): void {
    const [next] = this.awaited;
    if (next === undefined) this.alarm.clear();
    else this.alarm.set(next.dueMs);
  }
}

type Ordered = 'motor' | 'cameraPower' | 'recorder' | 'indicator' | 'record';

/** Hands out what recorded orders of one sort came to, in their order; one that was not recorded is accepted. */
class Orders {
  private readonly part: HalFault['part'];
  private readonly faults: (string | null)[];

  constructor(sort: Ordered, part: HalFault['part'], signals: readonly TimedSignal[]) {
    this.part = part;
    this.faults = signals.flatMap(({ signal }) => ('out' in signal && signal.out === sort ? [signal.fault] : []));
  }

  readonly answer = (): OrderAnswer => {
    const fault = this.faults.shift() ?? null;
    return fault === null ? null : { part: this.part, detail: fault };
  };
}

type Heard = Pick<
  Hal,
  'boardLink' | 'networkLink' | 'motorCurrent' | 'doorContact' | 'cameraPower' | 'cameraFrames' | 'recorder'
>;

/** The surroundings of a recorded lock: they do what was recorded, and take whatever the lock orders. */
export class ReplayedParts {
  readonly parts: LockParts;
  private readonly clock: VirtualClock;
  private readonly listeners: { [Name in keyof Heard | 'boltSwitches']?: (...reading: never[]) => void } = {};
  private readonly kept: JournalRecord[];
  private calendar: { readonly atMs: number; readonly utcMs: number | null } = { atMs: 0, utcMs: null };
  private onJump: (() => void) | null = null;

  constructor(header: RecordingHeader, signals: readonly TimedSignal[], clock: VirtualClock) {
    this.clock = clock;
    const ins = signals.flatMap(({ signal }) => ('in' in signal ? [signal] : []));
    this.kept = ins.flatMap((signal) => (signal.in === 'journal' ? [signal.record] : []));
    const { answer: keep } = new Orders('record', 'store', signals);
    const syncs = new Answers(
      clock,
      'store',
      ins.filter((signal) => signal.in === 'synced'),
    );
    const sendings = new Map<NoticeStream, Answers>();
    const sendingsOf = (stream: NoticeStream): Answers => {
      const known = sendings.get(stream);
      if (known !== undefined) return known;
      const sent = ins.filter((signal) => signal.in === 'noticeSent');
      const answers = new Answers(
        clock,
        'notices',
        sent.filter((signal) => signal.stream === stream),
      );
      sendings.set(stream, answers);
      return answers;
    };
    const { settings, residents, motorLimits } = header;
    this.parts = {
      hal: this.hal(header.hasBoltSwitches, signals),
      clock,
      wallClock: {
        nowUtcMs: () => this.nowUtcMs(),
        watch: (listener) => {
          this.onJump = listener;
        },
      },
      records: {
        load: () => this.kept,
        append: keep,
        replace: keep,
        dropBefore: () => {},
        sync: (done) => syncs.give(done),
      },
      notices: { send: ({ to }: Notice, done) => sendingsOf(streamOf(to)).give(done), beat: () => {} },
      reports: { report: () => {}, alarm: () => {} },
      residents,
      settings,
      motorLimits,
    };
  }

  /** What the recording says of the calendar before the lock asks for it. */
  begin(signals: readonly TimedSignal[]): void {
    const first = signals.find(({ signal }) => 'in' in signal && signal.in === 'calendar');
    if (first !== undefined && 'in' in first.signal && first.signal.in === 'calendar') {
      this.calendar = { atMs: first.atMs, utcMs: first.signal.utcMs };
    }
  }

  /** Something reaches the lock now. Requests are for the caller. */
  feed(signal: InSignal): void {
    switch (signal.in) {
      case 'boardLink':
        return this.tell('boardLink', signal.up);
      case 'networkLink':
        return this.tell('networkLink', signal.up);
      case 'boltSwitches':
        return this.tell('boltSwitches', signal.extended, signal.retracted);
      case 'doorContact':
        return this.tell('doorContact', signal.closed);
      case 'cameraPower':
        return this.tell('cameraPower', signal.powered);
      case 'cameraFrame':
        return this.tell('cameraFrames', signal.sequence, signal.captureMs, signal.digest);
      case 'recorder':
        return this.tell('recorder', signal.captureMs);
      case 'motorCurrent':
        return this.tell('motorCurrent', signal.currentMa, signal.supplyMv);
      case 'calendar':
        return this.setCalendar(signal.utcMs);
      case 'request':
      case 'refusal':
      case 'journal':
      case 'synced':
      case 'noticeSent':
        return undefined;
    }
  }

  private tell(name: keyof Heard | 'boltSwitches', ...reading: (number | boolean)[]): void {
    this.listeners[name]?.(...(reading as never[]));
  }

  /** What was read at boot is no jump, though the recorded clocks may have drifted by then. */
  private setCalendar(utcMs: number | null): void {
    const shown = this.nowUtcMs();
    this.calendar = { atMs: this.clock.nowMs(), utcMs };
    const isSame = shown === null || utcMs === null ? shown === utcMs : Math.abs(utcMs - shown) < JUMP_MIN_MS;
    if (!isSame) this.onJump?.();
  }

  private nowUtcMs(): number | null {
    const { atMs, utcMs } = this.calendar;
    return utcMs === null ? null : utcMs + this.clock.nowMs() - atMs;
  }

  private hal(hasBoltSwitches: boolean, signals: readonly TimedSignal[]): Hal {
    const { answer: motor } = new Orders('motor', 'boltMotor', signals);
    const { answer: camera } = new Orders('cameraPower', 'cameraPower', signals);
    const { answer: record } = new Orders('recorder', 'recorder', signals);
    const { answer: indicate } = new Orders('indicator', 'indicators', signals);
    const heard = (name: keyof Heard | 'boltSwitches') => ({
      watch: (listener: (...reading: never[]) => void) => {
        this.listeners[name] = listener;
      },
    });
    return {
      boardLink: heard('boardLink'),
      networkLink: heard('networkLink'),
      motorCurrent: heard('motorCurrent'),
      boltSwitches: hasBoltSwitches ? heard('boltSwitches') : null,
      doorContact: heard('doorContact'),
      cameraFrames: heard('cameraFrames'),
      cameraPower: { switchOn: camera, switchOff: camera, ...heard('cameraPower') },
      recorder: { start: record, stop: record, ...heard('recorder') },
      boltMotor: { extend: motor, retract: motor, stop: motor },
      indicators: { set: indicate },
    };
  }
}
