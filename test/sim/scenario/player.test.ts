import { expect } from 'chai';
import type { Observer } from '../../../sim/observation.js';
import { playScenario } from '../../../sim/scenario/player.js';
import { FakeWorld } from './fake-world.js';
import type { Script } from './fake-world.js';
import { intent, load, play, record } from './played-story.js';
import type { Played } from './played-story.js';

describe('playing a story', () => {
  it('announces the visits, then does each step in its time', async () => {
    const { world, result } = await play(`steps:
  - after: 1 s
    do: Carla arrives
  - after: 2 s
    do: Carla rings
  - at: 10 s
    do: Carla pulls the door
    for: 2 s
  - do: Olga answers the door
lasts: 20 s
`);
    expect(world.log).to.deep.equal([
      '0 network announceVisit',
      '1000 network arrive',
      '3000 door ring',
      '10000 hand {"kind":"pullDoor","forMs":2000}',
      '10000 door answer',
    ]);
    expect(result.simulatedMs).to.equal(20_000);
  });

  it('goes on for two minutes after the last step unless it says how long it lasts', async () => {
    expect((await play('steps:\n  - after: 1 s\n    do: Carla arrives\n')).result.simulatedMs).to.equal(121_000);
  });

  it('leaves out visits that a step announces', async () => {
    const { world } =
      await play(`    card: { visitor: Carla, for: delivery, from: 10:00, until: 14:00, announced: later }
steps:
  - do: Olga announces the visit
    visit: card
`);
    expect(world.requests.map((request) => request.kind === 'announceVisit' && request.grant.id)).to.deep.equal([
      'parcel',
      'card',
    ]);
  });

  it('tells the observers each deed, whether it was done, and the end', async () => {
    const told: string[] = [];
    const observer: Observer = {
      deed: (nowMs, words, done) => told.push(`${nowMs} ${words} ${done ? 'done' : 'not done'}`),
      finish: (nowMs) => told.push(`${nowMs} the end`),
    };
    await play(
      'steps:\n  - do: Carla opens the door\n  - fault: network down\n  - do: Carla arrives\nlasts: 1 s\n',
      [],
      null,
      [observer],
    );
    expect(told).to.deep.equal([
      '0 the visit "parcel" is announced done',
      '0 Carla opens the door done',
      '0 Carla arrives, in vain: it does not reach the lock not done',
      '1000 the end',
    ]);
  });

  it('says what kept a hand from its deed', async () => {
    const told: string[] = [];
    const scenario = load('steps:\n  - do: Carla opens the door\n');
    await playScenario({
      scenario,
      point: null,
      seed: 1,
      makeWorld: (_settings, _seed, observer) => Object.assign(new FakeWorld(observer, []), { doorHeld: true }),
      observers: [{ deed: (_nowMs, words) => told.push(words) }],
    });
    expect(told).to.include('Carla opens the door, in vain: the bolt holds the door');
  });

  it('lets faults begin and end while the story goes on', async () => {
    const { world } = await play(`steps:
  - fault: camera frozen
    in: 2 s
    for: 3 s
  - fault: power down
    for: 1 s
  - after: 4 s
    do: Carla rings
  - fault: recorder full
  - after: 2 s
    mend: recorder full
lasts: 10 s
`);
    expect(world.log.slice(1)).to.deep.equal([
      '0 power down begins',
      '1000 power down ends',
      '2000 camera frozen begins',
      '4000 door ring',
      '4000 recorder full begins',
      '5000 camera frozen ends',
      '6000 recorder full ends',
    ]);
  });

  it('lets people do later what the story plans, in between and in order', async () => {
    const { world } = await play(
      `steps:
  - do: Carla rings
    in: 3 s
  - fault: power down
    in: 2 s
    for: 1 s
  - after: 2500 ms
    do: Olga answers the door
  - do: Carla opens the door
    in: $x
lasts: 10 s
sweep: { x: { from: 1 s, to: 2 s, every: 1 s } }
`,
      [],
      2_000,
    );
    expect(world.log.slice(1)).to.deep.equal([
      '2000 power down begins',
      '2500 door answer',
      '3000 door ring',
      '3000 power down ends',
      '4500 hand {"kind":"openDoor"}',
    ]);
  });

  it('ends a fault before the next begins, where the story says so', async () => {
    const { world } = await play('steps:\n  - fault: power down\n    for: 1 s\n  - fault: power down\n    in: 1 s\n');
    expect(world.log.slice(1)).to.deep.equal(['0 power down begins', '1000 power down ends', '1000 power down begins']);
  });

  it('puts the point of a sweep in the place of its parameter', async () => {
    const lines = `steps:
  - after: $x
    do: Carla rings
  - fault: power down
    in: $x
    for: $x
  - expect: door open
    within: $x
lasts: 1 min
sweep: { x: { from: 1 s, to: 3 s, every: 1 s } }
`;
    const { world, result, failures } = await play(lines, [], 2_000);
    expect(world.log.slice(1)).to.deep.equal(['2000 door ring', '4000 power down begins', '6000 power down ends']);
    expect(result.sweepPoint).to.equal('x = 2 s');
    expect(failures).to.deep.equal(['7 at 4000: expected door open within 2 s; the door is closed']);
  });
});

describe('the entry that is asked for', () => {
  const entries = ({ world }: Played) =>
    world.requests.flatMap((request) => (request.kind === 'enter' ? [request.entry] : []));
  const ask = 'steps:\n  - after: 1 s\n    do: Carla asks to enter\n  - after: 2 s\n    do: Carla asks to enter\n';

  it('is the same again as long as none is spent', async () => {
    expect(entries(await play(ask))).to.deep.equal([1, 1]);
    expect(entries(await play(ask, [[2_000, record(intent(1), 7)]]))).to.deep.equal([1, 1]);
  });

  it('is the next one once the intent of the last is synced', async () => {
    const synced: Script = [
      [2_000, record(intent(1), 7)],
      [2_050, (observer, atMs) => observer.synced(atMs, 6)],
      [2_100, (observer, atMs) => observer.synced(atMs, 7)],
    ];
    expect(entries(await play(ask, synced))).to.deep.equal([1, 2]);
    const syncedBefore: Script = [
      [2_000, record(intent(1), 7)],
      [2_100, (observer, atMs) => observer.synced(atMs, 6)],
    ];
    expect(entries(await play(ask, syncedBefore))).to.deep.equal([1, 1]);
  });

  it('is the same again if the intent was lost in a crash, though its number is given out again', async () => {
    const lost: Script = [
      [2_000, record(intent(1), 7)],
      [2_100, (observer, atMs) => observer.host(atMs, false)],
      [2_200, (observer, atMs) => observer.host(atMs, true)],
      [2_300, (observer, atMs) => observer.synced(atMs, 8)],
    ];
    expect(entries(await play(ask, lost))).to.deep.equal([1, 1]);
  });

  it('is the one that the story names', async () => {
    expect(entries(await play('steps:\n  - do: Carla asks to enter\n    entry: 5\n'))).to.deep.equal([5]);
  });
});
