import junit from 'junit-report-builder';
import type { Builder, TestCase } from 'junit-report-builder';
import { storyExitCode } from './story-result.js';
import type { StoryResult } from './story-result.js';
import { failureLines, outcomesText } from './verdict.js';

/** The package's types describe its ESM build, with a default export; Node loads the CommonJS one, which is the builder. */
const builder = junit as unknown as Builder;

/** One suite a scenario file, one case a story, however many runs its sweep has. Alike but for the times. */
export function junitReport(results: readonly StoryResult[]): string {
  const report = builder.newBuilder().name('latchkey sim');
  for (const result of results) {
    const testCase = report
      .testSuite()
      .name(result.file)
      .time(seconds(result.wallMs))
      .testCase()
      .className(result.file)
      .name(result.story)
      .file(result.file)
      .time(seconds(result.wallMs))
      .property('seed', String(result.seed))
      .property('runs', String(result.runs.length))
      .property('outcome', outcomesText(result))
      .property('trace', result.traceHash);
    if (storyExitCode(result) !== 0) addFailure(testCase, result);
  }
  return report.build();
}

/** A case has one failure: the first thing that went wrong gives its name, all are in its text. */
function addFailure(testCase: TestCase, result: StoryResult): void {
  const lines = failureLines(result);
  testCase.failure(lines[0] ?? '', failureType(result)).stacktrace([...lines, `replay: ${result.replay}`].join('\n'));
}

/** The property by its id, or what else failed. */
function failureType({ runs, marksMissed, timedOut }: StoryResult): string {
  const violation = runs.flatMap(({ violations }) => violations)[0];
  if (violation !== undefined) return violation.property;
  if (marksMissed.length > 0) return 'sometimes';
  return timedOut ? 'timeout' : 'expectation';
}

function seconds(timeMs: number): number {
  return Math.round(timeMs) / 1000;
}
