import { expect } from 'chai';
import { StoryStage } from '../../../cli/rig/story-stage.js';
import type { StoryStageParts } from '../../../cli/rig/story-stage.js';
import { Standing } from '../../../cli/rig/standing.js';
import type { Desk } from '../../../firmware/desk.js';
import type { Playing } from '../../../sim/scenario/player.js';
import type { Given, Need } from '../../../sim/scenario/stage.js';

const desk = { challenge: () => 'fresh' } as unknown as Desk;

/** What becomes of one need on the stage of a rig whose network is up, or down. */
async function given(need: Need, networkUp: boolean): Promise<Given> {
  const standing = new Standing();
  standing.networkUp = networkUp;
  const stage = new StoryStage({ standing, desk } as unknown as StoryStageParts);
  const answers: Given[] = [];
  await stage.play(
    (function* (): Playing {
      answers.push(yield need);
      return { sweepPoint: null, failedExpectations: [], missed: [], outcomes: [], jams: 0, simulatedMs: 0 };
    })(),
  );
  expect(answers).to.have.length(1);
  return answers[0] ?? null;
}

describe('the stage of a rig', () => {
  it('takes credentials to the desk of its lock, and waits for them', async () => {
    const shownTo: Desk[] = [];
    const show = async (to: Desk): Promise<Given> => {
      await Promise.resolve();
      shownTo.push(to);
      return 'in vain';
    };
    expect(await given({ kind: 'credential', via: 'network', show }, true)).to.equal('in vain');
    expect(shownTo).to.deep.equal([desk]);
    expect(await given({ kind: 'credential', via: 'network', show }, false)).to.equal('it does not reach the lock');
    expect(await given({ kind: 'credential', via: 'door', show }, false)).to.equal('in vain');
    expect(shownTo).to.have.length(2);
  });
});
