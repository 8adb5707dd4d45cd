import { expect } from 'chai';
import type { Done } from '../../../cli/rig/prompts.js';
import { Prompts } from '../../../cli/rig/prompts.js';
import { Waiter } from '../../../cli/rig/waiter.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';

describe('prompts', () => {
  let clock: VirtualClock;
  let waiter: Waiter;
  let type: (line: string) => void;
  let prompts: Prompts;
  let isOpen: boolean;

  beforeEach(() => {
    clock = new VirtualClock();
    waiter = new Waiter(clock, new AbortController().signal);
    isOpen = false;
    prompts = new Prompts({ watch: (onLine) => (type = onLine), close: () => {} }, waiter, () => {});
  });

  /** The person opens the door, as asked for, and a sensor shows it. */
  async function openDoor(): Promise<void> {
    const asked = prompts.ask('open the door', () => isOpen);
    isOpen = true;
    waiter.lookAgain();
    expect(await asked).to.equal('seen');
  }

  it('take no Enter for the answer that belongs to what was just seen to be done', async () => {
    await openDoor();
    let answer: Done | null = null;
    const next = prompts.ask('close the door', () => !isOpen);
    void next.then((done) => (answer = done));
    clock.advanceTo(500);
    type('');
    await new Promise(setImmediate);
    expect(answer).to.equal(null);
    isOpen = false;
    waiter.lookAgain();
    expect(await next).to.equal('seen');
  });

  it('take an Enter a second later, and whatever else is typed at any time', async () => {
    await openDoor();
    const next = prompts.ask('close the door', () => !isOpen);
    clock.advanceTo(1_000);
    type('');
    expect(await next).to.equal('said');
    isOpen = false;
    await openDoor();
    type('e');
    expect(prompts.takeLine()).to.equal('e');
  });
});
