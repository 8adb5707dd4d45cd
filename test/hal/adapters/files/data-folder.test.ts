import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, DataFolderError, unusable } from '../../../../hal/adapters/files/data-folder.js';

const module = join(import.meta.dirname, '../../../../hal/adapters/files/data-folder.js');

/** Opens the folder in a process of its own, says so, and stays. */
const holding = (path: string): string =>
  `import { DataFolder } from ${JSON.stringify(module)};
   new DataFolder(${JSON.stringify(path)});
   console.log('open');
   setInterval(() => {}, 1000);`;

describe('data folder', () => {
  let outer: string;
  let path: string;

  beforeEach(() => {
    outer = mkdtempSync(join(tmpdir(), 'latchkey-data-'));
    path = join(outer, 'deep/door');
  });

  afterEach(() => rmSync(outer, { recursive: true }));

  function problemOf(where: string): string {
    try {
      new DataFolder(where).close();
    } catch (error) {
      if (error instanceof DataFolderError) return error.message.replaceAll(outer, '');
      throw error;
    }
    return 'none';
  }

  it('is made for its owner only, and given back', () => {
    const folder = new DataFolder(path);
    expect(statSync(path).mode & 0o777).to.equal(0o700);
    expect(statSync(folder.folder('footage')).mode & 0o777).to.equal(0o700);
    expect(statSync(folder.file('writer.lock')).mode & 0o777).to.equal(0o600);
    folder.close();
    expect(readdirSync(path)).to.deep.equal(['footage']);
  });

  it('takes one writer at a time', () => {
    const first = new DataFolder(path);
    expect(problemOf(path)).to.equal(
      `/deep/door: in use by process ${process.pid}: stop that, or name another folder with --data`,
    );
    first.close();
    expect(problemOf(path)).to.equal('none');
  });

  it('is held by a process that lives, and free once that was killed', async () => {
    const holder = spawn(process.execPath, ['--input-type=module', '-e', holding(path)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(problemOf(path)).to.contain(`in use by process ${holder.pid}`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(existsSync(join(path, 'writer.lock'))).to.equal(true);
    expect(problemOf(path)).to.equal('none');
    expect(readdirSync(path)).to.deep.equal([]);
  });

  it('is free where the number of a dead writer belongs to another process now', () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeFileSync(join(path, 'writer.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another boot 1' }));
    expect(problemOf(path)).to.equal('none');
  });

  it('is free where the lock file is none', () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    for (const rubbish of ['', '{', '{}', '{"pid":0,"startedAt":""}', '"x"']) {
      writeFileSync(join(path, 'writer.lock'), rubbish);
      expect(problemOf(path), rubbish).to.equal('none');
    }
  });

  it('is refused where others can look in', () => {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o750);
    expect(problemOf(path)).to.equal('/deep/door: is open to other users; close it: chmod 700 /deep/door');
  });

  it('closes what was put there by hand, and follows no link', () => {
    mkdirSync(join(path, 'footage'), { recursive: true, mode: 0o755 });
    chmodSync(path, 0o700);
    writeFileSync(join(path, 'notices.yaml'), '', { mode: 0o644 });
    writeFileSync(join(path, 'run.sh'), '', { mode: 0o755 });
    writeFileSync(join(outer, 'elsewhere'), '', { mode: 0o644 });
    symlinkSync(join(outer, 'elsewhere'), join(path, 'link'));
    symlinkSync(join(outer, 'nowhere'), join(path, 'dangling'));
    expect(problemOf(path)).to.equal('none');
    const modeOf = (file: string): number => statSync(file).mode & 0o777;
    expect(modeOf(join(path, 'footage'))).to.equal(0o700);
    expect(modeOf(join(path, 'notices.yaml'))).to.equal(0o600);
    expect(modeOf(join(path, 'run.sh'))).to.equal(0o700);
    expect(modeOf(join(outer, 'elsewhere'))).to.equal(0o644);
  });

  it('is refused where a file stands in its place, or on the way', () => {
    writeFileSync(join(outer, 'file'), '');
    expect(problemOf(join(outer, 'file'))).to.equal('/file: is no folder; name another with --data');
    expect(problemOf(join(outer, 'file/below'))).to.match(
      /^\/file\/below: cannot be used: .*; name another folder with --data$/,
    );
  });

  it('is refused where nothing can be written', () => {
    // Not even root makes a folder there.
    expect(problemOf('/proc/latchkey')).to.match(
      /^\/proc\/latchkey: cannot be used: .*; name another folder with --data$/,
    );
  });

  it('asks for room on a full disk, not for another folder: that would know of no revocation', () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    expect(unusable('/door', full).message).to.equal('/door: cannot be used: the disk is full; make room on it');
  });

  it('goes to one of many that start at once', async () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeFileSync(join(path, 'writer.lock'), '{"pid":4194304,"startedAt":""}');
    const tries = Array.from({ length: 4 }, () => spawnOpen(path));
    const answers = await Promise.all(tries);
    expect(answers.toSorted()).to.deep.equal(['open', 'refused', 'refused', 'refused']);
  });
});

/** Whether a process of its own could open the folder; it stays until all have tried. */
async function spawnOpen(path: string): Promise<string> {
  const script = `import { DataFolder } from ${JSON.stringify(module)};
    try { new DataFolder(${JSON.stringify(path)}); console.log('open'); } catch { console.log('refused'); }
    setTimeout(() => {}, 1500);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [word] = (await once(child.stdout, 'data')) as [Buffer];
  await once(child, 'exit');
  return word.toString().trim();
}
