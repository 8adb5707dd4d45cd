import type { ProblemKind } from './problem.js';

/** Reads what avrdude prints, of any version from 6.3 to 8.2: their words differ, and no version has a form for programs. */

export interface FlashProgress {
  readonly phase: 'writing' | 'verifying';
  readonly percent: number;
}

/** From what `avrdude -?` prints: `7.1`. */
export function avrdudeVersion(output: string): string | null {
  return /avrdude version (\d+(?:\.\d+)*)/i.exec(output)?.[1] ?? null;
}

/** From the bar of 50 `#`; `null` until avrdude begins to write. Its later reading is the verification. */
export function flashProgress(output: string): FlashProgress | null {
  const writing = output.lastIndexOf('Writing | ');
  if (writing === -1) return null;
  const reading = Math.max(output.indexOf('Reading | ', writing), output.indexOf('Verifying | ', writing));
  const bar = /\| (#*)/.exec(output.slice(Math.max(writing, reading)))?.[1] ?? '';
  return { phase: reading === -1 ? 'writing' : 'verifying', percent: Math.min(2 * bar.length, 100) };
}

/** Before this the board still holds what it held. */
export function hasBegunToWrite(output: string): boolean {
  return flashProgress(output) !== null;
}

/** avrdude exits with 0 also if it was told not to verify. */
export function hasVerified(output: string): boolean {
  return /\b[1-9]\d* bytes? of flash verified/.test(output);
}

/** In this order: what comes later in the list may be the consequence of what comes before. */
const signs: readonly (readonly [ProblemKind, RegExp])[] = [
  ['portBusy', /(open port|open device).*(resource busy|resource temporarily unavailable)/i],
  ['portForbidden', /(open port|open device).*(permission denied|access is denied)/i],
  ['portMissing', /(open port|open device).*(no such file|no such device|cannot find the file)/i],
  ['wrongChip', /expected signature for/i],
  ['verifyMismatch', /verification (mismatch|error)/i],
  ['noAnswer', /not in sync|programmer is not responding|invalid device signature|unable to (read|write):/i],
];

/** What went wrong, or `null` if avrdude's words are none of those known. */
export function problemKind(output: string): ProblemKind | null {
  return signs.find(([, sign]) => sign.test(output))?.[0] ?? null;
}

/** The chip that answered instead of the expected one, as well as avrdude knows it: `0x1e9514 (probably m328)`. */
export function foundChip(output: string): string | null {
  return /device signature = ([\da-fx ]+(?:\([^)]*\))?)/i.exec(output)?.[1]?.trim() ?? null;
}

/** For what nobody foresaw: the lines that say something, without those that each run prints. */
export function lastWords(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/TIOCM|avrdude done|^(Writing|Reading) \|/i.test(line));
  return lines.slice(-3).join('; ');
}
