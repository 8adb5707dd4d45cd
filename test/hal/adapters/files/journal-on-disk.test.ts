import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJournalVerify } from '../../../../cli/journal-verify-command.js';
import { tellingTrouble } from '../../../../cli/journal-trouble.js';
import { EncodedRecords } from '../../../../firmware/journal/encoded-records.js';
import { Journal } from '../../../../firmware/journal/journal.js';
import { DataFolder, DataFolderError } from '../../../../hal/adapters/files/data-folder.js';
import type { StoreDisk } from '../../../../hal/adapters/files/file-store.js';
import { FileStore } from '../../../../hal/adapters/files/file-store.js';
import { unpainted } from '../../../../sim/report/tone.js';

const module = (path: string): string => JSON.stringify(join(import.meta.dirname, '../../../../', path));

/** The next try of a store that failed is never later. */
const RETRY_MAX_MS = 10_000;

/** A disk with so much room, or one that cannot be written for a reason. */
class SmallDisk {
  roomBytes = Infinity;
  trouble: string | null = null;
  readonly disk: StoreDisk = {
    writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
      const code = this.roomBytes <= 0 ? 'ENOSPC' : this.trouble;
      if (code !== null) throw Object.assign(new Error(code), { code });
      const written = fs.writeSync(descriptor, bytes, offset, Math.min(length, this.roomBytes), position);
      this.roomBytes -= written;
      return written;
    }) as StoreDisk['writeSync'],
    fdatasync: fs.fdatasync,
  };
}

/** A journal as a lock keeps it, in a real folder. */
class DoorJournal {
  readonly small = new SmallDisk();
  readonly folder: DataFolder;
  readonly path: string;
  readonly said: string[] = [];
  isWorking = true;
  private readonly store: FileStore;
  private readonly journal: Journal;
  private nowMs = 0;

  constructor(place: string) {
    this.folder = new DataFolder(place);
    this.path = this.folder.file('journal');
    this.store = new FileStore(this.path, this.small.disk);
    const records = tellingTrouble(new EncodedRecords(this.store), this.path, (trouble) => this.said.push(trouble));
    const clock = { nowMs: () => this.nowMs, alarm: () => ({ set: () => {}, clear: () => {} }) };
    const wallClock = { nowUtcMs: () => null, watch: () => {} };
    this.journal = new Journal(records, clock, wallClock, (working) => (this.isWorking = working));
  }

  /** Something happens; returns once the journal has said whether it is durable. */
  async happen(): Promise<void> {
    this.nowMs += RETRY_MAX_MS;
    if (this.journal.append({ kind: 'doorMoved', closed: true }) !== null) this.isWorking = false;
    this.journal.flush();
    await new Promise<void>((resolve) => this.store.sync(() => resolve()));
  }

  sync(): Promise<void> {
    return new Promise((resolve) => this.journal.sync(() => resolve()));
  }

  async close(): Promise<void> {
    await this.store.close();
    this.folder.close();
  }
}

