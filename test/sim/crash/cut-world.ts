import type { Desk } from '../../../firmware/desk.js';
import type { Request } from '../../../firmware/requests.js';
import type { SimulatedStore } from '../../../sim/hal/simulated-store.js';
import type { Observations } from '../../../sim/observation.js';
import type { FaultComponent, HandDeed, World, WorldSettings } from '../../../sim/world.js';
import type { ModelWorld } from '../../../sim/worlds/model.js';
import { survivors, type Survival } from './survival.js';

/** How long the power is gone. */
const OUTAGE_MS = 1_000;
/** Chosen: from the power's return until people ask again; the lock has booted by then. */
const PATIENCE_MS = 2_000;
/** Chosen: whatever somebody asked for no longer before the power failed, they ask for again, at the same pace. */
const UNANSWERED_MS = 30_000;
/** What an attacker sends again after each power failure. */
const ATTACKS: ReadonlySet<Request['kind']> = new Set(['announceVisit', 'correctVisit', 'enter']);

/** The power fails in the middle of a write. */
export interface Cut extends Survival {
  /** The number of the write. */
  readonly write: number;
  /**
   * `atOnce`: the firmware executes nothing beyond this write. `late`: it still does all that it has to do at that
   * instant, and what it writes meanwhile is lost.
   */
  readonly dies: 'atOnce' | 'late';
}

/** An append or a replacement. */
export interface Write {
  /** Counts from 1. */
  readonly number: number;
  readonly kind: 'append' | 'replace';
  readonly length: number;
}

export interface CutWorldOptions {
  readonly ModelWorld: typeof ModelWorld;
  /** In the order of their writes. */
  readonly cuts: readonly Cut[];
  /** Called in the middle of each write. */
  readonly onWrite?: (write: Write, store: SimulatedStore) => void;
}

interface Asked {
  readonly atMs: number;
  readonly request: Request;
  readonly via: 'network' | 'door';
}

/**
 * A world whose power fails in the middle of writes. It comes back a second later; people repeat what they asked for
 * without an answer, and somebody sends every announcement and every request to enter again that was ever made.
 */
export class CutWorld implements World {
  private readonly options: CutWorldOptions;
  private readonly cuts: Cut[];
  private readonly world: ModelWorld;
  private store: SimulatedStore | null = null;
  private writes = 0;
  /** The cut that the lock dies of at this instant. */
  private dying: Cut | null = null;
  private haltWorld = (): void => {};
  private halted = false;
  private readonly asked: Asked[] = [];
  private powerDueMs = Infinity;
  /** By time. */
  private repeats: Asked[] = [];

  constructor(settings: WorldSettings, seed: number, observer: Observations, options: CutWorldOptions) {
    this.options = options;
    this.cuts = [...options.cuts];
    this.world = this.begin(settings, seed, observer);
    this.haltWorld = () => this.world.halt();
  }

  nowMs(): number {
    return this.world.nowMs();
  }

  advanceTo(untilMs: number): void {
    this.halted = false;
    for (let arrived = false; !arrived && !this.isHalted();) {
      const dueMs = Math.min(this.powerDueMs, this.repeats[0]?.atMs ?? Infinity);
      if (!this.survive(() => this.world.advanceTo(Math.min(untilMs, dueMs))) || this.isHalted()) continue;
      if (dueMs <= untilMs) this.recover();
      else arrived = true;
    }
  }

  halt(): void {
    this.halted = true;
    this.world.halt();
  }

  hand(deed: HandDeed): string | null {
    return this.world.hand(deed);
  }

  request(request: Request, via: 'network' | 'door'): boolean {
    this.asked.push({ atMs: this.nowMs(), request, via });
    return this.ask(request, via);
  }

  /** The day shows no credentials: it asks for what they would lead to. */
  desk(via: 'network' | 'door'): Desk | null {
    return this.world.desk(via);
  }

  setFault(component: FaultComponent, kind: string, present: boolean): void {
    this.world.setFault(component, kind, present);
  }

  /** A lock that dies in its first boot is one that boots for the first time over what was left of that. */
  private begin(settings: WorldSettings, seed: number, observer: Observations): ModelWorld {
    for (let content: Uint8Array = new Uint8Array(0); ;) {
      try {
        return new this.options.ModelWorld(settings, seed, observer, {
          coalesce: true,
          journalBytes: true,
          onStore: (store) => this.watch(store, content),
        });
      } catch (error) {
        if (this.dying === null || this.store === null) throw error;
        content = survivors(this.store.remains(), this.dying);
        this.dying = null;
        observer.host(0, false);
      }
    }
  }

  private watch(store: SimulatedStore, content: Uint8Array): void {
    this.store = store;
    if (content.length > 0) store.append(content);
    store.onWrite = ({ length }, kind) => {
      this.writes += 1;
      this.options.onWrite?.({ number: this.writes, kind, length }, store);
      if (this.writes === this.cuts[0]?.write) this.die(this.cuts.shift());
    };
  }

  private die(cut: Cut | undefined): void {
    this.dying = cut ?? null;
    if (cut?.dies === 'atOnce') throw new Error('the power fails');
    this.haltWorld();
  }

  /** What halts the world does so from inside. */
  private isHalted(): boolean {
    return this.halted;
  }

  /** Returns whether the lock still has power after that. */
  private survive(act: () => void): boolean {
    try {
      act();
    } catch (error) {
      if (this.dying === null) throw error;
    }
    if (this.dying === null) return true;
    const { replacements, bytes } = this.dying;
    this.dying = null;
    this.store?.tearAtByte(bytes, replacements);
    this.world.setFault('power', 'down', true);
    this.powerDueMs = this.nowMs() + OUTAGE_MS;
    this.repeats = this.repetitions(this.powerDueMs + PATIENCE_MS);
    return false;
  }

  private recover(): void {
    if (this.powerDueMs <= this.nowMs()) {
      this.powerDueMs = Infinity;
      this.world.setFault('power', 'down', false);
      return;
    }
    const next = this.repeats.shift();
    if (next !== undefined) this.ask(next.request, next.via);
  }

  private repetitions(beginMs: number): Asked[] {
    const attacks = this.asked.filter(({ request }) => ATTACKS.has(request.kind));
    const unanswered = this.asked.filter(({ atMs }) => atMs >= this.nowMs() - UNANSWERED_MS);
    const laterMs = beginMs - (unanswered[0]?.atMs ?? 0);
    return [
      ...attacks.map((asked) => ({ ...asked, atMs: beginMs })),
      ...unanswered.map((asked) => ({ ...asked, atMs: asked.atMs + laterMs })),
    ];
  }

  private ask(request: Request, via: 'network' | 'door'): boolean {
    let reached = false;
    this.survive(() => {
      reached = this.world.request(request, via);
    });
    return reached;
  }
}
