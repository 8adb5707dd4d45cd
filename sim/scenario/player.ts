import type { Outcome } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import { FanOut } from '../fan-out.js';
import type { Observer } from '../observation.js';
import type { FailedExpectation } from '../report/story-result.js';
import type { MakeWorld, World } from '../world.js';
import type { Condition } from './conditions.js';
import type { Fault } from './faults.js';
import type { ExpectAction, FaultAction, Scenario, Span, Step, Watched } from './scenario.js';
import { announcementOf } from './scenario.js';
import { durationText } from './times.js';
import { Witness } from './witness.js';

/** What follows the last step of a story that does not say how long it lasts: longer than any stay. Chosen. */
const afterwardsMs = 120_000;

/** How the story ended, at one point of its sweep. */
export interface ScenarioResult {
  /** The sweep's parameter in the words of the story, or `null`. */
  readonly sweepPoint: string | null;
  /** In the order of time. */
  readonly failedExpectations: readonly FailedExpectation[];
  /** Those of the story's "sometimes" that were never so. */
  readonly missed: readonly Watched[];
  /** One for each visit that ended, in order. */
  readonly outcomes: readonly Outcome[];
  /** How often a driven bolt stuck between its ends, in truth. */
  readonly jams: number;
  readonly simulatedMs: number;
}

export interface Play {
  readonly scenario: Scenario;
  /** One of `sweepPoints(scenario)`. */
  readonly point: number | null;
  readonly seed: number;
  readonly makeWorld: MakeWorld;
  readonly observers: readonly Observer[];
}

/**
 * Plays a story from its beginning to its end. An expectation that fails does not end it: the people go on, so that
 * what follows is seen too.
 */
export function playScenario({ scenario, point, seed, makeWorld, observers }: Play): ScenarioResult {
  const witness = new Witness(scenario);
  const observer = new FanOut([...observers, witness]);
  const world = makeWorld(scenario.world, seed, observer);
  return new Player(scenario, point, world, witness, observer).play();
}

interface FaultChange {
  readonly atMs: number;
  readonly fault: Fault;
  readonly present: boolean;
}

class Player {
  private readonly scenario: Scenario;
  private readonly point: number | null;
  private readonly world: World;
  private readonly witness: Witness;
  private readonly observer: Observer;
  private readonly failures: FailedExpectation[] = [];
  /** By time; at one time in the order of the story. */
  private readonly faultChanges: FaultChange[] = [];

  constructor(scenario: Scenario, point: number | null, world: World, witness: Witness, observer: Observer) {
    this.scenario = scenario;
    this.point = point;
    this.world = world;
    this.witness = witness;
    this.observer = observer;
  }

  play(): ScenarioResult {
    const { world, witness, scenario } = this;
    this.advanceTo(0);
    for (const visit of scenario.visits) {
      if (visit.announced === 'later') continue;
      this.ask(`the visit "${visit.grant.id}" is announced`, announcementOf(visit), 'network');
    }
    for (const step of scenario.steps) this.take(step);
    this.advanceTo(scenario.lastsMs ?? world.nowMs() + afterwardsMs);
    this.judgeWhole();
    this.observer.finish?.(world.nowMs());
    const { sweep } = scenario;
    return {
      sweepPoint: sweep === null || this.point === null ? null : `${sweep.name} = ${durationText(this.point)}`,
      failedExpectations: this.failures.toSorted((a, b) => a.atMs - b.atMs),
      missed: witness.missed(),
      outcomes: witness.outcomes,
      jams: witness.jams,
      simulatedMs: world.nowMs(),
    };
  }

  private take({ timing, due, action, line }: Step): void {
    this.advanceTo(timing === 'at' ? this.ms(due) : this.world.nowMs() + this.ms(due));
    switch (action.kind) {
      case 'hand':
        return this.tell(action.words, this.world.hand(action.deed));
      case 'ask':
        return this.ask(action.words, action.request, action.via);
      case 'enter': {
        const { words, personId, visitId } = action;
        const entry = this.witness.nextEntry(visitId);
        return this.ask(words, { kind: 'enter', personId, visitId, entry }, 'network');
      }
      case 'fault':
        return this.plan(action);
      case 'expect':
        return this.expect(action, line);
    }
  }

