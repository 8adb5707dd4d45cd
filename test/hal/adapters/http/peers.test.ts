import { expect } from 'chai';
import { LIMITS } from '../../../../hal/adapters/http/limits.js';
import { Peers } from '../../../../hal/adapters/http/peers.js';

describe('peers', () => {
  const limits = {
    ...LIMITS,
    connectionsPerPeer: 2,
    perPeer: { perS: 1, burst: 4 },
    overall: { perS: 1_000, burst: 6 },
  };

  it('have so many connections each', () => {
    const peers = new Peers(limits, 0);
    expect(peers.connected('a', 0)).to.equal(true);
    expect(peers.connected('a', 0)).to.equal(true);
    expect(peers.connected('a', 0)).to.equal(false);
    expect(peers.connected('b', 0)).to.equal(true);
    peers.left('a');
    expect(peers.connected('a', 0)).to.equal(true);
  });

  it('pay for connections and requests alike', () => {
    const peers = new Peers(limits, 0);
    expect(peers.connected('a', 0)).to.equal(true);
    expect([1, 2, 3, 4].map(() => peers.asked('a', 0))).to.deep.equal([true, true, true, false]);
    expect(peers.connected('a', 0)).to.equal(false);
    expect(peers.asked('a', 1_000)).to.equal(true);
  });

  it('that ask too much take nothing from the others, until all together do', () => {
    const peers = new Peers(limits, 0);
    for (let tries = 0; tries < 100; tries += 1) peers.asked('a', 0);
    expect([1, 2, 3].map(() => peers.asked('b', 0))).to.deep.equal([true, true, false]);
  });

  it('are forgotten once they are quiet, and never while they are connected', () => {
    const peers = new Peers({ ...limits, overall: { perS: 1e9, burst: 1e9 } }, 0);
    peers.connected('stays', 0);
    for (let name = 0; name < 1_023; name += 1) peers.asked(`stranger ${name}`, 0);
    expect(peers.asked('one more', 0)).to.equal(false);
    expect(peers.asked('one more', 5_000)).to.equal(true);
    peers.connected('stays', 5_000);
    expect(peers.connected('stays', 10_000)).to.equal(false);
  });
});
