import { createInterface } from 'node:readline';

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
