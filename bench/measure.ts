/** Milliseconds that `work` takes. */
export function timeMs(work: () => void): number {
  const begin = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

/** `numbers` must not be empty. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** What part of the numbers lies below; between two of them the nearer one. `numbers` must not be empty. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const value = sorted[Math.round((sorted.length - 1) * part)];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/** Times each of the jobs once a round, in turn, so that whatever slows the machine down slows them all. */
export function interleaved<Name extends string>(
  jobs: Readonly<Record<Name, () => void>>,
  rounds: number,
): Readonly<Record<Name, readonly number[]>> {
  const names = Object.keys(jobs) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) times[name].push(timeMs(jobs[name]));
  }
  return times;
}

/** The median over the rounds of how many times longer `slow` took than `fast`. */
export function ratio(slow: readonly number[], fast: readonly number[]): number {
  return median(slow.map((slowMs, round) => slowMs / (fast[round] ?? NaN)));
}
