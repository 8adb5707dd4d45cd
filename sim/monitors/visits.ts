import type { RevocationTarget } from '../../firmware/access/authority.js';
import type { Grant, Request } from '../../firmware/requests.js';
import { Authority, diesWith, isShownBy } from './authority.js';
import type { Listener } from './changes.js';
import type { MonitorSettings } from './settings.js';
import type { Truth } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

/** How many ended visits are remembered, so that a replay of an old one is known for what it is. */
const ENDED_REMEMBERED = 1024;
/** How many announcements may await their record. */
const ANNOUNCEMENTS_REMEMBERED = 64;

/** One use of a grant, as told by requests and records. */
export class Visit {
  readonly grant: Grant;
  /** The number of the record that announced it. */
  readonly announcedNumber: number;
  /** The journal's grant is the one that was asked for. */
  readonly genuine: boolean;
  /** When the visitor first came, and how often and how long the door had been open before. */
  arrivedMs = Infinity;
  openingsBefore = 0;
  openBeforeMs = 0;
  /** The latest entry accepted, 0 before the first, and when. */
  entry = 0;
  entryBeganMs = -Infinity;
  /** The mode let its purpose in when the latest entry was accepted. */
  admitted = false;
  recordingConfirmed = false;
  /** When recording was first confirmed, and the number of the record that says so. */
  confirmedMs = Infinity;
  private confirmedNumber = Infinity;
  /** One bit per entry that its own person has asked for, and the latest such request that was not refused. */
  askedEntries = 0;
  askedSequence = -1;
  askedMs = -Infinity;
  private previousSequence = -1;
  private previousMs = -Infinity;
  /** The bolt was to be retracted for it. */
  unlocked = false;
  /** One bit per entry whose intent is durable, or was acted upon. */
  spentEntries = 0;
  revokedMs = Infinity;
  /** The window's end, as prolonged. */
  untilUtcMs: number;
  /** Its announcement was not durable when the host died: the lock may have forgotten it. */
  perhapsForgotten = false;

  constructor(grant: Grant, announcedNumber: number, genuine: boolean) {
    this.grant = grant;
    this.untilUtcMs = grant.untilUtcMs;
    this.announcedNumber = announcedNumber;
    this.genuine = genuine;
  }

  ask(nowMs: number, entry: number, sequence: number): void {
    this.askedEntries |= entryBit(entry);
    this.previousSequence = this.askedSequence;
    this.previousMs = this.askedMs;
    this.askedSequence = sequence;
    this.askedMs = nowMs;
  }

  /** The latest request to enter was refused: the one before it counts. */
  unask(): void {
    this.askedSequence = this.previousSequence;
    this.askedMs = this.previousMs;
  }

  confirm(nowMs: number, recordNumber: number): void {
    this.recordingConfirmed = true;
    this.confirmedMs = nowMs;
    this.confirmedNumber = recordNumber;
  }

  /** The host died, and knows only what had become durable. */
  forgetAfter(syncedNumber: number): void {
    if (this.announcedNumber > syncedNumber) this.perhapsForgotten = true;
    if (this.confirmedNumber <= syncedNumber) return;
    this.recordingConfirmed = false;
    this.confirmedMs = Infinity;
    this.confirmedNumber = Infinity;
  }
}

