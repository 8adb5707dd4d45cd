import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface TerminalListener {
  /** Somebody has opened the port: on a real board this is the moment of DTR, and of its reset. */
  opened(): void;
  closed(): void;
  received(bytes: Buffer): void;
}

/**
 * A serial port of this machine that is no hardware. A pseudo-terminal has no modem lines, and says nothing when it is
 * opened. So each opening gets a terminal of its own: a `socat` waits until its terminal is opened, only then connects
 * to our socket, and ends when the terminal is closed. The next one waits by then, and the port's name moves on to it
 * before `closed` is told. Who opens the port sooner may still meet the old terminal, and must try again.
 */
export class PortWithReset {
  /** What to open. */
  readonly port: string;
  private readonly listener: TerminalListener;
  private readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-port-'));
  private readonly socketPath = join(this.folder, 'socket');
  private readonly server: Server;
  private readonly children = new Set<ChildProcess>();
  private socket: Socket | null = null;
  private made = 0;
  private isEnding = false;

  constructor(listener: TerminalListener) {
    this.listener = listener;
    this.port = join(this.folder, 'port');
    this.server = createServer((socket) => this.take(socket));
  }

  async start(): Promise<void> {
    this.server.listen(this.socketPath);
    await once(this.server, 'listening');
    this.offer(await this.makeTerminal());
  }

  /** What nobody has opened nobody reads. */
  write(bytes: Uint8Array): void {
    this.socket?.write(bytes);
  }

  /** The port vanishes, as when the cable is pulled. */
  end(): void {
    this.isEnding = true;
    this.socket?.destroy();
    for (const child of this.children) child.kill();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The path of a terminal that waits to be opened. */
  private async makeTerminal(): Promise<string> {
    this.made += 1;
    const path = join(this.folder, `terminal-${this.made}`);
    const child = spawn(
      'socat',
      [`PTY,link=${path},rawer,wait-slave,pty-interval=0.002`, `UNIX-CONNECT:${this.socketPath}`],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    while (!existsSync(path) && !this.isEnding) {
      if (child.exitCode !== null) throw new Error(`socat ended with ${child.exitCode} before it had made a terminal`);
      await delay(1);
    }
    return path;
  }

  /** Lets the port's name lead to a terminal. */
  private offer(terminal: string): void {
    const name = `${this.port}-new`;
    symlinkSync(terminal, name);
    renameSync(name, this.port);
  }

  private take(socket: Socket): void {
    this.socket = socket;
    const next = this.makeTerminal();
    socket.on('data', (bytes) => this.listener.received(bytes));
    // socat ends by resetting the connection or in peace.
    socket.on('error', () => undefined);
    socket.once('close', () => void this.moveOn(next));
    this.listener.opened();
  }

  private async moveOn(next: Promise<string>): Promise<void> {
    this.socket = null;
    const terminal = await next;
    if (this.isEnding) return;
    this.offer(terminal);
    this.listener.closed();
  }
}
