import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MAX_MS = 5_000;

/** Waits until that is so; throws if it does not become so. */
export async function eventually(isSo: () => boolean): Promise<void> {
  const untilMs = performance.now() + WAIT_MAX_MS;
  while (!isSo()) {
    if (performance.now() > untilMs) throw new Error(`waited ${WAIT_MAX_MS} ms in vain`);
    await delay(1);
  }
}

/** A serial port of this machine whose far end is in our hands; it can be opened and closed as often as one likes. */
export class PseudoTerminal {
  /** What to open. */
  readonly path: string;
  private readonly folder: string;
  private readonly socat: ChildProcess;

  private constructor(folder: string, path: string, socat: ChildProcess) {
    this.folder = folder;
    this.path = path;
    this.socat = socat;
  }

  static async make(): Promise<PseudoTerminal> {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-terminal-'));
    const path = join(folder, 'port');
    const socat = spawn('socat', ['STDIO', `PTY,link=${path},rawer,ignoreeof`], { stdio: ['pipe', 'pipe', 'inherit'] });
    socat.stdin.on('error', () => undefined);
    await eventually(() => existsSync(path));
    return new PseudoTerminal(folder, path, socat);
  }

  onReceived(listener: (bytes: Uint8Array) => void): void {
    this.socat.stdout?.on('data', (bytes: Buffer) => listener(Uint8Array.from(bytes)));
  }

  send(bytes: Uint8Array): void {
    this.socat.stdin?.write(bytes);
  }

  /** The far end takes no more bytes. */
  stopReading(): void {
    this.socat.kill('SIGSTOP');
  }

  /** The port vanishes. */
  async pullOut(): Promise<void> {
    if (this.socat.exitCode !== null || this.socat.signalCode !== null) return;
    const exit = once(this.socat, 'exit');
    this.socat.kill('SIGKILL');
    await exit;
    rmSync(this.path, { force: true });
  }

  async dispose(): Promise<void> {
    await this.pullOut();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
