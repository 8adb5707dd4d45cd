import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { WebhookMessage } from '../../hal/adapters/notices/webhook.js';
import type { WebhookHeaders } from '../../hal/adapters/notices/webhook-signature.js';
import { distrustOf } from '../../hal/adapters/notices/webhook-signature.js';
import { readMessage } from './message.js';

/** Far more than any message takes. */
const BODY_BYTES_MAX = 64 * 1024;

/** Together with the body's limit, this bounds the memory that strangers can make it take. Chosen. */
const CONNECTIONS_MAX = 64;

/** A whole request arrives within this. Chosen. */
const REQUEST_MS = 10_000;

/** A lock keeps its connection from one heartbeat to the next. Chosen. */
const KEEP_ALIVE_MS = 30_000;

export interface ReceiverServerOptions {
  /** Whose messages are believed; `null` believes everybody. */
  readonly secret: Buffer | null;
  readonly utcMs: () => number;
  /** Resolves once it may be acknowledged; a rejection has the sender try again. */
  readonly take: (message: WebhookMessage, sentUtcMs: number) => Promise<void>;
  /** One clause for a person about a request that was refused. */
  readonly onRefusal: (why: string) => void;
}

type Answer = readonly [status: number, why: string | null];

const ACKNOWLEDGED: Answer = [204, null];

/** Takes signed messages at any path; not yet listening. It believes nothing that it has not verified. */
export function createReceiverServer(options: ReceiverServerOptions): Server {
  const server = createServer(
    {
      maxHeaderSize: 8 * 1024,
      headersTimeout: REQUEST_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      void answer(request, options).then((answered) => reply(response, answered, options));
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  return server;
}

function reply(response: ServerResponse, [status, why]: Answer, { onRefusal }: ReceiverServerOptions): void {
  if (why !== null) onRefusal(why);
  // What is refused may still be pouring in: nobody waits for its end.
  if (status >= 400) response.setHeader('connection', 'close');
  if (status === 405) response.setHeader('allow', 'POST');
  response.writeHead(status).end();
}

async function answer(request: IncomingMessage, { secret, utcMs, take }: ReceiverServerOptions): Promise<Answer> {
  if (request.method !== 'POST') return [405, `a ${request.method ?? ''} request, where messages are posted`];
  const body = await readBody(request);
  if (body === 'tooLong') return [413, `a message of more than ${BODY_BYTES_MAX} bytes`];
  if (body === 'cutShort') return [400, 'a message that was cut short'];
  const headers = signedHeaders(request);
  const distrust = secret === null ? null : distrustOf(secret, headers, body, utcMs());
  if (distrust !== null) return [401, `a message that is not believed: ${distrust}`];
  const message = readMessage(body.toString('utf8'));
  if (message === null) return [400, 'a message that no lock sends'];
  const timestamp = secret === null ? undefined : headers['webhook-timestamp'];
  try {
    await take(message, timestamp === undefined ? utcMs() : Number(timestamp) * 1000);
    return ACKNOWLEDGED;
  } catch (error) {
    return [503, `a message that cannot be kept: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'tooLong' | 'cutShort'> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return 'tooLong';
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > BODY_BYTES_MAX) return 'tooLong';
      pieces.push(piece);
    }
  } catch {
    return 'cutShort';
  }
  return Buffer.concat(pieces);
}

function signedHeaders({ headers }: IncomingMessage): Partial<WebhookHeaders> {
  const signed: Partial<Record<keyof WebhookHeaders, string>> = {};
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const) {
    const value = headers[name];
    if (typeof value === 'string') signed[name] = value;
  }
  return signed;
}
