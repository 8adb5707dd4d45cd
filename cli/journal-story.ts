import type { Grant, WithdrawalReason } from '../firmware/requests.js';
import type { DurableState, JournalEvent, JournalRecord, Outcome } from '../firmware/journal/records.js';
import { eventWords } from './journal-words.js';
import type { Stamp } from './journal-times.js';

/** One entry of a visit: what was measured, and when; `null` for what is not on record. */
export interface EntryStory {
  readonly entry: number;
  accepted: Stamp | null;
  recorded: Stamp | null;
  unlocked: Stamp | null;
  doorOpened: Stamp | null;
  doorClosed: Stamp | null;
  relocked: Stamp | null;
}

/** One visit, from its announcement to its end. */
export interface VisitStory {
  readonly kind: 'visit';
  readonly grant: Grant;
  /** Of the firm that sent the visitor; `null` if none did. */
  readonly firm: string | null;
  announced: Stamp | null;
  arrived: Stamp | null;
  rang: Stamp | null;
  readonly entries: EntryStory[];
  prolongedUntilUtcMs: number | null;
  /** Measured, or concluded from what was measured. */
  ended: VisitEnd | null;
  departureShown: Stamp | null;
  /** What was measured, in the order of time: comings, goings, and whatever the door and the bolt did meanwhile. */
  readonly moments: Moment[];
  readonly claims: VisitClaims;
}

/** Something that happened in a visit, in words. */
export interface Moment extends Stamp {
  readonly text: string;
}

/** What somebody said, and nobody measured. */
export interface VisitClaims {
  delivered: Stamp | null;
  readonly departed: Stamp[];
  withdrawn: WithdrawalReason | null;
  /** How far from the door the worker's device said it was, by the moment. */
  readonly distanceM: { unlock: number | null; departure: number | null };
}

export interface VisitEnd extends Stamp {
  readonly outcome: Outcome | 'notOnRecord';
  readonly doorOpenMs: number | null;
  readonly jams: number | null;
}

/** Anything else that happened at the door, in words that hold no secrets. */
export interface EventStory extends Stamp {
  readonly kind: JournalEvent['kind'];
  readonly personId: string | null;
  readonly visitId: string | null;
  readonly text: string;
}

/** Tells what the records add up to, visit by visit, each as soon as it is over. Remembers open visits and firms only. */
export class JournalStory {
  private readonly tell: (item: VisitStory | EventStory) => void;
  private readonly visits = new Map<string, VisitStory>();
  private readonly firms = new Map<string, string>();
  /** The entry that the bolt was moved for; its door and its relocking are this entry's. */
  private current: EntryStory | null = null;
  /** The visit for which the bolt was moved first; until its end, it is this visit's door. */
  private underWay: VisitStory | null = null;

  constructor(tell: (item: VisitStory | EventStory) => void) {
    this.tell = tell;
  }

  take({ event, utcMs, atMs }: JournalRecord): void {
    const stamp = { utcMs, atMs };
    if (event.kind === 'snapshot') this.takeSnapshot(event.state, stamp);
    else if (!this.takeVisitEvent(event, stamp) && !this.takeMeasurement(event, stamp)) this.takeOther(event, stamp);
  }

  /** The journal is at its end: visits that are still open are told as they stand. */
  finish(): void {
    for (const visit of this.visits.values()) this.tell(visit);
    this.visits.clear();
  }

  /** Returns whether the event is told with its visit. */
  private takeVisitEvent(event: JournalEvent, stamp: Stamp): boolean {
    if (event.kind === 'visitAnnounced') {
      this.begin(event.grant, stamp);
      return true;
    }
    const visit = 'visitId' in event && event.visitId !== null ? this.visits.get(event.visitId) : undefined;
    if (visit === undefined) return false;
    switch (event.kind) {
      case 'visitorArrived':
        visit.arrived ??= stamp;
        visit.moments.push({ ...stamp, text: 'arrived' });
        return true;
      case 'visitorRang':
        visit.rang ??= stamp;
        visit.moments.push({ ...stamp, text: 'rang' });
        return true;
      case 'entryAccepted':
        entryOf(visit, event.entry).accepted = stamp;
        visit.moments.push({ ...stamp, text: `entry ${event.entry} accepted` });
        return true;
      case 'recordingConfirmed':
        entryOf(visit, event.entry).recorded = stamp;
        visit.moments.push({ ...stamp, text: 'recorded' });
        return true;
      case 'driveIntended':
        if (event.goal === 'unlocked' && event.entry !== null) {
          this.current = entryOf(visit, event.entry);
          this.underWay = visit;
        }
        return true;
      case 'departed':
        if (event.how === 'stated') visit.claims.departed.push(stamp);
        else {
          visit.departureShown = stamp;
          visit.moments.push({ ...stamp, text: 'seen to leave' });
        }
        return true;
      case 'deliveryClaimed':
        visit.claims.delivered = stamp;
        return true;
      case 'withdrawn':
        visit.claims.withdrawn = event.reason;
        return true;
      case 'distanceReported':
        visit.claims.distanceM[event.moment] = event.distanceM;
        return true;
      case 'visitProlonged':
        visit.prolongedUntilUtcMs = event.untilUtcMs;
        return false;
      case 'visitEnded':
        this.end(visit, { ...stamp, outcome: event.outcome, doorOpenMs: event.doorOpenMs, jams: event.jams });
        return true;
      default:
        return false;
    }
  }

