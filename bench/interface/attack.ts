/**
 * A process of its own that does to a lock's interface what clients should not: floods, trickles, bodies of a gigabyte,
 * rubbish, thousands of requests in one write, handshakes without end, event streams that nobody reads.
 */
import autocannon from 'autocannon';
import type { Socket } from 'node:net';
import { createConnection } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface AttackOrder {
  readonly socketPath: string;
  readonly tlsPort: number;
  readonly durationMs: number;
}

const REQUEST = 'GET / HTTP/1.1\r\nHost:a\r\n\r\n';
const MANY_REQUESTS = REQUEST.repeat(5_000);
const GIGABYTE_HEAD = 'POST /record/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n';
const MUCH = Buffer.alloc(256 * 1024, 'x');
const DEEP_JSON = '['.repeat(16 * 1024);
const DEEP_BODY = `POST /record/x HTTP/1.1\r\nHost: a\r\nContent-Length: ${DEEP_JSON.length}\r\n\r\n${DEEP_JSON}`;
/** Of each kind: as many as are ever let in at once. */
const CLIENTS = 32;
/** Between two tries of one client. */
const AGAIN_MS = 2;

/** Connects, attacks, and does so again each time it was cut off, until it is over. */
function again(isOver: () => boolean, open: () => Socket, attack: (socket: Socket) => void): void {
  if (isOver()) return;
  const socket = open();
  socket.on('error', () => socket.destroy());
  socket.once('close', () => setTimeout(() => again(isOver, open, attack), AGAIN_MS));
  socket.on('connect', () => attack(socket));
}

function trickle(socket: Socket): void {
  socket.resume().write('GET / HTTP/1.1\r\nHost: a\r\n');
  const timer = setInterval(() => socket.write('X: y\r\n'), 100);
  socket.once('close', () => clearInterval(timer));
}

const attacks: readonly ((socket: Socket) => void)[] = [
  (socket) => void socket.resume().write(MANY_REQUESTS),
  (socket) => {
    socket.resume().write(GIGABYTE_HEAD);
    for (let times = 0; times < 16; times += 1) socket.write(MUCH);
  },
  (socket) => void socket.resume().write(MUCH),
  (socket) => void socket.resume().write(DEEP_BODY),
  (socket) => void socket.pause().write('GET /events HTTP/1.1\r\nHost: a\r\n\r\n'),
  trickle,
];

type Kind = readonly [open: () => Socket, attack: (socket: Socket) => void];

/** Each kind alone, so that it gets at what the others would use up; then all at once. */
async function run({ socketPath, tlsPort, durationMs }: AttackOrder): Promise<void> {
  const plain = (): Socket => createConnection(socketPath);
  const tcp = (): Socket => createConnection({ host: '127.0.0.1', port: tlsPort });
  const kinds: readonly Kind[] = [
    ...attacks.map((attack): Kind => [plain, attack]),
    [tcp, shakeHands],
    [tcp, (socket) => void socket.resume().write(MUCH)],
  ];
  const spanMs = durationMs / (kinds.length + 2);
  await flood(socketPath, spanMs);
  for (const kind of kinds) await press([kind], spanMs);
  await press(kinds, spanMs);
  process.exit();
}

async function press(kinds: readonly Kind[], spanMs: number): Promise<void> {
  const endsAtMs = performance.now() + spanMs;
  const isOver = (): boolean => performance.now() >= endsAtMs;
  for (let client = 0; client < CLIENTS; client += 1) {
    for (const [open, attack] of kinds) again(isOver, open, attack);
  }
  await new Promise((resolve) => {
    setTimeout(resolve, spanMs);
  });
}

/** As quickly as a load generator can. */
async function flood(socketPath: string, spanMs: number): Promise<void> {
  const body = JSON.stringify({ flood: 'x'.repeat(1_000) });
  const duration = spanMs / 1_000;
  await autocannon({ url: 'http://lock/record/flood', socketPath, connections: 16, duration, method: 'POST', body });
}

function shakeHands(socket: Socket): void {
  const secure = connectTls({ socket, rejectUnauthorized: false }, () => secure.destroy());
  secure.on('error', () => secure.destroy());
}

await run(JSON.parse(process.argv[2] ?? '') as AttackOrder);
