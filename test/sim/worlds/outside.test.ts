import { expect } from 'chai';
import type { RecordStore } from '../../../firmware/journal/record-store.js';
import type { HalFault } from '../../../hal/contracts/hal-fault.js';
import type { Notice } from '../../../hal/contracts/notices.js';
import type { Outside } from '../../../sim/worlds/outside.js';
import { outsideOfBoot } from '../../../sim/worlds/outside.js';

const notice: Notice = { number: 1, to: 'owner', kind: 'hint', visitId: null, detail: '', utcMs: null };

describe('the outside of a simulated lock', () => {
  const answers: (() => void)[] = [];
  let isOver: boolean;
  let heard: string[];

  const answerLater = (done: (fault: HalFault | null) => void): void => void answers.push(() => done(null));

  const records: RecordStore = {
    append: () => null,
    sync: answerLater,
    load: () => [],
    replace: () => null,
    dropBefore: () => undefined,
  };

  const outside: Outside = {
    wallClock: { nowUtcMs: () => 7, watch: (listener) => void answers.push(listener) },
    notices: { send: (_notice, done) => answerLater(done), beat: () => undefined },
    entropy: { bytes: (count) => new Uint8Array(count) },
    openRecords: () => records,
  };

  beforeEach(() => {
    answers.length = 0;
    isOver = false;
    heard = [];
    const boot = outsideOfBoot(outside, () => isOver);
    boot.records.sync(() => heard.push('synced'));
    boot.notices.send(notice, () => heard.push('sent'));
    boot.wallClock.watch(() => heard.push('jumped'));
  });

  it('answers the boot that asked', () => {
    for (const answer of answers) answer();
    expect(heard).to.deep.equal(['synced', 'sent', 'jumped']);
  });

  it('says nothing to a boot that is over', () => {
    isOver = true;
    expect(answers).to.have.length(3);
    for (const answer of answers) answer();
    expect(heard).to.deep.equal([]);
  });
});
