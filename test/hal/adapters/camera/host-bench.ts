import type { HostCamera } from '../../../../hal/adapters/camera/host-camera.js';
import { SharedCameraPower } from '../../../../hal/adapters/camera/host-camera.js';
import type { Clock } from '../../../../hal/contracts/clock.js';
import { VirtualClock } from '../../../../sim/virtual-clock.js';
import { SimulatedBench } from '../../../sim/hal/simulated-bench.js';
import type { Bench } from '../../contracts/bench.js';

type Trouble = Parameters<Bench['troubleCamera']>[0];

/** What a test can do to a camera and its recorder on the host. */
export interface CameraUnderTest {
  readonly camera: HostCamera;
  trouble(trouble: Trouble): void;
  troubleRecorder(trouble: 'none' | 'full' | 'failing'): void;
}

/** The simulated bench, with a camera of the host's in the place of the simulated one; both go by the same time. */
export class HostBench extends SimulatedBench {
  private readonly hostClock = new VirtualClock();
  private readonly underTest: CameraUnderTest;
  private readonly hostHal: Bench['hal'];

  constructor(makeCamera: (clock: Clock) => CameraUnderTest) {
    super();
    this.underTest = makeCamera(this.hostClock);
    const { camera } = this.underTest;
    const hal = super.hal;
    this.hostHal = {
      boardLink: hal.boardLink,
      boltMotor: hal.boltMotor,
      motorCurrent: hal.motorCurrent,
      boltSwitches: hal.boltSwitches,
      doorContact: hal.doorContact,
      indicators: hal.indicators,
      networkLink: hal.networkLink,
      cameraPower: new SharedCameraPower(hal.cameraPower, camera),
      cameraFrames: camera.cameraFrames,
      recorder: camera.recorder,
    };
  }

  override get hal(): Bench['hal'] {
    return this.hostHal;
  }

  override async advance(durationMs: number): Promise<void> {
    const untilMs = this.nowMs() + durationMs;
    // Together, as the one must not be ahead of the other.
    for (let atMs = this.nowMs() + 1; atMs <= untilMs; atMs += 1) {
      await super.advance(1);
      this.hostClock.advanceTo(atMs);
    }
  }

  override troubleCamera(trouble: Trouble): void {
    this.underTest.trouble(trouble);
  }

  override troubleRecorder(trouble: 'none' | 'full' | 'failing'): void {
    this.underTest.troubleRecorder(trouble);
  }
}
