import type { HalFault, OrderAnswer } from '../hal/contracts/hal-fault.js';
import type { Hal } from '../hal/contracts/hal.js';
import { type NoticeTransport, streamOf } from '../hal/contracts/notices.js';
import type { RecordStore } from './journal/record-store.js';
import type { LockParts } from './lock-parts.js';
import type { InSignal, OutSignal, SignalListener } from './signals.js';

/** The same parts, with a listener on every wire. What a lock on them is asked, the caller tells the listener itself. */
export function tappedParts(parts: LockParts, listener: SignalListener): LockParts {
  const tap = new Tap(parts, listener);
  return {
    ...parts,
    hal: tap.hal(),
    wallClock: tap.wallClock(),
    records: tap.records(),
    notices: tap.notices(),
    reports: {
      report: (report) => {
        tap.tell({ out: 'report', report });
        parts.reports.report(report);
      },
      alarm: (alarm, raised) => {
        tap.tell({ out: 'alarm', alarm, raised });
        parts.reports.alarm(alarm, raised);
      },
    },
  };
}

class Tap {
  private readonly parts: LockParts;
  private readonly listener: SignalListener;
  private newestRecord = 0;

  constructor(parts: LockParts, listener: SignalListener) {
    this.parts = parts;
    this.listener = listener;
  }

  tell(signal: InSignal | OutSignal): void {
    this.listener(this.parts.clock.nowMs(), signal);
  }

  hal(): Hal {
    const { hal } = this.parts;
    const { boltSwitches } = hal;
    return {
      ...this.orders(),
      boardLink: this.heard(hal.boardLink, (up: boolean) => ({ in: 'boardLink', up })),
      networkLink: this.heard(hal.networkLink, (up: boolean) => ({ in: 'networkLink', up })),
      motorCurrent: this.heard(hal.motorCurrent, (currentMa: number, supplyMv: number) => {
        return { in: 'motorCurrent', currentMa, supplyMv };
      }),
      boltSwitches:
        boltSwitches &&
        this.heard(boltSwitches, (extended: boolean, retracted: boolean) => {
          return { in: 'boltSwitches', extended, retracted };
        }),
      doorContact: this.heard(hal.doorContact, (closed: boolean) => ({ in: 'doorContact', closed })),
      cameraFrames: this.heard(hal.cameraFrames, (sequence: number, captureMs: number, digest: number) => {
        return { in: 'cameraFrame', sequence, captureMs, digest };
      }),
    };
  }

  wallClock(): LockParts['wallClock'] {
    const { wallClock } = this.parts;
    return {
      nowUtcMs: () => wallClock.nowUtcMs(),
      watch: (listener) => {
        this.tell({ in: 'calendar', utcMs: wallClock.nowUtcMs() });
        wallClock.watch(() => {
          this.tell({ in: 'calendar', utcMs: wallClock.nowUtcMs() });
          listener();
        });
      },
    };
  }

  records(): RecordStore {
    const { records, clock } = this.parts;
    return {
      append: (record) => this.keep(record, records.append(record)),
      replace: (record) => this.keep(record, records.replace(record)),
      dropBefore: (number) => records.dropBefore(number),
      load: () => {
        const kept = records.load();
        for (const record of kept) this.tell({ in: 'journal', record });
        this.tell({ in: 'calendar', utcMs: this.parts.wallClock.nowUtcMs() });
        return kept;
      },
      sync: (done) => {
        const upToNumber = this.newestRecord;
        const fromMs = clock.nowMs();
        records.sync((fault) => {
          this.tell({ in: 'synced', upToNumber, tookMs: clock.nowMs() - fromMs, fault: detailOf(fault) });
          done(fault);
        });
      },
    };
  }

  notices(): NoticeTransport {
    const { notices, clock } = this.parts;
    return {
      send: (notice, done) => {
        const fromMs = clock.nowMs();
        notices.send(notice, (fault) => {
          const { number, to } = notice;
          this.tell({
            in: 'noticeSent',
            stream: streamOf(to),
            number,
            tookMs: clock.nowMs() - fromMs,
            fault: detailOf(fault),
          });
          done(fault);
        });
      },
      beat: (heartbeat) => notices.beat(heartbeat),
    };
  }

  private orders(): Pick<Hal, 'boltMotor' | 'cameraPower' | 'recorder' | 'indicators'> {
    const { boltMotor, cameraPower, recorder, indicators } = this.parts.hal;
    const motor = (order: 'extend' | 'retract' | 'stop') => (): OrderAnswer =>
      this.ordered(boltMotor[order](), (fault) => ({ out: 'motor', order, fault }));
    const camera = (on: boolean) => (): OrderAnswer =>
      this.ordered(on ? cameraPower.switchOn() : cameraPower.switchOff(), (fault) => ({
        out: 'cameraPower',
        on,
        fault,
      }));
    const record = (on: boolean) => (): OrderAnswer =>
      this.ordered(on ? recorder.start() : recorder.stop(), (fault) => ({ out: 'recorder', on, fault }));
    return {
      boltMotor: { extend: motor('extend'), retract: motor('retract'), stop: motor('stop') },
      cameraPower: {
        switchOn: camera(true),
        switchOff: camera(false),
        ...this.heard(cameraPower, (powered: boolean) => ({ in: 'cameraPower', powered })),
      },
      recorder: {
        start: record(true),
        stop: record(false),
        ...this.heard(recorder, (captureMs: number) => ({ in: 'recorder', captureMs })),
      },
      indicators: {
        set: (name, lit) =>
          this.ordered(indicators.set(name, lit), (fault) => ({ out: 'indicator', name, lit, fault })),
      },
    };
  }

  /** The reading passes here before the lock hears of it. */
  private heard<Reading extends readonly unknown[]>(
    source: { watch(listener: (...reading: Reading) => void): void },
    signalOf: (...reading: Reading) => InSignal,
  ): { watch(listener: (...reading: Reading) => void): void } {
    return {
      watch: (listener) => {
        source.watch((...reading) => {
          this.tell(signalOf(...reading));
          listener(...reading);
        });
      },
    };
  }

  private ordered(answer: OrderAnswer, signalOf: (fault: string | null) => OutSignal): OrderAnswer {
    this.tell(signalOf(detailOf(answer)));
    return answer;
  }

  private keep(record: Parameters<RecordStore['append']>[0], answer: OrderAnswer): OrderAnswer {
    if (answer === null) this.newestRecord = record.number;
    this.tell({ out: 'record', record, fault: detailOf(answer) });
    return answer;
  }
}

function detailOf(fault: HalFault | null): string | null {
  return fault === null ? null : fault.detail;
}
