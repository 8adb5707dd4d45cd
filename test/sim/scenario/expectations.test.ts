import { expect } from 'chai';
import type { Notice } from '../../../hal/contracts/notices.js';
import { neverSeen, playScenario } from '../../../sim/scenario/player.js';
import type { ScenarioResult } from '../../../sim/scenario/player.js';
import { FakeWorld } from './fake-world.js';
import type { Script } from './fake-world.js';
import { bolt, intent, load, play, playLoaded, record, refused } from './played-story.js';

describe('an expectation', () => {
  it('must hold at once where it says no time', async () => {
    const lines = 'steps:\n  - expect: bolt extended\n  - expect: door open\n';
    expect((await play(lines)).failures).to.deep.equal(['3 at 0: expected door open; the door is closed']);
  });

  it('waits no longer than it must, and what follows counts from there', async () => {
    const lines = 'steps:\n  - expect: bolt retracted\n    within: 5 s\n  - after: 1 s\n    do: Carla rings\n';
    const { world, failures } = await play(lines, [[3_000, bolt('retracted')]]);
    expect(failures).to.deep.equal([]);
    expect(world.log.at(-1)).to.equal('4000 door ring');
  });

  it('fails when its time is over, and the story goes on', async () => {
    const lines = 'steps:\n  - expect: bolt retracted\n    within: 5 s\n  - after: 1 s\n    do: Carla rings\n';
    const { world, failures } = await play(lines, [[5_001, bolt('retracted')]]);
    expect(failures).to.deep.equal(['2 at 5000: expected bolt retracted within 5 s; the bolt is extended']);
    expect(world.log.at(-1)).to.equal('6000 door ring');
  });

  it('holds at the last instant of its time', async () => {
    const lines = 'steps:\n  - expect: bolt retracted\n    within: 5 s\n';
    expect((await play(lines, [[5_000, bolt('retracted')]])).failures).to.deep.equal([]);
  });

  it('is met by what came true and was over within the same instant', async () => {
    const flicker: Script = [
      [
        1_000,
        (observer, atMs) => {
          observer.bolt(atMs, 'between', 0);
          observer.bolt(atMs, 'extended', 0);
        },
      ],
    ];
    expect((await play('steps:\n  - expect: bolt between\n    within: 5 s\n', flicker)).failures).to.deep.equal([]);
  });

  it('is met by what a fault on the way brings about', async () => {
    const lines = 'steps:\n  - fault: power down\n    in: 1 s\n  - expect: bolt between\n    within: 5 s\n';
    const scenario = load(lines);
    const result = await playScenario({
      scenario,
      point: null,
      seed: 1,
      makeWorld: (_settings, _seed, observer) => {
        const world = new FakeWorld(observer, []);
        world.setFault = () => observer.bolt(world.nowMs(), 'between', 0);
        return world;
      },
      observers: [],
    });
    expect(result.failedExpectations).to.deep.equal([]);
    expect(result.simulatedMs).to.equal(121_000);
  });

  it('that must stay is watched all the while', async () => {
    const lines = 'steps:\n  - expect: bolt extended\n    for: 5 s\n  - after: 1 s\n    do: Carla rings\n';
    const stays = await play(lines, [[5_001, bolt('between')]]);
    expect(stays.failures).to.deep.equal([]);
    expect(stays.world.log.at(-1)).to.equal('6000 door ring');
    expect((await play(lines, [[2_000, bolt('between')]])).failures).to.deep.equal([
      '2 at 2000: expected bolt extended for 5 s; the bolt is between',
    ]);
    expect((await play('steps:\n  - expect: bolt between\n    for: 5 s\n')).failures).to.have.lengthOf(1);
  });

  it('goes on waiting when somebody else halts the world', async () => {
    const halt: Script = [
      [1_000, (observer, atMs) => observer.door(atMs, true)],
      [3_000, bolt('retracted')],
    ];
    const scenario = load('steps:\n  - expect: bolt retracted\n    within: 5 s\n');
    let halts = 0;
    const worlds: FakeWorld[] = [];
    const result = await playScenario({
      scenario,
      point: null,
      seed: 1,
      makeWorld: (_settings, _seed, observer) => {
        worlds.push(new FakeWorld(observer, halt));
        return worlds[0] ?? new FakeWorld(observer, halt);
      },
      observers: [
        {
          door: () => {
            halts += 1;
            worlds[0]?.halt();
          },
        },
      ],
    });
    expect(halts).to.equal(1);
    expect(result.failedExpectations).to.deep.equal([]);
  });

  it('of a happening needs one of its own', async () => {
    const lines = 'steps:\n  - after: 5 s\n    expect: refused not rung\n  - expect: refused not rung\n';
    expect((await play(lines, [[1_000, refused('notRung')]])).failures).to.deep.equal([
      '4 at 5000: expected refused not rung; refused: not rung',
    ]);
    const twice: Script = [
      [1_000, refused('notRung')],
      [2_000, refused('notRung')],
    ];
    expect((await play(lines, twice)).failures).to.deep.equal([]);
  });

  it('of one thing or another is met by either', async () => {
    const lines = 'steps:\n  - expect: refused not rung or bolt retracted\n    within: 5 s\n';
    expect((await play(lines, [[1_000, refused('notRung')]])).failures).to.deep.equal([]);
    expect((await play(lines, [[1_000, bolt('retracted')]])).failures).to.deep.equal([]);
    expect((await play(lines, [[1_000, refused('cameraOff')]])).failures).to.deep.equal([
      '2 at 5000: expected refused not rung or bolt retracted within 5 s; refused: camera off, the bolt is extended',
    ]);
  });
});

