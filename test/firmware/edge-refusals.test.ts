import { expect } from 'chai';
import { EdgeRefusals } from '../../firmware/edge-refusals.js';

describe('Refusals at the edge', () => {
  function floodAt(refusals: EdgeRefusals, nowMs: number, count: number): number {
    let admitted = 0;
    for (let index = 0; index < count; index += 1) if (refusals.admits(nowMs)) admitted += 1;
    return admitted;
  }

  it('are recorded one by one, up to ten in a burst', () => {
    expect(floodAt(new EdgeRefusals(), 0, 10)).to.equal(10);
    expect(floodAt(new EdgeRefusals(), 0, 1_000)).to.equal(10);
  });

  it('are counted beyond that, and the count is due six seconds after the first of them', () => {
    const refusals = new EdgeRefusals();
    floodAt(refusals, 1_000, 25);
    expect(refusals.wakeAtMs).to.equal(7_000);
    expect(refusals.takeOmitted(6_999)).to.equal(0);
    expect(refusals.takeOmitted(7_000)).to.equal(15);
    expect(refusals.takeOmitted(7_000)).to.equal(0);
    expect(refusals.wakeAtMs).to.equal(Infinity);
  });

  it('are never recorded between what was omitted and its count, so that the journal keeps their order', () => {
    const refusals = new EdgeRefusals();
    floodAt(refusals, 0, 11);
    expect(refusals.admits(5_999)).to.equal(false);
    expect(refusals.takeOmitted(6_000)).to.equal(2);
    expect(refusals.admits(6_000)).to.equal(true);
  });

  it('get one more each six seconds, up to ten again', () => {
    const refusals = new EdgeRefusals();
    floodAt(refusals, 0, 10);
    expect(floodAt(refusals, 18_000, 10)).to.equal(3);
    refusals.takeOmitted(24_000);
    expect(floodAt(refusals, 10_000_000, 100)).to.equal(10);
  });
});
