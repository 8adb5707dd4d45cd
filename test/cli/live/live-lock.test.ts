import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveScene } from '../../../cli/live/live-lock.js';
import { LiveLock } from '../../../cli/live/live-lock.js';
import type { JournalEvent, JournalRecord } from '../../../firmware/journal/records.js';
import { EncodedRecords } from '../../../firmware/journal/encoded-records.js';
import { DataFolder } from '../../../hal/adapters/files/data-folder.js';
import { FileStore } from '../../../hal/adapters/files/file-store.js';
import type { LockReport } from '../../../hal/contracts/report.js';
import type { Drive } from '../../../sim/observation.js';

const scene: LiveScene = {
  lock: 'sturdy',
  door: 'aligned',
  board: 'sim',
  doorId: 'front-door',
  timeZone: 'UTC',
  residents: [{ id: 'owner', role: 'owner' }],
};

describe('a live lock', () => {
  let outer: string;
  let folder: DataFolder;
  let lock: LiveLock;
  let troubles: string[];
  let isSeen: () => void;
  let drive: Drive;
  let beganUtcMs: number;

  beforeEach(() => {
    outer = mkdtempSync(join(tmpdir(), 'latchkey-live-'));
    folder = new DataFolder(join(outer, 'data'));
    troubles = [];
    isSeen = () => undefined;
    drive = 'off';
    beganUtcMs = Date.now();
    lock = open();
  });

  afterEach(async () => {
    await lock.close();
    folder.close();
    rmSync(outer, { recursive: true });
    expect(troubles).to.deep.equal([]);
  });

  function open(): LiveLock {
    const look = (): void => isSeen();
    const motor = (_nowMs: number, driven: Drive): void => {
      drive = driven;
    };
    const observers = [{ report: look, record: look, host: look, motor }];
    return new LiveLock({ folder, scene, observers, onTrouble: (trouble) => troubles.push(trouble) });
  }

  /** Real time goes on until the lock reports so. */
  function until(isSo: (report: LockReport) => boolean): Promise<void> {
    return new Promise((resolve) => {
      isSeen = () => {
        const { report } = lock.status();
        if (report !== null && isSo(report)) resolve();
      };
      isSeen();
    });
  }

  async function journal(): Promise<readonly JournalRecord[]> {
    const store = new FileStore(folder.file('journal'));
    const records = new EncodedRecords(store).load();
    await store.close();
    return records;
  }

  async function eventsOf(kind: JournalEvent['kind']): Promise<number> {
    return (await journal()).filter(({ event }) => event.kind === kind).length;
  }

  it('opens and closes in real time, and has it all in its journal', async () => {
    await until(({ position }) => position === 'locked');
    expect(lock.hand({ kind: 'openDoor' }, 'Olga opens the door')).to.equal('the bolt holds the door');
    expect(lock.request({ kind: 'unlock', personId: 'owner', by: 'app' }, 'network')).to.equal(true);
    await until(({ position, activity }) => position === 'unlocked' && activity === 'idle');
    expect(lock.hand({ kind: 'openDoor' }, 'Olga opens the door')).to.equal(null);
    await until(({ door }) => door === 'open');
    expect(await lock.synced()).to.equal(null);
    await lock.close();
    expect(await eventsOf('driveEnded')).to.equal(1);
    expect(await eventsOf('doorMoved')).to.equal(1);
  });

  it('goes on where its journal ends, with the calendar of the system', async () => {
    await until(({ position }) => position === 'locked');
    await lock.close();
    const first = await journal();
    lock = open();
    await until(({ position }) => position === 'locked');
    await lock.close();
    const both = await journal();
    expect(both.slice(0, first.length)).to.deep.equal(first);
    expect(both.filter(({ event }) => event.kind === 'booted')).to.have.length(2);
    for (const { utcMs } of both) expect(utcMs).to.be.within(beganUtcMs, Date.now());
  });

  it('writes notices to a file', async () => {
    await until(({ position }) => position === 'locked');
    lock.request({ kind: 'endVisit', personId: 'owner', visitId: 'none' }, 'network');
    lock.request({ kind: 'setMode', personId: 'owner', mode: 'privacy' }, 'network');
    await until(({ mode }) => mode === 'privacy');
    const path = folder.file('notices.jsonl');
    const read = (): string => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return '';
      }
    };
    while (!read().includes('modeChanged')) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(JSON.parse(read().split('\n')[0] ?? '')).to.include({ number: 1, to: 'owner' });
  });

  it('boots again after a crash, and hears nothing of the boot before', async () => {
    await until(({ position }) => position === 'locked');
    lock.request({ kind: 'unlock', personId: 'owner', by: 'app' }, 'network');
    // Its sync is still under way.
    lock.setFault({ component: 'host', kind: 'crashed' }, true);
    expect(lock.request({ kind: 'lock', personId: 'owner' }, 'door')).to.equal(false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    lock.setFault({ component: 'host', kind: 'crashed' }, false);
    const beforeMs = lock.nowMs();
    await new Promise<void>((resolve) => {
      isSeen = () => {
        if (lock.nowMs() > beforeMs + 200 && lock.status().report?.position === 'locked') resolve();
      };
    });
    await lock.close();
    expect(await eventsOf('booted')).to.equal(2);
    const records = await journal();
    records.forEach(({ number }, place) => expect(number).to.equal(place + 1));
  });

  it('stops its motor when it is closed, in the middle of a throw', async () => {
    await until(({ position }) => position === 'locked');
    lock.request({ kind: 'unlock', personId: 'owner', by: 'app' }, 'network');
    await until(({ position }) => position === 'notFullyLocked');
    expect(drive).to.equal('retract');
    await lock.close();
    expect(drive).to.equal('off');
    expect(lock.request({ kind: 'lock', personId: 'owner' }, 'door')).to.equal(false);
  });
});
