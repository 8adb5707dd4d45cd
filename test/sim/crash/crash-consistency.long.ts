import { expect } from 'chai';
import type { Playing } from '../../sabotage/sabotaged-build.js';
import { buildForDays, type DayWrite, playDay, writeDay, type WrittenDay } from './cut-day.js';
import type { Cut } from './cut-world.js';
import { allSurvivals, cutIn, describeCut, LEAST, outcomeOf, recoveryAfter, someCuts, tornSurvivals } from './cuts.js';
import type { Survival } from './survival.js';

/** Chosen: some minutes are usual. */
const TIMEOUT_MS = 1_800_000;
/** Every so many bytes of each write the day is played really: all of them would take a quarter of an hour. */
const EVERY_BYTES = 9;
/** Of the cuts that are followed by a second one; and how many writes of the lock that recovers are cut. */
const FIRST_CUTS_THINNING = 7;
const RECOVERY_WRITES = 12;

/**
 * The power fails at every byte of every write of a day, and the lock goes on from what survives. What happens then
 * depends on the bytes only by way of what the journal makes of them. So the journal reads back all that may survive by
 * the store's contract, and each different outcome is played to the end of the day from three of the contents that lead
 * to it, which must look the same to everybody. That this is so is tried besides: the day is played really from every
 * ninth byte at which a write is torn, and must go as its outcome says.
 */
describe('crash consistency at the store, exhaustively', () => {
  let build: Playing;
  let day: WrittenDay;
  /** For each write all that may survive, by what the journal makes of it. */
  let outcomes: ReadonlyMap<DayWrite, ReadonlyMap<string, readonly Survival[]>>;

  before(async function () {
    this.timeout(TIMEOUT_MS);
    build = await buildForDays();
    day = await writeDay(build);
    outcomes = new Map(day.writes.map((write) => [write, outcomesOf(write)]));
  });

  it('the journal finds whatever was acknowledged, unaltered, and goes on, whatever survives', () => {
    expect([...outcomes.values()].filter(({ size }) => size > 1)).to.have.length.above(day.writes.length / 2);
  });

  for (const dies of ['atOnce', 'late'] as const) {
    it(`every property holds for the rest of the day: each outcome, the lock dying ${dies}`, async () => {
      for (const [write, byOutcome] of outcomes) {
        for (const [outcome, survivals] of byOutcome) {
          const hashes = new Set<string>();
          for (const survival of threeOf(survivals)) hashes.add(await hold(cutIn(write, survival, dies)));
          expect([...hashes], `write ${write.number}: ${outcome}`).to.have.length(1);
        }
      }
    }).timeout(TIMEOUT_MS);
  }

  it('every property holds for the rest of the day, which goes as its outcome says: bytes of each write', async () => {
    for (const [write, byOutcome] of outcomes) {
      for (const [outcome, survivals] of byOutcome) {
        const hashes = new Set<string>();
        for (const survival of thinnedTears(write, survivals)) hashes.add(await hold(cutIn(write, survival, 'atOnce')));
        expect([...hashes], `write ${write.number}: ${outcome}`).to.have.length.at.most(1);
      }
    }
  }).timeout(TIMEOUT_MS);

  it('every property holds when the power fails again in what the lock writes as it recovers', async () => {
    for (const first of someCuts(day).filter((_, index) => index % FIRST_CUTS_THINNING === 0)) {
      const recovering = (await writeDay(build, first)).writes.slice(first.write, first.write + RECOVERY_WRITES);
      for (const write of recovering) {
        for (const survival of [LEAST, ...threeOf(tornSurvivals(write))]) {
          await hold(first, cutIn(write, survival, 'atOnce'));
        }
      }
    }
  }).timeout(TIMEOUT_MS);

  /** Plays the day, and returns the hash of what could be seen. */
  async function hold(...cuts: readonly Cut[]): Promise<string> {
    const { violations, traceHash } = await playDay(build, ...cuts);
    expect(violations, cuts.map(describeCut).join('; then ')).to.deep.equal([]);
    return traceHash;
  }

  function outcomesOf(write: DayWrite): ReadonlyMap<string, readonly Survival[]> {
    const found = new Map<string, Survival[]>();
    for (const survival of allSurvivals(write)) {
      const outcome = outcomeOf(recoveryAfter(day, write, survival, build), survival);
      found.set(outcome, [...(found.get(outcome) ?? []), survival]);
    }
    return found;
  }
});

/** Those in which the write itself is torn and all before it survives, at every so many bytes of it. */
function thinnedTears(write: DayWrite, survivals: readonly Survival[]): Survival[] {
  const [first] = tornSurvivals(write);
  return survivals.filter(({ bytes, replacements }) => {
    const isTear = first !== undefined && replacements === write.remains.length - 1 && bytes >= first.bytes;
    return isTear && (bytes + write.number) % EVERY_BYTES === 0;
  });
}

function threeOf<Item>(items: readonly Item[]): Item[] {
  const places = new Set([0, Math.floor(items.length / 2), items.length - 1]);
  return items.filter((_, index) => places.has(index));
}
