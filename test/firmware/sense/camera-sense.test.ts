import { expect } from 'chai';
import type { Picture } from '../../../firmware/core/events.js';
import { NEVER } from '../../../firmware/core/never.js';
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

/** The camera's clock at lock time 0; anything will do. */
const CAMERA_CLOCK_MS = 7_654_321;
/** From capture to arrival. */
const DELAY_MS = 40;

/** A camera that delivers genuine frames, with the lock's view of it. */
class Camera {
  sense: CameraSense = INITIAL_CAMERA_SENSE;
  private sequence = 0;

  constructor() {
    this.sense = senseCameraPower(senseCameraPower(this.sense, false, 0), true, 0);
  }

  /** A genuine frame that arrives at `nowMs`, or one that differs from it in some respect. */
  frame(nowMs: number, but: { sequence?: number; capturedAtMs?: number; digest?: number } = {}): this {
    this.sequence += 1;
    const capturedAtMs = but.capturedAtMs ?? nowMs - DELAY_MS;
    this.sense = senseFrame(
      this.sense,
      but.sequence ?? this.sequence,
      capturedAtMs + CAMERA_CLOCK_MS,
      but.digest ?? this.sequence * 7_919,
      nowMs,
    );
    return this;
  }

  frames(fromMs: number, toMs: number): this {
    for (let nowMs = fromMs; nowMs <= toMs; nowMs += 100) this.frame(nowMs);
    return this;
  }

  record(nowMs: number, on = true): this {
    this.sense = senseRecorder(this.sense, on, nowMs);
    return this;
  }

  /** The recorder confirms the frame captured at `capturedAtMs`. */
  confirm(nowMs: number, capturedAtMs: number): this {
    this.sense = senseConfirmation(this.sense, capturedAtMs + CAMERA_CLOCK_MS, nowMs);
    return this;
  }

  power(powered: boolean, nowMs: number): this {
    this.sense = senseCameraPower(this.sense, powered, nowMs);
    return this;
  }

  at(nowMs: number): CameraSense {
    return senseCameraTime(this.sense, nowMs);
  }
}

