import { expect } from 'chai';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreDisk } from '../../../../hal/adapters/files/file-store.js';
import { FileStore } from '../../../../hal/adapters/files/file-store.js';
import type { StoreFixture } from '../../contracts/store.suite.js';
import { describeStore } from '../../contracts/store.suite.js';

type Trouble = 'none' | 'full' | 'failing';

/** How long a sync takes, in turns of the event loop: the suite wants to do something meanwhile. */
const SYNC_TURNS = 3;

/** A disk that fails when told to, and that a process loses when it dies. */
class ScriptedDisk {
  trouble: Trouble = 'none';
  /** Which file each descriptor stood for: numbers are used again. */
  private readonly files = new Map<number, number>();
  private isLost = false;
  readonly disk: StoreDisk = {
    writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
      this.files.set(descriptor, fs.fstatSync(descriptor).ino);
      if (this.trouble !== 'none') throw errorOf(this.trouble === 'full' ? 'ENOSPC' : 'EIO');
      // Disks take what they like of a long write.
      return fs.writeSync(descriptor, bytes, offset, Math.min(length, 4_096), position);
    }) as StoreDisk['writeSync'],
    fdatasync: ((_descriptor: number, done: fs.NoParamCallback) => {
      let turnsLeft = SYNC_TURNS;
      const turn = (): void => {
        turnsLeft -= 1;
        if (turnsLeft > 0) setImmediate(turn);
        else if (!this.isLost) done(this.trouble === 'failing' ? errorOf('EIO') : null);
      };
      setImmediate(turn);
    }) as unknown as StoreDisk['fdatasync'],
  };

  /** The process dies: its files are closed, and nobody waits for an answer any more. */
  lose(): void {
    this.isLost = true;
    for (const [descriptor, inode] of this.files) if (inodeOf(descriptor) === inode) fs.closeSync(descriptor);
  }
}

function inodeOf(descriptor: number): number | null {
  try {
    return fs.fstatSync(descriptor).ino;
  } catch {
    return null;
  }
}

