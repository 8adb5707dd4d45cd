import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FetchHandler } from './fetch-handler.js';
import type { FromFront, FrontOrder, Place, ToFront } from './front-messages.js';
import { FrontTalk, reasonOf, warmUp } from './front-talk.js';
import type { Limits } from './limits.js';
import { ServerError } from './server-error.js';
import { clearSocketPath } from './socket-path.js';

export interface DoorServerOptions {
  readonly place: Place;
  readonly limits: Limits;
  readonly handler: FetchHandler;
  /** Told, in one clause, what is no client's fault. */
  readonly onTrouble: (trouble: string) => void;
}

/** A front thread that died, of a client's doing or not, is replaced after this. Chosen. */
const RESTART_MS = 1_000;

/** Beyond, the front thread dies rather than have the lock's computer run out of memory. Chosen. */
const FRONT_HEAP_MIB = 128;

/** Beside this file, as it is built or bundled. */
const frontFile = join(import.meta.dirname, `front-thread${extname(import.meta.filename)}`);

/**
 * Serves a handler at one place. Sockets, TLS and the taking apart of requests have a thread of their own, as a single
 * client can keep a thread busy for a tenth of a second (thousands of requests in one chunk, handshakes): here only whole
 * requests within the limits arrive, few at a time, and are begun one by one between whatever else the lock has to do.
 */
export class DoorServer {
  private readonly options: DoorServerOptions;
  private place: Place;
  private front: Worker | null = null;
  private restart: NodeJS.Timeout | undefined;
  private isClosed = false;

  private constructor(options: DoorServerOptions) {
    this.options = options;
    this.place = options.place;
  }

  /** Throws `ServerError` if the place cannot be had. */
  static async open(options: DoorServerOptions): Promise<DoorServer> {
    await warmUp();
    const server = new DoorServer(options);
    await server.start();
    return server;
  }

  /** Where a TLS server listens; `null` at a Unix socket. */
  get port(): number | null {
    return this.place.kind === 'tls' ? this.place.port : null;
  }

  /** Cuts off whoever is connected, and lets go of the place. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.restart);
    const { front } = this;
    if (front === null) return;
    const exited = once(front, 'exit');
    tell(front, { kind: 'close' });
    await exited;
  }

  private async start(): Promise<void> {
    const { place } = this;
    const { limits, handler, onTrouble } = this.options;
    if (place.kind === 'socket') await clearSocketPath(place.path);
    const order: FrontOrder = { place, limits };
    const front = new Worker(frontFile, {
      workerData: order,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: FRONT_HEAP_MIB },
    });
    const talk = new FrontTalk(handler, (message) => tell(front, message), onTrouble);
    let death = 'it ended by itself';
    front.on('error', (error) => {
      death = error.message;
    });
    try {
      await new Promise<void>((resolve, reject) => {
        front.on('message', (message: FromFront) => {
          if (message.kind === 'cannotListen') reject(cannotListen(place, message.reason));
          else if (message.kind === 'listening') resolve(this.settle(message.port));
          else talk.hear(message);
        });
        front.once('exit', () => reject(new ServerError(`the interface cannot be served: ${death}`)));
      });
    } catch (error) {
      await front.terminate();
      throw error;
    }
    this.front = front;
    front.once('exit', () => {
      talk.end();
      this.frontIsGone(death);
    });
    // It may have been closed while the thread that replaces another one started.
    if (this.isClosed) await front.terminate();
  }

  private settle(port: number | null): void {
    const { place } = this;
    if (place.kind === 'socket') chmodSync(place.path, 0o600);
    else this.place = { ...place, port: port ?? place.port };
  }

  private frontIsGone(death: string): void {
    this.front = null;
    if (this.isClosed) return;
    this.options.onTrouble(`the interface was lost (${death}) and starts again`);
    this.startLater();
  }

  private startLater(): void {
    this.restart = setTimeout(() => {
      this.start().catch((error: unknown) => {
        this.options.onTrouble(reasonOf(error));
        this.startLater();
      });
    }, RESTART_MS);
  }
}

/** Copies the message: nothing is handed over for good. */
function tell(front: Worker, message: ToFront): void {
  front.postMessage(message, []);
}

function cannotListen(place: Place, reason: string): ServerError {
  if (place.kind === 'socket') {
    return new ServerError(`${place.path}: no socket can be made: ${reason}; name another folder with --data`);
  }
  const mend = reason === 'EADDRINUSE' ? 'another program listens there; name another port' : 'name another';
  return new ServerError(`${place.host}:${place.port}: cannot be listened at: ${reason}; ${mend} with --listen`);
}