describe('a journal on a disk', () => {
  let outer: string;
  let door: DoorJournal;

  beforeEach(() => {
    outer = fs.mkdtempSync(join(tmpdir(), 'latchkey-journal-'));
    door = new DoorJournal(join(outer, 'door'));
  });

  afterEach(async () => {
    await door.close();
    fs.rmSync(outer, { recursive: true });
  });

  async function verify(): Promise<string> {
    let text = '';
    const out = (part: string): void => void (text += part);
    const terminal = { out, error: out, paint: unpainted, showsProgress: false, nowMs: () => 0 };
    await runJournalVerify(door.path, { json: false }, { terminal, stateFolder: outer });
    return text;
  }

  it('that is full says so once, with the mend, and goes on once there is room', async () => {
    await door.happen();
    expect(door.isWorking).to.equal(true);
    door.small.roomBytes = 500;
    for (let count = 0; count < 10; count += 1) await door.happen();
    expect(door.isWorking).to.equal(false);
    expect(door.said).to.deep.equal([
      `the journal cannot be kept, and no visitor is let in: ${door.path}: the disk is full; make room on it`,
    ]);
    expect(await verify()).to.contain('whole');
    door.small.roomBytes = Infinity;
    await door.happen();
    await door.happen();
    expect(door.isWorking).to.equal(true);
    expect(await verify())
      .to.contain('whole')
      .and.contain('a snapshot stands for them');
  });

  it('that is full says so once, although what it took before is durable', async () => {
    door.small.roomBytes = 0;
    for (let count = 0; count < 3; count += 1) {
      await door.happen();
      await door.sync();
    }
    expect(door.said).to.have.length(1);
  });

  it('that is damaged says once where, and how to look at it', async () => {
    await door.happen();
    await door.close();
    const bytes = fs.readFileSync(door.path);
    bytes[bytes.length - 10] = (bytes.at(-10) ?? 0) ^ 1;
    fs.writeFileSync(door.path, bytes);
    door = new DoorJournal(join(outer, 'door'));
    for (let count = 0; count < 3; count += 1) await door.happen();
    expect(door.said).to.deep.equal([
      `the journal cannot be kept, and no visitor is let in: ${door.path}:2: its check sum does not fit: ` +
        `the line was altered; latchkey journal verify ${door.path} says more`,
    ]);
  });

  it('that became read-only says so, and goes on once it is mended', async () => {
    await door.happen();
    door.small.trouble = 'EROFS';
    await door.happen();
    expect(door.isWorking).to.equal(false);
    expect(door.said[0]).to.match(/\/door\/journal: the file system is read-only; look after the disk/);
    door.small.trouble = null;
    await door.happen();
    await door.happen();
    expect(door.isWorking).to.equal(true);
  });

  it('that somebody removed is not written on for nobody', async () => {
    await door.happen();
    fs.rmSync(door.path);
    await door.happen();
    expect(door.isWorking).to.equal(false);
    expect(door.said[0]).to.match(
      /\/door\/journal: it is gone, or its folder is; put it back, and start the lock anew$/,
    );
    await door.happen();
    expect(door.isWorking).to.equal(false);
  });

  it('whose folder somebody removed is not written on for nobody', async () => {
    await door.happen();
    fs.rmSync(join(outer, 'door'), { recursive: true });
    await door.happen();
    expect(door.isWorking).to.equal(false);
    expect(door.said[0]).to.contain('it is gone, or its folder is');
  });

  it('has one writer', () => {
    expect(() => new DoorJournal(join(outer, 'door'))).to.throw(
      DataFolderError,
      `/door: in use by process ${process.pid}: stop that, or name another folder with --data`,
    );
  });

  it('cannot be opened where a folder is in its place, or its own folder is missing', () => {
    fs.mkdirSync(join(outer, 'folder'));
    expect(() => new FileStore(join(outer, 'folder'))).to.throw(
      DataFolderError,
      '/folder: cannot be opened: a folder is in its place; take that away',
    );
    expect(() => new FileStore(join(outer, 'missing/journal'))).to.throw(
      DataFolderError,
      '/missing/journal: cannot be opened: it is gone, or its folder is; put it back, and start the lock anew',
    );
  });

  it('cannot be opened without permission, nor its folder used that may not be written', () => {
    const folder = join(outer, 'forbidden');
    fs.mkdirSync(folder, { mode: 0o700 });
    fs.writeFileSync(join(folder, 'journal'), '', { mode: 0o000 });
    fs.mkdirSync(join(outer, 'read-only'), { mode: 0o500 });
    fs.chmodSync(outer, 0o755);
    const script = `import fs from 'node:fs';
      import { FileStore } from ${module('hal/adapters/files/file-store.js')};
      import { DataFolder } from ${module('hal/adapters/files/data-folder.js')};
      const [forbidden, readOnly] = process.argv.slice(1);
      if (process.getuid() === 0) { // root may do everything
        for (const path of [forbidden, forbidden + '/journal', readOnly]) fs.chownSync(path, 65534, 65534);
        process.setuid(65534);
      }
      for (const open of [() => new FileStore(forbidden + '/journal'), () => new DataFolder(readOnly)]) {
        try { open(); console.log('opened'); } catch (error) { console.log(error.name, error.message); }
      }`;
    const args = ['--input-type=module', '-e', script, folder, join(outer, 'read-only')];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(stdout.replaceAll(outer, '')).to.equal(
      'DataFolderError /forbidden/journal: cannot be opened: no permission; give it to the user that runs the lock\n' +
        'DataFolderError /read-only: cannot be used: no permission; name another folder with --data\n',
    );
  });
});
