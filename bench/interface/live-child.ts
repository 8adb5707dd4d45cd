/**
 * A process of its own with a live lock in it, served at the socket of its data folder, for tests that kill or flood it.
 * `POST /record/ID` is refused, as there is no such visit, and answered once that is durable; `GET /events` never ends;
 * anything else is answered with the lock's status.
 */
import { DoorServer } from '../../hal/adapters/http/door-server.js';
import { SOCKET_LIMITS } from '../../hal/adapters/http/limits.js';
import type { Limits } from '../../hal/adapters/http/limits.js';
import { readTlsIdentity } from '../../hal/adapters/http/tls-files.js';
import { DataFolder } from '../../hal/adapters/files/data-folder.js';
import { LiveLock } from '../../cli/live/live-lock.js';
import type { Period } from './loop-delays.js';
import { LoopDelays } from './loop-delays.js';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

export interface ChildOrder {
  readonly data: string;
  readonly limits: Partial<Limits>;
  readonly tls: { readonly keyFile: string; readonly certificateFile: string } | null;
}

/** What the child says. */
export type FromChild =
  | { readonly kind: 'ready'; readonly port: number | null }
  | { readonly kind: 'delays'; readonly periods: readonly Period[]; readonly troubles: readonly string[] };

function tell(message: FromChild): void {
  process.send?.(message);
}

async function run({ data, limits, tls }: ChildOrder): Promise<void> {
  const troubles: string[] = [];
  const onTrouble = (trouble: string): void => void troubles.push(trouble);
  const numbers = new Map<string, number>();
  const lock = new LiveLock({
    folder: new DataFolder(data),
    scene: {
      lock: 'sturdy',
      door: 'aligned',
      board: 'sim',
      doorId: 'front-door',
      timeZone: 'UTC',
      residents: [{ id: 'owner', role: 'owner' }],
    },
    observers: [
      {
        record: (_nowMs, { number, event }) => {
          if (event.kind === 'requestRefused' && event.visitId !== null) numbers.set(event.visitId, number);
        },
      },
    ],
    onTrouble,
  });
  const handler = async ({ method, url }: Request): Promise<Response> => {
    if (url.endsWith('/events')) return new Response(endlessEvents(), { headers: EVENT_STREAM });
    const visitId = /\/record\/(\w+)$/.exec(url)?.[1];
    if (method !== 'POST' || visitId === undefined) return Response.json(lock.status());
    lock.request({ kind: 'endVisit', personId: 'owner', visitId }, 'network');
    const fault = await lock.synced();
    const number = numbers.get(visitId);
    numbers.delete(visitId);
    return fault === null ? Response.json({ visitId, number }) : Response.json(fault, { status: 503 });
  };
  const common = { limits: { ...SOCKET_LIMITS, ...limits }, handler, onTrouble };
  await DoorServer.open({ ...common, place: { kind: 'socket', path: `${data}/door.sock` } });
  let port: number | null = null;
  if (tls !== null) {
    const identity = readTlsIdentity(tls.keyFile, tls.certificateFile);
    const place = { kind: 'tls', host: '127.0.0.1', port: 0, identity } as const;
    ({ port } = await DoorServer.open({ ...common, place }));
  }
  const delays = new LoopDelays();
  process.on('message', () => tell({ kind: 'delays', periods: delays.take(), troubles: troubles.splice(0) }));
  tell({ kind: 'ready', port });
}

/** More than anybody reads. */
function endlessEvents(): ReadableStream<Uint8Array> {
  const event = new TextEncoder().encode(`data: ${'x'.repeat(1_000)}\n\n`);
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start: (controller) => {
      timer = setInterval(() => controller.enqueue(event), 10);
    },
    cancel: () => clearInterval(timer),
  });
}

await run(JSON.parse(process.argv[2] ?? '') as ChildOrder);
