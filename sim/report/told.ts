import type { Tone } from './tone.js';

/** One line of a report. */
export interface Told {
  readonly text: string;
  readonly tone: Tone;
}

export function plain(text: string): Told {
  return { text, tone: 'plain' };
}

export function quiet(text: string): Told {
  return { text, tone: 'quiet' };
}

export function good(text: string): Told {
  return { text, tone: 'good' };
}

export function warning(text: string): Told {
  return { text, tone: 'warning' };
}
