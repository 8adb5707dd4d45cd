import { expect } from 'chai';
import { findingLines, findingsExitCode, problemExitCode } from '../../cli/tool-output.js';
import { bad, good, notChecked } from '../../hal/tools/finding.js';
import type { Problem, ProblemKind } from '../../hal/tools/problem.js';
import { unpainted } from '../../sim/report/tone.js';

function problem(kind: ProblemKind): Problem {
  return { kind, what: 'It is broken.', mend: 'Mend it.' };
}

describe('what flash and doctor say', () => {
  it('is 42 for a time-out, 20 for a fault of the hardware, and 2 for what the user can mend', () => {
    expect(problemExitCode('timeOut')).to.equal(42);
    expect(problemExitCode('noAnswer')).to.equal(20);
    expect(problemExitCode('verifyMismatch')).to.equal(20);
    expect(problemExitCode('avrdudeFailed')).to.equal(20);
    expect(problemExitCode('portForbidden')).to.equal(2);
    expect(problemExitCode('wrongChip')).to.equal(2);
  });

  it('is, of several problems, 20 before 42 before 2', () => {
    const findings = [bad('port', problem('portBusy'))];
    expect(findingsExitCode(findings)).to.equal(2);
    findings.push(bad('flash', problem('timeOut')));
    expect(findingsExitCode(findings)).to.equal(42);
    findings.push(bad('board', problem('noAnswer')));
    expect(findingsExitCode(findings)).to.equal(20);
  });

  it('is 0 when nothing is wrong, checked or not', () => {
    expect(findingsExitCode([good('a', 'It works.'), notChecked('b', 'There is none.', 'Get one.')])).to.equal(0);
  });

  it('has a mark for each finding, and the mend below', () => {
    const findings = [
      good('a', 'It works.'),
      notChecked('b', 'There is none.', 'Get one.'),
      bad('c', problem('portBusy')),
    ];
    expect(findingLines(findings, { paint: unpainted })).to.equal(
      '✔ It works.\n– There is none.\n  Get one.\n✘ It is broken.\n  Mend it.\n',
    );
  });
});