  /** Returns whether the event is told with the visit in which it happened. */
  private takeMeasurement(event: JournalEvent, stamp: Stamp): boolean {
    const text = measuredText(event);
    if (this.underWay === null || text === null) return false;
    this.underWay.moments.push({ ...stamp, text });
    if (this.current !== null) this.countToEntry(this.current, event, stamp);
    return true;
  }

  private countToEntry(entry: EntryStory, event: JournalEvent, stamp: Stamp): void {
    if (event.kind === 'doorMoved') {
      if (event.closed) entry.doorClosed = stamp;
      else entry.doorOpened ??= stamp;
    } else if (event.kind === 'driveEnded') {
      if (event.goal === 'unlocked') {
        entry.unlocked ??= stamp;
        return;
      }
      entry.relocked = stamp;
      this.current = null;
    }
  }

  private takeOther(event: JournalEvent, stamp: Stamp): void {
    if (event.kind === 'providerEnrolled') this.firms.set(event.provider.id, event.provider.name);
    const words = eventWords(event);
    if (words !== null) this.tell({ kind: event.kind, ...stamp, ...words });
  }

  /** Knows visits whose records were dropped, and closes those whose end the store refused. */
  private takeSnapshot({ ledger, access }: DurableState, stamp: Stamp): void {
    for (const { id, name } of access.providers) this.firms.set(id, name);
    const open = ledger.filter(({ outcome }) => outcome === null);
    for (const { grant } of open) if (!this.visits.has(grant.id)) this.begin(grant, null);
    const stillOpen = new Set(open.map(({ grant }) => grant.id));
    for (const visit of this.visits.values()) {
      if (stillOpen.has(visit.grant.id)) continue;
      const outcome = ledger.find(({ grant }) => grant.id === visit.grant.id)?.outcome ?? 'notOnRecord';
      this.end(visit, { ...stamp, outcome, doorOpenMs: null, jams: null });
    }
  }

  private begin(grant: Grant, announced: Stamp | null): void {
    const { issuance } = grant;
    const firm = issuance === null ? null : (this.firms.get(issuance.providerId) ?? issuance.providerId);
    this.visits.set(grant.id, {
      kind: 'visit',
      grant,
      firm,
      announced,
      arrived: null,
      rang: null,
      entries: [],
      prolongedUntilUtcMs: null,
      ended: null,
      departureShown: null,
      moments: announced === null ? [] : [{ ...announced, text: 'announced' }],
      claims: { delivered: null, departed: [], withdrawn: null, distanceM: { unlock: null, departure: null } },
    });
  }

  private end(visit: VisitStory, end: VisitEnd): void {
    visit.ended = end;
    if (this.underWay === visit) {
      this.underWay = null;
      this.current = null;
    }
    this.visits.delete(visit.grant.id);
    this.tell(visit);
  }
}

/** `null` for what is not told with a visit. */
function measuredText(event: JournalEvent): string | null {
  switch (event.kind) {
    case 'doorMoved':
      return event.closed ? 'door closed' : 'door opened';
    case 'driveEnded':
      if (event.result !== 'ok') return null;
      return event.goal === 'unlocked' ? 'unlocked' : 'relocked';
    case 'boltMovedByHand':
      return `a hand moved the bolt: ${event.bolt}`;
    default:
      return null;
  }
}

function entryOf(visit: VisitStory, number: number): EntryStory {
  const found = visit.entries.find(({ entry }) => entry === number);
  if (found !== undefined) return found;
  const entry = {
    entry: number,
    accepted: null,
    recorded: null,
    unlocked: null,
    doorOpened: null,
    doorClosed: null,
    relocked: null,
  };
  visit.entries.push(entry);
  return entry;
}
