import { expect } from 'chai';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { SerialLane } from '../../../sim/wired/serial-lane.js';

class LaneUnderTest {
  readonly clock = new VirtualClock();
  readonly arrived: string[] = [];
  readonly lane = new SerialLane(this.clock, (bytes) => this.arrived.push(`${this.clock.nowMs()}: ${bytes.join(' ')}`));
}

describe('SerialLane', () => {
  it('carries a byte in 174 us, and lets each arrive in the whole ms after that', () => {
    const { lane, clock, arrived } = new LaneUnderTest();
    lane.put(Uint8Array.of(1, 2, 3, 4, 5, 6, 7));
    lane.put(Uint8Array.of(8));
    expect(lane.length()).to.equal(8);
    clock.advanceTo(100);
    expect(arrived).to.deep.equal(['1: 1 2 3 4 5', '2: 6 7 8']);
    expect(lane.length()).to.equal(0);
  });

  it('carries 5,760 bytes in a second', () => {
    const { lane, clock, arrived } = new LaneUnderTest();
    lane.put(new Uint8Array(5760));
    clock.advanceTo(999);
    expect(lane.length()).to.be.within(1, 6);
    clock.advanceTo(1000);
    expect(lane.length()).to.equal(0);
    expect(arrived).to.have.length(1000);
  });

  it('begins anew after a pause', () => {
    const { lane, clock, arrived } = new LaneUnderTest();
    lane.put(Uint8Array.of(1));
    clock.advanceTo(50);
    lane.put(Uint8Array.of());
    lane.put(Uint8Array.of(2));
    clock.advanceTo(100);
    expect(arrived).to.deep.equal(['1: 1', '51: 2']);
  });

  it('loses what is under way when it is cleared', () => {
    const { lane, clock, arrived } = new LaneUnderTest();
    lane.put(Uint8Array.of(1, 2, 3, 4, 5, 6, 7));
    clock.advanceTo(1);
    lane.clear();
    clock.advanceTo(50);
    expect(arrived).to.deep.equal(['1: 1 2 3 4 5']);
  });
});
