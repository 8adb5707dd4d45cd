import type { Outcome } from '../../firmware/journal/records.js';
import { PROPERTY_IDS } from '../monitors/monitor.js';
import { inWords } from '../scenario/words.js';
import { hasFailed, storyExitCode } from './story-result.js';
import type { RunResult, StoryResult } from './story-result.js';
import { clockText, count, spanText } from './quantity-texts.js';
import { columnsMax, wrapped } from './timeline.js';
import type { Paint, Tone } from './tone.js';

/** The closing line of a story: `✔ completed · 16 of 16 properties held · 2 jams · 1 min 43 s simulated in 12 ms`. */
export function verdictText(result: StoryResult, paint: Paint): string {
  const passed = storyExitCode(result) === 0;
  const facts = [
    ...(result.timedOut ? ['TIMED OUT'] : []),
    outcomesText(result),
    heldText(result),
    count(
      sum(result.runs, ({ jams }) => jams),
      'jam',
      'jams',
    ),
    `${simulatedText(result.runs)} in ${spanText(result.wallMs)}`,
    `trace ${result.traceHash}`,
  ];
  return hanging(factWords(facts, passed), passed ? 'good' : 'bad', paint);
}

/** One line for one story among many. */
export function verdictLine(result: StoryResult, nameWidth: number, paint: Paint): string {
  const mark = storyExitCode(result) === 0 ? paint('good', '✔') : paint('bad', '✘');
  const name = clipped(result.story, nameWidth).padEnd(nameWidth);
  const outcome = result.timedOut ? 'TIMED OUT' : outcomesText(result);
  const roomLeft = columnsMax - ` ✔ ${name}  ${result.traceHash}  `.length;
  return ` ${mark} ${name}  ${paint('quiet', result.traceHash)}  ${clipped(outcome, roomLeft)}\n`;
}

function clipped(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** Everything that went wrong, a paragraph each, and the command that shows it again. Empty if nothing did. */
export function failureText(result: StoryResult, paint: Paint): string {
  const failures = failureLines(result);
  if (failures.length === 0) return '';
  return [
    ...failures.map((failure) => hanging(failure.split(' '), 'bad', paint)),
    hanging(['replay:', result.replay], 'title', paint),
  ].join('');
}

/** What went wrong, in one line each: of a sweep, in the first run that failed. */
export function failureLines(result: StoryResult): string[] {
  const failed = result.runs.filter(hasFailed);
  const [first] = failed;
  const point = first === undefined || first.sweepPoint === null ? '' : ` (${first.sweepPoint})`;
  const lines = (first?.violations ?? []).map(
    ({ property, atMs, detail }) => `${property} violated at ${clockText(atMs)}${point}: ${detail}`,
  );
  for (const { line, words } of result.marksMissed) lines.push(`${result.file}:${line}: never seen: ${words}`);
  if (result.timedOut) lines.push(`timed out after ${spanText(result.wallMs)}, in run ${result.runs.length}`);
  for (const { line, atMs, message } of first?.failedExpectations ?? []) {
    lines.push(`${result.file}:${line}: at ${clockText(atMs)}${point}: ${message}`);
  }
  if (failed.length > 1) lines.push(`${failed.length} of ${result.runs.length} runs failed; this is the first`);
  return lines;
}

/** The last line of many stories. */
export function summaryText(results: readonly StoryResult[], wallMs: number, paint: Paint): string {
  const failed = results.filter((result) => storyExitCode(result) !== 0).length;
  const runs = results.flatMap((result) => result.runs);
  const facts = [
    `${count(results.length, 'story', 'stories')} in ${count(runs.length, 'run', 'runs')}`,
    failed === 0 ? 'all passed' : `${failed} FAILED`,
    `${simulatedText(runs)} in ${spanText(wallMs)}`,
  ];
  return hanging(factWords(facts, failed === 0), failed === 0 ? 'good' : 'bad', paint);
}

/** `completed`, or for a sweep `181 runs: 150 completed, 31 camera lost`. */
export function outcomesText({ runs }: StoryResult): string {
  const [only, ...others] = runs;
  if (only === undefined) return 'not played';
  if (others.length === 0) return only.outcomes.length === 0 ? 'no visit' : only.outcomes.map(inWords).join(', ');
  const counts = new Map<Outcome, number>();
  for (const outcome of runs.flatMap(({ outcomes }) => outcomes)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = [...counts].map(([outcome, times]) => `${times} ${inWords(outcome)}`);
  return `${runs.length} runs: ${parts.length === 0 ? 'no visit' : parts.join(', ')}`;
}

/** A property that a fault of the story voids is not counted among those that held, unless it was violated all the same. */
function heldText({ runs }: StoryResult): string {
  const violated = new Set(runs.flatMap(({ violations }) => violations.map(({ property }) => property)));
  const voided = new Set(runs.flatMap((run) => run.voided).filter((property) => !violated.has(property)));
  const judged = PROPERTY_IDS.length - voided.size;
  const aside = voided.size === 0 ? '' : ` (void: ${[...voided].join(', ')})`;
  return `${judged - violated.size} of ${judged} properties held${aside}`;
}

function simulatedText(runs: readonly RunResult[]): string {
  return `${spanText(sum(runs, ({ simulatedMs }) => simulatedMs))} simulated`;
}

/** A mark and the facts, none of which is broken over two rows. */
function factWords(facts: readonly string[], passed: boolean): string[] {
  return [passed ? '✔' : '✘', ...facts.map((fact, index) => (index === 0 ? fact : `· ${fact}`))];
}

function hanging(words: readonly string[], tone: Tone, paint: Paint): string {
  const [first = '', ...rest] = wrapped(words, columnsMax - 1);
  return [` ${first}`, ...rest.map((row) => `   ${row}`)].map((row) => `${paint(tone, row)}\n`).join('');
}

function sum<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
