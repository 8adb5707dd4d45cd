import { expect } from 'chai';
import type { BoltSwitches } from '../../../hal/contracts/bolt-switches.js';
import type { Bench, MakeBench } from './bench.js';
import { INPUT_REPORT_MS, SOON_MS } from './expectations.js';
import type { SensedByBoard } from './sensed.js';
import { itReportsEveryChange, itReportsThroughTheBoard } from './sensed.js';

/** A hand or the motor is sure to be through after this. */
const TRAVEL_MS = 2_500;

export function describeBoltSwitches(name: string, makeBench: MakeBench): void {
  describe(`bolt switches: ${name}`, () => {
    /** With the bolt at rest on the retracted switch, the extended switch can still go on and off: by sticking. */
    async function makeSensed(): Promise<SensedByBoard> {
      const bench = await makeBench();
      const switches = switchesOf(bench);
      let stuck = false;
      return {
        bench,
        watch: (listener) => switches.watch((extended, retracted) => listener(shown(extended, retracted))),
        truth: () => shown(stuck, true),
        change: () => {
          stuck = !stuck;
          bench.stickExtendedSwitch(stuck);
        },
        advance: (durationMs) => bench.advance(durationMs),
      };
    }

    itReportsEveryChange(makeSensed, INPUT_REPORT_MS);
    itReportsThroughTheBoard(makeSensed);

    it('shows the bolt on its way out and in, whoever moves it', async () => {
      const bench = await makeBench();
      const readings: string[] = [];
      switchesOf(bench).watch((extended, retracted) => readings.push(shown(extended, retracted)));
      await bench.advance(SOON_MS);
      bench.turnBolt('extend', 0);
      await bench.advance(TRAVEL_MS);
      bench.hal.boltMotor.retract();
      await bench.advance(TRAVEL_MS);
      expect(readings).to.deep.equal(['retracted', 'neither', 'extended', 'neither', 'retracted']);
    });

    it('passes a contradiction on', async () => {
      const sensed = await makeSensed();
      const readings: string[] = [];
      sensed.watch((reading) => readings.push(reading));
      sensed.change();
      await sensed.advance(SOON_MS);
      expect(readings.at(-1)).to.equal('both');
    });
  });
}

function switchesOf(bench: Bench): BoltSwitches {
  const { boltSwitches } = bench.hal;
  if (boltSwitches === null) throw new Error('this suite is for locks that have end switches');
  return boltSwitches;
}

function shown(extended: boolean, retracted: boolean): string {
  if (extended) return retracted ? 'both' : 'extended';
  return retracted ? 'retracted' : 'neither';
}