describe('what a story can see', () => {
  const seen: readonly [phrase: string, happen: Script[number][1], otherwise: string][] = [
    ['bolt retracted', bolt('retracted'), 'the bolt is extended'],
    ['door open', (o, t) => o.door(t, false), 'the door is closed'],
    ['motor retracting', (o, t) => o.motor(t, 'retract'), 'the motor is off'],
    ['camera on', (o, t) => o.cameraPower(t, true), 'the camera is off'],
    ['jam light on', (o, t) => o.indicator(t, 'jam', true), 'the jam light is off'],
    [
      'reported locked',
      (o, t) =>
        o.report(t, {
          position: 'locked',
          assumed: null,
          activity: 'idle',
          lastResult: 'ok',
          door: 'closed',
          mode: 'normal',
        }),
      'nothing was reported',
    ],
    ['alarm door ajar', (o, t) => o.alarm(t, 'DoorAjar', true), 'alarms raised: none'],
    ['any alarm', (o, t) => o.alarm(t, 'DoorAjar', true), 'alarms raised: none'],
    [
      '1 jam',
      (o, t) => {
        o.motor(t, 'extend');
        o.bolt(t, 'between', 0);
        o.motorStalled(t, true);
      },
      'jams: 0',
    ],
    [
      '1 entry',
      (o, t) => {
        o.record(t, { number: 1, atMs: t, utcMs: null, event: intent(1) });
        o.record(t, { number: 2, atMs: t, utcMs: null, event: intent(1) });
        o.synced(t, 2);
      },
      'entries: 0',
    ],
    [
      'worker is told refused not rung',
      (o, t) =>
        o.notice(t, { number: 1, to: 'worker', kind: 'refused', visitId: null, detail: 'notRung', utcMs: null }),
      'the worker was told: none',
    ],
    ['anything refused', refused('cameraOff'), 'refused: none'],
    [
      'outcome missed',
      record({
        kind: 'visitEnded',
        visitId: 'parcel',
        outcome: 'missed',
        entriesSpent: 0,
        doorOpenMs: 0,
        jams: 0,
        deliveryClaimed: false,
      }),
      'outcomes: none',
    ],
    ['recorded booted', record({ kind: 'booted' }), 'there was none'],
  ];
  for (const [phrase, happen, otherwise] of seen) {
    it(phrase, async () => {
      const lines = `steps:\n  - expect: ${phrase}\n    within: 5 s\n`;
      expect((await play(lines, [[1_000, happen]])).failures).to.deep.equal([]);
      expect((await play(lines)).failures).to.deep.equal([`2 at 5000: expected ${phrase} within 5 s; ${otherwise}`]);
    });
  }

  it('does not count as a jam that the bolt is where it was driven to', async () => {
    const arrived: Script = [
      [
        1_000,
        (o, t) => {
          o.motor(t, 'extend');
          o.bolt(t, 'extended', 0);
          o.motorStalled(t, true);
        },
      ],
    ];
    expect((await play('eventually: [0 jams]\n', arrived)).failures).to.deep.equal([]);
  });

  const numbered =
    (number: number, to: Notice['to'] = 'owner'): Script[number][1] =>
    (o, t) =>
      o.notice(t, { number, to, kind: 'rang', visitId: null, detail: '', utcMs: null });

  it('tells repeats and gaps in the numbers of notices, in each stream by itself', async () => {
    const failures = async (script: Script) =>
      (await play('never: [a notice arrives again, a notice is missing]\n', script)).failures.map((text) =>
        text.replace(/.*: never /, ''),
      );
    const inOrder: Script = [
      [1_000, numbered(1)],
      [2_000, numbered(1, 'provider:Acme')],
      [3_000, numbered(2, 'worker')],
    ];
    expect(await failures(inOrder)).to.deep.equal([]);
    expect(await failures([...inOrder, [4_000, numbered(2)]])).to.deep.equal(['a notice arrives again: yet it was so']);
    expect(await failures([...inOrder, [4_000, numbered(4)]])).to.deep.equal(['a notice is missing: yet it was so']);
    expect(await failures([...inOrder, [4_000, numbered(3, 'provider:Acme')]])).to.have.length(1);
  });

  it('counts a notice once, however often it is delivered', async () => {
    const deliver: Script[number][1] = (o, t) =>
      o.notice(t, { number: 3, to: 'owner', kind: 'rang', visitId: null, detail: '', utcMs: null });
    const lines = 'steps:\n  - after: 5 s\n    expect: owner is told rang\n  - expect: owner is told rang\n';
    const twice: Script = [
      [1_000, deliver],
      [2_000, deliver],
    ];
    expect((await play(lines, twice)).failures).to.have.lengthOf(1);
  });
});