describe('The picture', () => {
  it('is unknown until the camera is heard of, and for a second after its power is', () => {
    expect(INITIAL_CAMERA_SENSE.picture).to.equal('unknown');
    const powered = senseCameraPower(INITIAL_CAMERA_SENSE, true, 5_000);
    expect(senseCameraTime(powered, 5_999).picture).to.equal('unknown');
    expect(cameraSenseWakeAt(powered)).to.equal(6_000);
    expect(senseCameraTime(powered, 6_000).picture).to.equal('booting');
    expect(cameraSenseWakeAt(senseCameraTime(powered, 6_000))).to.equal(NEVER);
  });

  it('is live at once of a camera that was running before the lock was', () => {
    let sense = senseCameraPower(INITIAL_CAMERA_SENSE, true, 0);
    sense = senseFrame(senseFrame(sense, 500, 1_000, 1, 10), 501, 1_100, 2, 110);
    expect(sense.picture).to.equal('live');
    expect(senseCameraTime(sense, 500).picture).to.equal('live');
  });

  it('is off without power, whatever arrives, and booting with it', () => {
    const camera = new Camera().frames(100, 1_000).power(false, 1_050);
    expect(camera.sense.picture).to.equal('off');
    expect(camera.frame(1_060).sense.picture).to.equal('off');
    expect(camera.power(true, 2_000).sense.picture).to.equal('booting');
  });

  it('is not live by the first frame alone: that only teaches the offset', () => {
    const camera = new Camera().frame(3_000);
    expect(camera.sense.picture).to.equal('booting');
    expect(camera.frame(3_100).sense.picture).to.equal('live');
  });

  it('is never live when it was frozen from the start', () => {
    const camera = new Camera();
    for (let nowMs = 3_000; nowMs < 60_000; nowMs += 100) {
      camera.frame(nowMs, { sequence: 1, capturedAtMs: 2_960, digest: 1 });
    }
    expect(camera.sense.picture).to.equal('booting');
  });

  describe('that was live does not stay so by', () => {
    const forgeries: readonly (readonly [string, (nowMs: number) => Parameters<Camera['frame']>[1]])[] = [
      ['the same frame again', () => ({ sequence: 10, capturedAtMs: 960, digest: 10 * 7_919 })],
      ['a number that does not count up', () => ({ sequence: 10 })],
      ['a number from before', () => ({ sequence: 3 })],
      ['a capture time that does not move', () => ({ capturedAtMs: 960 })],
      ['a capture time from before', () => ({ capturedAtMs: 300 })],
      ['a picture that does not change', () => ({ digest: 10 * 7_919 })],
      ['frames captured too long ago', (nowMs) => ({ capturedAtMs: nowMs - DELAY_MS - 501 })],
      ['frames captured in the future', (nowMs) => ({ capturedAtMs: nowMs + 5_000 })],
    ];
    for (const [name, forge] of forgeries) {
      it(name, () => {
        const camera = new Camera().frames(100, 1_000);
        expect(camera.sense.picture).to.equal('live');
        for (let nowMs = 1_100; nowMs <= 1_460; nowMs += 40) camera.frame(nowMs, forge(nowMs));
        expect(camera.at(1_500).picture).to.equal('stale');
      });
    }
  });

  it('is stale when the newest frame was captured 500 ms ago', () => {
    const camera = new Camera().frame(100).frame(200);
    expect(camera.at(699).picture).to.equal('live');
    expect(cameraSenseWakeAt(camera.sense)).to.equal(700);
    expect(camera.at(700).picture).to.equal('stale');
  });

  it('is live again with the next genuine frame', () => {
    const camera = new Camera().frames(100, 1_000);
    camera.sense = camera.at(9_000);
    expect(camera.sense.picture).to.equal('stale');
    expect(camera.frame(9_100).sense.picture).to.equal('live');
  });

  it('takes a late frame for what it is, by the offset it has learnt', () => {
    const camera = new Camera().frames(100, 1_000).frame(1_300, { capturedAtMs: 1_000 });
    expect(camera.at(1_539).picture).to.equal('live');
    expect(camera.at(1_540).picture).to.equal('stale');
  });

  it('is not taken for newer than it is because the first frame came late', () => {
    const camera = new Camera().frame(1_000, { capturedAtMs: 500 }).frames(1_100, 2_000);
    expect(camera.at(2_500).picture).to.equal('stale');
  });

  it('is not taken for newer than it is because the camera clock runs fast', () => {
    const camera = new Camera();
    for (let nowMs = 100; nowMs <= 600_000; nowMs += 100) camera.frame(nowMs, { capturedAtMs: nowMs * 1.0005 });
    expect(camera.sense.picture).to.equal('live');
    expect(camera.at(600_501).picture).to.equal('stale');
  });

  it('cannot be made live for long by one frame from the future', () => {
    const camera = new Camera().frames(100, 1_000).frame(1_100, { capturedAtMs: 1_000_000 });
    expect(cameraSenseWakeAt(camera.sense)).to.be.at.most(1_600);
    expect(camera.frames(1_200, 2_000).sense.picture).to.equal('live');
  });

  it('is learnt anew when the camera has been switched off and on', () => {
    const camera = new Camera().frames(100, 1_000).power(false, 1_000).power(true, 2_000);
    const sense = senseFrame(camera.sense, 1, 50, 1, 5_000);
    expect(senseFrame(sense, 2, 150, 2, 5_100).picture).to.equal('live');
  });

  it('does not change because power is reported again', () => {
    const camera = new Camera().frames(100, 1_000);
    expect(camera.power(true, 1_050).sense.picture).to.equal('live');
  });
});

