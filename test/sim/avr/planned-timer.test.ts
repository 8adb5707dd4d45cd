import type { AVRTimerConfig } from 'avr8js';
import { AVRIOPort, AVRTimer, portBConfig, portDConfig, timer0Config, timer1Config, timer2Config } from 'avr8js';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { Core } from '../../../sim/avr/core.js';
import { PlannedTimer } from '../../../sim/avr/planned-timer.js';

const timers = { timer0: timer0Config, timer1: timer1Config, timer2: timer2Config };
type TimerName = keyof typeof timers;

type Deed =
  | {
      readonly kind: 'write';
      readonly register: 'TCCRA' | 'TCCRB' | 'OCRA' | 'OCRB' | 'ICR' | 'TCNT';
      readonly value: number;
    }
  | { readonly kind: 'clearFlags' | 'readCount' }
  | { readonly kind: 'run'; readonly cycles: number };

const deeds = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      register: fc.constantFrom(
        'TCCRA' as const,
        'TCCRB' as const,
        'OCRA' as const,
        'OCRB' as const,
        'ICR' as const,
        'TCNT' as const,
      ),
      value: fc.nat(255),
    }),
    fc.record({ kind: fc.constantFrom('clearFlags' as const, 'readCount' as const) }),
    fc.record({ kind: fc.constant('run' as const), cycles: fc.integer({ min: 1, max: 5000 }) }),
  ),
  { maxLength: 40 },
);

/** A timer on a core of its own, with the pins that it moves. */
class Rig {
  readonly core = new Core(new Uint16Array(0x4000), 0);
  readonly ports = [new AVRIOPort(this.core, portBConfig), new AVRIOPort(this.core, portDConfig)];
  readonly config: AVRTimerConfig;
  /** Pins as they change and counts as they are read: reading brings a timer up to date, so only deeds do it. */
  readonly shown: string[] = [];
  readonly timer: AVRTimer;

  constructor(config: AVRTimerConfig, make: (core: Core, config: AVRTimerConfig) => AVRTimer) {
    this.config = config;
    for (const [index, port] of this.ports.entries()) {
      port.addListener((value) => this.shown.push(`${this.core.cycles} ${index} ${value}`));
    }
    this.timer = make(this.core, config);
    this.core.writeData(portBConfig.DDR, 0xff);
    this.core.writeData(portDConfig.DDR, 0xff);
  }

  do(deed: Deed): void {
    const { core, config } = this;
    switch (deed.kind) {
      case 'run':
        core.run(core.cycles + deed.cycles);
        break;
      case 'clearFlags':
        core.writeData(config.TIFR, 0xff);
        break;
      case 'readCount':
        this.shown.push(`${core.readData(config.TCNT)} ${core.data[config.TCNT + 1]}`);
        break;
      case 'write':
        if (config[deed.register] === 0) break;
        core.writeData(config[deed.register], deed.value);
        // An instruction ends before the next write.
        core.run(core.cycles + 2);
    }
  }

  state(): unknown {
    return { flags: this.core.data[this.config.TIFR], shown: this.shown };
  }
}

describe('PlannedTimer', () => {
  for (const name of Object.keys(timers) as TimerName[]) {
    it(`shows the same flags, counts and pins at the same cycles as avr8js's own: ${name}`, () => {
      fc.assert(
        fc.property(deeds, (story) => {
          const plain = new Rig(timers[name], (core, config) => new AVRTimer(core, config));
          const planned = new Rig(timers[name], (core, config) => new PlannedTimer(core, config));
          for (const deed of story) {
            plain.do(deed);
            planned.do(deed);
            expect(planned.state()).to.deep.equal(plain.state());
          }
        }),
        { numRuns: 300 },
      );
    });
  }
});
