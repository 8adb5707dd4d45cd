import { expect } from 'chai';
import { PlantUnderTest } from './plant-under-test.js';

interface Arrival {
  readonly atMs: number;
  readonly sequence: number;
  readonly captureMs: number;
  readonly digest: number;
}

/** A plant with its camera on from the start, and everything that arrives from it. */
class FeedUnderTest extends PlantUnderTest {
  arrivals: Arrival[] = [];
  confirmations: { readonly atMs: number; readonly captureMs: number }[] = [];

  constructor(seed = 1) {
    super({ seed, start: { cameraSwitchedOn: true } });
    this.plant.feed.onFrame = (sequence, captureMs, digest) =>
      this.arrivals.push({ atMs: this.clock.nowMs(), sequence, captureMs, digest });
    this.plant.feed.onConfirmed = (captureMs) => this.confirmations.push({ atMs: this.clock.nowMs(), captureMs });
    this.plant.begin();
  }

  fault(kind: string, present = true): void {
    this.plant.setFault('camera', kind, present);
  }

  /** What arrives within so much time from now. */
  arriving(durationMs: number): Arrival[] {
    this.arrivals = [];
    this.confirmations = [];
    this.pass(durationMs);
    return this.arrivals;
  }
}

function sequences(arrivals: readonly Arrival[]): number[] {
  return arrivals.map(({ sequence }) => sequence);
}

