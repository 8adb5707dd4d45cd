import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { HandDeed } from '../../sim/world.js';
import { describeWithTool } from '../support/debian-tool.js';
import { EmulatedUno } from '../support/emulated-uno-process.js';
import { readTrace, traceWords } from '../support/network-trace.js';

const root = join(import.meta.dirname, '../../..');
const program = join(root, 'dist/bin/latchkey.cjs');
const hex = join(root, 'hal/image/latchkey.hex');

/** The story takes about a minute. */
const TIMEOUT_MS = 120_000;

/** Of everything that the stories tell what fits into a minute: who would tell somebody of it tells it here, too. */
const story = `story: A minute at the door
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner, Carla: courier, Mallory: worker }
  visits:
    parcel: { visitor: Carla, for: delivery, from: 10:00, until: 14:00 }
    letter: { visitor: Carla, for: delivery, from: 10:00, until: 14:00 }
    letter later: { visitor: Carla, for: delivery, from: 12:00, until: 15:00, announced: later, replaces: letter }
steps:
  - after: 1 s
    do: Mallory asks to enter
    visit: parcel
  - expect: anything refused
    within: 2 s
  - do: Carla arrives
    visit: parcel
  - after: 1 s
    do: Carla rings
    visit: parcel
  - do: Olga announces the visit
    visit: letter later
  - after: 15 s
    do: Carla asks to enter
    visit: parcel
  - expect: bolt retracted
    within: 8 s
  - do: Carla opens the door
  - after: 1 s
    do: Carla closes the door
  - expect: bolt extended
    within: 8 s
  - do: Carla says it is delivered
    visit: parcel
  - do: Carla says goodbye
    visit: parcel
  - expect: outcome completed
    within: 2 s
  - do: Olga revokes the visit
    visit: letter later
  - do: Olga switches to lock down mode
  - do: Olga switches to normal mode
  - do: Olga unlocks with the app
  - expect: bolt retracted
    within: 5 s
  - do: Olga asks to lock
  - expect: bolt extended
    within: 8 s
lasts: 55 s
`;

const hands: Readonly<Record<string, HandDeed>> = {
  '▶ Carla opens the door': { kind: 'openDoor' },
  '▶ Carla closes the door': { kind: 'closeDoor' },
};

/** Somebody on this machine who is reached by network, and keeps what reaches them. */
class Receiver {
  readonly received: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      this.received.push(body);
      response.writeHead(204).end();
    });
  });

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/**
 * What the shipped program sends, to whom, as the system sees it: each call by which a process can name somebody to send
 * to. The whole set of stories would take a rig a week; what it tells whom is held by L3 in each of them.
 */
describeWithTool('strace', 'strace and socat', 'the traffic of latchkey', () => {
  let folder: string;
  let trace: string;
  let enrolled: Receiver;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-capture-'));
    trace = join(folder, 'trace');
    enrolled = await new Receiver().listen();
  });

  afterEach(() => {
    enrolled.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs it under capture to its end, and returns what it showed; each line is told. */
  async function capture(command: readonly string[], onLine: (line: string) => void): Promise<string> {
    const [tracer = '', ...words] = [...traceWords(trace), ...command];
    const child = spawn(tracer, words, {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Calls that io_uring makes are not seen.
      env: { ...process.env, UV_USE_IO_URING: '0' },
    });
    let shown = '';
    const keep = (line: string): void => {
      shown += `${line}\n`;
      onLine(line);
    };
    createInterface({ input: child.stdout }).on('line', keep);
    createInterface({ input: child.stderr }).on('line', keep);
    await once(child, 'close');
    return shown;
  }

  it('on a rig goes to the enrolled receiver, and to nobody else', async function () {
    this.timeout(TIMEOUT_MS);
    const data = enrol(folder, enrolled);
    const file = join(folder, 'story.yaml');
    writeFileSync(file, story);
    const uno = await EmulatedUno.start({ hex });
    try {
      const rig = ['rig', '--board', 'arduino-uno', '--port', uno.port, '--data', data, '--yes', file];
      const shown = await capture([process.execPath, program, ...rig], (line) => {
        const deed = hands[line.trim()];
        if (deed !== undefined) uno.hand(deed);
      });
      // How the story ends is for other tests: under capture a busy machine may lose the board for a moment.
      expect(shown).to.contain('on Arduino Uno R3');
    } finally {
      await uno.stop();
    }
    const { sentTo, listensAt, localSockets } = readTrace(trace);
    expect(sentTo).to.deep.equal([enrolled.address]);
    expect(listensAt).to.deep.equal([]);
    expect(localSockets.filter((path) => !path.startsWith(data))).to.deep.equal([]);
    expect(enrolled.received.join('\n')).to.contain('"visitEnded"');
  });

  it('is seen wherever it goes', async () => {
    const stranger = await new Receiver().listen();
    try {
      const mischief = `
        const [host, port] = '${stranger.address}'.split(':');
        require('node:net').connect(Number(port), host).end('x');
        const socket = require('node:dgram').createSocket('udp4');
        socket.send('x', 9, '127.0.0.2', () => socket.close());
      `;
      await capture([process.execPath, '--eval', mischief], () => undefined);
      const { sentTo, listensAt } = readTrace(trace);
      expect(sentTo).to.have.members([stranger.address, '127.0.0.2:9']);
      expect(listensAt).to.deep.equal(['0.0.0.0:0']);
    } finally {
      stranger.close();
    }
  });
});

/** A data folder whose owner is told by webhook. */
function enrol(folder: string, { address }: Receiver): string {
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, 'secret'), `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
  const plan = `owner: { webhook: { url: 'http://${address}/', secretFile: secret } }\n`;
  writeFileSync(join(data, 'notices.yaml'), plan, { mode: 0o600 });
  return data;
}
