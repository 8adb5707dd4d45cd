import type { Signal } from '../../firmware/signals.js';

/** Something that the lock decided, in words. */
export interface Decision {
  readonly atMs: number;
  /** What it is about: only decisions about the same thing can be compared. */
  readonly about: string;
  readonly words: string;
}

/** Decisions about one thing that are not the same; `null` where there is none to compare with. */
export interface Difference {
  readonly about: string;
  readonly recorded: Decision | null;
  readonly replayed: Decision | null;
}

/** A busy host is so late, and the samples of a motor come every 10 ms. Chosen, as DESIGN has it for depths. */
export const TOLERANCE_MS = 100;

/** `null` for what is no decision: a record only tells of one. */
export function decisionOf(atMs: number, signal: Signal): Decision | null {
  if ('in' in signal) return null;
  switch (signal.out) {
    case 'motor':
      return { atMs, about: 'motor', words: ordered(signal.order, signal.fault) };
    case 'cameraPower':
      return { atMs, about: 'camera power', words: ordered(signal.on ? 'on' : 'off', signal.fault) };
    case 'recorder':
      return { atMs, about: 'recorder', words: ordered(signal.on ? 'start' : 'stop', signal.fault) };
    case 'indicator':
      return { atMs, about: `${signal.name} light`, words: ordered(signal.lit ? 'on' : 'off', signal.fault) };
    case 'alarm':
      return { atMs, about: `alarm ${signal.alarm}`, words: signal.raised ? 'raised' : 'cleared' };
    case 'report': {
      const { position, assumed, activity, lastResult, door, mode } = signal.report;
      const shown = [position, ...(assumed === null ? [] : [`assumed ${assumed}`]), activity, lastResult, door, mode];
      return { atMs, about: 'report', words: shown.join(', ') };
    }
    case 'record':
      return null;
  }
}

/**
 * The first difference about each thing, the earliest first; after that one, the surroundings no longer answer to what
 * the lock does. What was under way when the recording ended does not count.
 */
export function differences(
  recorded: readonly Decision[],
  replayed: readonly Decision[],
  endMs: number,
): readonly Difference[] {
  const abouts = new Set([...recorded, ...replayed].map(({ about }) => about));
  const found = [...abouts].flatMap((about) => {
    const isAbout = (decision: Decision): boolean => decision.about === about;
    const first = firstDifference(about, recorded.filter(isAbout), replayed.filter(isAbout), endMs);
    return first === null ? [] : [first];
  });
  return found.toSorted((a, b) => differsAtMs(a) - differsAtMs(b));
}

function firstDifference(
  about: string,
  recorded: readonly Decision[],
  replayed: readonly Decision[],
  endMs: number,
): Difference | null {
  for (let index = 0; index < Math.max(recorded.length, replayed.length); index += 1) {
    const [was, is] = [recorded[index] ?? null, replayed[index] ?? null];
    if (was !== null && is !== null) {
      if (was.words === is.words && Math.abs(was.atMs - is.atMs) <= TOLERANCE_MS) continue;
    } else if ((was ?? is ?? { atMs: endMs }).atMs > endMs - TOLERANCE_MS) continue;
    return { about, recorded: was, replayed: is };
  }
  return null;
}

function differsAtMs({ recorded, replayed }: Difference): number {
  return Math.min(recorded?.atMs ?? Infinity, replayed?.atMs ?? Infinity);
}

function ordered(order: string, fault: string | null): string {
  return fault === null ? order : `${order}, refused`;
}
