import type { Terminal } from './terminal.js';

/** Nothing is shown of what is over sooner. */
const quietMs = 2_000;

/** Chosen: as fast as an eye follows. */
const betweenMs = 200;

const eraseLine = '\r\u001B[K';

/** One line on standard error that says how far a long job has come. */
export class Progress {
  private readonly terminal: Terminal;
  private nextAtMs: number;
  private isShown = false;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.nextAtMs = terminal.nowMs() + quietMs;
  }

  /** Cheap enough to be called often. */
  show(words: () => string): void {
    if (!this.terminal.showsProgress) return;
    const nowMs = this.terminal.nowMs();
    if (nowMs < this.nextAtMs) return;
    this.nextAtMs = nowMs + betweenMs;
    this.isShown = true;
    this.terminal.error(`${eraseLine}… ${words()}`);
  }

  /** Makes room for other output. */
  clear(): void {
    if (this.isShown) this.terminal.error(eraseLine);
    this.isShown = false;
  }
}
