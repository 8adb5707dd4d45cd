import { expect } from 'chai';
import { AVRTimer, CPU, avrInstruction, timer0Config } from 'avr8js';
import { Core } from '../../../sim/avr/core.js';
import { PlannedTimer } from '../../../sim/avr/planned-timer.js';
import { chipDefects } from './chip-defects.js';
import { serialDefects } from './serial-defects.js';
import { BoardChip, PlainChip } from './test-chips.js';

describe('avr8js', () => {
  for (const { name, program, story, sentByAvr8js, sentByChip } of [...serialDefects, ...chipDefects]) {
    it(`${name}: if no longer, the workaround can go`, () => {
      const chip = new PlainChip(program);
      story(chip);
      expect(chip.sent).to.deep.equal(sentByAvr8js);
    });

    it(`${name}: not so on our board`, () => {
      const chip = new BoardChip(program);
      story(chip);
      expect(chip.sent).to.deep.equal(sentByChip);
    });
  }

  describe('unlinks a clock event only after it was called', () => {
    /** Of an event that clears itself and sets another, the other. */
    function secondEventFires(cpu: CPU, runTo: (cycles: number) => void): boolean {
      let fired = false;
      const first = (): void => {
        cpu.clearClockEvent(first);
        cpu.addClockEvent(() => {
          fired = true;
        }, 10);
      };
      cpu.addClockEvent(first, 10);
      runTo(100);
      return fired;
    }

    it('and loses the next: if no longer, the workaround can go', () => {
      const cpu = new CPU(new Uint16Array(0x4000));
      const runTo = (cycles: number): void => {
        while (cpu.cycles < cycles) {
          avrInstruction(cpu);
          cpu.tick();
        }
      };
      expect(secondEventFires(cpu, runTo)).to.equal(false);
    });

    it('not so in our core', () => {
      const core = new Core(new Uint16Array(0x4000), 0);
      expect(secondEventFires(core, (cycles) => core.run(cycles))).to.equal(true);
    });
  });

  describe('asks for the CPU at each count of a timer', () => {
    /** Clock events that a timer of 250 counts in a ms sets in one ms. */
    function eventsOf(make: (core: Core) => AVRTimer): number {
      const core = new Core(new Uint16Array(0x4000), 0);
      make(core);
      core.writeData(timer0Config.TCCRA, 2);
      core.writeData(timer0Config.OCRA, 249);
      core.writeData(timer0Config.TCCRB, 3);
      core.run(100);
      let events = 0;
      const addClockEvent = core.addClockEvent.bind(core);
      core.addClockEvent = (callback, cycles) => {
        events += 1;
        return addClockEvent(callback, cycles);
      };
      core.run(16_100);
      return events;
    }

    it('if no longer, the workaround can go', () => {
      expect(eventsOf((core) => new AVRTimer(core, timer0Config))).to.equal(250);
    });

    it('not so of our timers', () => {
      expect(eventsOf((core) => new PlannedTimer(core, timer0Config))).to.equal(2);
    });
  });
});
