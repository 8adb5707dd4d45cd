import type { Mode } from '../../hal/contracts/report.js';
import type { LedgerEntry, RefusalReason } from '../journal/records.js';
import type { Grant } from '../requests.js';
import type { Settings } from '../settings.js';
import type { AccessView } from './access-view.js';
import type { Proof } from './authority.js';

/** What a decision is taken from: the rules and the records, at one moment. */
export interface AccessFacts {
  readonly settings: Settings;
  readonly mode: Mode;
  /** Never earlier than the journal's latest stamp; `null` while the calendar is unset. */
  readonly utcMs: number | null;
  /** On the lock's own clock, which no calendar moves. */
  readonly nowMs: number;
  readonly access: AccessView;
}

/**
 * `other` is everything that moves no bolt: to ring, to withdraw, to depart, to claim. Leaving is never refused, so these
 * need only be of this visit, and proved.
 */
export type VisitorAct = 'arrive' | 'enter' | 'other';

/** What somebody asks who comes for a visit. */
export interface VisitorQuestion {
  readonly act: VisitorAct;
  readonly personId: string;
  readonly proof: Proof;
  /** As their device says; `null`: it does not say. */
  readonly distanceM: number | null;
  /** The notes they have acknowledged, as `notesFor` names them; `null`: none. */
  readonly notesId: string | null;
}

/** What the rules look at of a visit. */
export type VisitEntry = Pick<
  LedgerEntry,
  'grant' | 'entriesSpent' | 'untilUtcMs' | 'arrived' | 'revoked' | 'cause' | 'outcome'
>;

/** A visit that nobody has come for yet. */
export function unstarted(grant: Grant): VisitEntry {
  const { untilUtcMs } = grant;
  return { grant, untilUtcMs, entriesSpent: 0, arrived: false, revoked: false, cause: null, outcome: null };
}

/** One reason to refuse, as a function of one visit, what is asked of it, and the facts. */
export interface Rule {
  readonly name: string;
  /** Where it finds what it judges: a visit that is only thought of has no window yet, and nobody asks anything of it. */
  readonly judges: 'records' | 'visit' | 'request';
  readonly refusal: (entry: VisitEntry, question: VisitorQuestion, facts: AccessFacts) => RefusalReason | null;
  /** What must hold, for a person to read. */
  readonly asks: string;
  /** What it finds, for a person to read. */
  readonly finds: (entry: VisitEntry, question: VisitorQuestion, facts: AccessFacts) => string;
}
