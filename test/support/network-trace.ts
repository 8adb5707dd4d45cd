import { readFileSync } from 'node:fs';

/** System calls that name somebody to send to, or let somebody send. */
const CALLS = ['connect', 'sendto', 'sendmsg', 'sendmmsg', 'bind', 'listen'];

/** The words before a command that have strace write its traffic, and that of all its children, to a file. */
export function traceWords(file: string): string[] {
  // No payloads: nothing that is sent can be taken for an address, and no secret gets into the file.
  return [
    'strace',
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-s',
    '0',
    '-e',
    `trace=${CALLS.join()}`,
    '-e',
    'signal=none',
    '-o',
    file,
  ];
}

export interface Traffic {
  /** Other machines, and programs of this one that are reached by network: `address:port`, each once. */
  readonly sentTo: readonly string[];
  /** Where anybody could reach it by network. */
  readonly listensAt: readonly string[];
  /** Sockets in the file system, each once. */
  readonly localSockets: readonly string[];
}

/** What such a file says. Throws on an address of a kind that it does not know: bytes may leave by it. */
export function readTrace(file: string): Traffic {
  const sentTo = new Set<string>();
  const listensAt = new Set<string>();
  const localSockets = new Set<string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    for (const [address] of line.matchAll(/\{sa_family=[^}]*\}/gu)) {
      const local = /^\{sa_family=AF_UNIX, sun_path=@?"([^"]*)"/u.exec(address)?.[1];
      if (local !== undefined) localSockets.add(local);
      else if (!isKernel(address)) (line.includes(' bind(') ? listensAt : sentTo).add(networkAddress(address, file));
    }
  }
  return { sentTo: [...sentTo], listensAt: [...listensAt], localSockets: [...localSockets] };
}

/** The kernel tells over such sockets which interfaces there are; an address that was taken back names nobody. */
function isKernel(address: string): boolean {
  return /^\{sa_family=AF_(NETLINK|UNSPEC)\b/u.test(address);
}

function networkAddress(address: string, file: string): string {
  const port = /sin6?_port=htons\((\d+)\)/u.exec(address)?.[1];
  const host = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/u.exec(address);
  const name = host?.[1] ?? host?.[2];
  if (port === undefined || name === undefined) throw new Error(`${file}: unknown kind of address: ${address}`);
  return `${name}:${port}`;
}
