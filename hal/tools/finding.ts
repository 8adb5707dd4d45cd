import type { Problem } from './problem.js';

/** What a check has found. `id` says which check it was; `what` and `mend` are whole sentences for the user. */
export type Finding = Fault | Fact;

interface Fault extends Problem {
  readonly id: string;
  readonly verdict: 'problem';
}

interface Fact {
  readonly id: string;
  readonly verdict: 'good' | 'notChecked';
  readonly what: string;
  /** What the user can do, if there is anything to do. */
  readonly mend: string | null;
  readonly kind: null;
}

export function good(id: string, what: string): Fact {
  return { id, verdict: 'good', what, mend: null, kind: null };
}

export function notChecked(id: string, what: string, mend: string): Fact {
  return { id, verdict: 'notChecked', what, mend, kind: null };
}

export function bad(id: string, problem: Problem): Fault {
  return { ...problem, id, verdict: 'problem' };
}
