import type { JournalEvent } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { Truth } from './truth.js';
import type { Visits } from './visits.js';

/**
 * The requests that ask for something new and whose answer the journal does not hold yet: the record that grants them,
 * or their refusal. A repetition of what was already granted needs no answer.
 */
export class UnansweredRequests {
  /** The oldest comes first. */
  private readonly requests: Request[] = [];
  private readonly truth: Truth;
  private readonly visits: Visits;

  constructor(truth: Truth, visits: Visits) {
    this.truth = truth;
    this.visits = visits;
  }

  /** Returns whether this request needs an answer. */
  add(nowMs: number, request: Request): boolean {
    if (!this.needsAnswer(nowMs, request)) return false;
    this.requests.push(request);
    return true;
  }

  /** Strikes out the oldest request that this event answers; returns whether none is left. */
  answer(event: JournalEvent): boolean {
    for (let index = 0; index < this.requests.length; index += 1) {
      const request = this.requests[index];
      if (request !== undefined && answers(event, request)) {
        this.requests.splice(index, 1);
        break;
      }
    }
    return this.requests.length === 0;
  }

  /** The kind of the oldest request; all are struck out. */
  giveUp(): string {
    const kind = this.requests[0]?.kind ?? 'no request';
    this.requests.length = 0;
    return kind;
  }

  private needsAnswer(nowMs: number, request: Request): boolean {
    switch (request.kind) {
      case 'announceVisit':
      case 'correctVisit':
        // One that has ended too: the lock may have died before its end was durable, and then it has it still.
        return this.visits.find(request.grant.id) === null && !this.visits.hasEnded(request.grant.id);
      case 'enter': {
        const visit = this.visits.find(request.visitId);
        return visit === null || visit.entry < request.entry;
      }
      case 'unlock':
        return this.truth.resting && this.truth.drive === 'off' && this.truth.place !== 'retracted';
      case 'revoke':
        return request.target.kind === 'grant' && this.visits.find(request.target.id)?.revokedMs === nowMs;
      case 'setMode':
        return this.truth.mode !== request.mode;
      default:
        return false;
    }
  }
}

function answers(event: JournalEvent, request: Request): boolean {
  if (event.kind === 'requestRefused') return event.request === request.kind;
  switch (request.kind) {
    case 'announceVisit':
    case 'correctVisit':
      return event.kind === 'visitAnnounced' && event.grant.id === request.grant.id;
    case 'enter':
      return event.kind === 'entryAccepted' && event.visitId === request.visitId && event.entry === request.entry;
    case 'unlock':
      return event.kind === 'driveIntended' && event.goal === 'unlocked';
    case 'revoke':
      return (
        event.kind === 'revoked' && event.target.kind === request.target.kind && event.target.id === request.target.id
      );
    case 'setMode':
      return event.kind === 'modeChanged' && event.mode === request.mode;
    default:
      return false;
  }
}
