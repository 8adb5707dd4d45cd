import type { Clock, WallClock } from '../../hal/contracts/clock.js';
import type { Desk } from '../../firmware/desk.js';
import type { Request } from '../../firmware/requests.js';
import type { Observations, Observer } from '../../sim/observation.js';
import type { Playing, ScenarioResult } from '../../sim/scenario/player.js';
import type { Given, Need, Stage } from '../../sim/scenario/stage.js';
import { showAt } from '../../sim/scenario/stage.js';
import type { Asking } from './hands.js';
import { askingForDeed, askingForFault } from './hands.js';
import type { Prompts } from './prompts.js';
import type { Standing } from './standing.js';
import type { Waiter } from './waiter.js';

export interface StoryStageParts {
  readonly clock: Clock;
  /** Where the story counts from, on the clock. */
  readonly beganAtMs: number;
  readonly waiter: Waiter;
  readonly prompts: Prompts;
  readonly standing: Standing;
  readonly observer: Observations;
  /** Hands a request to the lock, and returns when that was, on the clock. */
  readonly ask: (request: Request) => number;
  readonly desk: Desk;
}

/** A real door as the stage of a story: time passes by itself, and people do what they are asked to do. */
export class StoryStage implements Stage {
  private readonly parts: StoryStageParts;
  private isHalted = false;
  /** When what a deed brought about at once was seen. */
  private deedAtMs: number | null = null;

  constructor(parts: StoryStageParts) {
    this.parts = parts;
  }

  nowMs(): number {
    return this.parts.clock.nowMs() - this.parts.beganAtMs;
  }

  halt(): void {
    this.isHalted = true;
    this.parts.waiter.lookAgain();
  }

  request(request: Request, via: 'network' | 'door'): boolean {
    const { ask, beganAtMs } = this.parts;
    if (!this.isWithinReach(via)) return false;
    this.deedAtMs = ask(request) - beganAtMs;
    return true;
  }

  private isWithinReach(via: 'network' | 'door'): boolean {
    return via === 'door' || this.parts.standing.networkUp === true;
  }

  /** A deed belongs to the moment at which it was seen. */
  get observer(): Observer {
    const { observer } = this.parts;
    return {
      deed: (nowMs, words, done) => {
        observer.deed(this.deedAtMs ?? nowMs, words, done);
        this.deedAtMs = null;
      },
      finish: (nowMs) => observer.finish(nowMs),
    };
  }

  /** Plays the story to its end. */
  async play(playing: Playing): Promise<ScenarioResult> {
    let next = playing.next();
    while (next.done !== true) next = playing.next(await this.give(next.value));
    return next.value;
  }

  private async give(need: Need): Promise<Given> {
    const { waiter, beganAtMs, standing, observer } = this.parts;
    switch (need.kind) {
      case 'time':
        this.isHalted = false;
        await waiter.until(() => this.isHalted, beganAtMs + need.untilMs);
        return null;
      case 'hand':
        return this.askFor(askingForDeed(need.words, need.deed, standing));
      case 'fault': {
        await this.askFor(askingForFault(need.fault, need.present, standing));
        observer.fault(this.nowMs(), need.fault.component, need.fault.kind, need.present);
        return null;
      }
      case 'credential':
        return showAt(this.isWithinReach(need.via) ? this.parts.desk : null, need.show);
    }
  }

  private async askFor({ words, isSeen, prevented, unseen }: Asking): Promise<Given> {
    if (prevented !== null) return prevented;
    const { standing, beganAtMs, prompts } = this.parts;
    let seenAtMs: number | null = null;
    const look =
      isSeen &&
      ((): boolean => {
        if (!isSeen()) return false;
        seenAtMs ??= standing.heardAtMs - beganAtMs;
        return true;
      });
    const done = await prompts.ask(words, look);
    this.deedAtMs = seenAtMs;
    return done === 'seen' || isSeen === null ? null : unseen;
  }
}

/** The calendar of a story: it shows the story's beginning until that comes, and goes on with the clock. Never jumps. */
export class StoryCalendar implements WallClock {
  private readonly clock: Clock;
  private readonly beginsUtcMs: number;
  private beganAtMs = Infinity;

  constructor(clock: Clock, beginsUtcMs: number) {
    this.clock = clock;
    this.beginsUtcMs = beginsUtcMs;
  }

  begin(): void {
    this.beganAtMs = this.clock.nowMs();
  }

  nowUtcMs(): number {
    return this.beginsUtcMs + Math.max(0, this.clock.nowMs() - this.beganAtMs);
  }

  watch(): void {
    // There are no jumps to tell of.
  }
}
