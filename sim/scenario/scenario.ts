import type { Desk } from '../../firmware/desk.js';
import type { Request } from '../../firmware/requests.js';
import type { HandDeed, WorldSettings } from '../world.js';
import type { Belongings, VisitorRequest } from './belongings.js';
import type { Condition } from './conditions.js';
import type { Fault } from './faults.js';
import type { Given } from './stage.js';
import type { Visit } from './visit.js';

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
  /** What has been asked of the lock when the story begins. */
  readonly opening: readonly (AskAction | ShowAction)[];
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

export type Action = DeedAction | LaterAction | FaultAction | ExpectAction;

/** What somebody does. */
export type DeedAction = HandAction | AskAction | ProveAction | EnterAction | ShowAction | SayAction;

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

/** Somebody asks something whose visit hangs on a token: their phone signs it. */
export interface ProveAction {
  readonly kind: 'prove';
  readonly words: string;
  readonly via: 'network' | 'door';
  readonly person: string;
  readonly request: VisitorRequest;
}

/** Somebody asks by the network for the entry that the visit has come to. */
export interface EnterAction {
  readonly kind: 'enter';
  readonly words: string;
  readonly person: string;
  readonly request: Omit<Extract<Request, { kind: 'enter' }>, 'entry'>;
  /** Whether the visit hangs on a token. */
  readonly isSigned: boolean;
}

/** Somebody shows the lock what proves who they are. */
export interface ShowAction {
  readonly kind: 'show';
  readonly words: string;
  readonly via: 'network' | 'door';
  readonly show: Show;
}

/** What is shown, out of what people have with them. */
export type Show = (desk: Desk, belongings: Belongings) => Promise<Given>;

/** Somebody says or does something that the lock has no part in. */
export interface SayAction {
  readonly kind: 'say';
  readonly words: string;
  readonly say: (belongings: Belongings) => void;
}

/** Somebody does something later. Takes no time: the story goes on meanwhile. */
export interface LaterAction {
  readonly kind: 'later';
  readonly startsIn: Span;
  readonly action: DeedAction;
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
