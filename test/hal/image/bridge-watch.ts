import type { PinLevel } from '../../../sim/wired/io-device.js';
import { ARMING, CYCLES_PER_MS } from './image-bench.js';

const { in1Pin, in2Pin, enablePin } = ARMING;

/** What the bridge may never do, judged at its pins, cycle by cycle. Written from the limits, not from the image. */
export class BridgeWatch {
  readonly offences: string[] = [];
  drives = 0;
  longestMs = 0;
  shortestCoastMs = Infinity;
  private in1 = false;
  private in2 = false;
  private enable = false;
  private direction = 0;
  private lastDirection = 0;
  private sinceCycle = 0;

  pin(cycle: number, pin: number, level: PinLevel): void {
    if (pin !== in1Pin && pin !== in2Pin && pin !== enablePin) return;
    if (level === 'inputPullUp') this.offend(cycle, `pin ${pin} is pulled up`);
    const high = level === 'high';
    if (pin === in1Pin) this.in1 = high;
    if (pin === in2Pin) this.in2 = high;
    if (pin === enablePin) this.enable = high;
    if (this.in1 && this.in2) this.offend(cycle, 'both directions are HIGH');
    this.turn(cycle, this.enable ? Number(this.in1) - Number(this.in2) : 0);
  }

  /** Also while nothing changes. */
  look(cycle: number): void {
    if (this.direction === 0) return;
    const lastsMs = (cycle - this.sinceCycle) / CYCLES_PER_MS;
    this.longestMs = Math.max(this.longestMs, lastsMs);
    if (lastsMs > 2900) this.offend(cycle, `a drive lasts ${lastsMs} ms`);
  }

  isDriving(): boolean {
    return this.direction !== 0;
  }

  private turn(cycle: number, direction: number): void {
    if (direction === this.direction) return;
    this.look(cycle);
    if (direction !== 0) {
      const offMs = (cycle - this.sinceCycle) / CYCLES_PER_MS;
      if (this.lastDirection !== 0 && direction !== this.lastDirection) {
        this.shortestCoastMs = Math.min(this.shortestCoastMs, offMs);
        if (offMs < 50) this.offend(cycle, `reversed after ${offMs} ms`);
      }
      this.drives += 1;
      this.lastDirection = direction;
    }
    this.direction = direction;
    this.sinceCycle = cycle;
  }

  private offend(cycle: number, what: string): void {
    this.offences.push(`at ${cycle / CYCLES_PER_MS} ms ${what}`);
  }
}
