import type { Notice, NoticeKind, NoticeVisitor, Recipient } from '../hal/contracts/notices.js';
import type { AccessView } from './access/access-view.js';
import type { Effect } from './core/effects.js';
import type { LedgerEntry } from './journal/records.js';

/** What is to be told: the core's order to the shell. */
export type Telling = Omit<Extract<Effect, { kind: 'notify' }>, 'kind'>;

/** Whom the telling is about: the visit's ledger entry, if it is about a visit that is known. */
export interface TellingFacts {
  readonly entry: LedgerEntry | undefined;
  readonly access: AccessView;
  /** By the lock's calendar, or `null` while it is unset. */
  readonly utcMs: number | null;
}

/** The telling as a notice, bearing this number of the recipient's stream. */
export function noticeOf(telling: Telling, to: Recipient, number: number, facts: TellingFacts): Notice {
  const { notice: kind, visitId, detail, result } = telling;
  const { entry, access, utcMs } = facts;
  if (entry === undefined || !namesVisitor(kind)) return { number, to, kind, visitId, detail, utcMs };
  const visitor = visitorOf(entry, access);
  if (result === undefined) return { number, to, kind, visitId, detail, utcMs, visitor };
  return { number, to, kind, visitId, detail, utcMs, visitor, result };
}

/** Who comes for what is said where somebody has to know whom to expect, or who it was. */
function namesVisitor(kind: NoticeKind): boolean {
  return kind === 'announced' || kind === 'corrected' || kind === 'atDoor' || kind === 'visitEnded';
}

/**
 * The firm that is told as well: of the outcome of a visit by a token of its own, while it is enrolled and not revoked;
 * otherwise `null`.
 */
export function toldProvider({ to, notice }: Telling, { entry, access }: TellingFacts): `provider:${string}` | null {
  // Ends are told to owner and worker both; the firm hears of them once.
  if (notice !== 'visitEnded' || to !== 'owner') return null;
  const providerId = entry?.grant.issuance?.providerId;
  if (providerId === undefined || !access.providers.has(providerId)) return null;
  return access.isRevoked('provider', providerId) ? null : `provider:${providerId}`;
}

/** The token's name of the worker, or what the owner called somebody whom the owner let in. */
function visitorOf({ grant, untilUtcMs }: LedgerEntry, access: AccessView): NoticeVisitor {
  const { issuance, personId, purpose, fromUtcMs } = grant;
  return {
    name: issuance === null ? personId : issuance.workerName,
    firm: issuance === null ? null : (access.providers.get(issuance.providerId)?.name ?? issuance.providerId),
    purpose,
    fromUtcMs,
    untilUtcMs,
  };
}
