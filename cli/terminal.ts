import { styleText } from 'node:util';
import type { Paint, Tone } from '../sim/report/tone.js';
import { unpainted } from '../sim/report/tone.js';

/** Where a command writes to, and what time it is there. */
export interface Terminal {
  /** Standard output: what was asked for. */
  readonly out: (text: string) => void;
  /** Standard error: what went wrong, and progress. */
  readonly error: (text: string) => void;
  /** For standard output. */
  readonly paint: Paint;
  /** Whether somebody watches standard error, so that a line there may change. */
  readonly showsProgress: boolean;
  /** Real time from an arbitrary start. */
  readonly nowMs: () => number;
}

const styles: Readonly<Record<Tone, Parameters<typeof styleText>[0] | null>> = {
  title: 'bold',
  plain: null,
  quiet: 'dim',
  good: 'green',
  warning: 'yellow',
  bad: ['bold', 'red'],
};

function colour(tone: Tone, text: string): string {
  const style = styles[tone];
  return style === null || text.trim() === '' ? text : styleText(style, text);
}

/** Colour only for a person who has not asked for none (https://no-color.org). */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const wantsColour = stdout.isTTY && (env['NO_COLOR'] ?? '') === '';
  return {
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
    paint: wantsColour ? colour : unpainted,
    showsProgress: stderr.isTTY,
    nowMs: () => performance.now(),
  };
}
