import { storyExitCode } from './story-result.js';
import type { StoryResult } from './story-result.js';

/** Goes up when a reader of the old form would misread the new one. */
const summaryVersion = 1;

/** The result of a simulation for programs: one JSON object, all of whose times are milliseconds. */
export function summaryJson(results: readonly StoryResult[], exitCode: number, wallMs: number): string {
  const summary = {
    format: 'latchkey-sim',
    version: summaryVersion,
    exitCode,
    wallMs: Math.round(wallMs),
    stories: results.map((result) => ({
      story: result.story,
      file: result.file,
      seed: result.seed,
      fidelity: result.fidelity,
      exitCode: storyExitCode(result),
      timedOut: result.timedOut,
      wallMs: Math.round(result.wallMs),
      traceHash: result.traceHash,
      replay: result.replay,
      marksMissed: result.marksMissed,
      runs: result.runs,
    })),
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}
