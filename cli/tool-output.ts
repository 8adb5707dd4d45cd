import type { Finding } from '../hal/tools/finding.js';
import type { ProblemKind } from '../hal/tools/problem.js';
import type { Tone } from '../sim/report/tone.js';
import type { Terminal } from './terminal.js';

/** What `flash` and `doctor` have in common to say. */

const exitPassed = 0;
const exitForTheUser = 2;
const exitHardwareFault = 20;
const exitTimeOut = 42;

/** All others are for the user to mend. */
const exitCodes: ReadonlyMap<ProblemKind, number> = new Map([
  ['noAnswer', exitHardwareFault],
  ['verifyMismatch', exitHardwareFault],
  ['avrdudeFailed', exitHardwareFault],
  ['timeOut', exitTimeOut],
]);

/** The first that applies of 20, 42 and 2. */
const exitOrder = [exitHardwareFault, exitTimeOut, exitForTheUser];

export function problemExitCode(kind: ProblemKind): number {
  return exitCodes.get(kind) ?? exitForTheUser;
}

export function findingsExitCode(findings: readonly Finding[]): number {
  const codes = new Set(findings.map(({ kind }) => (kind === null ? exitPassed : problemExitCode(kind))));
  return exitOrder.find((code) => codes.has(code)) ?? exitPassed;
}

const marks: Readonly<Record<Finding['verdict'], readonly [mark: string, tone: Tone]>> = {
  good: ['✔', 'good'],
  problem: ['✘', 'bad'],
  notChecked: ['–', 'quiet'],
};

/** A line for each, and the mend in a line below. */
export function findingLines(findings: readonly Finding[], { paint }: Pick<Terminal, 'paint'>): string {
  return findings
    .map(({ verdict, what, mend }) => {
      const [mark, tone] = marks[verdict];
      return `${paint(tone, mark)} ${what}\n${mend === null ? '' : `  ${mend}\n`}`;
    })
    .join('');
}
