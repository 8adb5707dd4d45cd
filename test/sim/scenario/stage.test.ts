import { expect } from 'chai';
import type { Observer } from '../../../sim/observation.js';
import { playOnStage } from '../../../sim/scenario/player.js';
import type { Given, Need, Stage } from '../../../sim/scenario/stage.js';
import { Witness } from '../../../sim/scenario/witness.js';
import { load } from './played-story.js';

/** A stage on which everything takes as long as the test says. */
class SlowStage implements Stage {
  readonly log: string[] = [];
  now = 0;
  isHalted = false;

  nowMs(): number {
    return this.now;
  }

  halt(): void {
    this.isHalted = true;
  }

  request(): boolean {
    this.log.push(`${this.now} request`);
    return true;
  }
}

/** Plays the lines; `give` answers whatever the story needs. */
function playSlowly(lines: string, give: (need: Need, stage: SlowStage, witness: Witness) => Given) {
  const scenario = load(lines);
  const stage = new SlowStage();
  const witness = new Witness(scenario);
  const told: string[] = [];
  const observer: Observer = { deed: (nowMs, words) => told.push(`${nowMs} ${words}`) };
  const playing = playOnStage(scenario, null, stage, witness, observer);
  let next = playing.next();
  while (next.done !== true) next = playing.next(give(next.value, stage, witness));
  return { result: next.value, stage, told };
}

/** Time passes as it should. */
function pass(need: Extract<Need, { kind: 'time' }>, stage: SlowStage): Given {
  stage.now = Math.max(stage.now, need.untilMs);
  return null;
}

describe('a story on a stage that takes its time', () => {
  it('goes on when a hand is done, and counts from there', () => {
    const lines = `steps:
  - after: 1 s
    do: Carla opens the door
  - after: 2 s
    do: Carla arrives
`;
    const { stage, told } = playSlowly(lines, (need, where) => {
      if (need.kind === 'time') return pass(need, where);
      where.now += 7_000;
      return null;
    });
    expect(told).to.include('8000 Carla opens the door');
    expect(stage.log).to.deep.equal(['0 request', '10000 request']);
  });

  it('tells what kept a hand from its deed', () => {
    const { told } = playSlowly('steps:\n  - do: Carla opens the door\n', (need, stage) =>
      need.kind === 'time' ? pass(need, stage) : 'the contact says that the door is closed',
    );
    expect(told).to.include('0 Carla opens the door, in vain: the contact says that the door is closed');
  });

  it('does at once what is late', () => {
    const lines = `steps:
  - do: Carla opens the door
  - at: 5 s
    do: Carla arrives
lasts: 6 s
`;
    const { stage, result } = playSlowly(lines, (need, where) => {
      if (need.kind === 'time') return pass(need, where);
      where.now += 9_000;
      return null;
    });
    expect(stage.log).to.deep.equal(['0 request', '9000 request']);
    expect(result.simulatedMs).to.equal(9_000);
  });

  it('gives what is awaited the time on top that a fault takes to be made', () => {
    const lines = `steps:
  - fault: camera unpowered
    in: 2 s
  - expect: door open
    within: 5 s
lasts: 30 s
`;
    const opensAtMs = (atMs: number) =>
      playSlowly(lines, (need, stage, witness) => {
        if (need.kind !== 'time') stage.now += 10_000;
        else if (need.untilMs >= atMs && stage.now < atMs) {
          stage.now = atMs;
          witness.door(atMs, false);
        } else pass(need, stage);
        return null;
      }).result.failedExpectations;
    expect(opensAtMs(14_900)).to.deep.equal([]);
    expect(opensAtMs(15_100)).to.have.length(1);
  });
});
