import type { Grant, Request } from '../../firmware/requests.js';
import type { Booking, Firm } from '../people/firm.js';

/** One authorisation, and the visit that it is for: by the owner's own hand, or by a token that a firm has signed. */
export type Visit = OwnVisit | TokenVisit;

interface AnyVisit {
  /** As the story calls it. */
  readonly name: string;
  /** Who comes: one of the people. */
  readonly visitor: string;
  /** As the lock calls it. */
  readonly visitId: string;
  /** The window's end, UTC. */
  readonly untilUtcMs: number;
}

export interface OwnVisit extends AnyVisit {
  readonly kind: 'own';
  readonly grant: Grant;
  /** The visit whose announcement it corrects. */
  readonly replaces: string | null;
}

export interface TokenVisit extends AnyVisit {
  readonly kind: 'token';
  readonly firm: Firm;
  /** Which of the firm's keys signs it. */
  readonly keyId: string;
  readonly booking: Booking;
}

/** How the lock comes to know of it. */
export function ownAnnouncementOf({ grant, replaces }: OwnVisit): Request {
  return replaces === null ? { kind: 'announceVisit', grant } : { kind: 'correctVisit', replaces, grant };
}