  private ask(words: string, request: Request, via: 'network' | 'door'): void {
    this.tell(words, this.world.request(request, via) ? null : 'it does not reach the lock');
  }

  private tell(words: string, prevented: string | null): void {
    const told = prevented === null ? words : `${words}, in vain: ${prevented}`;
    this.observer.deed?.(this.world.nowMs(), told, prevented === null);
  }

  private plan({ fault, present, startsIn, lasts }: FaultAction): void {
    const startsAtMs = this.world.nowMs() + this.ms(startsIn);
    this.planChange({ atMs: startsAtMs, fault, present });
    if (lasts !== null) this.planChange({ atMs: startsAtMs + this.ms(lasts), fault, present: !present });
    this.changeFaults();
  }

  private planChange(change: FaultChange): void {
    const later = this.faultChanges.findIndex(({ atMs }) => atMs > change.atMs);
    this.faultChanges.splice(later === -1 ? this.faultChanges.length : later, 0, change);
  }

  private changeFaults(): void {
    for (let change = this.faultChanges[0]; change !== undefined; change = this.faultChanges[0]) {
      if (change.atMs > this.world.nowMs()) return;
      this.faultChanges.shift();
      this.world.setFault(change.fault.component, change.fault.kind, change.present);
    }
  }

  private expect({ condition, within, holdsFor }: ExpectAction, line: number): void {
    const { world, witness } = this;
    const fail = (missing: string) =>
      this.failures.push({
        line,
        atMs: world.nowMs(),
        message: `expected ${condition.words}${missing}; ${witness.describe(condition)}`,
      });
    if (holdsFor === null) {
      const isMet = witness.holds(condition) || (within !== null && this.await(condition, true, within));
      if (isMet) witness.spend(condition);
      else fail(within === null ? '' : ` within ${durationText(this.ms(within))}`);
    } else if (!witness.holds(condition) || this.await(condition, false, holdsFor)) {
      fail(` for ${durationText(this.ms(holdsFor))}`);
    }
  }

  /** Lets time go on until the condition holds (or, with `holds` false, no more); whether it came to that in time. */
  private await(condition: Condition, holds: boolean, atMost: Span): boolean {
    const { world, witness } = this;
    witness.await(condition, holds, world);
    this.advanceTo(world.nowMs() + this.ms(atMost));
    const hasCome = !witness.isAwaiting();
    witness.giveUp();
    return hasCome;
  }

  /** Lets time go on, past the changes of faults on the way, unless what is awaited comes first. */
  private advanceTo(untilMs: number): void {
    const { world, witness } = this;
    const isAwaiting = witness.isAwaiting();
    do {
      world.advanceTo(Math.min(this.faultChanges[0]?.atMs ?? untilMs, untilMs));
      if (isAwaiting && !witness.isAwaiting()) return;
      this.changeFaults();
      if (isAwaiting && !witness.isAwaiting()) return;
    } while (world.nowMs() < untilMs);
  }

  private judgeWhole(): void {
    const { witness } = this;
    for (const { watched, atMs } of witness.breaches) {
      this.failures.push({ line: watched.line, atMs, message: `never ${watched.condition.words}: yet it was so` });
    }
    for (const { condition, line } of this.scenario.eventually) {
      if (witness.holdsByNow(condition)) continue;
      const message = `expected ${condition.words} in the end; ${witness.describe(condition)}`;
      this.failures.push({ line, atMs: this.world.nowMs(), message });
    }
  }

  private ms(span: Span): number {
    return span === 'swept' ? (this.point ?? 0) : span;
  }
}

/** Those of the story's "sometimes" that were so at no point of its sweep. */
export function neverSeen(results: readonly ScenarioResult[]): readonly Watched[] {
  const [first, ...rest] = results;
  return (first?.missed ?? []).filter((watched) => rest.every(({ missed }) => missed.includes(watched)));
}
