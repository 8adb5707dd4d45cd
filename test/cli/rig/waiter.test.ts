import { expect } from 'chai';
import { Waiter } from '../../../cli/rig/waiter.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';

describe('waiter', () => {
  let clock: VirtualClock;
  let abortion: AbortController;
  let waiter: Waiter;
  let isSo: boolean;

  beforeEach(() => {
    clock = new VirtualClock();
    abortion = new AbortController();
    waiter = new Waiter(clock, abortion.signal);
    isSo = false;
  });

  const pass = (durationMs: number): void => clock.advanceTo(clock.nowMs() + durationMs);

  it('ends at once where it is so already', async () => {
    expect(await waiter.until(() => true, 0)).to.equal(true);
  });

  it('ends when somebody says to look, and it is so', async () => {
    const waiting = waiter.until(() => isSo, 1_000);
    waiter.lookAgain();
    isSo = true;
    waiter.lookAgain();
    expect(await waiting).to.equal(true);
    expect(clock.nextDueMs()).to.equal(Infinity);
  });

  it('ends in vain at its time', async () => {
    const waiting = waiter.until(() => isSo, 1_000);
    pass(999);
    isSo = true;
    isSo = false;
    pass(1);
    expect(await waiting).to.equal(false);
  });

  it('waits for one thing at a time', async () => {
    const waiting = waiter.pause(10);
    expect(() => waiter.until(() => true)).to.throw('waited for already');
    pass(10);
    await waiting;
  });

  it('gives up with the reason of the abortion, also when that came first', async () => {
    const waiting = waiter.until(() => isSo);
    abortion.abort(new Error('enough'));
    for (const given of [waiting, waiter.until(() => true)]) {
      expect(await given.catch((error: Error) => error.message)).to.equal('enough');
    }
  });
});
