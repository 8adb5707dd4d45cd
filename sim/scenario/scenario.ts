import type { Grant, Request } from '../../firmware/requests.js';
import type { HandDeed, WorldSettings } from '../world.js';
import type { Condition } from './conditions.js';
import type { Fault } from './faults.js';

/** A story, read and checked: everything in it makes sense. Times are virtual milliseconds. */
export interface Scenario {
  /** As the user knows it. */
  readonly file: string;
  readonly story: string;
  readonly tells: string;
  readonly world: WorldSettings;
  /** By the names that the deeds begin with. */
  readonly people: readonly string[];
  readonly visits: readonly Visit[];
  readonly steps: readonly Step[];
  /** Must hold at no instant. */
  readonly never: readonly Watched[];
  /** What lasts must hold when the story ends; what happens must have happened by then. */
  readonly eventually: readonly Watched[];
  /** Must have held, or happened, at some time; in a sweep, at one point of it at least. */
  readonly sometimes: readonly Watched[];
  readonly sweep: Sweep | null;
  /** When the story ends, or `null`: some time after its last step. */
  readonly lastsMs: number | null;
}

/** One authorisation, and the visit that it is for. */
export interface Visit {
  readonly grant: Grant;
  /** The visit whose announcement it corrects. */
  readonly replaces: string | null;
  /** Known to the lock from the start, or announced by a step. */
  readonly announced: 'atStart' | 'later';
}

/** One scenario that is played once for each value of its parameter, from `fromMs` up to `toMs`. */
export interface Sweep {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly everyMs: number;
}

/** A duration that is fixed, or the parameter of the sweep. */
export type Span = number | 'swept';

export interface Watched {
  readonly condition: Condition;
  readonly line: number;
}

export interface Step {
  readonly line: number;
  /** `after` counts from the end of the step before, `at` from the start of the story. */
  readonly timing: 'after' | 'at';
  readonly due: Span;
  readonly action: Action;
}

export type Action = HandAction | AskAction | EnterAction | FaultAction | ExpectAction;

/** Somebody lays hands on the door. `words` are the story's, here and below. */
export interface HandAction {
  readonly kind: 'hand';
  readonly words: string;
  readonly deed: HandDeed;
}

/** Somebody asks something of the lock. */
export interface AskAction {
  readonly kind: 'ask';
  readonly words: string;
  readonly via: 'network' | 'door';
  readonly request: Request;
}

/** Somebody asks by the network for the entry that the visit has come to. */
export interface EnterAction {
  readonly kind: 'enter';
  readonly words: string;
  readonly personId: string;
  readonly visitId: string;
}

/** A component fails, or is mended. Takes no time: the story goes on meanwhile. */
export interface FaultAction {
  readonly kind: 'fault';
  readonly fault: Fault;
  readonly present: boolean;
  readonly startsIn: Span;
  /** `null`: until it is mended. */
  readonly lasts: Span | null;
}

/** Waits for the condition, or sees to it that it holds for a while; with neither, it must hold at once. */
export interface ExpectAction {
  readonly kind: 'expect';
  readonly condition: Condition;
  readonly within: Span | null;
  readonly holdsFor: Span | null;
}

/** How the lock comes to know of the visit. */
export function announcementOf({ grant, replaces }: Visit): Request {
  return replaces === null ? { kind: 'announceVisit', grant } : { kind: 'correctVisit', replaces, grant };
}

/** The parameter's value at each run; a story without a sweep is played once, at `null`. */
export function sweepPoints({ sweep }: Scenario): readonly (number | null)[] {
  if (sweep === null) return [null];
  const { fromMs, toMs, everyMs } = sweep;
  return Array.from({ length: sweepLength(sweep) }, (_, index) => Math.min(fromMs + index * everyMs, toMs));
}

/** How many points a sweep has. */
export function sweepLength({ fromMs, toMs, everyMs }: Sweep): number {
  return Math.floor((toMs - fromMs) / everyMs) + 1;
}
