import { draftOf, NO_VISIT, type Visit } from '../firmware/core/visit.js';
import { interleaved, median, ratio } from './measure.js';

export interface LiteralCopies {
  readonly literalNs: number;
  readonly spreadNs: number;
  readonly ratio: number;
}

/** Why the core copies its records by literals: one changed field of a visit, by `draftOf` and by object spread. */
export function literalCopies(copies: number, rounds: number): LiteralCopies {
  const jobs = {
    literal: () => chain(copies, byLiteral),
    spread: () => chain(copies, bySpread),
  };
  interleaved(jobs, 2);
  const { literal, spread } = interleaved(jobs, rounds);
  return {
    literalNs: (median(literal) * 1e6) / copies,
    spreadNs: (median(spread) * 1e6) / copies,
    ratio: ratio(spread, literal),
  };
}

function byLiteral(visit: Visit, untilAtMs: number): Visit {
  const next = draftOf(visit);
  next.untilAtMs = untilAtMs;
  return next;
}

function bySpread(visit: Visit, untilAtMs: number): Visit {
  return { ...visit, untilAtMs };
}

/** Each copy is made of the one before, so that none can be left out. */
function chain(copies: number, copy: (visit: Visit, untilAtMs: number) => Visit): void {
  let visit = NO_VISIT;
  for (let copied = 1; copied <= copies; copied += 1) visit = copy(visit, copied);
  if (visit.untilAtMs !== copies) throw new Error('the copies were not made');
}
