import { expect } from 'chai';
import { FanOut } from '../../sim/fan-out.js';
import { runStory } from '../../sim/run-story.js';
import type { PlayedStory, StoryOptions } from '../../sim/run-story.js';
import { loadScenario } from '../../sim/scenario/load.js';
import type { MakeWorld } from '../../sim/world.js';
import { ModelWorld } from '../../sim/worlds/model.js';

const delivery = `
story: A parcel
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner, Carla: courier }
  visits:
    parcel: { visitor: Carla, for: delivery, from: 10:00, until: 14:00 }
steps:
  - { after: 10 s, do: Carla arrives }
  - { after: 5 s, do: Carla rings }
  - { after: 15 s, do: Carla asks to enter }
  - { expect: bolt retracted, within: 5 s }
  - { after: 2 s, do: Carla opens the door }
  - { after: 8 s, do: Carla closes the door }
  - { expect: bolt extended, within: 10 s }
  - { after: 2 s, do: Carla says goodbye }
`;

const sweep = `
story: A sweep
given: { begins: 2026-03-03 10:15, people: { Olga: owner } }
steps:
  - { after: $wait, do: Olga turns the thumb-turn to unlock }
  - { expect: bolt retracted, within: 1 s }
  - { after: 1 s, do: Olga opens the door }
never: [1 entry]
sweep: { wait: { from: 0 s, to: 3 s, every: 1 s } }
`;

const model: MakeWorld = (settings, seed, observer) =>
  new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });

const everyFrame: MakeWorld = (settings, seed, observer) =>
  new ModelWorld(settings, seed, observer, { coalesce: false, journalBytes: true });

/** A model whose observers are told something else than what happens. */
function distorted(distort: (truth: FanOut) => void): MakeWorld {
  return (settings, seed, observer) => {
    const told = new FanOut([observer]);
    distort(told);
    return model(settings, seed, told);
  };
}

function run(text: string, options: Partial<StoryOptions> = {}): Promise<PlayedStory> {
  const scenario = loadScenario({ text, file: 'story.yaml' }, ['sim']);
  return runStory(scenario, { seed: 1, makeWorld: model, isOutOfTime: () => false, onRun: () => {}, ...options });
}

describe('a story', () => {
  it('is played on the firmware, with nothing to complain of', async () => {
    const { runs, marksMissed, timedOut, traceHash, shown } = await run(delivery);
    expect(runs).to.have.lengthOf(1);
    expect(runs[0]).to.deep.include({ sweepPoint: null, outcomes: ['completed'], jams: 0 });
    expect(runs[0]).to.deep.include({ violations: [], voided: [], failedExpectations: [] });
    expect({ marksMissed, timedOut }).to.deep.equal({ marksMissed: [], timedOut: false });
    expect(traceHash).to.match(/^[0-9a-f]{16}$/);
    expect(shown.events.at(-1)?.kind).to.equal('finish');
  });

  it('has the same hash and trace each time, frame by frame too', async () => {
    const first = await run(delivery);
    expect(await run(delivery)).to.deep.equal(first);
    const uncoalesced = await run(delivery, { makeWorld: everyFrame });
    expect(uncoalesced.traceHash).to.equal(first.traceHash);
    expect(uncoalesced.shown.events).to.deep.equal(first.shown.events);
  });

  it('has another hash where something else is seen', async () => {
    expect((await run(delivery.replace('8 s', '8001 ms'))).traceHash).to.not.equal((await run(delivery)).traceHash);
  });

  it('is watched for safety: a lock that says locked with the door open', async () => {
    const { runs } = await run(delivery, {
      makeWorld: distorted((told) => {
        const tell = told.report.bind(told);
        told.report = (nowMs, report) => tell(nowMs, { ...report, position: 'locked' });
      }),
    });
    expect(runs[0]?.violations.map(({ property }) => property)).to.include('S9');
  });

  it('is watched for liveness: an owner who is never told', async () => {
    const { runs } = await run(delivery, { makeWorld: distorted((told) => void (told.notice = () => {})) });
    expect(runs[0]?.violations.map(({ property }) => property)).to.deep.equal(['L3']);
  });

  it('tells the first violation of each property only', async () => {
    const { runs } = await run(delivery, {
      makeWorld: distorted((told) => {
        const tell = told.motor.bind(told);
        told.motor = (nowMs, drive) => {
          tell(nowMs, drive);
          if (drive === 'off') tell(nowMs, 'extend');
        };
      }),
    });
    const properties = runs[0]?.violations.map(({ property }) => property) ?? [];
    expect(properties).to.include('S4');
    expect(properties).to.deep.equal([...new Set(properties)]);
  });

  it('names the properties that its faults void', async () => {
    const { runs } = await run(
      (sweep.split('sweep:')[0] ?? '')
        .replace('$wait', '1 s')
        .replace('steps:', 'steps:\n  - { fault: door contact stuck closed }'),
    );
    expect(runs[0]?.voided).to.include.members(['S5', 'S9']).and.not.include('S1');
  });

  it('is played once for each point of its sweep', async () => {
    const told: string[] = [];
    const { runs, shown } = await run(sweep, { onRun: (done, of) => void told.push(`${done}/${of}`) });
    expect(told).to.deep.equal(['0/4', '1/4', '2/4', '3/4']);
    expect(runs.map(({ sweepPoint }) => sweepPoint)).to.deep.equal([
      'wait = 0 ms',
      'wait = 1 s',
      'wait = 2 s',
      'wait = 3 s',
    ]);
    expect(shown.sweepPoint).to.equal('wait = 0 ms');
  });

  it('shows the first run of a sweep that failed', async () => {
    const { runs, shown } = await run(`
story: A phone that reaches nobody
given: { begins: 2026-03-03 10:15, people: { Olga: owner } }
steps:
  - { fault: network down, in: 1500 ms }
  - { after: $wait, do: Olga switches to privacy mode }
  - { expect: recorded mode changed, within: 100 ms }
sweep: { wait: { from: 0 s, to: 3 s, every: 1 s } }
`);
    expect(runs.map(({ failedExpectations }) => failedExpectations.length)).to.deep.equal([0, 0, 1, 1]);
    expect(shown.sweepPoint).to.equal('wait = 2 s');
  });

  it('misses a mark that no run of the sweep hits', async () => {
    const text = sweep.replace('never: [1 entry]', 'sometimes: [door open, camera on]');
    expect((await run(text)).marksMissed.map(({ words }) => words)).to.deep.equal(['camera on']);
  });

  it('is left unfinished when its time is out', async () => {
    let asked = 0;
    const hopeful = sweep.replace('never: [1 entry]', 'sometimes: [camera on]');
    const { runs, timedOut, marksMissed, shown } = await run(hopeful, { isOutOfTime: () => (asked += 1) > 2 });
    expect(timedOut).to.equal(true);
    expect(marksMissed).to.deep.equal([]);
    expect(runs).to.have.lengthOf(3);
    expect(runs.at(-1)).to.deep.include({ outcomes: [], violations: [], failedExpectations: [] });
    expect(shown.events.at(-1)?.kind).to.not.equal('finish');
  });

  it('lets a fault of the world through', async () => {
    const broken: MakeWorld = () => {
      throw new RangeError('no such world');
    };
    const error: unknown = await run(delivery, { makeWorld: broken }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RangeError).with.property('message', 'no such world');
  });
});