/** The visits that are announced and have not ended. */
export class Visits implements Listener {
  readonly records: RecordHandlers = {
    visitAnnounced: (nowMs, { grant }, { number }) => {
      this.announce(nowMs, grant, number);
    },
    visitProlonged: (_nowMs, { visitId, untilUtcMs }) => {
      const visit = this.find(visitId);
      if (visit !== null && this.prolonged.get(visitId) === untilUtcMs) visit.untilUtcMs = untilUtcMs;
    },
    visitorArrived: (nowMs, { visitId }) => {
      this.arrive(nowMs, visitId);
    },
    entryAccepted: (nowMs, { visitId, entry }) => {
      this.arrive(nowMs, visitId);
      this.accept(nowMs, visitId, entry);
    },
    recordingConfirmed: (nowMs, { visitId }, { number }) => {
      const visit = this.find(visitId);
      if (visit !== null && !visit.recordingConfirmed) visit.confirm(nowMs, number);
    },
    driveIntended: (_nowMs, { goal, visitId }) => {
      const visit = goal === 'unlocked' && visitId !== null ? this.find(visitId) : null;
      if (visit !== null) visit.unlocked = true;
    },
    revoked: (nowMs, { target }) => {
      this.revoke(nowMs, [target]);
    },
    revocationsTaken: (nowMs, { targets }) => {
      this.revoke(nowMs, targets);
    },
    requestRefused: (_nowMs, { request, personId, visitId }) => {
      if (request === 'enrolProvider') this.authority.unenrol();
      const visit = request === 'enter' && visitId !== null ? this.find(visitId) : null;
      if (visit?.grant.personId === personId) visit.unask();
    },
    visitEnded: (_nowMs, { visitId }) => {
      this.end(visitId);
    },
  };
  /** The visit of the latest accepted entry, until it ends. */
  current: Visit | null = null;
  /** The visit that the latest end of one ended; `null` if it was not open. */
  ending: Visit | null = null;
  /** How many requests have reached the lock: the latest one's place in their order. */
  sequence = 0;
  private readonly truth: Truth;
  private readonly settings: MonitorSettings;
  private readonly open = new Map<string, Visit>();
  private readonly ended = new Set<string>();
  /** The ended ids again, a ring: the oldest makes room. */
  private readonly endedRing: string[] = [];
  private endedCount = 0;
  private readonly asked = new Map<string, Grant>();
  /** Until when a visit was asked to be prolonged. */
  private readonly prolonged = new Map<string, number>();
  /** The guest who has just typed the right code: it announces a visit of theirs by itself. */
  private codeGuestId: string | null = null;
  private codeTypedMs = -Infinity;
  private readonly owners = new Set<string>();
  private readonly residents = new Set<string>();
  readonly authority = new Authority((personId) => this.isOwner(personId));
  /** Whom the latest visit let in, open or not. */
  private visitorId: string | null = null;

  constructor(truth: Truth, settings: MonitorSettings) {
    this.truth = truth;
    this.settings = settings;
    for (const resident of settings.residents) {
      this.residents.add(resident.id);
      if (resident.role === 'owner') this.owners.add(resident.id);
    }
  }

  /** The open visit of this id. */
  find(visitId: string): Visit | null {
    if (this.current !== null && this.current.grant.id === visitId) return this.current;
    return this.open.get(visitId) ?? null;
  }

  hasEnded(visitId: string): boolean {
    return this.ended.has(visitId);
  }

  *stillOpen(): Iterable<Visit> {
    yield* this.open.values();
  }

  isOwner(personId: string): boolean {
    return this.owners.has(personId);
  }

  /** Somebody who may be at the door: a resident, or whom the latest visit let in. */
  isPresent(personId: string): boolean {
    return this.residents.has(personId) || this.visitorId === personId;
  }

  request(nowMs: number, request: Request): void {
    this.sequence += 1;
    this.revoke(nowMs, this.authority.request(request));
    switch (request.kind) {
      case 'announceVisit':
      case 'correctVisit':
        if (this.asked.size >= ANNOUNCEMENTS_REMEMBERED) this.asked.clear();
        this.asked.set(request.grant.id, request.grant);
        break;
      case 'enter': {
        const visit = this.find(request.visitId);
        if (visit !== null && isShownBy(visit.grant, request)) visit.ask(nowMs, request.entry, this.sequence);
        break;
      }
      case 'enterCode':
        if (request.right) this.typeCode(nowMs, request.userNumber);
        break;
      case 'prolongVisit':
        if (this.prolonged.size >= ANNOUNCEMENTS_REMEMBERED) this.prolonged.clear();
        this.prolonged.set(request.visitId, request.untilUtcMs);
        break;
      case 'endVisit':
        if (this.isOwner(request.personId)) this.revoke(nowMs, [{ kind: 'grant', id: request.visitId }]);
        break;
      default:
    }
  }

