import { spawn } from 'node:child_process';
import type { Alarm, Clock } from '../../contracts/clock.js';

/** After a polite request to end, before the program is ended. Chosen. */
const END_WAIT_MS = 2_000;

/** A program that ended by itself is started again after this. Chosen. */
const RESTART_MS = 1_000;

export interface RunningProgram {
  /** SIGTERM, to it and all that it started. */
  terminate(): void;
  /** SIGKILL; what has left their process group is not waited for. */
  kill(): void;
}

export interface ProgramListener {
  /** From standard output. */
  received(bytes: Uint8Array): void;
  /** It is gone; one clause for a person, for example "it ended with code 1: no such device". Called once, never at once. */
  ended(why: string): void;
}

export type StartProgram = (command: string, listener: ProgramListener) => RunningProgram;

/** Keeps one program running while it is wanted, and never two at a time: a camera serves one reader. */
export class CameraProgram {
  private readonly command: string;
  private readonly start: StartProgram;
  private readonly clock: Clock;
  private readonly alarm: Alarm;
  private readonly heard: ProgramListener;
  private wanted = false;
  private running: RunningProgram | null = null;
  /** The running program was asked to end. */
  private isAsked = false;
  private onGone: (() => void) | null = null;

  /** `ended` is told only where nobody had asked for it. */
  constructor(command: string, clock: Clock, heard: ProgramListener, start: StartProgram = startShellProgram) {
    this.command = command;
    this.clock = clock;
    this.heard = heard;
    this.start = start;
    this.alarm = clock.alarm(() => this.act());
  }

  want(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (wanted) {
      if (this.running === null) this.begin();
      return;
    }
    if (this.running === null) {
      this.alarm.clear();
      return;
    }
    // Once asked it has its time to end, however often it is wanted again and not.
    if (this.isAsked) return;
    this.isAsked = true;
    this.running.terminate();
    this.alarm.set(this.clock.nowMs() + END_WAIT_MS);
  }

  /** Resolves once the program is gone. */
  close(): Promise<void> {
    this.want(false);
    return new Promise((resolve) => {
      if (this.running === null) resolve();
      else this.onGone = resolve;
    });
  }

  private begin(): void {
    this.isAsked = false;
    this.running = this.start(this.command, {
      received: (bytes) => {
        // What comes after it was asked to end, even if it is wanted again by then, is of an earlier boot.
        if (!this.isAsked) this.heard.received(bytes);
      },
      ended: (why) => this.end(why),
    });
  }

  private end(why: string): void {
    this.running = null;
    this.alarm.clear();
    this.onGone?.();
    if (!this.isAsked) this.heard.ended(why);
    if (this.wanted) this.alarm.set(this.clock.nowMs() + RESTART_MS);
  }

  /** Either it has not ended in time, or it is to be started again. */
  private act(): void {
    if (this.running !== null) this.running.kill();
    else if (this.wanted) this.begin();
  }
}

/** What is shown of a program's complaint. */
const COMPLAINT_CHARS_MAX = 200;

/** By the shell, in a process group of its own, so that a pipe of programs ends as one. */
export const startShellProgram: StartProgram = (command, listener) => {
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stdout.on('data', (bytes: Buffer) => listener.received(bytes));
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = `${complaint}${bytes.toString('utf8')}`.slice(-2 * COMPLAINT_CHARS_MAX);
  });
  let fault: string | null = null;
  // `close` comes after it.
  child.once('error', (error) => (fault = `it cannot be started: ${error.message}`));
  child.once('close', (code, signal) => {
    const how = code === null ? `by ${signal ?? 'a signal'}` : `with code ${code}`;
    const lastLine = complaint.trim().split('\n').at(-1)?.slice(-COMPLAINT_CHARS_MAX) ?? '';
    listener.ended(fault ?? (lastLine === '' ? `it ended ${how}` : `it ended ${how}: ${lastLine}`));
  });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // It is gone already; `close` tells so.
    }
  };
  const kill = (): void => {
    signal('SIGKILL');
    // A daemon that it left behind may hold them open, and `close` waits for that.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { terminate: () => signal('SIGTERM'), kill };
};
