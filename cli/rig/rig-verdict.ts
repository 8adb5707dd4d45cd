import type { WiredBoard } from '../../hal/boards.js';
import { clockText, count, spanText } from '../../sim/report/quantity-texts.js';
import type { Paint } from '../../sim/report/tone.js';
import type { ScenarioResult } from '../../sim/scenario/player.js';
import type { Scenario } from '../../sim/scenario/scenario.js';
import { inWords } from '../../sim/scenario/words.js';
import type { Violation } from '../../sim/monitors/monitor.js';
import { MEASURED_PROPERTIES } from './measured-properties.js';

/** How a story at a rig ended. */
export interface RigResult extends ScenarioResult {
  /** Of the properties that can be judged at a rig. */
  readonly violations: readonly Violation[];
}

/** The first that applies. */
export function rigExitCode(result: RigResult, linkUp: boolean): 0 | 1 | 10 | 12 | 20 {
  const { violations, failedExpectations, missed } = result;
  if (violations.length > 0) return 10;
  if (missed.length > 0) return 12;
  if (!linkUp) return 20;
  return failedExpectations.length > 0 ? 1 : 0;
}

/** What was judged, and by what: most properties need a truth that only a simulated world knows. */
export function rigVerdictText(
  { file }: Scenario,
  result: RigResult,
  board: WiredBoard,
  cameraIsSimulated: boolean,
  exitCode: number,
  paint: Paint,
): string {
  const { outcomes, violations, failedExpectations, missed, jams, simulatedMs } = result;
  const passed = exitCode === 0;
  const failures = failedExpectations.length + missed.length;
  const facts = [
    outcomes.length === 0 ? 'no visit' : outcomes.map(inWords).join(', '),
    failures === 0 ? 'all expectations met' : count(failures, 'failure', 'failures'),
    ...(violations.length === 0 ? [`${MEASURED_PROPERTIES.join(', ')} held by the sensors`] : []),
    count(jams, 'jam', 'jams'),
    `${spanText(simulatedMs)} on ${board.name}`,
    ...(cameraIsSimulated ? ['camera: simulated'] : []),
    ...(exitCode === 20 ? ['no link to the board at the end'] : []),
  ];
  const rows = [
    `${passed ? '✔' : '✘'} ${facts.join(' · ')}`,
    ...violations.map(({ property, atMs, detail }) => `${property} violated at ${clockText(atMs)}: ${detail}`),
    ...missed.map(({ condition, line }) => `${file}:${line}: never seen: ${condition.words}`),
    ...failedExpectations.map(({ line, atMs, message }) => `${file}:${line}: at ${clockText(atMs)}: ${message}`),
  ];
  return `\n${rows.map((row) => ` ${paint(passed ? 'good' : 'bad', row)}\n`).join('')}`;
}

/** The same for programs. */
export function rigResultJson(
  { file, story }: Scenario,
  result: RigResult,
  board: WiredBoard,
  cameraIsSimulated: boolean,
  exitCode: number,
): string {
  const { outcomes, jams, simulatedMs, violations, failedExpectations, missed } = result;
  const json = {
    story,
    file,
    board: board.id,
    cameraIsSimulated,
    exitCode,
    outcomes,
    jams,
    durationMs: simulatedMs,
    propertiesJudged: MEASURED_PROPERTIES,
    violations,
    failedExpectations,
    marksMissed: missed.map(({ condition, line }) => ({ line, words: condition.words })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
