import * as v from 'valibot';
import type { Resident } from '../requests.js';
import { bodyFault } from './body-fault.js';
import type { Door } from './door.js';
import { type Problem, problem } from './problem.js';

/**
 * Who may ask: `anyone` who reaches the lock, since what they hand in is signed; whoever stands at the `keypad`; any
 * `resident`; or the `owner` alone.
 */
export type Audience = 'anyone' | 'keypad' | 'resident' | 'owner';

export interface Visitor {
  readonly resident: Resident;
  readonly accessKey: string;
}

/** Which events a stream tells. */
export type Following =
  | { readonly of: 'resident'; readonly visitor: Visitor; readonly lastEventId: string | null }
  | { readonly of: 'visit'; readonly visitId: string };

/** What a route's work comes to. */
export type Reply<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'done' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'events'; readonly following: Following };

/** A request for a route as it came, but for its access key: that has been looked up. */
export interface Asked {
  readonly parameters: Readonly<Record<string, string>>;
  /** `undefined` on routes that take none. */
  readonly body: unknown;
  /** `null` on routes that ask for no access key. */
  readonly visitor: Visitor | null;
  readonly lastEventId: string | null;
}

/** The same, checked. */
export interface Call<Parameters, Body> {
  readonly parameters: Parameters;
  readonly body: Body;
}

export interface ResidentCall<Parameters, Body> extends Call<Parameters, Body> {
  readonly visitor: Visitor;
  readonly lastEventId: string | null;
}

type Schema = v.GenericSchema<unknown, unknown>;
type ParameterSchemas = Readonly<Record<string, v.GenericSchema<unknown, string>>>;
type Checked<Schemas extends ParameterSchemas> = { readonly [Name in keyof Schemas]: v.InferOutput<Schemas[Name]> };
type CheckedBody<Body extends Schema | null> = Body extends Schema ? v.InferOutput<Body> : undefined;
/** What an answer of this schema is made from. */
export type AnswerOf<Answer> = Answer extends Schema ? Shown<v.InferOutput<Answer>> : never;

/** What is shown of the lock's memory is never changed through it. */
type Shown<Value> = Value extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Shown<Value[Key]> }
    : Value;

/** What the published description says of a route. */
interface Shape<Parameters extends ParameterSchemas, Body extends Schema | null, Answer> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With parameters in braces, as OpenAPI has them. */
  readonly path: string;
  /** That of the lock's own request where the route is one. */
  readonly name: string;
  readonly summary: string;
  readonly parameters: Parameters;
  readonly body: Body;
  readonly answer: Answer;
}

/** One thing that can be asked of the interface. */
export interface Route extends Shape<ParameterSchemas, Schema | null, Schema | 'nothing' | 'events'> {
  readonly audience: Audience;
  work(asked: Asked, door: Door): Promise<Reply<unknown>>;
}

interface OpenSpec<
  Parameters extends ParameterSchemas,
  Body extends Schema | null,
  Answer extends Schema | 'nothing' | 'events',
> extends Shape<Parameters, Body, Answer> {
  readonly audience: 'anyone' | 'keypad';
  handle(
    call: Call<Checked<Parameters>, CheckedBody<Body>>,
    door: Door,
  ): Reply<AnswerOf<Answer>> | Promise<Reply<AnswerOf<Answer>>>;
}

interface ResidentSpec<
  Parameters extends ParameterSchemas,
  Body extends Schema | null,
  Answer extends Schema | 'nothing' | 'events',
> extends Shape<Parameters, Body, Answer> {
  readonly audience: 'resident' | 'owner';
  handle(
    call: ResidentCall<Checked<Parameters>, CheckedBody<Body>>,
    door: Door,
  ): Reply<AnswerOf<Answer>> | Promise<Reply<AnswerOf<Answer>>>;
}

/** A route that nobody needs an access key for. */
export function openRoute<
  const Parameters extends ParameterSchemas,
  Body extends Schema | null,
  Answer extends Schema | 'nothing' | 'events',
>(spec: OpenSpec<Parameters, Body, Answer>): Route {
  return {
    ...spec,
    work: async (asked, door) => {
      const checked = check(spec, asked);
      return 'problem' in checked ? checked : spec.handle(checked, door);
    },
  };
}

/** A route for those who live here. */
export function residentRoute<
  const Parameters extends ParameterSchemas,
  Body extends Schema | null,
  Answer extends Schema | 'nothing' | 'events',
>(spec: ResidentSpec<Parameters, Body, Answer>): Route {
  return {
    ...spec,
    work: async (asked, door) => {
      const { visitor, lastEventId } = asked;
      if (visitor === null) return { kind: 'problem', problem: NO_ACCESS_KEY };
      const checked = check(spec, asked);
      return 'problem' in checked ? checked : spec.handle({ ...checked, visitor, lastEventId }, door);
    },
  };
}

export const NO_ACCESS_KEY = problem(
  401,
  'No access key',
  'Show an access key of this lock: Authorization: Bearer KEY.',
);

function check<Parameters extends ParameterSchemas, Body extends Schema | null>(
  { parameters, body }: { readonly parameters: Parameters; readonly body: Body },
  asked: Asked,
): Call<Checked<Parameters>, CheckedBody<Body>> | (Reply<never> & { readonly kind: 'problem' }) {
  const named = v.safeParse(v.strictObject(parameters), asked.parameters, { abortEarly: true });
  if (!named.success) return unfit('The path', named.issues[0]);
  const sent = v.safeParse(body ?? v.undefined(), asked.body, { abortEarly: true });
  if (!sent.success) return unfit('The body', sent.issues[0]);
  return { parameters: named.output, body: sent.output as CheckedBody<Body> };
}

function unfit(where: string, issue: v.BaseIssue<unknown>): Reply<never> & { readonly kind: 'problem' } {
  return { kind: 'problem', problem: problem(400, 'Bad request', `${where} is unfit: ${bodyFault(issue)}.`) };
}
