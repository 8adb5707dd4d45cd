import type { Request } from '../../../firmware/requests.js';
import type { Observer } from '../../../sim/observation.js';
import type { HandDeed, World } from '../../../sim/world.js';

/** What happens in a fake world, and when, whatever anybody does. */
export type Script = readonly (readonly [atMs: number, happen: (observer: Required<Observer>, atMs: number) => void])[];

/** Follows its script and writes down what a story does to it. */
export class FakeWorld implements World {
  readonly log: string[] = [];
  readonly requests: Request[] = [];
  networkUp = true;
  doorHeld = false;
  private readonly observer: Required<Observer>;
  private readonly pending: [number, (observer: Required<Observer>, atMs: number) => void][];
  private now = 0;
  private halted = false;

  constructor(observer: Observer, script: Script) {
    this.observer = observer as Required<Observer>;
    this.pending = script.map(([atMs, happen]) => [atMs, happen]);
  }

  nowMs(): number {
    return this.now;
  }

  advanceTo(untilMs: number): void {
    this.halted = false;
    for (let next = this.pending[0]; next !== undefined && next[0] <= untilMs; next = this.pending[0]) {
      this.pending.shift();
      this.now = next[0];
      next[1](this.observer, this.now);
      if (this.isHalted()) return;
    }
    this.now = untilMs;
  }

  halt(): void {
    this.halted = true;
  }

  private isHalted(): boolean {
    return this.halted;
  }

  hand(deed: HandDeed): string | null {
    this.log.push(`${this.now} hand ${JSON.stringify(deed)}`);
    return this.doorHeld ? 'the bolt holds the door' : null;
  }

  request(request: Request, via: 'network' | 'door'): boolean {
    this.log.push(`${this.now} ${via} ${request.kind}`);
    this.requests.push(request);
    return via === 'door' || this.networkUp;
  }

  desk(): null {
    return null;
  }

  setFault(component: string, kind: string, present: boolean): void {
    this.log.push(`${this.now} ${component} ${kind} ${present ? 'begins' : 'ends'}`);
    if (component === 'network') this.networkUp = !present;
  }
}
