import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { constants } from 'node:crypto';
import { RequestError, getRequestListener } from '@hono/node-server';
import type { FrontOrder, FromFront, Place, ToFront } from './front-messages.js';
import type { Limits } from './limits.js';
import { Peers } from './peers.js';
import type { ProblemStatus } from './problem.js';
import { problem, problemText } from './problem.js';

/** How often requests that take too long are looked for. Chosen. */
const CHECK_MS = 500;

/** A client on the network that vanished without a word is found out after some such spans. Chosen. */
const PROBE_MS = 30_000;

/** Somebody who waits for an answer, or for the rest of it. */
interface Client {
  readonly outgoing: ServerResponse;
  readonly resolve: (response: Response) => void;
  events: ReadableStreamDefaultController<Uint8Array> | null;
}

/**
 * The part of the server that clients touch: it takes requests apart, turns away what is too much, too large, too slow or
 * malformed, and hands on only what is whole and within the limits.
 */
export class FrontServer {
  private readonly place: Place;
  private readonly limits: Limits;
  private readonly send: (message: FromFront) => void;
  private readonly server: Server;
  private readonly peers: Peers;
  private readonly clients = new Map<number, Client>();
  /** Connections with a request that has not been answered in full. */
  private readonly busy = new WeakSet<Socket>();
  /** Requests that the lock has, also of clients who have left: none of them is called back. */
  private inFlight = 0;
  private lastId = 0;

  constructor({ place, limits }: FrontOrder, send: (message: FromFront) => void) {
    this.place = place;
    this.limits = limits;
    this.send = send;
    this.peers = new Peers(limits, performance.now());
    const relay = getRequestListener((request, { outgoing }) => this.relay(request, outgoing as ServerResponse), {
      overrideGlobalObjects: false,
      // Any other error means that the client has left.
      errorHandler: (error) => (error instanceof RequestError ? problem(400) : undefined),
    });
    this.server = makeServer(place, limits, (incoming, outgoing) => {
      if (this.admits(incoming, outgoing)) void relay(incoming, outgoing);
    });
    this.server.maxConnections = limits.connections;
    this.server.timeout = limits.silenceMs;
    this.server.on('connection', (socket: Socket) => this.meet(socket));
  }

  listen(): void {
    const { server, place, send } = this;
    server.on('error', (error: NodeJS.ErrnoException) => {
      // A connection that could not be accepted is the client's to try again.
      if (!server.listening) send({ kind: 'cannotListen', reason: error.code ?? error.message });
    });
    const onListening = (): void => send({ kind: 'listening', port: (server.address() as AddressInfo).port });
    if (place.kind === 'socket') server.listen(place.path, () => send({ kind: 'listening', port: null }));
    else server.listen(place.port, place.host, onListening);
  }

  take(message: Exclude<ToFront, { kind: 'close' }>): void {
    const { id } = message;
    if (message.kind === 'answer') this.inFlight -= 1;
    const client = this.clients.get(id);
    // Who has left meanwhile is told nothing.
    if (client === undefined) return;
    switch (message.kind) {
      case 'answer': {
        const { status, headers, body } = message;
        if (body === null) {
          this.beginEvents(id, client, { status, headers: headers.map(([name, value]) => [name, value]) });
          return;
        }
        this.clients.delete(id);
        const init = { status, headers: headers.map(([name, value]): [string, string] => [name, value]) };
        client.resolve(new Response(body.length === 0 ? null : body, init));
        return;
      }
      case 'piece':
        client.events?.enqueue(message.bytes);
        // What does not fit is not waited for: whoever comes back sees from the numbers what was missed.
        if ((client.events?.desiredSize ?? 0) < 0) client.outgoing.destroy();
        return;
      case 'end':
        this.clients.delete(id);
        client.events?.close();
    }
  }

  /** Cuts off whoever is connected. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.server.close(resolve);
    });
    this.server.closeAllConnections();
    await closed;
  }

  private meet(socket: Socket): void {
    const address = addressOf(socket);
    if (!this.peers.connected(address, performance.now())) {
      socket.destroy();
      return;
    }
    socket.once('close', () => this.peers.left(address));
  }

  private admits(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    const { socket } = incoming;
    // One chunk can hold thousands of requests; no client of ours sends a second one before its answer.
    if (this.busy.has(socket)) {
      socket.destroy();
      return false;
    }
    this.busy.add(socket);
    outgoing.once('close', () => this.busy.delete(socket));
    const status = this.refusalOf(incoming);
    if (status === null) return true;
    const { headers, body } = problemText(status);
    outgoing.writeHead(status, { ...headers, connection: 'close' }).end(body);
    return false;
  }

  private refusalOf({ socket, headers, rawHeaders }: IncomingMessage): ProblemStatus | null {
    const { limits } = this;
    if (!this.peers.asked(addressOf(socket), performance.now())) return 429;
    if (rawHeaders.length / 2 > limits.headers) return 431;
    // Only a length that is told beforehand can be refused beforehand.
    if (headers['transfer-encoding'] !== undefined) return 411;
    return Number(headers['content-length'] ?? 0) > limits.bodyBytes ? 413 : null;
  }

  private async relay(request: Request, outgoing: ServerResponse): Promise<Response> {
    const { method, url } = request;
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    if (this.inFlight >= this.limits.inFlight) return problem(503);
    this.inFlight += 1;
    this.lastId += 1;
    const id = this.lastId;
    outgoing.once('close', () => {
      if (this.clients.delete(id)) this.send({ kind: 'gone', id });
    });
    return new Promise((resolve) => {
      this.clients.set(id, { outgoing, resolve, events: null });
      this.send({ kind: 'request', id, method, url, headers: [...request.headers], body });
    });
  }

  private beginEvents(id: number, client: Client, init: ResponseInit): void {
    const streams = [...this.clients.values()].filter(({ events }) => events !== null).length;
    if (streams >= this.limits.eventStreams) {
      this.clients.delete(id);
      this.send({ kind: 'gone', id });
      client.resolve(problem(503));
      return;
    }
    client.outgoing.setTimeout(0);
    const events = new ReadableStream<Uint8Array>(
      { start: (controller) => void (client.events = controller) },
      new ByteLengthQueuingStrategy({ highWaterMark: this.limits.eventBytes }),
    );
    client.resolve(new Response(events, init));
  }
}

function makeServer(
  place: Place,
  limits: Limits,
  onRequest: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): Server {
  const options: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: CHECK_MS,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_MS,
  };
  if (place.kind === 'socket') return createServer(options, onRequest);
  const { key, certificate } = place.identity;
  const tls = {
    key,
    cert: certificate,
    minVersion: 'TLSv1.2',
    handshakeTimeout: limits.headersMs,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  } as const;
  return createTlsServer({ ...options, ...tls }, onRequest);
}

/** A Unix socket has none: all who connect there are one. */
function addressOf({ remoteAddress }: Socket): string {
  return remoteAddress ?? '';
}
