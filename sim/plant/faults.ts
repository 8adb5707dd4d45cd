import type { Observations } from '../observation.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { FaultComponent } from '../world.js';
import { FAULT_KINDS } from '../world.js';

/** Which faults are present. Setting a present fault or clearing an absent one changes nothing. */
export class Faults {
  private readonly present = new Map<string, boolean>();
  private readonly clock: VirtualClock;
  private readonly observer: Observations;

  constructor(clock: VirtualClock, observer: Observations) {
    this.clock = clock;
    this.observer = observer;
  }

  has(component: FaultComponent, kind: string): boolean {
    return this.present.get(`${component} ${kind}`) ?? false;
  }

  /** Returns whether anything changed. Throws on a kind that the component does not have. */
  set(component: FaultComponent, kind: string, present: boolean): boolean {
    const kinds: readonly string[] = FAULT_KINDS[component];
    if (!kinds.includes(kind)) throw new RangeError(`${component} has no fault ${kind}, only ${kinds.join(', ')}`);
    if (this.has(component, kind) === present) return false;
    this.present.set(`${component} ${kind}`, present);
    this.observer.fault(this.clock.nowMs(), component, kind, present);
    return true;
  }
}
