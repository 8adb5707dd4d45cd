import type { Line } from './chronicle.js';
import { clockText } from './quantity-texts.js';
import type { Paint } from './tone.js';

/** No line is wider than this. */
export const columnsMax = 100;

const whoWidth = 9;
const asideIndent = 2;

/** Chosen: so long nothing happens between two scenes, which a blank row sets apart. */
const sceneGapMs = 3_000;

export interface Headline {
  readonly title: string;
  /** What the story tells, if it says so. */
  readonly tells: string;
}

/** A story as a page: the time in the margin, who did it, and what. The newline at the end is included. */
export function timelineText({ title, tells }: Headline, lines: readonly Line[], paint: Paint): string {
  const clockWidth = Math.max(...lines.map(({ atMs }) => clockText(atMs).length), 8);
  const page = [` ${paint('title', title)}`, ...tellsRows(tells, paint)];
  let shownAtMs = -sceneGapMs;
  let shownClock = '';
  let shownWho = '';
  for (const line of lines) {
    if (line.atMs - shownAtMs >= sceneGapMs) page.push('');
    shownAtMs = line.atMs;
    const clock = clockText(line.atMs);
    const isSameMoment = clock === shownClock;
    const who = isSameMoment && line.isAside && line.who === shownWho ? '' : line.who;
    page.push(...rows(line, isSameMoment ? '' : clock, who, clockWidth, paint));
    shownClock = clock;
    shownWho = line.who;
  }
  return `${page.join('\n')}\n\n`;
}

function tellsRows(tells: string, paint: Paint): string[] {
  if (tells === '') return [];
  return wrapped(tells.split(/\s+/), columnsMax - 1, 0).map((row) => ` ${paint('quiet', row)}`);
}

function rows(line: Line, clock: string, who: string, clockWidth: number, paint: Paint): string[] {
  const margin = clockWidth + whoWidth + 5;
  const indent = line.isAside ? asideIndent : 0;
  const [first = '', ...rest] = wrapped(line.text.split(' '), columnsMax - margin - indent);
  const label = who.padEnd(whoWidth);
  const head = ` ${paint('quiet', clock.padStart(clockWidth))}  ${line.isAside ? paint('quiet', label) : paint(line.tone, label)}`;
  // A long name takes the place of the gap behind it, never of the words.
  const gap = ' '.repeat(Math.max(margin + indent - clockWidth - 3 - label.length, 1));
  return [
    `${head}${gap}${paint(line.tone, first)}`.trimEnd(),
    ...rest.map((row) => `${' '.repeat(margin + indent + asideIndent)}${paint(line.tone, row)}`),
  ];
}

/** Puts as many words in a row as fit; the rows after the first are narrower by what they hang. */
export function wrapped(words: readonly string[], width: number, hang = asideIndent): string[] {
  const result: string[] = [];
  let row = '';
  for (const word of words) {
    const roomLeft = (result.length === 0 ? width : width - hang) - row.length;
    if (row !== '' && word.length + 1 > roomLeft) {
      result.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...result, row];
}
