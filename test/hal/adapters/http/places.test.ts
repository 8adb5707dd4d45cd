import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ConnectionOptions } from 'node:tls';
import { connect } from 'node:tls';
import type { Place } from '../../../../hal/adapters/http/front-messages.js';
import { LIMITS } from '../../../../hal/adapters/http/limits.js';
import { readTlsIdentity } from '../../../../hal/adapters/http/tls-files.js';
import { RawClient, get } from './raw-client.js';
import { ServerBench } from './server-bench.js';
import { testCertificate, testKey } from '../../../../bench/interface/tls-pair.js';

const fine = (): Response => new Response('fine');

describe('the places of a door server', () => {
  let bench: ServerBench;

  beforeEach(() => {
    bench = new ServerBench();
  });

  afterEach(() => bench.clear());

  async function problemOf(work: () => unknown): Promise<string> {
    try {
      await work();
    } catch (error) {
      const { name, message } = error as Error;
      if (name === 'ServerError') return message.replaceAll(bench.folder, '');
      throw error;
    }
    return 'none';
  }

  const socketProblem = (path = bench.path): Promise<string> =>
    problemOf(() => bench.serve(fine, {}, { kind: 'socket', path }));

  describe('Unix socket', () => {
    it('takes the place of one whose process was killed', async () => {
      const path = JSON.stringify(bench.path);
      const program = `require('net').createServer().listen(${path}, () => console.log('open'))`;
      const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(holder.stdout, 'data');
      const problem = await socketProblem();
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      expect(problem).to.equal(
        '/door.sock: another process answers there; stop that, or name another folder with --data',
      );
      expect(existsSync(bench.path)).to.equal(true);
      expect(await socketProblem()).to.equal('none');
      const client = new RawClient(bench.path).write(get('/'));
      await client.until('fine');
      client.leave();
    });

    it('follows no link and removes no file', async () => {
      const target = join(bench.folder, 'target');
      writeFileSync(target, 'precious');
      symlinkSync(target, bench.path);
      expect(await socketProblem()).to.equal('/door.sock: is there already and no socket; move it away');
      expect(readFileSync(target, 'utf8')).to.equal('precious');
      expect(await socketProblem(target)).to.equal('/target: is there already and no socket; move it away');
      symlinkSync(join(bench.folder, 'nowhere'), join(bench.folder, 'dangling'));
      expect(await socketProblem(join(bench.folder, 'dangling'))).to.contain('is there already and no socket');
    });

    it('is for its owner alone', async () => {
      chmodSync(bench.folder, 0o750);
      expect(await socketProblem()).to.equal(': is open to other users; close it: chmod 700 ');
      chmodSync(bench.folder, 0o700);
      expect(await socketProblem()).to.equal('none');
    });

    it('needs a short path', async () => {
      const deep = join(bench.folder, 'x'.repeat(100));
      mkdirSync(deep, { mode: 0o700 });
      expect(await socketProblem(join(deep, 'door.sock'))).to.match(
        /is too long for a socket; name a folder with a shorter path: --data$/,
      );
    });
  });

  describe('TLS', () => {
    const identity = { key: testKey, certificate: testCertificate };
    const tls = (port = 0): Place => ({ kind: 'tls', host: '127.0.0.1', port, identity });

    async function ask(port: number | null, options: ConnectionOptions = {}): Promise<string> {
      const asking = request({
        host: '127.0.0.1',
        port: port ?? 0,
        servername: 'localhost',
        ca: testCertificate,
        agent: false,
        ...options,
      });
      const answered = once(asking, 'response');
      asking.end();
      const [response] = (await answered) as [NodeJS.ReadableStream];
      return text(response);
    }

    it('is spoken, from 1.2 on', async () => {
      const { port } = await bench.serve(fine, {}, tls());
      expect(await ask(port)).to.equal('fine');
      expect(await ask(port, { maxVersion: 'TLSv1.2' })).to.equal('fine');
      const old = connect({
        host: '127.0.0.1',
        port: port ?? 0,
        ca: testCertificate,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      const [error] = (await once(old, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).to.match(/ALERT_PROTOCOL_VERSION/);
    });

    it('cuts off who talks plainly, or not at all', async () => {
      const { port } = await bench.serve(fine, { headersMs: 200 }, tls());
      const sockets = [1, 2].map(() => createConnection({ host: '127.0.0.1', port: port ?? 0 }));
      const closed = sockets.map((socket) => once(socket.on('error', () => undefined).resume(), 'close'));
      sockets[0]?.write(get('/'));
      await Promise.all(closed);
      expect(await ask(port)).to.equal('fine');
    });

    it('is limited for each address', async () => {
      const { port } = await bench.serve(fine, { ...LIMITS, connectionsPerPeer: 1 }, tls());
      const first = createConnection({ host: '127.0.0.1', port: port ?? 0 });
      await once(first, 'connect');
      const second = createConnection({ host: '127.0.0.1', port: port ?? 0 });
      second.on('error', () => undefined).resume();
      await once(second, 'close');
      const neighbour = createConnection({ host: '127.0.0.1', port: port ?? 0, localAddress: '127.0.0.2' });
      await once(neighbour, 'connect');
      expect(await ask(port, { localAddress: '127.0.0.3' } as ConnectionOptions)).to.equal('fine');
      first.destroy();
      neighbour.destroy();
    });

    it('says that the port is taken', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      expect(await problemOf(() => bench.serve(fine, {}, tls(port)))).to.equal(
        `127.0.0.1:${port}: cannot be listened at: EADDRINUSE; another program listens there; name another port with --listen`,
      );
      other.close();
      await once(other, 'close');
    });

    it('wants a key of its owner alone, and the certificate that belongs to it', async () => {
      const write = (name: string, content: string, mode: number): string => {
        const file = join(bench.folder, name);
        writeFileSync(file, content, { mode });
        return file;
      };
      const key = write('key.pem', testKey, 0o600);
      const certificate = write('certificate.pem', testCertificate, 0o644);
      const other = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguuiQ1j6WzUl/Wvi/
NcD07kMKMtzRERbTsNtc3kCfHC2hRANCAATzLvnfDFjuGsvIyrXX+Mj7tW6nunl0
+IsviVrWXOIFrhrFVboPJVJ44NmVBBJDwu+nJkN/LSkVmZWfxwQh8L2l
-----END PRIVATE KEY-----
`;
      const problem = (keyFile: string, certificateFile: string): Promise<string> =>
        problemOf(() => readTlsIdentity(keyFile, certificateFile));
      expect(readTlsIdentity(key, certificate)).to.deep.equal(identity);
      expect(await problem(write('open.pem', testKey, 0o640), certificate)).to.equal(
        '/open.pem: the private key is open to other users; close it: chmod 600 /open.pem',
      );
      expect(await problem(join(bench.folder, 'none.pem'), certificate)).to.equal(
        '/none.pem: the private key cannot be read: ENOENT; name another file',
      );
      expect(await problem(write('text.pem', 'text', 0o600), certificate)).to.equal(
        '/text.pem: is not a private key in PEM, without a passphrase',
      );
      expect(await problem(key, key)).to.equal('/key.pem: is not a certificate in PEM');
      expect(await problem(write('other.pem', other, 0o600), certificate)).to.equal(
        '/certificate.pem: is not the certificate of /other.pem; name two that belong together',
      );
    });
  });
});
