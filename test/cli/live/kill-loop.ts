import { expect } from 'chai';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { EncodedRecords } from '../../../firmware/journal/encoded-records.js';
import type { JournalRecord } from '../../../firmware/journal/records.js';
import { FileStore } from '../../../hal/adapters/files/file-store.js';
import { Draws } from '../../../sim/random.js';
import { LiveProcess } from '../../../bench/interface/live-process.js';

/** Some kills come while the lock boots; chosen to be about as long as that takes. */
const BOOT_MS = 400;

/** The others come within this after one of the first acknowledgements: every stage of a record's way lies in it. */
const RUN_MS = 15;
const FIRST_RECORDS = 8;

/** At a time, so that kills meet records at every stage of their way to the disk. */
const CLIENTS = 3;

/** One in so many kills comes while the lock boots. */
const BOOT_KILLS = 8;

const unlimited = { perS: 1e6, burst: 1e6 };

interface Acknowledged {
  readonly visitId: string;
  readonly number: number;
}

export interface KillLoopResult {
  readonly kills: number;
  readonly acknowledged: number;
  readonly records: number;
}

/**
 * Kills a live lock again and again, at moments drawn by chance, while clients have it record things, and looks after
 * each kill whether the journal holds whatever was acknowledged. Throws at the first record lost.
 */
export class KillLoop {
  private readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-kill-'));
  private readonly data = join(this.folder, 'data');
  private readonly draws: Draws;
  private readonly acknowledged: Acknowledged[] = [];
  private asked = 0;
  private onAcknowledged: (count: number) => void = () => undefined;

  constructor(seed: number) {
    this.draws = new Draws(seed, 'kills');
  }

  async run(kills: number): Promise<KillLoopResult> {
    let records: readonly JournalRecord[] = [];
    try {
      for (let kill = 0; kill < kills; kill += 1) {
        const before = this.acknowledged.length;
        await this.liveAndDie(kill);
        records = await this.journal();
        check(records, this.acknowledged.slice(before));
      }
      check(records, this.acknowledged);
      return { kills, acknowledged: this.acknowledged.length, records: records.at(-1)?.number ?? 0 };
    } finally {
      rmSync(this.folder, { recursive: true });
    }
  }

  private async liveAndDie(kill: number): Promise<void> {
    const lock = new LiveProcess({ data: this.data, limits: { perPeer: unlimited, overall: unlimited }, tls: null });
    if (kill % BOOT_KILLS === BOOT_KILLS - 1) {
      await pause(this.draws.below(BOOT_MS, kill));
      await lock.kill();
      return;
    }
    expect(await lock.ready, `start ${kill}`).to.not.equal(false);
    const target = this.acknowledged.length + 1 + this.draws.below(FIRST_RECORDS, 2 * kill);
    const reached = new Promise<void>((resolve) => {
      this.onAcknowledged = (count) => {
        if (count >= target) resolve();
      };
    });
    const clients = Array.from({ length: CLIENTS }, () => this.askWhileItLives());
    await reached;
    await pause(this.draws.below(RUN_MS, 2 * kill + 1));
    await lock.kill();
    await Promise.all(clients);
  }

  /** One record after the other, each as soon as the one before is acknowledged. */
  private async askWhileItLives(): Promise<void> {
    for (;;) {
      this.asked += 1;
      const visitId = `k${this.asked}`;
      const answer = await post(join(this.data, 'door.sock'), `/record/${visitId}`);
      if (answer === null) return;
      expect(answer.visitId).to.equal(visitId);
      this.acknowledged.push(answer);
      this.onAcknowledged(this.acknowledged.length);
    }
  }

  /** Of a copy, as reading mends a torn tail. */
  private async journal(): Promise<readonly JournalRecord[]> {
    const copy = join(this.folder, 'copy');
    // Killed before it had begun.
    if (!existsSync(join(this.data, 'journal'))) return [];
    copyFileSync(join(this.data, 'journal'), copy);
    const store = new FileStore(copy);
    const records = new EncodedRecords(store).load();
    await store.close();
    return records;
  }
}

/** Each is there, unless its segment was dropped; and what is there has no gap. */
function check(records: readonly JournalRecord[], acknowledged: readonly Acknowledged[]): void {
  const first = records[0]?.number ?? 1;
  records.forEach(({ number }, place) => expect(number, 'the number of a record').to.equal(first + place));
  for (const { visitId, number } of acknowledged) {
    if (number < first) continue;
    const event = records[number - first]?.event;
    const holds = event?.kind === 'requestRefused' && event.visitId === visitId;
    if (!holds) throw new Error(`record ${number} of ${visitId} was acknowledged and is lost`);
  }
}

/** `null` if the lock was gone before it had answered. */
async function post(socketPath: string, path: string): Promise<Acknowledged | null> {
  try {
    return await new Promise((resolve, reject) => {
      const asking = request({ socketPath, path, method: 'POST', agent: false }, (response) => {
        if (response.statusCode === 200) json(response).then((answer) => resolve(answer as Acknowledged), reject);
        else reject(new Error(`status ${response.statusCode}`));
      });
      asking.once('error', reject);
      asking.end();
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNRESET' || code === 'ECONNREFUSED' || code === 'EPIPE' || code === 'ENOENT') return null;
    throw error;
  }
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });
}
