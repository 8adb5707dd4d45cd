import { explainGuest, explainResident, explainThought, explainVisitor, type Verdict } from '../access/explain.js';
import type { AccessFacts } from '../access/question.js';
import type { LedgerEntry, RefusalReason } from '../journal/records.js';
import type { Purpose } from '../access/authority.js';
import type { Resident } from '../requests.js';

/** Whom somebody asks about: a visit's id, a resident, a guest, or a worker as `<providerId>/<sub>`. */
export interface WhoQuestion {
  readonly who: string;
  /** What a worker would come for; of everybody else it is known. */
  readonly purpose: Purpose;
}

export interface ExplanationFacts extends AccessFacts {
  readonly ledger: ReadonlyMap<string, LedgerEntry>;
  readonly residents: readonly Resident[];
}

/** Every rule's verdict on whether this person would be let in at the moment of the facts. */
export function explain({ who, purpose }: WhoQuestion, facts: ExplanationFacts): Verdict[] {
  const entry = facts.ledger.get(who);
  if (entry !== undefined) return explainVisit(entry, facts);
  const resident = facts.residents.find(({ id }) => id === who);
  if (resident !== undefined) return explainResident(resident, 'app', facts);
  const guest = facts.access.guests.get(who);
  if (guest === undefined) {
    const thought = explainThought({ personId: who, providerId: firmOf(who), purpose }, facts);
    return firmOf(who) === null ? [UNKNOWN, ...thought] : thought;
  }
  for (const code of facts.access.codes.values()) {
    if (code.holder.kind === 'guest' && code.holder.personId === who) return explainGuest(guest, code, facts);
  }
  return [{ rule: 'code', verdict: 'refuses', refusal: 'wrongCode', words: 'the guest has a code: none was made' }];
}

const UNKNOWN: Verdict = {
  rule: 'who',
  verdict: 'depends',
  refusal: null,
  words: 'nobody is known by that name here: judged as if you had granted the visit by your own hand',
};

/** What is known only when the visitor says it at the door. */
const SAID_AT_THE_DOOR: ReadonlySet<RefusalReason | null> = new Set(['distanceUnknown', 'notesUnread'] as const);

function explainVisit(entry: LedgerEntry, facts: AccessFacts): Verdict[] {
  const { personId, issuance } = entry.grant;
  const proof =
    issuance === null ? ({ kind: 'word' } as const) : ({ kind: 'device', deviceId: issuance.deviceId } as const);
  const question = { act: 'enter', personId, proof, distanceM: null, notesId: null } as const;
  return explainVisitor(entry, question, facts).map((verdict) =>
    SAID_AT_THE_DOOR.has(verdict.refusal) ? depending(verdict) : verdict,
  );
}

function depending({ rule, words }: Verdict): Verdict {
  return { rule, verdict: 'depends', refusal: null, words };
}

function firmOf(workerId: string): string | null {
  const [providerId = '', name] = workerId.split('/');
  return name === undefined ? null : providerId;
}
