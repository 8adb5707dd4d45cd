import type { Desk } from '../../firmware/desk.js';
import type { Outcome } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import { FanOut } from '../fan-out.js';
import type { Observer } from '../observation.js';
import type { FailedExpectation } from '../report/story-result.js';
import type { MakeWorld, World } from '../world.js';
import type { VisitorRequest } from './belongings.js';
import { Belongings } from './belongings.js';
import type { Condition } from './conditions.js';
import type { DeedAction, EnterAction, ExpectAction, FaultAction, Scenario, Span, Step, Watched } from './scenario.js';
import type { Given, Need, Stage } from './stage.js';
import { OUT_OF_REACH, showAt } from './stage.js';
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

/** A story under way. */
export type Playing = Generator<Need, ScenarioResult, Given>;

/**
 * Plays a story from its beginning to its end. An expectation that fails does not end it: the people go on, so that
 * what follows is seen too.
 */
export async function playScenario({ scenario, point, seed, makeWorld, observers }: Play): Promise<ScenarioResult> {
  const witness = new Witness(scenario);
  const observer = new FanOut([...observers, witness]);
  const world = makeWorld(scenario.world, seed, observer);
  const playing = playOnStage(scenario, point, world, witness, observer);
  let next = playing.next();
  while (next.done !== true) {
    const given = give(world, next.value);
    next = playing.next(given instanceof Promise ? await given : given);
  }
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

/** At once, but for credentials: virtual time stands still until they are verified. */
function give(world: World, need: Need): Given | Promise<Given> {
  switch (need.kind) {
    case 'time':
      world.advanceTo(need.untilMs);
      return null;
    case 'hand':
      return world.hand(need.deed);
    case 'fault':
      world.setFault(need.fault.component, need.fault.kind, need.present);
      return null;
    case 'credential':
      return showAt(world.desk(need.via), need.show);
  }
}

interface Planned {
  readonly atMs: number;
  readonly happens: DeedAction | FaultChange;
}

type FaultChange = Extract<Need, { kind: 'fault' }>;

class Player {
  private readonly scenario: Scenario;
  private readonly point: number | null;
  private readonly stage: Stage;
  private readonly witness: Witness;
  private readonly observer: Observer;
  private readonly belongings: Belongings;
  private readonly failures: FailedExpectation[] = [];
  /** By time; at one time in the order of the story. */
  private readonly planned: Planned[] = [];

  constructor(scenario: Scenario, point: number | null, stage: Stage, witness: Witness, observer: Observer) {
    this.scenario = scenario;
    this.point = point;
    this.stage = stage;
    this.witness = witness;
    this.observer = observer;
    const { doorId, beginsUtcMs } = scenario.world;
    this.belongings = new Belongings(doorId, () => beginsUtcMs + stage.nowMs());
  }

  *play(): Playing {
    const { stage, witness, scenario } = this;
    yield* this.advanceTo(0);
    for (const action of scenario.opening) yield* this.act(action);
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
      case 'fault':
        return yield* this.planFault(action);
      case 'expect':
        return yield* this.expect(action, line);
      case 'later':
        this.plan(this.stage.nowMs() + this.ms(action.startsIn), action.action);
        return yield* this.doPlanned();
      default:
        return yield* this.act(action);
    }
  }

  /** Somebody does something. */
  private *act(action: DeedAction): Generator<Need, void, Given> {
    switch (action.kind) {
      case 'hand':
        return this.tell(action.words, yield action);
      case 'ask':
        return this.ask(action.words, action.request, action.via);
      case 'prove':
        return yield* this.prove(action.words, action.person, action.request, action.via);
      case 'enter':
        return yield* this.enter(action);
      case 'show': {
        const show = (desk: Desk): Promise<Given> => action.show(desk, this.belongings);
        return this.tell(action.words, yield { kind: 'credential', via: action.via, show });
      }
      case 'say':
        action.say(this.belongings);
        return this.tell(action.words, null);
    }
  }

  private *enter({ words, person, request, isSigned }: EnterAction): Generator<Need, void, Given> {
    const next = { ...request, entry: this.witness.nextEntry(request.visitId) };
    if (isSigned) yield* this.prove(words, person, next, 'network');
    else this.ask(words, next, 'network');
  }

  private *prove(
    words: string,
    person: string,
    request: VisitorRequest,
    via: 'network' | 'door',
  ): Generator<Need, void, Given> {
    const show = (desk: Desk): Promise<Given> => this.belongings.prove(desk, person, request);
    this.tell(words, yield { kind: 'credential', via, show });
  }

  private ask(words: string, request: Request, via: 'network' | 'door'): void {
    this.tell(words, this.stage.request(request, via) ? null : OUT_OF_REACH);
  }

  private tell(words: string, prevented: string | null): void {
    const told = prevented === null ? words : `${words}, in vain: ${prevented}`;
    this.observer.deed?.(this.stage.nowMs(), told, prevented === null);
  }

  private *planFault({ fault, present, startsIn, lasts }: FaultAction): Generator<Need, void, Given> {
    const startsAtMs = this.stage.nowMs() + this.ms(startsIn);
    this.plan(startsAtMs, { kind: 'fault', fault, present });
    if (lasts !== null) this.plan(startsAtMs + this.ms(lasts), { kind: 'fault', fault, present: !present });
    yield* this.doPlanned();
  }

  private plan(atMs: number, happens: Planned['happens']): void {
    const later = this.planned.findIndex((other) => other.atMs > atMs);
    this.planned.splice(later === -1 ? this.planned.length : later, 0, { atMs, happens });
  }

  private *doPlanned(): Generator<Need, void, Given> {
    for (let next = this.planned[0]; next !== undefined; next = this.planned[0]) {
      if (next.atMs > this.stage.nowMs()) return;
      this.planned.shift();
      if (next.happens.kind === 'fault') yield next.happens;
      else yield* this.act(next.happens);
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

  /** Lets time go on, past what is planned on the way, unless what is awaited comes first. */
  private *advanceTo(untilMs: number): Generator<Need, void, Given> {
    const { stage, witness } = this;
    const isAwaiting = witness.isAwaiting();
    // A person takes time for what they do: what is awaited is given that time on top.
    let takenMs = 0;
    do {
      const nextMs = untilMs + takenMs;
      yield { kind: 'time', untilMs: Math.min(this.planned[0]?.atMs ?? nextMs, nextMs) };
      if (isAwaiting && !witness.isAwaiting()) return;
      const changedFromMs = stage.nowMs();
      yield* this.doPlanned();
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
