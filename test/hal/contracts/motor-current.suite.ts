import { expect } from 'chai';
import type { Bench, MakeBench } from './bench.js';
import { loseBoardLink } from './expectations.js';

const SAMPLE_MS = 10;
const AFTER_DRIVE_MS = 50;
const INRUSH_MS = 100;

interface Sample {
  readonly atMs: number;
  readonly currentMa: number;
  readonly supplyMv: number;
  /** What was true at that instant. */
  readonly trueMa: number;
  readonly trueMv: number;
}

export function describeMotorCurrent(name: string, makeBench: MakeBench): void {
  describe(`motor current: ${name}`, () => {
    let bench: Bench;
    let samples: Sample[];

    beforeEach(async () => {
      bench = await makeBench();
      samples = [];
      bench.hal.motorCurrent.watch((currentMa, supplyMv) => {
        const [trueMa, trueMv] = [bench.motorCurrentMa(), bench.supplyMv()];
        samples.push({ atMs: bench.nowMs(), currentMa, supplyMv, trueMa, trueMv });
      });
    });

    function samplesBetween(fromMs: number, untilMs: number): Sample[] {
      return samples.filter(({ atMs }) => atMs > fromMs && atMs <= untilMs);
    }

    it('comes every 10 ms while the motor is driven', async () => {
      const startMs = bench.nowMs();
      bench.hal.boltMotor.extend();
      await bench.advance(500);
      expect(samples.length).to.be.within(48, 51);
      const gapsMs = samples.map(({ atMs }, index) => atMs - (samples[index - 1]?.atMs ?? startMs));
      expect(Math.max(...gapsMs)).to.be.at.most(2 * SAMPLE_MS);
    });

    it('goes on for 50 ms after a drive', async () => {
      bench.hal.boltMotor.extend();
      await bench.advance(200);
      bench.hal.boltMotor.stop();
      const stopMs = bench.nowMs();
      await bench.advance(1_000);
      const after = samplesBetween(stopMs, Infinity);
      expect(after.length).to.be.within(4, 6);
      expect(after.at(-1)?.atMs).to.be.within(stopMs + AFTER_DRIVE_MS - SAMPLE_MS, stopMs + AFTER_DRIVE_MS + SAMPLE_MS);
      expect(after.at(-1)?.currentMa).to.equal(0);
    });

    it('is silent between drives, a hand at the bolt or not', async () => {
      await bench.advance(10_000);
      bench.turnBolt('extend', 500);
      await bench.advance(10_000);
      expect(samples).to.deep.equal([]);
      bench.hal.boltMotor.retract();
      await bench.advance(200);
      bench.hal.boltMotor.stop();
      await bench.advance(AFTER_DRIVE_MS + SAMPLE_MS);
      expect(samples).to.not.be.empty;
      samples.length = 0;
      await bench.advance(10_000);
      expect(samples).to.deep.equal([]);
    });

    it('goes on through a reversal and through two drives on end', async () => {
      const startMs = bench.nowMs();
      bench.hal.boltMotor.extend();
      await bench.advance(201);
      bench.hal.boltMotor.retract();
      await bench.advance(53);
      bench.hal.boltMotor.stop();
      await bench.advance(33);
      bench.hal.boltMotor.extend();
      await bench.advance(213);
      const gapsMs = samples.map(({ atMs }, index) => atMs - (samples[index - 1]?.atMs ?? startMs));
      expect(Math.max(...gapsMs)).to.be.at.most(2 * SAMPLE_MS);
      expect(samples.at(-1)?.atMs).to.be.at.least(bench.nowMs() - 2 * SAMPLE_MS);
    });

    it('has the inrush behind it 100 ms into a drive', async () => {
      const startMs = bench.nowMs();
      bench.hal.boltMotor.extend();
      await bench.advance(500);
      const running = samplesBetween(startMs + INRUSH_MS, Infinity).map(({ currentMa }) => currentMa);
      const inrushMa = Math.max(...samplesBetween(startMs, startMs + INRUSH_MS).map(({ currentMa }) => currentMa));
      expect(Math.min(...running)).to.be.greaterThan(0);
      expect(Math.max(...running)).to.be.lessThan(1.25 * Math.min(...running));
      expect(inrushMa).to.be.greaterThan(Math.max(...running));
    });

    it('is the true current, and the supply under it, running and stalled', async () => {
      const startMs = bench.nowMs();
      bench.hal.boltMotor.extend();
      await bench.advance(2_500);
      const running = samplesBetween(startMs + 200, startMs + 500);
      const runningMa = running[0]?.trueMa ?? Infinity;
      // A board may end a stall of its own accord, so that is as long as it lasts.
      const stalled = samplesBetween(startMs + 500, Infinity).filter(
        ({ trueMa }, index, late) => trueMa > 2 * runningMa && trueMa === late[index - 1]?.trueMa,
      );
      expect(stalled.length).to.be.at.least(5);
      for (const { currentMa, supplyMv, trueMa, trueMv } of [...running, ...stalled]) {
        expect(currentMa).to.be.closeTo(trueMa, trueMa * 0.1);
        expect(supplyMv).to.be.closeTo(trueMv, trueMv * 0.05);
      }
      expect(stalled.at(-1)?.currentMa).to.be.greaterThan(2 * (running[0]?.currentMa ?? Infinity));
      expect(stalled.at(-1)?.supplyMv).to.be.lessThan(running[0]?.supplyMv ?? 0);
    });

    it('is never below nothing', async () => {
      bench.hal.boltMotor.extend();
      await bench.advance(300);
      bench.hal.boltMotor.retract();
      await bench.advance(2_000);
      bench.hal.boltMotor.stop();
      await bench.advance(1_000);
      expect(Math.min(...samples.map(({ currentMa }) => currentMa))).to.be.at.least(0);
    });

    it('is silent without the link to the board', async () => {
      bench.hal.boltMotor.extend();
      await bench.advance(100);
      await loseBoardLink(bench);
      samples.length = 0;
      bench.turnBolt('retract', 0);
      await bench.advance(1_000);
      expect(samples).to.deep.equal([]);
    });

    it('goes to the latest listener only', async () => {
      let heard = 0;
      bench.hal.motorCurrent.watch(() => (heard += 1));
      bench.hal.boltMotor.extend();
      await bench.advance(100);
      expect(samples).to.deep.equal([]);
      expect(heard).to.be.at.least(9);
    });
  });
}
