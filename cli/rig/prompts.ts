import { BadInput } from '../bad-input.js';
import type { Keyboard } from './keyboard.js';
import type { Waiter } from './waiter.js';

/** How it came that a prompt is done: a sensor showed it, the person said so, or neither by then. */
export type Done = 'seen' | 'said' | 'late';

/** Asks the person at the rig to do things. */
export class Prompts {
  private readonly show: (text: string) => void;
  private readonly waiter: Waiter;
  private lines: string[] = [];
  private nobodyThere = false;

  constructor(keyboard: Keyboard, waiter: Waiter, show: (text: string) => void) {
    this.show = show;
    this.waiter = waiter;
    keyboard.watch(
      (line) => {
        this.lines.push(line.trim());
        waiter.lookAgain();
      },
      () => {
        this.nobodyThere = true;
        waiter.lookAgain();
      },
    );
  }

  /** Goes on when `isSeen`, where a sensor can show it, or when Enter is pressed. */
  async ask(words: string, isSeen: (() => boolean) | null, byMs = Infinity): Promise<Done> {
    this.lines = [];
    this.show(` ▶ ${words}${isSeen === null ? ' (then press Enter)' : ''}\n`);
    const isOver = (): boolean => isSeen?.() === true || this.lines.length > 0 || (isSeen === null && this.nobodyThere);
    if (!(await this.waiter.until(isOver, byMs))) return 'late';
    if (isSeen?.() === true) return 'seen';
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
