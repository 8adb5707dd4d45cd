import { createInterface } from 'node:readline';
import { BadInput } from '../bad-input.js';
import type { Waiter } from './waiter.js';

/** The person at the terminal. */
export interface Keyboard {
  /** Each line as it is entered, without its end; then, when there will be no more, `onEnd`. */
  watch(onLine: (line: string) => void, onEnd: () => void): void;
  close(): void;
}

export function processKeyboard(): Keyboard {
  // Not a terminal for readline even where it is one: the shell's own editing will do, and Ctrl-C stays a signal.
  const lines = createInterface({ input: process.stdin, terminal: false });
  return {
    watch: (onLine, onEnd) => {
      lines.on('line', onLine);
      lines.once('close', onEnd);
    },
    close: () => {
      lines.removeAllListeners();
      lines.close();
    },
  };
}

/** How it came that a prompt is done: a sensor showed it, or the person said so. */
export type Done = 'seen' | 'said';

/** More than a person types ahead; what is piped in beyond is not kept. Chosen. */
const LINES_MAX = 16;

/** Who has just done what a prompt asked for may press Enter, too: that belongs to no later prompt. Chosen. */
const LATE_ENTER_MS = 1_000;

/** Asks the person at the rig to do things. */
export class Prompts {
  private readonly show: (text: string) => void;
  private readonly waiter: Waiter;
  private lines: string[] = [];
  private nobodyThere = false;
  private seenAtMs = -Infinity;

  constructor(keyboard: Keyboard, waiter: Waiter, show: (text: string) => void) {
    this.show = show;
    this.waiter = waiter;
    keyboard.watch(
      (line) => {
        const isLateEnter = line.trim() === '' && waiter.nowMs() < this.seenAtMs + LATE_ENTER_MS;
        if (this.lines.length < LINES_MAX && !isLateEnter) this.lines.push(line.trim());
        waiter.lookAgain();
      },
      () => {
        this.nobodyThere = true;
        waiter.lookAgain();
      },
    );
  }

  /** Goes on when `isSeen`, where a sensor can show it, or when Enter is pressed. */
  async ask(words: string, isSeen: (() => boolean) | null): Promise<Done> {
    this.lines = [];
    this.show(` ▶ ${words}${isSeen === null ? ' (then press Enter)' : ''}\n`);
    const isOver = (): boolean => isSeen?.() === true || this.lines.length > 0 || (isSeen === null && this.nobodyThere);
    await this.waiter.until(isOver);
    if (isSeen?.() === true) {
      this.seenAtMs = this.waiter.nowMs();
      return 'seen';
    }
    if (this.lines.length > 0) return 'said';
    throw new BadInput('latchkey: nobody can press Enter: standard input has ended. Run it in a terminal.');
  }

  /** The next line that is entered, also one entered already; `null` once there will be none. */
  async line(): Promise<string | null> {
    await this.waiter.until(() => this.lines.length > 0 || this.nobodyThere);
    return this.takeLine();
  }

  /** A line that was entered and not looked at, or `null`. */
  takeLine(): string | null {
    return this.lines.shift() ?? null;
  }
}
