import { expect } from 'chai';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { GlobalTimeouts } from '../../../sim/worlds/global-timeouts.js';

describe('GlobalTimeouts', () => {
  let clock: VirtualClock;
  let timeouts: GlobalTimeouts;
  let fired: string[];

  beforeEach(() => {
    clock = new VirtualClock();
    timeouts = new GlobalTimeouts(clock);
    fired = [];
  });

  function pass(durationMs: number): void {
    timeouts.run(() => clock.advanceTo(clock.nowMs() + durationMs));
  }

  it('fires time-outs in virtual time, by time and then in order', () => {
    timeouts.run(() => {
      setTimeout(() => fired.push(`second at ${clock.nowMs()}`), 20);
      setTimeout(() => fired.push(`third at ${clock.nowMs()}`), 20);
      setTimeout(() => fired.push(`first at ${clock.nowMs()}`), 10);
    });
    expect(fired).to.deep.equal([]);
    pass(15);
    expect(fired).to.deep.equal(['first at 10']);
    pass(15);
    expect(fired).to.deep.equal(['first at 10', 'second at 20', 'third at 20']);
  });

  it('fires no time-out that was cleared, and knows of none that is not its own', () => {
    timeouts.run(() => {
      const cleared = setTimeout(() => fired.push('cleared'), 10);
      setTimeout(() => fired.push('kept'), 10);
      clearTimeout(cleared);
      clearTimeout(cleared);
      clearTimeout(undefined);
    });
    pass(20);
    expect(fired).to.deep.equal(['kept']);
  });

  it('lets a time-out set and clear others', () => {
    timeouts.run(() => {
      setTimeout(() => {
        clearTimeout(later);
        setTimeout(() => fired.push(`set at 10, fired at ${clock.nowMs()}`), 5);
      }, 10);
      const later = setTimeout(() => fired.push('later'), 10);
    });
    pass(20);
    expect(fired).to.deep.equal(['set at 10, fired at 15']);
  });

  it("leaves Node's own functions as they were, whatever happened", () => {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    expect(timeouts.run(() => 'answer')).to.equal('answer');
    expect(() =>
      timeouts.run(() => {
        expect(globalThis.setTimeout).to.not.equal(set);
        throw new Error('mishap');
      }),
    ).to.throw('mishap');
    expect(globalThis.setTimeout).to.equal(set);
    expect(globalThis.clearTimeout).to.equal(clear);
  });
});
