import { expect } from 'chai';
import { storyExitCode, worstExitCode } from '../../../sim/report/story-result.js';
import type { StoryResult } from '../../../sim/report/story-result.js';
import { columnsMax } from '../../../sim/report/timeline.js';
import { unpainted } from '../../../sim/report/tone.js';
import { failureText, summaryText, verdictLine, verdictText } from '../../../sim/report/verdict.js';
import { lateRun, passed, passedRun, unmetRun, unsafeRun } from './story-results.js';

describe('the exit code', () => {
  const codes: readonly [string, Partial<StoryResult>, number][] = [
    ['a story that passed', {}, 0],
    ['a failed expectation', { runs: [passedRun, unmetRun] }, 1],
    ['a safety property, whatever else failed', { runs: [lateRun, unmetRun, unsafeRun], timedOut: true }, 10],
    ['a liveness property', { runs: [unmetRun, lateRun], marksMissed: [{ line: 1, words: 'door open' }] }, 11],
    ['a mark never hit', { runs: [unmetRun], marksMissed: [{ line: 1, words: 'door open' }] }, 12],
    ['a time-out', { runs: [unmetRun], timedOut: true }, 42],
  ];
  for (const [what, change, code] of codes) {
    it(`is ${code} for ${what}`, () => expect(storyExitCode({ ...passed, ...change })).to.equal(code));
  }

  it('of many stories is the first that applies', () => {
    expect(worstExitCode([0, 1, 42, 12, 11, 10])).to.equal(10);
    expect(worstExitCode([0, 1, 42, 12, 11])).to.equal(11);
    expect(worstExitCode([0, 1, 42, 12])).to.equal(12);
    expect(worstExitCode([0, 1, 42])).to.equal(42);
    expect(worstExitCode([1, 0])).to.equal(1);
    expect(worstExitCode([0, 0])).to.equal(0);
  });
});

describe('the verdict', () => {
  it('says how a story ended, in how long, and its hash', () => {
    expect(verdictText(passed, unpainted)).to.equal(
      ' ✔ completed · 16 of 16 properties held · 2 jams · 1 min 43 s simulated in 12 ms\n   · trace 3f9c0123456789ab\n',
    );
    expect(failureText(passed, unpainted)).to.equal('');
  });

  it('does not count among those that held what a fault voids', () => {
    const runs = [
      { ...passedRun, voided: ['S5', 'S9'] as const },
      { ...unsafeRun, voided: ['S5'] as const },
    ];
    expect(verdictText({ ...passed, runs }, unpainted)).to.contain('14 of 15 properties held (void: S9)');
  });

  it('names the property, the place of a failed expectation, and the command that replays it', () => {
    const failed = { ...passed, runs: [unsafeRun] };
    expect(verdictText(failed, unpainted)).to.match(/^ ✘ completed · 15 of 16 properties held · /);
    expect(failureText(failed, unpainted)).to.equal(
      [
        ' S5 violated at 0:31.950: the bolt is driven out with the door open',
        ' scenarios/02-misaligned-strike.yaml:31: at 0:40.000: expected bolt extended within 10 s; the bolt',
        '   is between',
        ' replay: latchkey sim scenarios/02-misaligned-strike.yaml --seed 7',
        '',
      ].join('\n'),
    );
  });

  it('of a sweep counts the outcomes and shows the first run that failed', () => {
    const sweep: StoryResult = {
      ...passed,
      runs: [
        { ...passedRun, sweepPoint: 'cut = 0 ms' },
        { ...unsafeRun, sweepPoint: 'cut = 10 ms', outcomes: ['departureUnconfirmed'], failedExpectations: [] },
        { ...lateRun, sweepPoint: 'cut = 20 ms', outcomes: [] },
      ],
    };
    expect(verdictText(sweep, unpainted)).to.match(
      /^ ✘ 3 runs: 1 completed, 1 departure unconfirmed · 14 of 16 .*6 jams/,
    );
    const failures = failureText(sweep, unpainted);
    expect(failures).to.contain('S5 violated at 0:31.950 (cut = 10 ms): the bolt');
    expect(failures).to.contain('2 of 3 runs failed; this is the first');
    expect(failures).to.not.contain('L1');
  });

  it('says that time ran out, and what was never seen', () => {
    const failed = { ...passed, timedOut: true, wallMs: 3_000, marksMissed: [{ line: 40, words: 'outcome missed' }] };
    expect(verdictText(failed, unpainted)).to.match(/^ ✘ TIMED OUT · /);
    expect(failureText(failed, unpainted)).to.contain('yaml:40: never seen: outcome missed\n');
    expect(failureText(failed, unpainted)).to.contain('timed out after 3.0 s, in run 1\n');
  });

  it('is one row for a story among many, however long its name and its outcomes', () => {
    expect(verdictLine(passed, 24, unpainted)).to.equal(' ✔ The misaligned strike     3f9c0123456789ab  completed\n');
    const long = {
      ...passed,
      story: 'x'.repeat(90),
      runs: Array.from({ length: 12 }, () => passedRun),
      timedOut: false,
    };
    const row = verdictLine(long, 50, unpainted);
    expect(row.trimEnd().length).to.be.at.most(columnsMax);
    expect(row).to.contain(`${'x'.repeat(49)}…  3f9c`);
  });

  it('sums many stories up', () => {
    expect(summaryText([passed, passed], 40, unpainted)).to.equal(
      ' ✔ 2 stories in 2 runs · all passed · 3 min 26 s simulated in 40 ms\n',
    );
    expect(summaryText([passed, { ...passed, runs: [lateRun] }], 40, unpainted)).to.match(
      /^ ✘ 2 stories .* · 1 FAILED · /,
    );
  });
});
