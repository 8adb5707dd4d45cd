import { expect } from 'chai';
import fc from 'fast-check';
import { watches } from '../../../firmware/core/camera-guard.js';
import {
  type CameraSense,
  cameraSenseWakeAt,
  heartbeatsOnlyRearm,
  INITIAL_CAMERA_SENSE,
  senseCameraPower,
  senseCameraTime,
  senseConfirmation,
  senseFrame,
  senseRecorder,
} from '../../../firmware/sense/camera-sense.js';

const OFFSET_MS = 123_456;

type Deed =
  | { readonly kind: 'genuine' | 'repeated' | 'confirmed' | 'recording' | 'stopped' | 'off' | 'on' | 'wake' }
  | { readonly kind: 'forged'; readonly aheadMs: number };

const arbitraryDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('genuine') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('confirmed') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wake') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('repeated', 'recording', 'stopped', 'on', 'off') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forged'), aheadMs: fc.integer({ min: -5_000, max: 1e6 }) }) },
);

const arbitraryDeeds = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), arbitraryDeed), {
  maxLength: 60,
  size: 'max',
});

/** A camera whose frames arrive as they are captured, and everything that may happen to them. */
class Feed {
  sense: CameraSense = senseCameraPower(INITIAL_CAMERA_SENSE, true, 0);
  nowMs = 0;
  /** When the newest genuine frame, and the newest confirmed frame, were captured in truth. */
  genuineAtMs = -Infinity;
  confirmedAtMs = -Infinity;
  recordingAtMs = Infinity;
  private count = 0;

  /** Lets time pass, with a wake-up whenever the sense asked for one, as the shell does. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (let at = cameraSenseWakeAt(this.sense); at <= untilMs; at = cameraSenseWakeAt(this.sense)) {
      const before = this.sense;
      this.nowMs = Math.max(this.nowMs, at);
      this.sense = senseCameraTime(before, this.nowMs);
      expect(this.sense, 'a wake-up that changes nothing would come for ever').to.not.equal(before);
    }
    this.nowMs = untilMs;
  }

  happen(deed: Deed): void {
    const { nowMs, sense } = this;
    switch (deed.kind) {
      case 'genuine':
        this.count += 1;
        if (sense.picture !== 'off') this.genuineAtMs = nowMs;
        this.sense = senseFrame(sense, this.count, nowMs - OFFSET_MS, this.count, nowMs);
        return;
      case 'repeated':
        this.sense = senseFrame(sense, this.count, this.genuineAtMs - OFFSET_MS, this.count, nowMs);
        return;
      case 'forged':
        this.sense = senseFrame(sense, this.count + 1, nowMs + deed.aheadMs - OFFSET_MS, -1, nowMs);
        return;
      case 'confirmed':
        if (this.recordingAtMs < this.genuineAtMs) this.confirmedAtMs = this.genuineAtMs;
        this.sense = senseConfirmation(sense, this.genuineAtMs - OFFSET_MS, nowMs);
        return;
      case 'recording':
      case 'stopped':
        this.recordingAtMs = deed.kind === 'recording' ? nowMs : Infinity;
        this.confirmedAtMs = -Infinity;
        this.sense = senseRecorder(sense, deed.kind === 'recording', nowMs);
        return;
      case 'off':
      case 'on':
        this.sense = senseCameraPower(sense, deed.kind === 'on', nowMs);
        return;
      case 'wake':
        this.sense = senseCameraTime(sense, nowMs);
        return;
    }
  }
}

function always(check: (feed: Feed, deed: Deed) => void, forgeries: boolean): void {
  fc.assert(
    fc.property(arbitraryDeeds, (deeds) => {
      const feed = new Feed();
      for (const [ms, deed] of deeds) {
        if (deed.kind === 'forged' && !forgeries) continue;
        feed.pass(ms);
        feed.happen(deed);
        check(feed, deed);
      }
    }),
    { numRuns: 150 },
  );
}

describe('The sense of the camera, whatever arrives', () => {
  it('believes in a watched door only while a genuine frame is at most 500 ms and a confirmed one at most 2 s old', () => {
    always(({ sense, nowMs, genuineAtMs, confirmedAtMs, recordingAtMs }) => {
      if (!watches({ picture: sense.picture, recording: sense.confirmed })) return;
      expect(nowMs - genuineAtMs).to.be.at.most(500);
      expect(nowMs - confirmedAtMs).to.be.at.most(2_000);
      expect(confirmedAtMs).to.be.above(recordingAtMs);
    }, false);
  });

  it('cannot be kept from seeing a frozen picture within 600 ms by any forgery before', () => {
    always((feed) => {
      const wakeAtMs = cameraSenseWakeAt(feed.sense);
      if (feed.sense.picture === 'live') expect(wakeAtMs).to.be.at.most(feed.nowMs + 600);
      if (feed.sense.confirmed) expect(wakeAtMs).to.be.at.most(feed.nowMs + 2_100);
    }, true);
  });

  it('sees nothing new in genuine heartbeats, when it says that they only rearm', () => {
    always((feed) => {
      if (!heartbeatsOnlyRearm(feed.sense)) return;
      const overdue = cameraSenseWakeAt(feed.sense) <= feed.nowMs + 140;
      if (overdue) return;
      const { picture, confirmed } = feed.sense;
      for (const [ms, kind] of [
        [100, 'genuine'],
        [40, 'confirmed'],
        [100, 'genuine'],
        [100, 'genuine'],
        [10, 'confirmed'],
      ] as const) {
        feed.pass(ms);
        feed.happen({ kind });
        expect(feed.sense).to.include({ picture, confirmed });
        expect(heartbeatsOnlyRearm(feed.sense)).to.equal(true);
      }
    }, false);
  });

  it('is the same object when nothing has changed', () => {
    always((feed) => {
      const { sense, nowMs } = feed;
      if (cameraSenseWakeAt(sense) > nowMs) expect(senseCameraTime(sense, nowMs)).to.equal(sense);
      expect(senseFrame(sense, sense.sequence, sense.captureMs, sense.digest, nowMs)).to.satisfy(
        (after: CameraSense) => after === sense || Number.isNaN(sense.offsetMs),
      );
    }, true);
  });
});
