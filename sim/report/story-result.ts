import type { Outcome } from '../../firmware/journal/records.js';
import type { PropertyId, Violation } from '../monitors/monitor.js';

/** An expectation of the story that was not met. */
export interface FailedExpectation {
  /** Where it stands in the scenario file, from 1. */
  readonly line: number;
  readonly atMs: number;
  readonly message: string;
}

/** Something that was to be so at some time, in one run at least, and never was. */
export interface MissedMark {
  readonly line: number;
  readonly words: string;
}

/** How one run of a story ended. */
export interface RunResult {
  /** The value of the swept parameter, in the words of the story; `null` where nothing is swept. */
  readonly sweepPoint: string | null;
  /** One for each visit that ended, in order. */
  readonly outcomes: readonly Outcome[];
  readonly jams: number;
  /** The first of each property that did not hold. */
  readonly violations: readonly Violation[];
  /** Properties that one of the run's faults voids for a while. */
  readonly voided: readonly PropertyId[];
  readonly failedExpectations: readonly FailedExpectation[];
  readonly simulatedMs: number;
}

/** How a story ended: one run, or one for each point of its sweep. */
export interface StoryResult {
  readonly story: string;
  /** As the user named it. */
  readonly file: string;
  readonly seed: number;
  /** The depth of simulation: model, firmata or avr. */
  readonly fidelity: string;
  readonly runs: readonly RunResult[];
  /** What the story hoped to see in some run and saw in none. */
  readonly marksMissed: readonly MissedMark[];
  /** It took longer than it was given, and was left unfinished. */
  readonly timedOut: boolean;
  /** Over all runs: 16 hexadecimal digits. */
  readonly traceHash: string;
  /** Real time. */
  readonly wallMs: number;
  /** The command that plays it again, the first run that failed alone. */
  readonly replay: string;
}

/** DESIGN's exit codes that a story can come to. */
export type StoryExitCode = 0 | 1 | 10 | 11 | 12 | 42;

const firstToApply: readonly StoryExitCode[] = [10, 11, 12, 42, 1, 0];

export function storyExitCode({ runs, marksMissed, timedOut }: StoryResult): StoryExitCode {
  const violated = runs.flatMap(({ violations }) => violations.map(({ property }) => property));
  if (violated.some((property) => property.startsWith('S'))) return 10;
  if (violated.length > 0) return 11;
  if (marksMissed.length > 0) return 12;
  if (timedOut) return 42;
  return runs.some(({ failedExpectations }) => failedExpectations.length > 0) ? 1 : 0;
}

/** The first that applies to any of the stories. */
export function worstExitCode(codes: readonly StoryExitCode[]): StoryExitCode {
  return firstToApply.find((code) => codes.includes(code)) ?? 0;
}

export function hasFailed({ violations, failedExpectations }: RunResult): boolean {
  return violations.length > 0 || failedExpectations.length > 0;
}
