import type { NoticeKind } from '../../hal/contracts/notices.js';
import type { AccessFacts } from '../access/decide.js';
import type { CoreEvent } from '../core/events.js';
import type { JournalSum } from '../journal/fold.js';
import type { JournalEvent, RefusalReason } from '../journal/records.js';
import type { Request, Resident } from '../requests.js';

/** What becomes of a request before the core sees it; all of it happens in this order. */
export interface Reception {
  /** Why it is refused, or `null`. The core may still refuse what it is handed. */
  readonly refusal: RefusalReason | null;
  /** The visit that it is about, if any. */
  readonly visitId: string | null;
  /** To be recorded, whatever follows. */
  readonly records: readonly JournalEvent[];
  readonly notices: readonly Telling[];
  /** To be handed to the core. */
  readonly events: readonly CoreEvent[];
  /** What is asked next on behalf of the same person, until one of it is refused. */
  readonly next: readonly Request[];
  /** Handed to the core once one of `next` is refused. */
  readonly otherwise?: CoreEvent;
}

/** What the owner is told of a request, and the worker too if `worker` says so. */
export interface Telling {
  readonly kind: NoticeKind;
  readonly visitId: string | null;
  readonly detail: string;
  readonly worker: boolean;
}

/** What a request is judged by. */
export interface ReceptionFacts extends AccessFacts {
  /** The calendar as it reads, even if the records are ahead of it; `null` while it is unset. */
  readonly calendarUtcMs: number | null;
  readonly records: JournalSum;
  readonly residents: ReadonlyMap<string, Resident>;
}

const NOTHING: readonly never[] = [];

/** For the core to judge, and to act upon. */
export function pass(
  event: CoreEvent,
  visitId: string | null = null,
  records: readonly JournalEvent[] = NOTHING,
): Reception {
  return { refusal: null, visitId, records, notices: NOTHING, events: [event], next: NOTHING };
}

export function refuse(
  refusal: RefusalReason,
  visitId: string | null = null,
  records: readonly JournalEvent[] = NOTHING,
  events: readonly CoreEvent[] = NOTHING,
): Reception {
  return { refusal, visitId, records, notices: NOTHING, events, next: NOTHING };
}

/** A matter of records first; what follows for the core, if anything, comes after. */
export function keep(
  record: JournalEvent,
  visitId: string | null,
  notices: readonly Telling[],
  events: readonly CoreEvent[] = NOTHING,
): Reception {
  return { refusal: null, visitId, records: [record], notices, events, next: NOTHING };
}

/** It was so already: nothing to do, and nothing to tell. */
export function agree(visitId: string | null = null): Reception {
  return { refusal: null, visitId, records: NOTHING, notices: NOTHING, events: NOTHING, next: NOTHING };
}
