import { expect } from 'chai';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceiveOptions } from '../../cli/notices-receive-command.js';
import { runReceive } from '../../cli/notices-receive-command.js';
import { CapturedTerminal } from './notices/captured-terminal.js';

describe('latchkey notices receive', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-receive-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function secretFile(text: string, mode = 0o600): string {
    const path = join(folder, 'secret');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  async function refused(options: Partial<ReceiveOptions>): Promise<string> {
    const terminal = new CapturedTerminal();
    const exitCode = await runReceive({ listen: { host: '127.0.0.1', port: 0 }, json: false, ...options }, terminal);
    expect(exitCode).to.equal(2);
    expect(terminal.outText).to.equal('');
    return terminal.errorText;
  }

  const SECRET = Buffer.alloc(32, 7).toString('base64');

  it('listens to a network only for a lock that it knows', async () => {
    expect(await refused({ listen: { host: '0.0.0.0', port: 0 } })).to.match(/add --secret-file/u);
  });

  it('wants a secret that is there', async () => {
    const error = await refused({ secretFile: join(folder, 'none') });
    expect(error).to.match(/none: cannot be read: no such file or directory; name another with --secret-file/u);
  });

  it('wants a secret that nobody else can read', async () => {
    expect(await refused({ secretFile: secretFile(SECRET, 0o644) })).to.match(/chmod 600/u);
  });

  it('wants a secret that is one, and does not show it', async () => {
    const error = await refused({ secretFile: secretFile('hunter2') });
    expect(error).to.match(/openssl rand -base64 32/u);
    expect(error).to.not.contain('hunter2');
  });

  it('says where it cannot listen', async () => {
    const error = await refused({ listen: { host: '192.0.2.1', port: 80 }, secretFile: secretFile(SECRET) });
    expect(error).to.match(/--listen 192\.0\.2\.1:80: .*; name another address/u);
  });
});
