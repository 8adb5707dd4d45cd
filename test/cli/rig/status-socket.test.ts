import { expect } from 'chai';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runRigStatus } from '../../../cli/rig-status-command.js';
import type { RigStatus } from '../../../cli/rig/status-socket.js';
import { serveStatus, SOCKET_NAME } from '../../../cli/rig/status-socket.js';
import { unpainted } from '../../../sim/report/tone.js';

const status: RigStatus = {
  board: 'arduino-uno',
  port: '/dev/ttyACM0',
  story: null,
  image: 'Latchkey 1.0',
  boardLink: 'up',
  network: 'down',
  position: 'unknown',
  assumed: 'locked',
  lastResult: 'ok',
  door: 'closed',
  motor: 'off',
  camera: 'unpowered',
  cameraIsSimulated: true,
  alarms: ['DoorAjar'],
  trips: { deadMan: 2, driveLimit: 0, overCurrent: 0, bothDirections: 0 },
  uptimeMs: 61_000,
};

describe('latchkey rig status', () => {
  let states: string;

  beforeEach(() => {
    states = mkdtempSync(join(tmpdir(), 'latchkey-status-'));
  });

  afterEach(() => rmSync(states, { recursive: true }));

  async function ask(options: { board?: string; data?: string; json?: boolean } = {}) {
    let output = '';
    let errors = '';
    const terminal = {
      out: (text: string) => void (output += text),
      error: (text: string) => void (errors += text.replaceAll(states, '')),
      paint: unpainted,
      showsProgress: false,
      nowMs: () => 0,
    };
    const exitCode = await runRigStatus({ json: false, ...options }, { terminal, stateFolder: states });
    return { exitCode, output, errors };
  }

  function folder(name: string): string {
    mkdirSync(join(states, name), { recursive: true });
    return join(states, name);
  }

  it('asks the one that runs, for people and for programs', async () => {
    folder('arduino-nano');
    const path = join(folder('arduino-uno'), SOCKET_NAME);
    writeFileSync(path, 'left by a rig that was killed');
    const server = await serveStatus(path, () => status);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    const { exitCode, output } = await ask();
    expect(exitCode).to.equal(0);
    expect(output).to.match(/^position +unknown, assumed locked\ndoor +closed\n/);
    expect(output).to.match(/\nalarms +DoorAjar\n(.*\n)*trips +dead man 2\n(.*\n)*running for +1 min 1 s\n$/);
    expect(JSON.parse((await ask({ json: true })).output)).to.deep.equal(status);
    expect((await ask({ board: 'arduino-uno' })).exitCode).to.equal(0);
    server.close();
  });

  it('lets go of whoever talks to it and never leaves', async () => {
    const path = join(folder('arduino-uno'), SOCKET_NAME);
    const server = await serveStatus(path, () => status);
    const talker = createConnection({ path, allowHalfOpen: true });
    talker.on('error', () => undefined);
    talker.write('x'.repeat(10_000));
    await once(talker.resume(), 'end');
    const left = await new Promise<number>((resolve) => {
      setImmediate(() => server.getConnections((_error, connections) => resolve(connections)));
    });
    expect(left).to.equal(0);
    talker.destroy();
    server.close();
  });

  it('asks which, where there are several', async () => {
    const servers = await Promise.all(
      ['arduino-nano', 'arduino-uno'].map((name) => serveStatus(join(folder(name), SOCKET_NAME), () => status)),
    );
    const { exitCode, errors } = await ask();
    expect(exitCode).to.equal(2);
    expect(errors).to.equal('latchkey: several rigs run; name one: --board arduino-nano or arduino-uno\n');
    for (const server of servers) server.close();
  });

  it('says that none runs, or that one was killed', async () => {
    expect(await ask()).to.deep.equal({
      exitCode: 2,
      output: '',
      errors: 'latchkey: no rig runs with its data in ; name its folder: --data\n',
    });
    writeFileSync(join(folder('arduino-uno'), SOCKET_NAME), '');
    expect((await ask({ data: join(states, 'arduino-uno') })).errors).to.match(/no rig answers: .*; start one/);
  });

  it('is not taken in by something else behind the socket', async () => {
    for (const [answer, problem] of [
      ['{}\n', 'what answers is no rig of this version'],
      ['x'.repeat(100_000), 'what answers is no rig'],
    ] as const) {
      const path = join(folder(`rig-${answer.length}`), SOCKET_NAME);
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.end(answer);
      }).listen(path);
      expect((await ask({ data: join(path, '..') })).errors).to.contain(problem);
      server.close();
    }
  });

  it('cannot be served where the path is too long', async () => {
    const path = join(folder('x'.repeat(120)), SOCKET_NAME);
    const error = await serveStatus(path, () => status).catch((reason: Error) => reason);
    expect((error as Error).message).to.match(/: is too long for a socket; name a folder with a shorter path: --data$/);
  });
});
