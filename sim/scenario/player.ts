import type { Outcome } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import { FanOut } from '../fan-out.js';
import type { Observer } from '../observation.js';
import type { FailedExpectation } from '../report/story-result.js';
import type { HandDeed, MakeWorld, World } from '../world.js';
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

/** What a story needs before it can go on. A simulated world gives it at once; at a real door it takes people and time. */
export type Need =
  /** Time goes on up to and including `untilMs`, unless the stage is halted meanwhile. */
  | { readonly kind: 'time'; readonly untilMs: number }
  /** Somebody lays hands on the door. `words` are the story's. */
  | { readonly kind: 'hand'; readonly words: string; readonly deed: HandDeed }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly present: boolean };

/** For a hand: `null` when done, or one clause saying what prevented it. It means nothing for the others. */
export type Given = string | null;

/** A story under way. */
export type Playing = Generator<Need, ScenarioResult, Given>;

/** Where a story is played, as far as it answers at once. */
export type Stage = Pick<World, 'nowMs' | 'halt' | 'request'>;

/**
 * Plays a story from its beginning to its end. An expectation that fails does not end it: the people go on, so that
 * what follows is seen too.
 */
export function playScenario({ scenario, point, seed, makeWorld, observers }: Play): ScenarioResult {
  const witness = new Witness(scenario);
  const observer = new FanOut([...observers, witness]);
  const world = makeWorld(scenario.world, seed, observer);
  const playing = playOnStage(scenario, point, world, witness, observer);
  let next = playing.next();
  while (next.done !== true) next = playing.next(giveAtOnce(world, next.value));
  return next.value;
}

/** The same for a stage that takes its time: asks for what the story needs, and goes on once that is given. */
export function playOnStage(
  scenario: Scenario,
  point: number | null,
  stage: Stage,
  witness: Witness,
  observer: Observer,
): Playing {
  return new Player(scenario, point, stage, witness, observer).play();
}

function giveAtOnce(world: World, need: Need): Given {
  switch (need.kind) {
    case 'time':
      world.advanceTo(need.untilMs);
      return null;
    case 'hand':
      return world.hand(need.deed);
    case 'fault':
      world.setFault(need.fault.component, need.fault.kind, need.present);
      return null;
  }
}

interface FaultChange {
  readonly atMs: number;
  readonly fault: Fault;
  readonly present: boolean;
}

class Player {
  private readonly scenario: Scenario;
  private readonly point: number | null;
  private readonly stage: Stage;
  private readonly witness: Witness;
  private readonly observer: Observer;
  private readonly failures: FailedExpectation[] = [];
  /** By time; at one time in the order of the story. */
  private readonly faultChanges: FaultChange[] = [];

  constructor(scenario: Scenario, point: number | null, stage: Stage, witness: Witness, observer: Observer) {
    this.scenario = scenario;
    this.point = point;
    this.stage = stage;
    this.witness = witness;
    this.observer = observer;
  }

  *play(): Playing {
    const { stage, witness, scenario } = this;
    yield* this.advanceTo(0);
    for (const visit of scenario.visits) {
      if (visit.announced === 'later') continue;
      this.ask(`the visit "${visit.grant.id}" is announced`, announcementOf(visit), 'network');
    }
    for (const step of scenario.steps) yield* this.take(step);
    yield* this.advanceTo(scenario.lastsMs ?? stage.nowMs() + afterwardsMs);
    this.judgeWhole();
    this.observer.finish?.(stage.nowMs());
    const { sweep } = scenario;
    return {
      sweepPoint: sweep === null || this.point === null ? null : `${sweep.name} = ${durationText(this.point)}`,
      failedExpectations: this.failures.toSorted((a, b) => a.atMs - b.atMs),
      missed: witness.missed(),
      outcomes: witness.outcomes,
      jams: witness.jams,
      simulatedMs: stage.nowMs(),
    };
  }

  private *take({ timing, due, action, line }: Step): Generator<Need, void, Given> {
    yield* this.advanceTo(timing === 'at' ? this.ms(due) : this.stage.nowMs() + this.ms(due));
    switch (action.kind) {
      case 'hand': {
        const prevented = yield action;
        return this.tell(action.words, prevented);
      }
      case 'ask':
        return this.ask(action.words, action.request, action.via);
      case 'enter': {
        const { words, personId, visitId } = action;
        const entry = this.witness.nextEntry(visitId);
        return this.ask(words, { kind: 'enter', personId, visitId, entry }, 'network');
      }
      case 'fault':
        return yield* this.plan(action);
      case 'expect':
        return yield* this.expect(action, line);
    }
  }

