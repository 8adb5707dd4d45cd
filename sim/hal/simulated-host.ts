import type { CameraFrames } from '../../hal/contracts/camera-frames.js';
import type { HostHal } from '../../hal/contracts/hal.js';
import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { Link } from '../../hal/contracts/links.js';
import type { Recorder } from '../../hal/contracts/recorder.js';
import type { Plant } from '../plant/plant.js';
import type { VirtualClock } from '../virtual-clock.js';
import { Reading } from './reading.js';

/** How long the network's state lasts before it is reported; chosen. */
const NETWORK_SETTLE_MS = 50;

const RECORDER_FAILING: HalFault = { part: 'recorder', detail: 'the recorder does not answer' };

/** What the host reaches by itself: camera and recorder, which send to it over the network, and the network. */
export class SimulatedHost implements HostHal {
  readonly cameraFrames: CameraFrames;
  readonly recorder: Recorder;
  readonly networkLink: Link;
  private readonly plant: Plant;
  private readonly networkState: Reading;

  constructor(clock: VirtualClock, plant: Plant) {
    this.plant = plant;
    this.networkState = new Reading(clock, NETWORK_SETTLE_MS, Number(plant.network.isUp()), () => true);
    this.cameraFrames = { watch: (listener) => (plant.feed.onFrame = listener) };
    this.recorder = {
      start: () => this.record(true),
      stop: () => this.record(false),
      watch: (listener) => (plant.feed.onConfirmed = listener),
    };
    this.networkLink = { watch: (listener) => this.networkState.watch((up) => listener(up === 1)) };
  }

  networkChanged(): void {
    this.networkState.change(Number(this.plant.network.isUp()));
  }

  /** The firmware is gone, and nobody listens until the next one watches. */
  forgetListeners(): void {
    this.plant.feed.onFrame = null;
    this.plant.feed.onConfirmed = null;
    this.networkState.forgetListener();
  }

  private record(recording: boolean): OrderAnswer {
    if (this.plant.faults.has('recorder', 'failing')) return RECORDER_FAILING;
    if (recording) this.plant.feed.record();
    else this.plant.feed.stopRecording();
    return null;
  }
}
