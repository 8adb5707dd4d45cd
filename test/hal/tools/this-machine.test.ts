import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { thisMachine } from '../../../hal/tools/this-machine.js';

/** What is dead may stay in the list until somebody takes note of it. */
function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('the computer that the tools run on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-machine-'));
  const path = process.env['PATH'] ?? '';
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('finds programs on PATH: the first that can be run', async () => {
    const [first, second, third] = ['first', 'second', 'third'].map((name) => {
      const place = join(folder, name);
      mkdirSync(place);
      return place;
    }) as [string, string, string];
    mkdirSync(join(first, 'tool'));
    writeFileSync(join(second, 'tool'), '', { mode: 0o644 });
    writeFileSync(join(third, 'tool'), '', { mode: 0o755 });
    process.env['PATH'] = ['', first, second, third].join(delimiter);
    expect(await thisMachine.findProgram('tool')).to.equal(join(third, 'tool'));
    expect(await thisMachine.findProgram('no-such-tool')).to.equal(null);
  });

  it('runs programs without a shell, and hears both of their outputs in plain English', async () => {
    let output = '';
    const script = 'echo "$1 $LC_ALL"; echo problem >&2; exit 3';
    const ended = await thisMachine.run('/bin/sh', ['-c', script, 'sh', '$(echo no) ; *'], {
      timeoutMs: 20_000,
      onOutput: (text) => {
        output += text;
      },
    });
    expect(ended).to.deep.equal({ exitCode: 3, signal: null, because: 'itself' });
    expect(output.split('\n').toSorted()).to.deep.equal(['', '$(echo no) ; * C', 'problem']);
  });

  it('tells a program that was killed by somebody else', async () => {
    const ended = await thisMachine.run('/bin/sh', ['-c', 'kill -9 $$'], { timeoutMs: 20_000 });
    expect(ended).to.deep.equal({ exitCode: null, signal: 'SIGKILL', because: 'itself' });
  });

  it('ends at once what is aborted already', async () => {
    const ended = await thisMachine.run('sleep', ['20'], { timeoutMs: 20_000, signal: AbortSignal.abort() });
    expect(ended).to.deep.equal({ exitCode: null, signal: 'SIGINT', because: 'aborted' });
  });

  it('leaves nothing running when the process exits', async () => {
    const module = pathToFileURL(join(import.meta.dirname, '../../../hal/tools/this-machine.js')).href;
    const script = `
      import { thisMachine } from '${module}';
      const onOutput = (text) => process.stdout.write(text, () => process.exit());
      await thisMachine.run('/bin/sh', ['-c', 'echo $$; exec sleep 60'], { timeoutMs: 60_000, onOutput });`;
    const pid = Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }));
    expect(pid).to.be.above(1);
    while (isAlive(pid)) await pass(20);
  });

  it('rejects what cannot be run', async () => {
    const error = await thisMachine.run(join(folder, 'nothing'), [], { timeoutMs: 1 }).catch(String);
    expect(error).to.include('ENOENT');
  });

  it('looks at device files', async () => {
    expect(await thisMachine.deviceFile('/dev/null')).to.deep.equal({
      isCharacterDevice: true,
      mayUse: true,
      group: 'root',
      groupMayUse: true,
    });
    const file = join(folder, 'file');
    writeFileSync(file, '', { mode: 0o600 });
    expect(await thisMachine.deviceFile(file)).to.include({ isCharacterDevice: false, groupMayUse: false });
    expect(await thisMachine.deviceFile(join(folder, 'nothing'))).to.equal(null);
  });

  it('knows the groups of its user', async () => {
    const { isRoot, groups } = await thisMachine.user();
    expect(isRoot).to.equal(process.getuid?.() === 0);
    if (isRoot) expect(groups).to.include('root');
  });

  it('lists ports without failing, with or without udevadm', async () => {
    for (const places of [path, folder]) {
      process.env['PATH'] = places;
      for (const port of await thisMachine.serialPorts()) expect(port.path).to.match(/^\/dev\//);
    }
  });

  it('finds who holds a file, by any of its names', async () => {
    const file = join(folder, 'held');
    const link = join(folder, 'link');
    writeFileSync(file, '');
    symlinkSync(file, link);
    expect(await thisMachine.holders(link)).to.deep.equal([]);
    const descriptor = openSync(file, 'r');
    const holder = spawn(
      '/bin/sh',
      ['-c', 'echo; read -r line; : a long command line that has to be cut off somewhere'],
      {
        stdio: ['pipe', 'pipe', 'ignore', descriptor],
      },
    );
    closeSync(descriptor);
    try {
      await new Promise((resolve) => holder.stdout?.once('data', resolve));
      const [found, ...others] = await thisMachine.holders(link);
      expect(others).to.deep.equal([]);
      expect(found?.pid).to.equal(holder.pid);
      expect(found?.command)
        .to.match(/^\/bin\/sh -c echo.*…$/)
        .and.have.lengthOf(70);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  it('says why a port does not open', async () => {
    expect(await thisMachine.tryOpen(join(folder, 'nothing'))).to.match(/No such file or directory/);
    expect(await thisMachine.tryOpen('/dev/null')).to.match(/Inappropriate ioctl/);
  });
});
