import { expect } from 'chai';
import { junitReport } from '../../../sim/report/junit.js';
import { lateRun, passed, passedRun, unmetRun, unsafeRun } from './story-results.js';

describe('the JUnit report', () => {
  it('has a suite a file and a case a story, with what a person asks first', () => {
    const xml = junitReport([passed]);
    expect(xml).to.contain('<testsuites name="latchkey sim" tests="1" failures="0" errors="0" skipped="0">');
    expect(xml).to.contain('<testsuite name="scenarios/02-misaligned-strike.yaml" time="0.012" tests="1"');
    expect(xml).to.contain('name="The misaligned strike" file="scenarios/02-misaligned-strike.yaml" time="0.012">');
    expect(xml).to.contain('<property name="seed" value="7"/>');
    expect(xml).to.contain('<property name="outcome" value="completed"/>');
    expect(xml).to.contain('<property name="trace" value="3f9c0123456789ab"/>');
    expect(xml).to.not.contain('<failure');
  });

  it('folds the runs of a sweep into one case', () => {
    const xml = junitReport([{ ...passed, runs: [passedRun, passedRun, passedRun] }]);
    expect(xml.match(/<testcase /g)).to.have.lengthOf(1);
    expect(xml).to.contain('<property name="runs" value="3"/>');
  });

  it('names the property and the command that replays it', () => {
    const xml = junitReport([{ ...passed, runs: [unsafeRun] }]);
    expect(xml).to.contain('tests="1" failures="1"');
    expect(xml).to.contain(
      '<failure message="S5 violated at 0:31.950: the bolt is driven out with the door open" type="S5">',
    );
    expect(xml).to.contain('scenarios/02-misaligned-strike.yaml:31: at 0:40.000: expected bolt extended');
    expect(xml).to.contain('replay: latchkey sim scenarios/02-misaligned-strike.yaml --seed 7');
  });

  it('names what else failed', () => {
    expect(junitReport([{ ...passed, runs: [lateRun] }])).to.contain('type="L1"');
    expect(junitReport([{ ...passed, runs: [unmetRun] }])).to.contain('type="expectation"');
    expect(junitReport([{ ...passed, timedOut: true }])).to.contain('type="timeout"');
    expect(junitReport([{ ...passed, marksMissed: [{ line: 1, words: 'door open' }] }])).to.contain('type="sometimes"');
  });

  it('is the same each time, and keeps marks of XML out of names', () => {
    const odd = { ...passed, story: 'A <parcel> & "more" \u0007' };
    expect(junitReport([odd])).to.equal(junitReport([odd]));
    expect(junitReport([odd])).to.contain('name="A &lt;parcel> &amp; &quot;more&quot; "');
  });
});
