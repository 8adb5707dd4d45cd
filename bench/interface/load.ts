import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCertificate, testKey } from './tls-pair.js';
import type { AttackOrder } from './attack.js';
import { LiveProcess } from './live-process.js';
import type { Period } from './loop-delays.js';

/** How late something came. */
export interface Delays {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** How late the 10 ms timer of a live lock came. */
export interface TimerDelays {
  readonly timers: number;
  readonly whole: Delays;
  /** Of that, what the lock's thread computed itself. */
  readonly own: Delays;
}

export interface Load {
  /** Nothing else happens, as far as it is up to us. */
  readonly idle: TimerDelays;
  /** The same attack on another lock of the same machine: what the attackers take from this one by their mere presence. */
  readonly besides: TimerDelays;
  readonly attacked: TimerDelays;
  /** What went wrong at the lock that was attacked. */
  readonly troubles: readonly string[];
  /** Whether it answered afterwards. */
  readonly answersAfterwards: boolean;
}

const programOf = (name: string): string => join(import.meta.dirname, name);

/**
 * Attacks a live lock, with the limits that ship, and measures how late the timers of its loop come; in turn with the same
 * attack on its neighbour, and with rest.
 */
export async function measureLoad(rounds: number, roundMs: number): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-load-'));
  const tls = { keyFile: join(folder, 'key.pem'), certificateFile: join(folder, 'certificate.pem') };
  writeFileSync(tls.keyFile, testKey, { mode: 0o600 });
  writeFileSync(tls.certificateFile, testCertificate);
  const [lock, neighbour] = ['lock', 'neighbour'].map((name) => {
    const data = join(folder, name);
    return { data, process: new LiveProcess({ data, limits: {}, tls }) };
  });
  if (lock === undefined || neighbour === undefined) throw new Error('there are two locks');
  try {
    const ports = [await portOf(lock.process), await portOf(neighbour.process)] as const;
    const attackLock: AttackOrder = {
      socketPath: join(lock.data, 'door.sock'),
      tlsPort: ports[0],
      durationMs: roundMs,
    };
    const attackNeighbour = { ...attackLock, socketPath: join(neighbour.data, 'door.sock'), tlsPort: ports[1] };
    const idle: Period[] = [];
    const besides: Period[] = [];
    const attacked: Period[] = [];
    const troubles: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await pause(500);
      await lock.process.delays();
      await pause(roundMs);
      idle.push(...(await lock.process.delays()).periods);
      await attack(attackNeighbour);
      besides.push(...(await lock.process.delays()).periods);
      await pause(500);
      await lock.process.delays();
      await attack(attackLock);
      const result = await lock.process.delays();
      attacked.push(...result.periods);
      troubles.push(...result.troubles);
    }
    const answersAfterwards = await answers(lock.data);
    return {
      idle: summary(idle),
      besides: summary(besides),
      attacked: summary(attacked),
      troubles,
      answersAfterwards,
    };
  } finally {
    await Promise.all([lock, neighbour].map(({ process: running }) => running.kill()));
    rmSync(folder, { recursive: true });
  }
}

async function portOf(running: LiveProcess): Promise<number> {
  const ready = await running.ready;
  if (ready === false || ready.port === null) throw new Error('a lock does not start');
  return ready.port;
}

/** From a process of its own, as clients are. */
async function attack(order: AttackOrder): Promise<void> {
  const attacker = fork(programOf('attack.js'), [JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [exitCode] = (await once(attacker, 'exit')) as [number];
  if (exitCode !== 0) throw new Error(`the attack has failed: ${exitCode}`);
}

/** Whoever is let in again is answered; what the attack has used up comes back within seconds. */
async function answers(data: string): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    const isAnswered = await new Promise<boolean>((resolve) => {
      const asking = get({ socketPath: join(data, 'door.sock'), path: '/', agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      asking.once('error', () => resolve(false));
    });
    if (isAnswered) return true;
    await pause(200);
  }
  return false;
}

function summary(periods: readonly Period[]): TimerDelays {
  return {
    timers: periods.length,
    whole: delaysOf(periods.map(({ lateMs }) => lateMs)),
    own: delaysOf(periods.map(({ ownMs }) => ownMs)),
  };
}

function delaysOf(delaysMs: readonly number[]): Delays {
  const sorted = delaysMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { medianMs: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });
}
