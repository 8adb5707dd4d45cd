import { expect } from 'chai';
import type { PropertyId } from '../../../sim/monitors/monitor.js';
import type { Patch } from '../../sabotage/sabotaged-build.js';
import { buildForDays, playDay, writeDay } from './cut-day.js';
import { recoveryAfter, someCuts, tornSurvivals } from './cuts.js';

/** Chosen: a second is usual, and a busy machine takes longer. */
const TIMEOUT_MS = 120_000;

interface BrokenLock extends Patch {
  readonly what: string;
  /** Among the properties that do not hold in one of the cut days. */
  readonly trips: PropertyId;
}

const brokenLocks: readonly BrokenLock[] = [
  {
    what: 'the bolt is drawn before its intent is synced',
    trips: 'S6',
    file: 'firmware/core/bolt-step.js',
    find: "next.phase = 'committing';",
    replace: 'return startDrive(next, nowMs);',
  },
  {
    what: 'the journal does not spend the entry',
    trips: 'S6',
    file: 'firmware/journal/fold.js',
    find: 'Math.max(entry.entriesSpent, entryNumber)',
    replace: 'entry.entriesSpent',
  },
  {
    what: 'a notice counts as delivered before it is sent',
    trips: 'L3',
    file: 'firmware/outbox.js',
    find: 'this.parts.transport.send(notice, this.done);',
    replace:
      "this.parts.record({ kind: 'noticesDelivered', stream: this.stream, number: notice.number }); this.parts.transport.send(notice, this.done);",
  },
  {
    what: 'the store acknowledges what it does not keep',
    trips: 'S8',
    file: 'sim/hal/simulated-store.js',
    find: 'this.keep(write.length);',
    replace: '{}',
  },
];

const keepsTornLines: Patch = {
  file: 'firmware/journal/encoded-records.js',
  find: 'const isTorn = scan.finish() !== null;',
  replace: 'const isTorn = false;',
};

describe('a lock that is broken on purpose is found out by cuts', () => {
  for (const { what, trips, ...patch } of brokenLocks) {
    it(`${trips}: ${what}`, async () => {
      const build = await buildForDays(patch);
      const day = await writeDay(build);
      const found: string[] = [];
      for (const cut of someCuts(day)) {
        if (found.some((violation) => violation.startsWith(`${trips} `))) return;
        found.push(...(await playDay(build, cut)).violations);
      }
      expect.fail(`not found out, only: ${found.join('\n')}`);
    }).timeout(TIMEOUT_MS);
  }

  it('by the journal itself: the beginning of a line is kept', async () => {
    const build = await buildForDays(keepsTornLines);
    const day = await writeDay(build);
    const readAll = (): void => {
      for (const write of day.writes) {
        for (const survival of tornSurvivals(write)) recoveryAfter(day, write, survival, build);
      }
    };
    expect(readAll).to.throw('to deeply equal');
  }).timeout(TIMEOUT_MS);
});
