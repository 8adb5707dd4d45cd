import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Longer than anything takes on a machine that is busy with other things. */
const PATIENCE_MS = 10_000;

/** Waits in real time until that is so. */
export async function eventually(isSo: () => boolean): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > untilMs) throw new Error(`it never came about: ${isSo.toString()}`);
    await delay(2);
  }
}

/** A pseudo-terminal of socat: a path that opens like a serial port, and the far end in the test's hands. */
export class SocatPort {
  readonly path: string;
  private readonly folder: string;
  private readonly socat: ChildProcessWithoutNullStreams;
  /** While somebody has it open, a port can be closed without taking its far end along. */
  private keeper: number | null = null;

  private constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'latchkey-port-'));
    this.path = join(this.folder, 'port');
    this.socat = spawn('socat', [`pty,raw,echo=0,link=${this.path}`, '-']);
  }

  static async make(): Promise<SocatPort> {
    const made = new SocatPort();
    await eventually(() => existsSync(made.path));
    made.keeper = openSync(made.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    return made;
  }

  onReceived(listener: (bytes: Uint8Array) => void): void {
    this.socat.stdout.on('data', listener);
  }

  send(bytes: Uint8Array): void {
    this.socat.stdin.write(bytes);
  }

  /** The far end stops reading, and the system's own buffers are full: they pass on in their own time what they hold. */
  async clog(): Promise<void> {
    this.socat.kill('SIGSTOP');
    for (let fullRounds = 0; fullRounds < 3; fullRounds += 1) {
      while (this.keeper !== null && takesMore(this.keeper)) fullRounds = 0;
      await delay(20);
    }
  }

  /** The far end goes away, and its path with it. */
  async pullOut(): Promise<void> {
    if (this.socat.exitCode === null && this.socat.signalCode === null) {
      const gone = once(this.socat, 'exit');
      this.socat.kill('SIGCONT');
      this.socat.kill('SIGTERM');
      await gone;
    }
    if (this.keeper !== null) closeSync(this.keeper);
    this.keeper = null;
  }

  async dispose(): Promise<void> {
    await this.pullOut();
    rmSync(this.folder, { recursive: true });
  }
}

function takesMore(port: number): boolean {
  try {
    return writeSync(port, new Uint8Array(1_000)) > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false;
    throw error;
  }
}
