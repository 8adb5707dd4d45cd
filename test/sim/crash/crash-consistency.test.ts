import { expect } from 'chai';
import type { Playing } from '../../sabotage/sabotaged-build.js';
import { buildForDays, playDay, writeDay, type WrittenDay } from './cut-day.js';
import { allSurvivals, describeCut, recoveryAfter, someCuts } from './cuts.js';

/** The long tests take every byte. */
const EVERY_BYTES = 211;
/** Chosen: a few seconds are usual, and a busy machine takes longer. */
const TIMEOUT_MS = 120_000;

/**
 * The power fails in every write of a day, and the lock goes on from what survives; here with a few of the bytes that
 * may survive each time.
 */
describe('crash consistency at the store, in passing', () => {
  let build: Playing;
  let day: WrittenDay;

  before(async function () {
    this.timeout(TIMEOUT_MS);
    build = await buildForDays();
    day = await writeDay(build);
  });

  it('the day goes as it is told when nothing is cut, and rotates the journal', () => {
    expect(day.violations).to.deep.equal([]);
    expect(day.failedExpectations).to.deep.equal([]);
    expect(day.writes.filter(({ kind }) => kind === 'replace')).to.have.length.above(2);
  });

  it('the journal finds whatever was acknowledged, unaltered, and goes on', () => {
    for (const write of day.writes) {
      for (const [index, survival] of allSurvivals(write).entries()) {
        if ((index + write.number) % EVERY_BYTES === 0) recoveryAfter(day, write, survival, build);
      }
    }
  }).timeout(TIMEOUT_MS);

  it('every property holds for the rest of the day', async () => {
    for (const cut of someCuts(day)) {
      expect((await playDay(build, cut)).violations, describeCut(cut)).to.deep.equal([]);
    }
  }).timeout(TIMEOUT_MS);
});