function errorOf(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: trouble`), { code });
}

/** A real pause is not needed: nothing here waits for a clock. */
async function turns(durationMs: number): Promise<void> {
  for (let turn = 0; turn < Math.min(durationMs, 40); turn += 1) await new Promise(setImmediate);
}

describe('file store', () => {
  const folders: string[] = [];

  function makeFile(): string {
    const folder = fs.mkdtempSync(join(tmpdir(), 'latchkey-store-'));
    folders.push(folder);
    return join(folder, 'journal');
  }

  after(() => {
    for (const folder of folders) fs.rmSync(folder, { recursive: true });
  });

  describeStore('a file', (): Promise<StoreFixture> => {
    const path = makeFile();
    let scripted = new ScriptedDisk();
    return Promise.resolve({
      store: new FileStore(path, scripted.disk),
      advance: turns,
      // What the process has written stays with the operating system.
      crash: () => {
        scripted.lose();
        scripted = new ScriptedDisk();
        return Promise.resolve(new FileStore(path, scripted.disk));
      },
      setTrouble: (trouble) => {
        scripted.trouble = trouble;
      },
    });
  });

  const answerOf = (begin: (done: (fault: unknown) => void) => void): Promise<unknown> => new Promise(begin);

  it('is for its owner only, and found again', async () => {
    const path = makeFile();
    const store = new FileStore(path);
    expect(fs.statSync(path).mode & 0o777).to.equal(0o600);
    store.append(Buffer.from('one'));
    await store.close();
    const again = new FileStore(path);
    expect(Buffer.from(again.read()).toString()).to.equal('one');
    await again.close();
  });

  it('leaves no drafts, its own or of a process that was killed', async () => {
    const path = makeFile();
    fs.writeFileSync(`${path}.new7`, 'a draft');
    fs.writeFileSync(`${path}.news`, 'somebody else’s');
    const store = new FileStore(path);
    for (const content of ['a', 'b'])
      expect(await answerOf((done) => store.replace(Buffer.from(content), done))).to.equal(null);
    expect(fs.readdirSync(join(path, '..')).toSorted()).to.deep.equal(['journal', 'journal.news']);
    expect(fs.statSync(path).mode & 0o777).to.equal(0o600);
    await store.close();
  });

  it('writes again what a failed sync may have lost', async () => {
    const path = makeFile();
    const scripted = new ScriptedDisk();
    const store = new FileStore(path, scripted.disk);
    store.append(Buffer.from('kept'));
    scripted.trouble = 'failing';
    expect(await answerOf((done) => store.sync(done))).to.not.equal(null);
    fs.writeFileSync(path, '\0\0\0\0');
    scripted.trouble = 'none';
    expect(await answerOf((done) => store.sync(done))).to.equal(null);
    expect(fs.readFileSync(path, 'utf8')).to.equal('kept');
    await store.close();
  });

  it('leaves nothing behind of an append that the disk took in part', async () => {
    const path = makeFile();
    let room = 6;
    const store = new FileStore(path, {
      fdatasync: fs.fdatasync,
      writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
        if (room === 0) throw errorOf('ENOSPC');
        const taken = fs.writeSync(descriptor, bytes, offset, Math.min(length, room), position);
        room -= taken;
        return taken;
      }) as StoreDisk['writeSync'],
    });
    expect(store.append(Buffer.from('kept'))).to.equal(null);
    expect(store.append(Buffer.from('refused'))).to.deep.equal({
      part: 'store',
      detail: `${path}: the disk is full; make room on it`,
    });
    expect(fs.readFileSync(path, 'utf8')).to.equal('kept');
    room = 10;
    expect(store.append(Buffer.from('!'))).to.equal(null);
    await store.close();
    expect(fs.readFileSync(path, 'utf8')).to.equal('kept!');
  });

  it('takes nothing for a replacement that could not be begun, and goes on with the old content', async () => {
    const path = makeFile();
    const scripted = new ScriptedDisk();
    const store = new FileStore(path, scripted.disk);
    store.append(Buffer.from('old'));
    scripted.trouble = 'full';
    const replaced = answerOf((done) => store.replace(Buffer.from('new'), done));
    scripted.trouble = 'none';
    expect(store.append(Buffer.from(', lost'))).to.deep.equal({
      part: 'store',
      detail: `${path}: the disk is full; make room on it`,
    });
    expect(await answerOf((done) => store.sync(done))).to.not.equal(null);
    expect(await replaced).to.not.equal(null);
    expect(store.append(Buffer.from(', again'))).to.equal(null);
    expect(await answerOf((done) => store.sync(done))).to.equal(null);
    expect(fs.readFileSync(path, 'utf8')).to.equal('old, again');
    await store.close();
  });

  it('takes nothing any more once it is closed, and says so', async () => {
    const path = makeFile();
    const store = new FileStore(path);
    store.append(Buffer.from('kept'));
    const closing = store.close();
    const closed = { part: 'store', detail: 'the store is closed' };
    expect(store.append(Buffer.from('late'))).to.deep.equal(closed);
    await closing;
    expect(await answerOf((done) => store.sync(done))).to.deep.equal(closed);
    expect(await answerOf((done) => store.replace(Buffer.from('late'), done))).to.deep.equal(closed);
    expect(fs.readFileSync(path, 'utf8')).to.equal('kept');
  });

  it('lets a second replacement stand where the first failed', async () => {
    const path = makeFile();
    const scripted = new ScriptedDisk();
    const store = new FileStore(path, scripted.disk);
    const answers: unknown[] = [];
    store.replace(Buffer.from('first'), (fault) => answers.push(fault));
    store.replace(Buffer.from('second'), (fault) => answers.push(fault));
    scripted.trouble = 'failing';
    while (answers.length < 1) await turns(1);
    scripted.trouble = 'none';
    while (answers.length < 2) await turns(1);
    expect(answers[0]).to.not.equal(null);
    expect(answers[1]).to.equal(null);
    expect(fs.readFileSync(path, 'utf8')).to.equal('second');
    await store.close();
  });
});
