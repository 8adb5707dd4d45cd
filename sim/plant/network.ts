import type { Alarm } from '../../hal/contracts/clock.js';
import type { Observations } from '../observation.js';
import type { VirtualClock } from '../virtual-clock.js';

/** A flapping network changes this often; chosen. */
const FLAP_MS = 700;

/** The way out of the house, for notices and requests. */
export class Network {
  onChanged: (() => void) | null = null;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly flap: Alarm;
  private down = false;
  private flapping = false;
  private flappedDown = false;
  private up = true;

  constructor(clock: VirtualClock, observer: Observations) {
    this.clock = clock;
    this.observer = observer;
    this.flap = clock.alarm(() => this.turnOver(!this.flappedDown));
  }

  begin(): void {
    this.observer.network(this.clock.nowMs(), this.up);
  }

  isUp(): boolean {
    return this.up;
  }

  setDown(down: boolean): void {
    this.down = down;
    this.settle();
  }

  /** Begins with the network going down. */
  setFlapping(flapping: boolean): void {
    this.flapping = flapping;
    this.turnOver(flapping);
  }

  private turnOver(down: boolean): void {
    this.flappedDown = down;
    if (this.flapping) this.flap.set(this.clock.nowMs() + FLAP_MS);
    else this.flap.clear();
    this.settle();
  }

  private settle(): void {
    const up = !this.down && !this.flappedDown;
    if (up === this.up) return;
    this.up = up;
    this.observer.network(this.clock.nowMs(), up);
    this.onChanged?.();
  }
}
