import type { Alarm } from '../../hal/contracts/clock.js';
import type { Observations } from '../observation.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { HandDeed } from '../world.js';
import type { Bolt } from './bolt.js';
import { BOLT, HAND } from './profiles.js';
import type { Strike } from './strike.js';

/** The door leaf in its frame, and what hands do there. */
export class Doorway {
  /** Told while the leaf moves: only the contact's wire hangs here. */
  onMoved: (() => void) | null = null;
  /** Told when somebody mends the strike plate. */
  onMended: (() => void) | null = null;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly bolt: Bolt;
  private readonly strike: Strike;
  private readonly pullEnd: Alarm;
  private closed: boolean;
  private secondLockEngaged = false;

  constructor(clock: VirtualClock, observer: Observations, bolt: Bolt, strike: Strike, closed: boolean) {
    this.clock = clock;
    this.observer = observer;
    this.bolt = bolt;
    this.strike = strike;
    this.closed = closed;
    this.pullEnd = clock.alarm(() => this.setPulled(false));
  }

  /** Tells the observer how the leaf stands as the run begins. */
  begin(): void {
    this.observer.door(this.clock.nowMs(), this.closed);
  }

  isClosed(): boolean {
    return this.closed;
  }

  engageSecondLock(engaged: boolean): void {
    this.secondLockEngaged = engaged;
  }

  /** Returns `null` when done, or one clause saying what prevented it. */
  hand(deed: HandDeed): string | null {
    switch (deed.kind) {
      case 'openDoor':
        return this.open();
      case 'closeDoor':
        return this.close();
      case 'pullDoor':
        return this.pull(deed.forMs);
      case 'turn':
        return this.turn(deed.way, deed.holdMs);
      case 'mendStrikePlate':
        this.onMended?.();
        return null;
    }
  }

  private open(): string | null {
    if (!this.closed) return 'the door is open already';
    if (this.bolt.travelUm() > BOLT.gapUm) return 'the bolt holds the door';
    if (this.secondLockEngaged) return 'a second lock holds the door';
    this.pullEnd.clear();
    this.strike.setPulled(false);
    this.moveTo(false);
    return null;
  }

  private close(): string | null {
    if (this.closed) return 'the door is closed already';
    if (this.bolt.travelUm() > BOLT.gapUm) return 'the bolt hits the frame';
    this.moveTo(true);
    return null;
  }

  private moveTo(closed: boolean): void {
    this.closed = closed;
    this.strike.setClosed(closed);
    this.observer.door(this.clock.nowMs(), closed);
    this.bolt.strikeChanged();
    this.onMoved?.();
  }

  private pull(forMs: number): string | null {
    if (!this.closed) return 'the door is open';
    this.setPulled(true);
    this.pullEnd.set(this.clock.nowMs() + forMs);
    return null;
  }

  private setPulled(pulled: boolean): void {
    this.strike.setPulled(pulled);
    this.bolt.strikeChanged();
  }

  /** A turn that the strike plate will stop still takes the bolt that far. */
  private turn(way: 'extend' | 'retract', holdMs: number): string | null {
    const stopped =
      way === 'extend' && this.bolt.travelUm() < this.strike.toUm() && this.strike.extendingN() > HAND.forceN;
    this.bolt.turn(way === 'extend' ? 1 : -1, holdMs);
    return stopped ? 'the bolt meets the strike plate' : null;
  }
}
