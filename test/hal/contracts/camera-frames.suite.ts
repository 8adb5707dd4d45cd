import { expect } from 'chai';
import type { Bench, MakeBench } from './bench.js';

/** No camera takes longer to its first frame. */
const BOOT_MAX_MS = 60_000;

/** Behind this, evidence of life is stale (S1). */
const LAG_MAX_MS = 500;

interface Frame {
  readonly atMs: number;
  readonly sequence: number;
  readonly captureMs: number;
  readonly digest: number;
}

export function describeCameraFrames(name: string, makeBench: MakeBench): void {
  describe(`camera frames: ${name}`, () => {
    let bench: Bench;
    let frames: Frame[];

    beforeEach(async () => {
      bench = await makeBench();
      frames = [];
      bench.hal.cameraFrames.watch((sequence, captureMs, digest) =>
        frames.push({ atMs: bench.nowMs(), sequence, captureMs, digest }),
      );
    });

    /** Switches the camera on and returns its first frame. */
    async function boot(): Promise<Frame> {
      bench.hal.cameraPower.switchOn();
      frames.length = 0;
      for (let waitedMs = 0; waitedMs < BOOT_MAX_MS; waitedMs += 100) {
        await bench.advance(100);
        const [first] = frames;
        if (first !== undefined) return first;
      }
      throw new Error(`no frame came within ${BOOT_MAX_MS} ms`);
    }

    /** The frames of the next so many milliseconds. */
    async function framesOf(durationMs: number): Promise<Frame[]> {
      frames.length = 0;
      await bench.advance(durationMs);
      return [...frames];
    }

    it('come 4 to 30 times a second, 10 times by default', async () => {
      await boot();
      const tenSeconds = await framesOf(10_000);
      expect(tenSeconds.length).to.be.within(98, 102);
      for (let second = 0; second < 10; second += 1) expect((await framesOf(1_000)).length).to.be.within(4, 30);
    });

    it('each bring three values that never came before', async () => {
      const all = [await boot(), ...(await framesOf(60_000))];
      for (const value of ['sequence', 'captureMs', 'digest'] as const) {
        expect(new Set(all.map((frame) => frame[value])), value).to.have.property('size', all.length);
      }
    });

    it('count up, and bring whole digests of 32 bits', async () => {
      const all = [await boot(), ...(await framesOf(10_000))];
      all.forEach(({ sequence, digest }, index) => {
        expect(sequence).to.equal((all[0]?.sequence ?? NaN) + index);
        expect(digest >>> 0).to.equal(digest);
      });
    });

    it("are captured by a clock that goes as fast as everybody's", async () => {
      const first = await boot();
      for (const { atMs, captureMs } of await framesOf(60_000)) {
        expect(captureMs - first.captureMs).to.be.closeTo(atMs - first.atMs, 100);
      }
    });

    it('count anew after each boot of the camera', async () => {
      const first = await boot();
      await framesOf(5_000);
      bench.hal.cameraPower.switchOff();
      await bench.advance(5_000);
      const again = await boot();
      expect(again.sequence).to.equal(first.sequence);
      expect(again.digest).to.not.equal(first.digest);
    });

    it('do not come without power', async () => {
      expect(await framesOf(60_000)).to.deep.equal([]);
      await boot();
      bench.setCameraSupply(false);
      await bench.advance(100);
      expect(await framesOf(60_000)).to.deep.equal([]);
    });

    for (const trouble of ['frozen', 'replayed'] as const) {
      it(`betray a ${trouble} picture by a value that came before, or by their lag`, async () => {
        const first = await boot();
        const before = await framesOf(8_000);
        bench.troubleCamera(trouble);
        await bench.advance(100);
        const after = await framesOf(8_000);
        const came = (value: 'sequence' | 'captureMs' | 'digest'): ReadonlySet<number> =>
          new Set(before.map((frame) => frame[value]));
        const [sequences, captures, digests] = [came('sequence'), came('captureMs'), came('digest')];
        for (const { atMs, sequence, captureMs, digest } of after) {
          const lagMs = atMs - first.atMs - (captureMs - first.captureMs);
          const betrayed = sequences.has(sequence) || captures.has(captureMs) || digests.has(digest);
          expect(betrayed || lagMs > LAG_MAX_MS, `frame ${sequence}`).to.equal(true);
        }
        bench.troubleCamera('none');
        await bench.advance(200);
        const newest = (await framesOf(1_000)).at(-1);
        expect(newest?.captureMs).to.be.greaterThan(before.at(-1)?.captureMs ?? Infinity);
        expect(digests.has(newest?.digest ?? NaN)).to.equal(false);
      });
    }

    it('go to the latest listener only', async () => {
      await boot();
      let heard = 0;
      bench.hal.cameraFrames.watch(() => (heard += 1));
      expect(heard).to.equal(0);
      expect(await framesOf(1_000)).to.deep.equal([]);
      expect(heard).to.be.at.least(4);
    });
  });
}