describe('the whole of a story', () => {
  it('never has what it forbids, not for an instant', async () => {
    const script: Script = [
      [1_000, bolt('between')],
      [1_100, bolt('extended')],
      [2_000, bolt('between')],
    ];
    expect((await play('never: [bolt between, refused not rung]\n', script)).failures).to.deep.equal([
      '1 at 1000: never bolt between: yet it was so',
    ]);
    expect((await play('never: [refused not rung]\n', [[1_000, refused('notRung')]])).failures).to.have.lengthOf(1);
  });

  it('tells what failed in the order of time', async () => {
    const lines = 'steps:\n  - after: 5 s\n    expect: door open\nnever: [bolt between]\n';
    expect((await play(lines, [[1_000, bolt('between')]])).failures).to.deep.equal([
      '4 at 1000: never bolt between: yet it was so',
      '2 at 5000: expected door open; the door is closed',
    ]);
  });

  it('ends as it says: what lasts holds then, what happens has happened', async () => {
    const lines = 'eventually: [bolt retracted, refused not rung]\nlasts: 10 s\n';
    const script: Script = [
      [1_000, bolt('retracted')],
      [2_000, refused('notRung')],
    ];
    expect((await play(lines, script)).failures).to.deep.equal([]);
    expect((await play(lines, [...script, [3_000, bolt('extended')]])).failures).to.deep.equal([
      '1 at 10000: expected bolt retracted in the end; the bolt is extended',
    ]);
  });

  it('misses what it hoped for only if no point of the sweep has shown it', async () => {
    const scenario = load(`steps:
  - after: $x
    do: Carla rings
sometimes: [bolt between, door open]
sweep: { x: { from: 1 s, to: 3 s, every: 1 s } }
`);
    const between: Script = [
      [1_000, bolt('between')],
      [1_100, bolt('extended')],
    ];
    const results = [
      (await playLoaded(scenario, [], 1_000)).result,
      (await playLoaded(scenario, between, 2_000)).result,
    ];
    expect(results.map(({ missed }) => missed.length)).to.deep.equal([2, 1]);
    const words = (from: ScenarioResult[]) => neverSeen(from).map(({ condition }) => condition.words);
    expect(words(results)).to.deep.equal(['door open']);
    expect(words([])).to.deep.equal([]);
  });

  it('tells how its visits ended, and how often the bolt jammed', async () => {
    const ended = record({
      kind: 'visitEnded',
      visitId: 'parcel',
      outcome: 'completed',
      entriesSpent: 1,
      doorOpenMs: 0,
      jams: 0,
      deliveryClaimed: false,
    });
    const jam: Script[number][1] = (o, t) => {
      o.motor(t, 'retract');
      o.motorStalled(t, true);
    };
    const { result } = await play('', [
      [1_000, jam],
      [2_000, ended],
    ]);
    expect(result).to.deep.include({ outcomes: ['completed'], jams: 1, sweepPoint: null });
  });
});
