import type { WiredBoard } from '../../hal/boards.js';
import { clockText, count, spanText } from '../../sim/report/quantity-texts.js';
import type { Paint } from '../../sim/report/tone.js';
import type { ScenarioResult } from '../../sim/scenario/player.js';
import type { Scenario } from '../../sim/scenario/scenario.js';
import { inWords } from '../../sim/scenario/words.js';

/** DESIGN's exit codes that a story at a rig can come to by itself. */
export function rigExitCode({ failedExpectations, missed }: ScenarioResult): 0 | 1 | 12 {
  if (missed.length > 0) return 12;
  return failedExpectations.length > 0 ? 1 : 0;
}

/** What was judged, and what was not: the properties need a truth that only a simulated world knows. */
export function rigVerdictText(
  { file }: Scenario,
  result: ScenarioResult,
  board: WiredBoard,
  cameraIsSimulated: boolean,
  paint: Paint,
): string {
  const { outcomes, failedExpectations, missed, jams, simulatedMs } = result;
  const passed = rigExitCode(result) === 0;
  const facts = [
    outcomes.length === 0 ? 'no visit' : outcomes.map(inWords).join(', '),
    passed ? 'all expectations met' : count(failedExpectations.length + missed.length, 'failure', 'failures'),
    count(jams, 'jam', 'jams'),
    `${spanText(simulatedMs)} on ${board.name}`,
    ...(cameraIsSimulated ? ['camera: simulated'] : []),
  ];
  const rows = [
    `${passed ? '✔' : '✘'} ${facts.join(' · ')}`,
    ...missed.map(({ condition, line }) => `${file}:${line}: never seen: ${condition.words}`),
    ...failedExpectations.map(({ line, atMs, message }) => `${file}:${line}: at ${clockText(atMs)}: ${message}`),
  ];
  return `\n${rows.map((row) => ` ${paint(passed ? 'good' : 'bad', row)}\n`).join('')}`;
}

/** The same for programs. */
export function rigResultJson(
  { file, story }: Scenario,
  result: ScenarioResult,
  board: WiredBoard,
  cameraIsSimulated: boolean,
  exitCode: number,
): string {
  const { outcomes, jams, simulatedMs, failedExpectations, missed } = result;
  const json = {
    story,
    file,
    board: board.id,
    cameraIsSimulated,
    exitCode,
    outcomes,
    jams,
    durationMs: simulatedMs,
    failedExpectations,
    marksMissed: missed.map(({ condition, line }) => ({ line, words: condition.words })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