  private ask(words: string, request: Request, via: 'network' | 'door'): void {
    this.tell(words, this.stage.request(request, via) ? null : 'it does not reach the lock');
  }

  private tell(words: string, prevented: string | null): void {
    const told = prevented === null ? words : `${words}, in vain: ${prevented}`;
    this.observer.deed?.(this.stage.nowMs(), told, prevented === null);
  }

  private *plan({ fault, present, startsIn, lasts }: FaultAction): Generator<Need, void, Given> {
    const startsAtMs = this.stage.nowMs() + this.ms(startsIn);
    this.planChange({ atMs: startsAtMs, fault, present });
    if (lasts !== null) this.planChange({ atMs: startsAtMs + this.ms(lasts), fault, present: !present });
    yield* this.changeFaults();
  }

  private planChange(change: FaultChange): void {
    const later = this.faultChanges.findIndex(({ atMs }) => atMs > change.atMs);
    this.faultChanges.splice(later === -1 ? this.faultChanges.length : later, 0, change);
  }

  private *changeFaults(): Generator<Need, void, Given> {
    for (let change = this.faultChanges[0]; change !== undefined; change = this.faultChanges[0]) {
      if (change.atMs > this.stage.nowMs()) return;
      this.faultChanges.shift();
      yield { kind: 'fault', fault: change.fault, present: change.present };
    }
  }

  private *expect({ condition, within, holdsFor }: ExpectAction, line: number): Generator<Need, void, Given> {
    const { stage, witness } = this;
    const fail = (missing: string) =>
      this.failures.push({
        line,
        atMs: stage.nowMs(),
        message: `expected ${condition.words}${missing}; ${witness.describe(condition)}`,
      });
    if (holdsFor === null) {
      const isMet = witness.holds(condition) || (within !== null && (yield* this.await(condition, true, within)));
      if (isMet) witness.spend(condition);
      else fail(within === null ? '' : ` within ${durationText(this.ms(within))}`);
    } else if (!witness.holds(condition) || (yield* this.await(condition, false, holdsFor))) {
      fail(` for ${durationText(this.ms(holdsFor))}`);
    }
  }

  /** Lets time go on until the condition holds (or, with `holds` false, no more); whether it came to that in time. */
  private *await(condition: Condition, holds: boolean, atMost: Span): Generator<Need, boolean, Given> {
    const { stage, witness } = this;
    witness.await(condition, holds, stage);
    yield* this.advanceTo(stage.nowMs() + this.ms(atMost));
    const hasCome = !witness.isAwaiting();
    witness.giveUp();
    return hasCome;
  }

  /** Lets time go on, past the changes of faults on the way, unless what is awaited comes first. */
  private *advanceTo(untilMs: number): Generator<Need, void, Given> {
    const { stage, witness } = this;
    const isAwaiting = witness.isAwaiting();
    // A person takes time to make a fault: what is awaited is given that time on top.
    let takenMs = 0;
    do {
      const nextMs = untilMs + takenMs;
      yield { kind: 'time', untilMs: Math.min(this.faultChanges[0]?.atMs ?? nextMs, nextMs) };
      if (isAwaiting && !witness.isAwaiting()) return;
      const changedFromMs = stage.nowMs();
      yield* this.changeFaults();
      takenMs += stage.nowMs() - changedFromMs;
      if (isAwaiting && !witness.isAwaiting()) return;
    } while (stage.nowMs() < untilMs + takenMs);
  }

  private judgeWhole(): void {
    const { witness } = this;
    for (const { watched, atMs } of witness.breaches) {
      this.failures.push({ line: watched.line, atMs, message: `never ${watched.condition.words}: yet it was so` });
    }
    for (const { condition, line } of this.scenario.eventually) {
      if (witness.holdsByNow(condition)) continue;
      const message = `expected ${condition.words} in the end; ${witness.describe(condition)}`;
      this.failures.push({ line, atMs: this.stage.nowMs(), message });
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
