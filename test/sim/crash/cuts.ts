import { expect } from 'chai';
import type { Playing } from '../../sabotage/sabotaged-build.js';
import type { DayWrite, WrittenDay } from './cut-day.js';
import type { Cut } from './cut-world.js';
import { recover, type Recovery } from './recovery.js';
import { type Survival, survivors } from './survival.js';

/** Everything that the contract of the store lets survive if the power fails in this write. */
export function allSurvivals({ remains }: DayWrite): Survival[] {
  return remains.flatMap(({ atRisk }, replacements) =>
    Array.from({ length: atRisk.length + 1 }, (_, bytes) => ({ replacements, bytes })),
  );
}

/** Nothing since the last completed sync or replacement. */
export const LEAST: Survival = { replacements: 0, bytes: 0 };

/**
 * The write is cut at each of its bytes, and everything before it survives; for a replacement, which is never cut, the
 * old content or the new.
 */
export function tornSurvivals({ kind, length, remains }: DayWrite): Survival[] {
  const whole = mostOf(remains, remains.length - 1);
  if (kind === 'replace') return [mostOf(remains, remains.length - 2), whole];
  return Array.from({ length: length + 1 }, (_, byte) => ({ ...whole, bytes: whole.bytes - length + byte }));
}

function mostOf(remains: DayWrite['remains'], replacements: number): Survival {
  return { replacements, bytes: remains[replacements]?.atRisk.length ?? 0 };
}

/**
 * What the journal finds after that, held to what it must find: records that were handed over, unaltered, in order and
 * without a gap, from the first or from a snapshot on, and none missing that was acknowledged; and it takes more.
 */
export function recoveryAfter(day: WrittenDay, write: DayWrite, survival: Survival, build: Playing): Recovery {
  const where = describeCut({ write: write.number, ...survival });
  const recovery = recover(survivors(write.remains, survival), build.EncodedRecords);
  const { records } = recovery;
  const first = records[0];
  const newest = records.at(-1)?.number ?? 0;
  expect(newest, where).to.be.within(write.syncedNumber, write.newestNumber);
  expect(first === undefined || first.number === 1 || first.event.kind === 'snapshot', where).to.equal(true);
  for (const [index, record] of records.entries()) {
    expect(record.number, where).to.equal((first?.number ?? 1) + index);
    if (JSON.stringify(record) !== day.records.get(record.number)) expect.fail(`${where}: ${record.number} is altered`);
  }
  return recovery;
}

/** Two recoveries that are the same to everybody who comes after. */
export function outcomeOf({ records, mended }: Recovery, { replacements }: Survival): string {
  return `${replacements} replacements, ${records.at(-1)?.number ?? 0} records${mended ? ', mended' : ''}`;
}

export function cutIn({ number }: DayWrite, survival: Survival, dies: Cut['dies']): Cut {
  return { write: number, ...survival, dies };
}

/** One for every write: in turn half of it survives, all of it, or nothing since the last completed sync. */
export function someCuts({ writes }: WrittenDay): Cut[] {
  return writes.map((write) => {
    const torn = tornSurvivals(write);
    const half = torn[Math.floor(torn.length / 2)] ?? LEAST;
    const survival = [half, torn.at(-1) ?? LEAST, LEAST][write.number % 3] ?? LEAST;
    return cutIn(write, survival, write.number % 2 === 0 ? 'atOnce' : 'late');
  });
}

export function describeCut({ write, bytes, replacements }: Omit<Cut, 'dies'>): string {
  return `the power fails in write ${write}; ${bytes} bytes at risk and ${replacements} replacements survive`;
}
