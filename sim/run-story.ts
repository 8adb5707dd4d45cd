import { allMonitors } from './monitors/all-monitors.js';
import { VOIDED_BY } from './monitors/fault-hypothesis.js';
import { PROPERTY_IDS } from './monitors/monitor.js';
import type { PropertyId, Violation } from './monitors/monitor.js';
import { DEFAULT_MONITOR_SETTINGS } from './monitors/settings.js';
import type { Observer } from './observation.js';
import { TraceDigest } from './report/digest.js';
import { hasFailed } from './report/story-result.js';
import type { MissedMark, RunResult } from './report/story-result.js';
import { Trace } from './report/trace.js';
import type { TraceEvent } from './report/trace.js';
import { neverSeen, playScenario } from './scenario/player.js';
import type { ScenarioResult } from './scenario/player.js';
import { sweepPoints } from './scenario/scenario.js';
import type { Scenario } from './scenario/scenario.js';
import type { MakeWorld } from './world.js';

export interface StoryOptions {
  readonly seed: number;
  readonly makeWorld: MakeWorld;
  /** Asked now and then; once it is true, the story is left unfinished. */
  readonly isOutOfTime: () => boolean;
  /** Told before each run of a sweep how many are done, and of how many. */
  readonly onRun: (done: number, of: number) => void;
}

/** A story played with all monitors on, once for each point of its sweep. */
export interface PlayedStory {
  /** The last one is unfinished if the time ran out. */
  readonly runs: readonly RunResult[];
  readonly marksMissed: readonly MissedMark[];
  readonly timedOut: boolean;
  /** Over all runs: 16 hexadecimal digits. */
  readonly traceHash: string;
  /** What was seen in the first run that failed or was left unfinished, or else in the first of all. */
  readonly shown: ShownRun;
}

export interface ShownRun {
  readonly sweepPoint: string | null;
  readonly events: readonly TraceEvent[];
}

/** Plays the story to its end, at every point of its sweep, whatever fails on the way. */
export async function runStory(scenario: Scenario, options: StoryOptions): Promise<PlayedStory> {
  const points = sweepPoints(scenario);
  const digest = new TraceDigest();
  const results: ScenarioResult[] = [];
  const runs: RunResult[] = [];
  let shown: ShownRun | null = null;
  let timedOut = false;
  for (const point of points) {
    options.onRun(runs.length, points.length);
    const { run, result, events } = await playOnce(scenario, point, digest, options);
    if (result === null) timedOut = true;
    else results.push(result);
    const isFirstFailure = (timedOut || hasFailed(run)) && !runs.some(hasFailed);
    if (shown === null || isFirstFailure) shown = { sweepPoint: run.sweepPoint, events };
    runs.push(run);
    if (timedOut) break;
  }
  return {
    runs,
    marksMissed: timedOut ? [] : neverSeen(results).map(({ condition, line }) => ({ line, words: condition.words })),
    timedOut,
    traceHash: digest.hash(),
    shown: shown ?? { sweepPoint: null, events: [] },
  };
}

interface PlayedRun {
  readonly run: RunResult;
  /** `null` if the time ran out. */
  readonly result: ScenarioResult | null;
  readonly events: readonly TraceEvent[];
}

async function playOnce(
  scenario: Scenario,
  point: number | null,
  digest: TraceDigest,
  { seed, makeWorld, isOutOfTime }: StoryOptions,
): Promise<PlayedRun> {
  const { doorId, residents } = scenario.world;
  const violations: Violation[] = [];
  const monitors = allMonitors({ ...DEFAULT_MONITOR_SETTINGS, doorId, residents }, (violation) => {
    if (!violations.some(({ property }) => property === violation.property)) violations.push(violation);
  });
  const trace = new Trace();
  const faults = new FaultList();
  const timeLimit = new TimeLimit(isOutOfTime);
  const observers = [...monitors, digest, trace, faults, timeLimit];
  const result = await unlessOutOfTime(() => playScenario({ scenario, point, seed, makeWorld, observers }));
  const run = {
    sweepPoint: result?.sweepPoint ?? null,
    outcomes: result?.outcomes ?? [],
    jams: result?.jams ?? 0,
    violations,
    voided: faults.voided(),
    failedExpectations: result?.failedExpectations ?? [],
    simulatedMs: result?.simulatedMs ?? trace.events.at(-1)?.atMs ?? 0,
  };
  return { run, result, events: trace.events };
}

class OutOfTimeError extends Error {}

async function unlessOutOfTime<Result>(play: () => Promise<Result>): Promise<Result | null> {
  try {
    return await play();
  } catch (error) {
    if (error instanceof OutOfTimeError) return null;
    throw error;
  }
}

/** Chosen: the question costs less than what is observed between, and is asked many times a second. */
const observationsBetweenQuestions = 256;

/** Breaks a run off from inside, by what every run observes again and again. */
class TimeLimit implements Observer {
  private readonly isOutOfTime: () => boolean;
  private observations = 0;

  constructor(isOutOfTime: () => boolean) {
    this.isOutOfTime = isOutOfTime;
  }

  frames(): void {
    this.count();
  }

  motor(): void {
    this.count();
  }

  record(): void {
    this.count();
  }

  private count(): void {
    if (this.observations % observationsBetweenQuestions === 0 && this.isOutOfTime()) throw new OutOfTimeError();
    this.observations += 1;
  }
}

/** Which faults a run had, over or not. */
class FaultList implements Observer {
  private readonly had = new Set<string>();

  fault(_nowMs: number, component: string, kind: string): void {
    this.had.add(`${component} ${kind}`);
  }

  voided(): PropertyId[] {
    return PROPERTY_IDS.filter((property) =>
      VOIDED_BY[property].some(([component, kind]) => this.had.has(`${component} ${kind}`)),
    );
  }
}