describe('A recording', () => {
  it('is confirmed by a frame captured after it began, with the offset in doubt by 100 ms', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000);
    expect(camera.frames(1_100, 1_500).confirm(1_300, 1_040).sense.confirmed).to.equal(false);
    expect(camera.confirm(1_300, 1_061).sense.confirmed).to.equal(true);
  });

  it('is not confirmed by a frame captured before it began', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000).confirm(1_100, 900);
    expect(camera.sense.confirmed).to.equal(false);
  });

  it('is not confirmed while nobody records, nor before a frame has been seen', () => {
    expect(new Camera().frames(100, 1_000).confirm(1_200, 1_100).sense.confirmed).to.equal(false);
    expect(new Camera().record(0).confirm(1_200, 1_100).sense.confirmed).to.equal(false);
  });

  it('is confirmed for 2 s from the capture of the confirmed frame', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000).frames(1_100, 3_400).confirm(1_800, 1_500);
    expect(camera.at(3_539).confirmed).to.equal(true);
    expect(camera.at(3_540).confirmed).to.equal(false);
    expect(camera.confirm(2_300, 2_000).at(3_540).confirmed).to.equal(true);
  });

  it('is not confirmed by a frame that is older than 2 s, or that was confirmed before', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000).frames(1_100, 5_000);
    expect(camera.confirm(3_600, 1_500).sense.confirmed).to.equal(false);
    expect(camera.confirm(3_400, 1_500).sense.confirmed).to.equal(true);
    expect(camera.confirm(3_450, 1_500).at(3_540).confirmed).to.equal(false);
  });

  it('cannot be confirmed for long by one frame from the future', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000).frames(1_100, 2_000).confirm(1_600, 1_000_000);
    expect(camera.at(3_700).confirmed).to.equal(false);
  });

  it('is not confirmed for longer because the first frame came late', () => {
    const camera = new Camera().frame(1_000, { capturedAtMs: 100 }).record(1_000).confirm(1_200, 1_160);
    expect(camera.at(3_200).confirmed).to.equal(false);
  });

  it('counts anew with each entry', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000).frames(1_100, 2_000).confirm(1_700, 1_500);
    expect(camera.sense.confirmed).to.equal(true);
    camera.record(2_000);
    expect(camera.sense.confirmed).to.equal(false);
    expect(camera.confirm(2_100, 1_900).sense.confirmed).to.equal(false);
    expect(camera.frames(2_100, 2_500).confirm(2_500, 2_300).sense.confirmed).to.equal(true);
  });

  it('ends when it is told to', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000).frames(1_100, 2_000).confirm(1_700, 1_500);
    expect(camera.record(2_000, false).sense).to.include({ confirmed: false, recordingAtMs: NEVER });
  });

  it('goes on through a power cut of the camera, but is confirmed no more', () => {
    const camera = new Camera().frames(100, 1_000).record(1_000).frames(1_100, 2_000).confirm(1_700, 1_500);
    camera.power(false, 2_000);
    expect(camera.sense).to.include({ picture: 'off', confirmed: false, recordingAtMs: 1_000 });
  });
});

describe('Heartbeats only rearm', () => {
  const states: readonly (readonly [string, () => CameraSense, boolean])[] = [
    ['a live picture that nobody records', () => new Camera().frames(100, 1_000).sense, true],
    [
      'a live picture that waits for its confirmation',
      () => new Camera().frames(100, 1_000).record(1_000).sense,
      false,
    ],
    ['a live, confirmed picture', () => new Camera().frames(100, 1_000).record(500).confirm(1_000, 900).sense, true],
    ['a camera that boots', () => new Camera().frame(100).sense, false],
    ['a stale picture', () => new Camera().frames(100, 1_000).at(2_000), false],
  ];
  for (const [name, state, only] of states) {
    it(`${only ? '' : 'not '}of ${name}`, () => {
      expect(heartbeatsOnlyRearm(state())).to.equal(only);
    });
  }

  const pictures: readonly Picture[] = ['unknown', 'off', 'booting', 'stale'];
  it('of nothing but a live picture', () => {
    for (const picture of pictures) {
      expect(heartbeatsOnlyRearm({ ...INITIAL_CAMERA_SENSE, picture }), picture).to.equal(false);
    }
  });
});