  host(_nowMs: number, running: boolean): void {
    if (!running) return;
    for (const visit of this.open.values()) visit.forgetAfter(this.truth.syncedNumber);
  }

  private announce(nowMs: number, grant: Grant, number: number): void {
    const asked = this.asked.get(grant.id);
    this.asked.delete(grant.id);
    const byCode = grant.purpose === 'guest' && grant.personId === this.codeGuestId && nowMs === this.codeTypedMs;
    const visit = new Visit(grant, number, byCode || (asked !== undefined && sameGrant(asked, grant)));
    if (byCode) visit.ask(nowMs, 1, this.sequence);
    visit.spentEntries = this.open.get(grant.id)?.spentEntries ?? 0;
    this.open.set(grant.id, visit);
  }

  private arrive(nowMs: number, visitId: string): void {
    const visit = this.find(visitId);
    if (visit === null || visit.arrivedMs !== Infinity) return;
    visit.arrivedMs = nowMs;
    visit.openingsBefore = this.truth.doorOpenings - (this.truth.doorClosed ? 0 : 1);
    visit.openBeforeMs = this.truth.doorOpenMs(nowMs);
  }

  private accept(nowMs: number, visitId: string, entry: number): void {
    const visit = this.find(visitId);
    if (visit === null) return;
    visit.entry = entry;
    visit.entryBeganMs = nowMs;
    const mode = this.truth.mode;
    visit.admitted =
      mode === 'normal' || (mode === 'vacation' && this.settings.vacationPurposes.includes(visit.grant.purpose));
    this.current = visit;
    this.visitorId = visit.grant.personId;
  }

  private revoke(nowMs: number, targets: readonly RevocationTarget[]): void {
    if (targets.length === 0) return;
    for (const visit of this.open.values()) {
      const dies = targets.some((target) => diesWith(visit.grant, target));
      if (dies && visit.revokedMs > nowMs) visit.revokedMs = nowMs;
    }
  }

  /** The right code asks for the next entry of the visit that it stands for. */
  private typeCode(nowMs: number, userNumber: number): void {
    const holder = this.authority.codeOf(userNumber)?.holder;
    if (holder?.kind === 'guest') {
      this.codeGuestId = holder.personId;
      this.codeTypedMs = nowMs;
    }
    for (const visit of this.open.values()) {
      const { id, personId, purpose } = visit.grant;
      const isTheirs = holder?.kind === 'guest' && purpose === 'guest' && personId === holder.personId;
      if (isTheirs || (holder?.kind === 'visit' && holder.visitId === id)) {
        visit.ask(nowMs, visit.unlocked ? visit.entry + 1 : 1, this.sequence);
      }
    }
  }

  private end(visitId: string): void {
    this.ending = this.find(visitId);
    if (this.ending === this.current) this.current = null;
    this.open.delete(visitId);
    const slot = this.endedCount % ENDED_REMEMBERED;
    const oldest = this.endedRing[slot];
    if (oldest !== undefined) this.ended.delete(oldest);
    this.endedRing[slot] = visitId;
    this.endedCount += 1;
    this.ended.add(visitId);
  }
}

/** The bit of an entry among the entries of its visit; none for an entry that no grant can have. */
export function entryBit(entry: number): number {
  return entry >= 1 && entry <= 16 ? 1 << entry : 0;
}

function sameGrant(one: Grant, other: Grant): boolean {
  return (
    one.personId === other.personId &&
    one.doorId === other.doorId &&
    one.purpose === other.purpose &&
    one.fromUtcMs === other.fromUtcMs &&
    one.untilUtcMs === other.untilUtcMs &&
    one.entries === other.entries
  );
}
