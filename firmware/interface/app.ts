import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Door } from './door.js';
import { OpenStreams } from './open-streams.js';
import { type Problem, problem, problemResponse, refusal } from './problem.js';
import { NO_ACCESS_KEY, type Reply, type Route, type Visitor } from './route.js';
import { routes } from './routes.js';

/** Which way clients come: over the Unix socket at the door, or over the network. Codes are typed at the door only. */
export type Channel = 'door' | 'network';

export interface DoorAppOptions {
  readonly door: Door;
  readonly channel: Channel;
  /** The text of schemas/openapi.json. */
  readonly description: string;
  /** Told of what must not happen; the client hears nothing of it. */
  readonly onFault: (error: unknown) => void;
}

interface Environment {
  readonly Variables: { readonly visitor: Visitor | null };
}

/** A policy of some hundred rules takes half of it. Chosen. */
export const BODY_BYTES_MAX = 65_536;

const WRONG_ACCESS_KEY = problem(401, 'Wrong access key', 'The lock knows no such access key, or it has been revoked.');
const AT_KEYPAD_ONLY = problem(403, 'At the door only', 'Codes are typed at the door.');
const NO_SUCH_ROUTE = problem(404, 'No such path', 'There is nothing here; GET /openapi.json says what there is.');
const OTHER_METHOD = problem(405, 'Another method', 'That is asked by another method; the header Allow says by which.');
const TOO_LONG = problem(413, 'Too long', `The body has more than ${BODY_BYTES_MAX} bytes.`);
const NO_JSON_TYPE = problem(415, 'No JSON', 'Send the body as content-type application/json.');
const NO_JSON = problem(400, 'No JSON', 'The body is no JSON.');
const NOT_KEPT = problem(503, 'Not recorded', 'It was done, but the journal could not keep it; look at the lock.');
const FAULT = problem(500, 'Fault', 'This is a fault of the lock, not of the request; its log says more.');

/**
 * The door's local interface, over whatever carries requests to it. Bytes in, bytes out: it does no I/O of its own. What it
 * acknowledges is durable.
 */
export function doorApp(options: DoorAppOptions): { fetch(request: Request): Promise<Response> } {
  const app = new Hono<Environment>();
  const streams = new OpenStreams(options.door, options.onFault);
  const limit = bodyLimit({ maxSize: BODY_BYTES_MAX, onError: () => problemResponse(TOO_LONG) });
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (_context, methods) => otherMethod(methods) }));
  app.get('/openapi.json', (context) => context.body(options.description, 200, { 'content-type': 'application/json' }));
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(route.method, path, admission(route, options), limit, (context) =>
      serve(context, route, options.door, streams),
    );
  }
  app.notFound(() => problemResponse(NO_SUCH_ROUTE));
  app.onError((error) => {
    options.onFault(error);
    return problemResponse(FAULT);
  });
  return { fetch: async (request) => app.fetch(request) };
}

/** Lets nobody but the route's audience through. Whoever is refused is recorded; nothing of theirs is read. */
function admission(route: Route, { door, channel }: DoorAppOptions): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const admitted = admit(route, context.req.header('authorization'), door, channel);
    if ('status' in admitted) return problemResponse(admitted);
    context.set('visitor', admitted.visitor);
    return next();
  };
}

function admit(
  { audience, name }: Route,
  authorization: string | undefined,
  { desk, lock }: Door,
  channel: Channel,
): Problem | { readonly visitor: Visitor | null } {
  if (audience === 'anyone') return { visitor: null };
  if (audience === 'keypad') return channel === 'door' ? { visitor: null } : AT_KEYPAD_ONLY;
  const accessKey = /^Bearer ([\w-]+)$/i.exec(authorization ?? '')?.[1];
  if (accessKey === undefined) return NO_ACCESS_KEY;
  const resident = desk.personOf(accessKey);
  if (resident === null) {
    lock.refuse(name, '', null, 'unknownPerson');
    return WRONG_ACCESS_KEY;
  }
  if (audience === 'owner' && resident.role !== 'owner') {
    lock.refuse(name, resident.id, null, 'notAllowed');
    return refusal('notAllowed');
  }
  return { visitor: { resident, accessKey } };
}

async function serve(context: Context<Environment>, route: Route, door: Door, streams: OpenStreams): Promise<Response> {
  // A stream to somebody who reads only its head would never end.
  if (route.answer === 'events' && context.req.raw.method === 'HEAD') return otherMethod([route.method]);
  const body = route.body === null ? null : await readJson(context);
  if (body !== null && 'problem' in body) return problemResponse(body.problem);
  const reply = await route.work(
    {
      parameters: context.req.param(),
      body: body?.json,
      visitor: context.get('visitor'),
      lastEventId: context.req.header('last-event-id') ?? null,
    },
    door,
  );
  const acts = route.method !== 'GET' && (reply.kind === 'answer' || reply.kind === 'done');
  if (acts && !(await door.lock.synced())) return problemResponse(NOT_KEPT);
  return respond(context, reply, streams);
}

function respond(context: Context, reply: Reply<unknown>, streams: OpenStreams): Response {
  switch (reply.kind) {
    case 'answer':
      return context.json(reply.answer, 200, { 'cache-control': 'no-store' });
    case 'done':
      return context.body(null, 204);
    case 'problem':
      return problemResponse(reply.problem);
    case 'events':
      return streams.tell(context, reply.following);
  }
}

async function readJson({ req }: Context): Promise<{ readonly json: unknown } | { readonly problem: Problem }> {
  if (!/^application\/json\s*(?:;|$)/i.test(req.header('content-type') ?? '')) return { problem: NO_JSON_TYPE };
  try {
    return { json: JSON.parse(await req.text()) as unknown };
  } catch {
    return { problem: NO_JSON };
  }
}

function otherMethod(methods: readonly string[]): Response {
  const response = problemResponse(OTHER_METHOD);
  response.headers.set('allow', methods.join(', '));
  return response;
}
