import type { Alarm } from '../../hal/contracts/clock.js';
import type { VirtualClock } from '../virtual-clock.js';
import { analogMessage, digitalMessage } from './board-messages.js';
import type { FirmataPins } from './firmata-pins.js';
import { CHANNEL_COUNT, PORT_COUNT } from './firmata-pins.js';

const SAMPLING_DEFAULT_MS = 19;
const SAMPLING_MIN_MS = 10;

/** Digital inputs are looked at once a millisecond. */
const LOOK_MS = 1;

const UNTOLD = -1;

/** What the host asked to be told of the pins: ports when they change, analog channels at every sampling interval. */
export class PinReports {
  private readonly clock: VirtualClock;
  private readonly pins: FirmataPins;
  private readonly send: (message: Uint8Array) => void;
  private readonly look: Alarm;
  private readonly sample: Alarm;
  /** By port the levels last told, or null if the host does not want them. */
  private readonly told: (number | null)[] = [];
  private readonly channels: boolean[] = [];
  private samplingMs = SAMPLING_DEFAULT_MS;

  constructor(clock: VirtualClock, pins: FirmataPins, send: (message: Uint8Array) => void) {
    this.clock = clock;
    this.pins = pins;
    this.send = send;
    this.look = clock.alarm(() => this.tellChanges());
    this.sample = clock.alarm(() => this.tellSamples());
  }

  reset(): void {
    this.told.fill(null, 0, PORT_COUNT);
    this.channels.fill(false, 0, CHANNEL_COUNT);
    this.samplingMs = SAMPLING_DEFAULT_MS;
    this.look.clear();
    this.sample.clear();
  }

  /** A port that is wanted is told at the next look, whatever its levels. */
  reportPort(port: number, wanted: boolean): void {
    this.told[port] = wanted ? UNTOLD : null;
    this.pinsChanged();
  }

  /** Begins the sampling of all channels anew: as soon as each is measured, and from then on at every interval. */
  reportChannel(channel: number, wanted: boolean): void {
    this.channels[channel] = wanted;
    const count = this.channels.filter((isWanted) => isWanted).length;
    if (count === 0) this.sample.clear();
    else if (wanted) this.sample.set(this.clock.nowMs() + count + 1);
  }

  setSampling(samplingMs: number): void {
    this.samplingMs = Math.max(samplingMs, SAMPLING_MIN_MS);
  }

  /** Levels or modes may be others. */
  pinsChanged(): void {
    this.look.set(this.clock.nowMs() + LOOK_MS);
  }

  private tellChanges(): void {
    for (let port = 0; port < PORT_COUNT; port += 1) {
      const told = this.told[port] ?? null;
      if (told !== null && this.pins.inputBits(port) !== told) this.tellPort(port);
    }
  }

  private tellPort(port: number): void {
    const bits = this.pins.inputBits(port);
    this.told[port] = bits;
    this.send(digitalMessage(port, bits));
  }

  private tellSamples(): void {
    this.sample.set(this.clock.nowMs() + this.samplingMs);
    for (const [channel, wanted] of this.channels.entries()) {
      if (wanted) this.send(analogMessage(channel, this.pins.adcCounts(channel)));
    }
  }
}