describe('CameraFeed', () => {
  it('boots in 3 s, then delivers ten frames a second, each 40 ms after its capture', () => {
    const feed = new FeedUnderTest();
    const arrivals = feed.arriving(3_500);
    expect(arrivals.map(({ atMs }) => atMs)).to.deep.equal([3_040, 3_140, 3_240, 3_340, 3_440]);
    expect(sequences(arrivals)).to.deep.equal([0, 1, 2, 3, 4]);
    expect(feed.log.of('cameraPower', 'frames').slice(0, 4)).to.deep.equal([
      '0 cameraPower false',
      '0 cameraPower true',
      '3040 frames 3000 3000',
      '3140 frames 3100 3100',
    ]);
  });

  it('stamps frames by a clock of its own, which starts elsewhere at each boot, and gives each another digest', () => {
    const feed = new FeedUnderTest();
    const first = feed.arriving(5_000);
    feed.plant.switchCamera(false);
    feed.plant.switchCamera(true);
    const second = feed.arriving(5_000);
    const offsets = [first, second].map((arrivals) => arrivals.map(({ atMs, captureMs }) => captureMs - (atMs - 40)));
    expect(offsets.map((boot) => new Set(boot).size)).to.deep.equal([1, 1]);
    expect(offsets[0]?.[0]).to.not.equal(offsets[1]?.[0]);
    const all = [...first, ...second];
    expect(new Set(all.map(({ digest }) => digest)).size).to.equal(all.length);
    expect(second[0]?.sequence).to.equal(0);
  });

  it('delivers nothing without power, and boots anew with it', () => {
    const feed = new FeedUnderTest();
    feed.arriving(4_000);
    feed.fault('unpowered');
    expect(feed.plant.cameraPowered()).to.equal(false);
    expect(feed.arriving(5_000)).to.deep.equal([]);
    feed.fault('unpowered', false);
    expect(feed.arriving(3_050).map(({ atMs, sequence }) => ({ atMs, sequence }))).to.deep.equal([
      { atMs: 12_040, sequence: 0 },
    ]);
    expect(feed.log.of('cameraPower').slice(-2)).to.deep.equal(['4000 cameraPower false', '9000 cameraPower true']);
  });

  it('has no power while it is switched off, whatever faults come and go', () => {
    const feed = new FeedUnderTest();
    feed.plant.switchCamera(false);
    feed.fault('unpowered');
    feed.fault('unpowered', false);
    expect(feed.plant.cameraPowered()).to.equal(false);
    expect(feed.arriving(10_000)).to.deep.equal([]);
  });

  it('takes 30 s to boot when slow, if it has not booted yet', () => {
    const slow = new FeedUnderTest();
    slow.arriving(1_000);
    slow.fault('slowToBoot');
    expect(slow.arriving(29_100).map(({ atMs }) => atMs)).to.deep.equal([30_040]);
    const cured = new FeedUnderTest();
    cured.fault('slowToBoot');
    cured.arriving(10_000);
    cured.fault('slowToBoot', false);
    expect(cured.arriving(100).map(({ atMs }) => atMs)).to.deep.equal([10_040]);
    const booted = new FeedUnderTest();
    booted.arriving(4_000);
    booted.fault('slowToBoot');
    expect(booted.arriving(1_000)).to.have.length(10);
  });

  it('frozen: brings the last frame again and again, none of them genuine', () => {
    const feed = new FeedUnderTest();
    const last = feed.arriving(4_000).at(-1);
    feed.fault('frozen');
    feed.log.take();
    const arrivals = feed.arriving(1_000);
    expect(arrivals).to.have.length(10);
    for (const { atMs, ...frame } of arrivals) expect({ ...frame, atMs: last?.atMs }, `at ${atMs}`).to.deep.equal(last);
    expect(feed.log.of('frames')).to.deep.equal([]);
    feed.fault('frozen', false);
    expect(sequences(feed.arriving(200))).to.deep.equal([20, 21]);
  });

  it('stalled: brings nothing, and goes on where the camera is by then', () => {
    const feed = new FeedUnderTest();
    feed.arriving(4_000);
    feed.fault('stalled');
    expect(feed.arriving(1_000)).to.deep.equal([]);
    feed.fault('stalled', false);
    expect(sequences(feed.arriving(200))).to.deep.equal([20, 21]);
  });

  it('replayed: brings the last fifty frames again, with their old times and digests', () => {
    const feed = new FeedUnderTest();
    const before = feed.arriving(10_000).slice(-50);
    feed.fault('replayed');
    feed.log.take();
    const arrivals = feed.arriving(10_000);
    const pictures = (list: readonly Arrival[]): string[] =>
      list.map(({ sequence, captureMs, digest }) => `${sequence} ${captureMs} ${digest}`);
    expect(pictures(arrivals)).to.deep.equal([...pictures(before), ...pictures(before)]);
    expect(feed.log.of('frames')).to.deep.equal([]);
  });

  it('has nothing to freeze or replay before its first frame', () => {
    for (const kind of ['frozen', 'replayed']) {
      const feed = new FeedUnderTest();
      feed.fault(kind);
      feed.plant.feed.record();
      expect(feed.arriving(10_000)).to.deep.equal([]);
      expect(feed.confirmations).to.deep.equal([]);
    }
  });

  describe('recorder', () => {
    let feed: FeedUnderTest;
    let offsetMs: number;

    beforeEach(() => {
      feed = new FeedUnderTest();
      const [first] = feed.arriving(4_000);
      offsetMs = (first?.captureMs ?? 0) - 3_000;
    });

    function confirmed(): [number, number][] {
      return feed.confirmations.map(({ atMs, captureMs }) => [atMs, captureMs - offsetMs]);
    }

    it('confirms twice a second the newest frame that it had 60 ms before', () => {
      feed.plant.feed.record();
      feed.log.take();
      feed.arriving(1_200);
      expect(confirmed()).to.deep.equal([
        [4_560, 4_400],
        [5_060, 4_900],
      ]);
      expect(feed.log.of('recorded')).to.deep.equal(['4560 recorded 4400 4400', '5060 recorded 4900 4900']);
    });

    it('goes on when asked to begin again, and ends when asked to stop', () => {
      feed.plant.feed.record();
      feed.arriving(300);
      feed.plant.feed.record();
      feed.arriving(300);
      expect(confirmed()).to.deep.equal([[4_560, 4_400]]);
      feed.plant.feed.stopRecording();
      feed.arriving(2_000);
      expect(confirmed()).to.deep.equal([]);
    });

    for (const kind of ['full', 'failing']) {
      it(`confirms nothing while ${kind}`, () => {
        feed.plant.setFault('recorder', kind, true);
        feed.plant.feed.record();
        feed.arriving(2_000);
        expect(confirmed()).to.deep.equal([]);
        feed.plant.setFault('recorder', kind, false);
        feed.arriving(500);
        expect(confirmed()).to.deep.equal([[6_060, 5_900]]);
      });
    }

    it('confirms no frame twice: a stalled or frozen camera gives it nothing new', () => {
      for (const kind of ['stalled', 'frozen']) {
        feed.plant.feed.record();
        feed.arriving(600);
        feed.fault(kind);
        feed.arriving(600);
        feed.arriving(2_000);
        expect(confirmed(), kind).to.deep.equal([]);
        feed.fault(kind, false);
        feed.arriving(600);
        expect(confirmed().length, kind).to.be.within(1, 2);
      }
    });

    it('confirms no frame that was lost on the way, though newer ones have arrived', () => {
      feed.plant.feed.record();
      feed.arriving(400);
      feed.fault('stalled');
      feed.arriving(100);
      feed.fault('stalled', false);
      feed.arriving(700);
      expect(confirmed()).to.deep.equal([[5_060, 4_900]]);
    });

    it('is fooled by a replay, and confirms the old times, which nobody calls genuine', () => {
      feed.plant.feed.record();
      feed.arriving(1_000);
      feed.fault('replayed');
      feed.log.take();
      feed.arriving(2_000);
      expect(confirmed()).to.have.length(4);
      for (const [, capturedMs] of confirmed()) expect(capturedMs).to.be.below(5_000);
      expect(feed.log.of('recorded')).to.deep.equal([]);
    });
  });
});
