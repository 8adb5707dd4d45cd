import { expect } from 'chai';
import type { Bench, MakeBench } from './bench.js';
import { expectFault } from './expectations.js';

const CONFIRM_MAX_MS = 1_000;

/** The camera is sure to live after this. */
const CAMERA_BOOT_MS = 60_000;

interface Confirmation {
  readonly atMs: number;
  readonly captureMs: number;
}

export function describeRecorder(name: string, makeBench: MakeBench): void {
  describe(`recorder: ${name}`, () => {
    let bench: Bench;
    /** Capture times of the frames that came, and when. */
    let frames: Map<number, number>;
    let confirmations: Confirmation[];

    beforeEach(async () => {
      bench = await makeBench();
      frames = new Map();
      confirmations = [];
      bench.hal.cameraFrames.watch((_, captureMs) => frames.set(captureMs, bench.nowMs()));
      bench.hal.recorder.watch((captureMs) => confirmations.push({ atMs: bench.nowMs(), captureMs }));
      bench.hal.cameraPower.switchOn();
      await bench.advance(CAMERA_BOOT_MS);
    });

    /** What is confirmed within the next so many milliseconds. */
    async function confirmationsOf(durationMs: number): Promise<Confirmation[]> {
      confirmations.length = 0;
      await bench.advance(durationMs);
      return [...confirmations];
    }

    it('confirms nothing before it records', async () => {
      expect(confirmations).to.deep.equal([]);
      expect(await confirmationsOf(10_000)).to.deep.equal([]);
    });

    it('confirms at least once a second while it records', async () => {
      let lastMs = bench.nowMs();
      expect(bench.hal.recorder.start()).to.equal(null);
      for (const { atMs } of await confirmationsOf(60_000)) {
        expect(atMs - lastMs).to.be.at.most(CONFIRM_MAX_MS);
        lastMs = atMs;
      }
      expect(bench.nowMs() - lastMs).to.be.at.most(CONFIRM_MAX_MS);
    });

    it('confirms only frames that came, each newer than the last', async () => {
      bench.hal.recorder.start();
      let lastMs = -Infinity;
      for (const { atMs, captureMs } of await confirmationsOf(60_000)) {
        expect(frames.get(captureMs), `the frame of ${captureMs}`).to.be.at.most(atMs);
        expect(captureMs).to.be.greaterThan(lastMs);
        lastMs = captureMs;
      }
      expect(lastMs).to.be.greaterThan(-Infinity);
    });

    it('confirms frames of its time, not of long ago', async () => {
      const startMs = bench.nowMs();
      bench.hal.recorder.start();
      for (const { atMs, captureMs } of await confirmationsOf(10_000)) {
        expect(frames.get(captureMs)).to.be.greaterThan(Math.max(startMs, atMs - 2 * CONFIRM_MAX_MS));
      }
    });

    it('accepts being started while it records, and goes on', async () => {
      bench.hal.recorder.start();
      for (let starts = 0; starts < 20; starts += 1) {
        await bench.advance(300);
        expect(bench.hal.recorder.start()).to.equal(null);
      }
      expect(confirmations.length).to.be.at.least(5);
    });

    it('confirms nothing once stopped, and again once started', async () => {
      bench.hal.recorder.start();
      await bench.advance(5_000);
      expect(bench.hal.recorder.stop()).to.equal(null);
      await bench.advance(100);
      expect(await confirmationsOf(10_000)).to.deep.equal([]);
      bench.hal.recorder.start();
      expect(await confirmationsOf(CONFIRM_MAX_MS)).to.not.be.empty;
    });

    it('confirms nothing that it does not see', async () => {
      bench.hal.recorder.start();
      await bench.advance(5_000);
      bench.setCameraSupply(false);
      await bench.advance(CONFIRM_MAX_MS);
      expect(await confirmationsOf(10_000)).to.deep.equal([]);
    });

    it('may accept when full, and never confirms', async () => {
      bench.troubleRecorder('full');
      const answer = bench.hal.recorder.start();
      if (answer !== null) expectFault(answer, 'recorder');
      expect(await confirmationsOf(10_000)).to.deep.equal([]);
    });

    it('may refuse when broken, and never confirms', async () => {
      bench.hal.recorder.start();
      await bench.advance(5_000);
      bench.troubleRecorder('failing');
      await bench.advance(100);
      expect(await confirmationsOf(10_000)).to.deep.equal([]);
      for (const answer of [bench.hal.recorder.start(), bench.hal.recorder.stop()]) {
        if (answer !== null) expectFault(answer, 'recorder');
      }
    });

    it('confirms to the latest listener only, never from inside a call', async () => {
      let heard = 0;
      bench.hal.recorder.start();
      bench.hal.recorder.watch(() => (heard += 1));
      expect(heard).to.equal(0);
      expect(await confirmationsOf(3_000)).to.deep.equal([]);
      expect(heard).to.be.at.least(3);
    });
  });
}
