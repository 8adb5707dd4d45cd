import { expect } from 'chai';
import type { Bench, MakeBench } from './bench.js';
import { expectFault, INPUT_REPORT_MS, loseBoardLink, regainBoardLink, SOON_MS } from './expectations.js';
import type { SensedByBoard } from './sensed.js';
import { itReportsEveryChange, itReportsThroughTheBoard } from './sensed.js';

export function describeCameraPower(name: string, makeBench: MakeBench): void {
  describe(`camera power: ${name}`, () => {
    /** Sensed behind the switch, which is on. */
    async function makeSensed(): Promise<SensedByBoard> {
      const bench = await makeBench();
      bench.hal.cameraPower.switchOn();
      await bench.advance(SOON_MS);
      let supplied = true;
      return {
        bench,
        watch: (listener) => bench.hal.cameraPower.watch((powered) => listener(powered ? 'powered' : 'unpowered')),
        truth: () => (bench.cameraPowered() ? 'powered' : 'unpowered'),
        change: () => {
          supplied = !supplied;
          bench.setCameraSupply(supplied);
        },
        advance: (durationMs) => bench.advance(durationMs),
      };
    }

    itReportsEveryChange(makeSensed, INPUT_REPORT_MS);
    itReportsThroughTheBoard(makeSensed);

    describe('its switch', () => {
      let bench: Bench;
      let readings: boolean[];

      beforeEach(async () => {
        bench = await makeBench();
        readings = [];
        bench.hal.cameraPower.watch((powered) => readings.push(powered));
        bench.hal.cameraPower.switchOff();
        await bench.advance(SOON_MS);
        readings.length = 0;
      });

      it('powers the camera and takes its power away, which is then sensed', async () => {
        for (const on of [true, false, true]) {
          const answer = on ? bench.hal.cameraPower.switchOn() : bench.hal.cameraPower.switchOff();
          await bench.advance(SOON_MS);
          expect(answer).to.equal(null);
          expect(bench.cameraPowered()).to.equal(on);
        }
        expect(readings).to.deep.equal([true, false, true]);
      });

      it('accepts an order for what is so already, and nothing changes', async () => {
        const { cameraPower } = bench.hal;
        expect(cameraPower.switchOff()).to.equal(null);
        await bench.advance(SOON_MS);
        expect(readings).to.deep.equal([]);
        cameraPower.switchOn();
        await bench.advance(SOON_MS);
        expect(cameraPower.switchOn()).to.equal(null);
        await bench.advance(SOON_MS);
        expect(readings).to.deep.equal([true]);
      });

      it('accepts an order that gives no power: only the sense line tells', async () => {
        bench.setCameraSupply(false);
        expect(bench.hal.cameraPower.switchOn()).to.equal(null);
        await bench.advance(1_000);
        expect(readings).to.deep.equal([]);
      });

      it('says powered before the camera lives', async () => {
        let frames = 0;
        bench.hal.cameraFrames.watch(() => (frames += 1));
        bench.hal.cameraPower.switchOn();
        await bench.advance(INPUT_REPORT_MS);
        expect({ readings, frames }).to.deep.equal({ readings: [true], frames: 0 });
      });

      it('refuses without the link to the board, and does nothing, then or later', async () => {
        await loseBoardLink(bench);
        expectFault(bench.hal.cameraPower.switchOn(), 'cameraPower');
        await bench.advance(1_000);
        expect(bench.cameraPowered()).to.equal(false);
        await regainBoardLink(bench);
        expect(bench.cameraPowered()).to.equal(false);

        bench.hal.cameraPower.switchOn();
        await loseBoardLink(bench);
        expectFault(bench.hal.cameraPower.switchOff(), 'cameraPower');
        await regainBoardLink(bench);
        expect(bench.cameraPowered()).to.equal(true);
      });
    });
  });
}
