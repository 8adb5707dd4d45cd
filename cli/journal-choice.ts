import type { CodeHolder } from '../firmware/access/authority.js';
import type { JournalEvent, JournalRecord } from '../firmware/journal/records.js';
import type { Grant } from '../firmware/requests.js';
import type { EventStory, VisitStory } from './journal-story.js';
import type { ZonedTimes } from './journal-times.js';

/** What is to be shown; everything, where nothing is named. */
export interface JournalFilter {
  /** By their id, the part of it that their firm gave them, or their name. */
  readonly person?: string;
  readonly visit?: string;
  readonly door?: string;
  readonly from?: string;
  readonly until?: string;
}

/** What was asked for. Each record is taken before what is told of it is judged. */
export class JournalChoice {
  private readonly filter: JournalFilter;
  private readonly fromUtcMs: number;
  private readonly untilUtcMs: number;
  /** The journal is one lock's: what names no visit happened at the door of its grants. */
  private doorId: string | null = null;
  /** The latest time on record: what has none happened soon after. */
  private latestUtcMs = -Infinity;
  /** Whose visits and codes they are, by id and user number. */
  private readonly visitors = new Map<string, string>();
  private readonly codeHolders = new Map<number, string>();
  private readonly names = new Map<string, string>();
  private event: JournalEvent | null = null;

  /** Throws `BadInput` for a time that is none. */
  constructor(filter: JournalFilter, times: ZonedTimes) {
    this.filter = filter;
    this.fromUtcMs = filter.from === undefined ? -Infinity : times.parse('--from', filter.from);
    this.untilUtcMs = filter.until === undefined ? Infinity : times.parse('--until', filter.until);
  }

  /** The options that narrow it down, as they were given; empty if none does. */
  get text(): string {
    const { person, visit, door, from, until } = this.filter;
    const named = Object.entries({ person, visit, door, from, until });
    return named.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`])).join(' ');
  }

  take({ utcMs, event }: JournalRecord): void {
    this.event = event;
    if (utcMs !== null) this.latestUtcMs = utcMs;
    if (event.kind === 'visitAnnounced') {
      this.doorId = event.grant.doorId;
      this.learnVisitor(event.grant);
    } else if (event.kind === 'codeSet') {
      this.learnHolder(event.code.userNumber, event.code.holder);
    } else if (event.kind === 'snapshot') {
      const { ledger, access } = event.state;
      this.doorId ??= ledger[0]?.grant.doorId ?? null;
      for (const { grant } of ledger) this.learnVisitor(grant);
      for (const { userNumber, holder } of access.codes) this.learnHolder(userNumber, holder);
    }
  }

  includes(item: VisitStory | EventStory): boolean {
    return item.kind === 'visit' ? this.includesVisit(item) : this.includesEvent(item);
  }

  private includesVisit({ grant, arrived, ended }: VisitStory): boolean {
    const { visit, door } = this.filter;
    const endUtcMs = ended?.utcMs ?? this.latestUtcMs;
    const beginUtcMs = arrived?.utcMs ?? endUtcMs;
    const isThen = beginUtcMs < this.untilUtcMs && endUtcMs >= this.fromUtcMs;
    const isAsked = this.isPerson(grant.personId) && (visit ?? grant.id) === grant.id;
    return isAsked && isThen && (door ?? grant.doorId) === grant.doorId;
  }

  private includesEvent({ utcMs, personId, visitId }: EventStory): boolean {
    const { visit, door } = this.filter;
    const atUtcMs = utcMs ?? this.latestUtcMs;
    const isOfPerson = this.isPerson(personId ?? this.visitorOf(visitId)) || this.isPerson(this.subject());
    const isThen = atUtcMs >= this.fromUtcMs && atUtcMs < this.untilUtcMs;
    return isOfPerson && isThen && (visit ?? visitId) === visitId && (door ?? this.doorId) === this.doorId;
  }

  private isPerson(personId: string | null): boolean {
    const { person } = this.filter;
    if (person === undefined) return true;
    if (personId === null) return false;
    const name = this.names.get(personId)?.toLowerCase();
    return person === personId || personId.endsWith(`/${person}`) || person.toLowerCase() === name;
  }

  /** Whom the record is about, whoever did it. */
  private subject(): string | null {
    const { event } = this;
    switch (event?.kind) {
      case 'codeAccepted':
      case 'codeRefused':
        return this.codeHolders.get(event.userNumber) ?? null;
      case 'codeSet':
        return this.personOf(event.code.holder);
      case 'guestSet':
        return event.guest.personId;
      case 'accessKeySet':
        return event.accessKey.personId;
      case 'workerMet':
        return event.workerId;
      case 'revoked':
        return event.target.id;
      default:
        return null;
    }
  }

  private learnVisitor({ id, personId, issuance }: Grant): void {
    this.visitors.set(id, personId);
    if (issuance !== null) this.names.set(personId, issuance.workerName);
  }

  private learnHolder(userNumber: number, holder: CodeHolder): void {
    const personId = this.personOf(holder);
    if (personId !== null) this.codeHolders.set(userNumber, personId);
  }

  private personOf(holder: CodeHolder): string | null {
    return holder.kind === 'visit' ? this.visitorOf(holder.visitId) : holder.personId;
  }

  private visitorOf(visitId: string | null): string | null {
    return visitId === null ? null : (this.visitors.get(visitId) ?? null);
  }
}
