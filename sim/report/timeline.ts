import type { Line } from './chronicle.js';
import { clockText } from './quantity-texts.js';
import type { Paint } from './tone.js';

/** No line is wider than this. */
export const columnsMax = 100;

/** Of `0:20.412`: enough for the first ten minutes, and what is shown as it happens. */
export const clockWidthMin = 8;

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
export function timelineText(headline: Headline, lines: readonly Line[], paint: Paint): string {
  const clockWidth = Math.max(...lines.map(({ atMs }) => clockText(atMs).length), clockWidthMin);
  const timeline = new TimelineRows(clockWidth, paint);
  return `${headlineText(headline, paint)}${lines.map((line) => timeline.text(line)).join('')}\n`;
}

/** What stands above the timeline, the newline at the end included. */
export function headlineText({ title, tells }: Headline, paint: Paint): string {
  return [` ${paint('title', title)}`, ...tellsRows(tells, paint)].map((row) => `${row}\n`).join('');
}

/** Lays the lines out one after the other, as they come. */
export class TimelineRows {
  private readonly clockWidth: number;
  private readonly paint: Paint;
  private shownAtMs = -sceneGapMs;
  private shownClock = '';
  private shownWho = '';

  constructor(clockWidth: number, paint: Paint) {
    this.clockWidth = clockWidth;
    this.paint = paint;
  }

  /** One or more rows, each with its newline. */
  text(line: Line): string {
    const gap = line.atMs - this.shownAtMs >= sceneGapMs ? [''] : [];
    const clock = clockText(line.atMs);
    const isSameMoment = clock === this.shownClock;
    const who = isSameMoment && line.isAside && line.who === this.shownWho ? '' : line.who;
    const shown = rows(line, isSameMoment ? '' : clock, who, this.clockWidth, this.paint);
    this.shownAtMs = line.atMs;
    this.shownClock = clock;
    this.shownWho = line.who;
    return [...gap, ...shown].map((row) => `${row}\n`).join('');
  }
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
