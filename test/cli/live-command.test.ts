import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { testCertificate, testKey } from '../../bench/interface/tls-pair.js';

const program = join(import.meta.dirname, '../../bin/latchkey.cjs');
const shipped = join(import.meta.dirname, '../../../scenarios');

interface Ready {
  readonly socket: string;
  readonly https: string | null;
}

describe('latchkey sim --live', () => {
  let outer: string;
  let data: string;
  let running: ChildProcess[];

  beforeEach(() => {
    outer = mkdtempSync(join(tmpdir(), 'latchkey-sim-'));
    data = join(outer, 'data');
    running = [];
  });

  afterEach(async () => {
    for (const child of running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(outer, { recursive: true });
  });

  function start(...words: string[]) {
    const child = spawn(process.execPath, [program, 'sim', '--live', '--data', data, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    return child;
  }

  async function startReady(...words: string[]): Promise<{ child: ChildProcess; ready: Ready }> {
    const child = start('--json', ...words);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, ready: JSON.parse(line.toString()) as Ready };
  }

  async function refusal(...words: string[]): Promise<string> {
    const child = start(...words);
    const errors = text(child.stderr);
    const [exitCode] = (await once(child, 'exit')) as [number];
    expect(exitCode).to.equal(2);
    return (await errors).replaceAll(outer, '');
  }

  async function statusOf(socketPath: string): Promise<unknown> {
    const [answer] = (await once(get({ socketPath, path: '/status' }), 'response')) as [IncomingMessage];
    return json(answer);
  }

  it('serves its interface, survives its killing, and ends in good order', async () => {
    const { child, ready } = await startReady();
    expect(ready).to.deep.equal({ socket: join(data, 'door.sock'), https: null });
    expect(await statusOf(ready.socket)).to.be.an('object');
    expect(await refusal()).to.equal(
      `/data: in use by process ${child.pid}: stop that, or name another folder with --data\n`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(ready.socket)).to.equal(true);
    const again = (await startReady()).child;
    expect(await statusOf(ready.socket)).to.be.an('object');
    again.kill('SIGTERM');
    const [, signal] = (await once(again, 'exit')) as [null, string];
    expect(signal).to.equal('SIGTERM');
    expect(existsSync(ready.socket)).to.equal(false);
    expect(existsSync(join(data, 'writer.lock'))).to.equal(false);
    expect(statSync(join(data, 'journal')).mode & 0o777).to.equal(0o600);
  });

  it('serves it over TLS, too, at the door of a story', async () => {
    const key = join(outer, 'key.pem');
    const certificate = join(outer, 'certificate.pem');
    writeFileSync(key, testKey, { mode: 0o600 });
    writeFileSync(certificate, testCertificate);
    const tls = ['--listen', '127.0.0.1:0', '--tls-key', key, '--tls-cert', certificate];
    const { ready } = await startReady(join(shipped, '01-aligned-door.yaml'), ...tls);
    expect(ready.https).to.match(/^https:\/\/127\.0\.0\.1:\d+$/);
    const asking = getSecurely(`${ready.https}/status`, { ca: testCertificate, servername: 'localhost' });
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    expect(await json(answer)).to.be.an('object');
    asking.destroy();
    chmodSync(key, 0o644);
    expect(await refusal(...tls)).to.equal(
      '/key.pem: the private key is open to other users; close it: chmod 600 /key.pem\n',
    );
  });

  it('says what it cannot do', async () => {
    expect(await refusal('--listen', 'localhost')).to.contain('Give host and port');
    expect(await refusal('--listen', '127.0.0.1:8443')).to.contain('go together');
    expect(await refusal('--seed', '7')).to.contain('cannot be used with option');
    expect(await refusal(shipped, shipped)).to.contain('Name one');
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, 'door.sock'), '');
    expect(await refusal()).to.equal('/data/door.sock: is there already and no socket; move it away\n');
  });
});
