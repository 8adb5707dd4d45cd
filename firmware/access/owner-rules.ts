import type { RefusalReason } from '../journal/records.js';
import type { Grant } from '../requests.js';
import type { Certificate, Purpose } from './authority.js';
import { localHoursText } from './local-hours-text.js';
import { isWithinHours } from './local-time.js';
import type { Notes, Policy, PolicyRule, RequiredCertificate } from './policy.js';
import type { AccessFacts, Rule, VisitEntry, VisitorQuestion } from './question.js';
import { moment, nowText } from './visit-rules.js';

/**
 * The conditions of the owner's own rules. Each condition is asked of all the owner's rules before the next one is, so
 * the answer never depends on the order in which the owner wrote them down.
 */

export interface Condition {
  readonly name: string;
  readonly judges: Rule['judges'];
  /** Whether this rule of the owner's sets it. */
  readonly isSet: (rule: PolicyRule) => boolean;
  /** Asked only where it is set, of visits that the rule is about, and while the calendar is set. */
  readonly refusal: (
    rule: PolicyRule,
    entry: VisitEntry,
    question: VisitorQuestion,
    facts: AccessFacts,
  ) => RefusalReason | null;
  /** What must hold, for a person to read. */
  readonly asks: (rule: PolicyRule) => string;
  /** What it finds, for a person to read. */
  readonly finds: Rule['finds'];
}

const denial: Condition = {
  name: 'never',
  judges: 'records',
  isSet: ({ deny }) => deny,
  refusal: () => 'deniedByPolicy',
  asks: () => 'never',
  finds: () => 'the owner lets nobody in for this',
};

/**
 * Past its window's own end a visit is there by a prolongation, which the owner has bounded for itself: hours do not lock
 * anybody out with the dog then.
 */
const allowedHours: Condition = {
  name: 'hours',
  judges: 'records',
  isSet: ({ hours }) => hours !== null,
  refusal: ({ hours }, { grant }, _question, { settings, utcMs }) => {
    if (hours === null || utcMs === null || utcMs >= grant.untilUtcMs) return null;
    for (const span of hours) if (isWithinHours(span, settings.timeZone, utcMs)) return null;
    return 'outsideHours';
  },
  asks: ({ hours }) => `only ${(hours ?? []).map(localHoursText).join('; ') || 'in hours that there are none of'}`,
  finds: ({ grant, untilUtcMs }, _question, facts) => {
    const prolonged = untilUtcMs > grant.untilUtcMs ? `; after ${moment(facts, grant.untilUtcMs)} by prolongation` : '';
    return `the door's clock (${facts.settings.timeZone}) shows ${nowText(facts)}${prolonged}`;
  },
};

const noLoosePet: Condition = {
  name: 'no loose pet',
  judges: 'records',
  isSet: (rule) => rule.noLoosePet,
  refusal: (_rule, _entry, _question, { access }) => (access.petLoose ? 'petLoose' : null),
  asks: () => 'only while no pet is loose at home',
  finds: (_entry, _question, { access }) =>
    access.petLoose ? 'a pet is loose at home' : 'no pet is said to be loose at home',
};

const certified: Condition = {
  name: 'certificates',
  judges: 'visit',
  isSet: ({ certificates }) => certificates.length > 0,
  refusal: ({ certificates }, { grant }, _question, { utcMs }) => {
    const held = grant.issuance?.certificates ?? [];
    for (const required of certificates) if (!holds(held, required, utcMs ?? Infinity)) return 'certificateMissing';
    return null;
  },
  asks: ({ certificates }) => `only with ${certificates.map(requiredText).join('; ')}`,
  finds: ({ grant }, _question, facts) => {
    const held = (grant.issuance?.certificates ?? []).map((certificate) => certificateText(certificate, facts));
    return `the visitor has ${held.join('; ') || 'no certificates'}`;
  },
};

const metInPerson: Condition = {
  name: 'met in person',
  judges: 'records',
  isSet: (rule) => rule.metInPerson,
  refusal: (_rule, { grant }, _question, { access }) => (access.metWorkerIds.has(grant.personId) ? null : 'notMet'),
  asks: () => 'only workers whom the owner has met in person',
  finds: ({ grant }, _question, { access }) =>
    `the owner ${access.metWorkerIds.has(grant.personId) ? 'has' : 'has not'} met ${grant.personId}`,
};

/** Whoever types a code at the door is at the door. */
const nearEnough: Condition = {
  name: 'distance',
  judges: 'request',
  isSet: ({ distanceMaxM }) => distanceMaxM !== null,
  refusal: ({ distanceMaxM }, _entry, { proof, distanceM }) => {
    if (distanceMaxM === null || proof.kind === 'code') return null;
    if (distanceM === null || !(distanceM >= 0)) return 'distanceUnknown';
    return distanceM <= distanceMaxM ? null : 'tooFarAway';
  },
  asks: ({ distanceMaxM }) => `only at most ${distanceMaxM} m from the door, by the visitor's own report`,
  finds: (_entry, { proof, distanceM }) => {
    if (proof.kind === 'code') return 'a code was typed at the door';
    return distanceM === null
      ? 'the visitor reports no distance'
      : `the visitor reports ${distanceM} m; nobody measures it`;
  },
};

/** A dead phone acknowledges nothing: with a code the notes read before the visit's first entry are enough. */
const notesRead: Condition = {
  name: 'notes',
  judges: 'request',
  isSet: ({ notes }) => notes !== null,
  refusal: ({ notes }, { entriesSpent }, { proof, notesId }) => {
    if (notes === null || (proof.kind === 'code' && entriesSpent > 0)) return null;
    return notesId !== null && notesId.split(NOTES_SEPARATOR).includes(notes.id) ? null : 'notesUnread';
  },
  asks: ({ notes }) => `only once the notes "${notes?.id ?? ''}" are acknowledged`,
  finds: (_entry, { notesId }) => (notesId === null ? 'none are' : `acknowledged: "${notesId}"`),
};

/** Asked when the visitor comes to the door, and again at each entry. */
export const CONDITIONS_AT_DOOR: readonly Condition[] = [denial, allowedHours, noLoosePet, certified, metInPerson];

/** Asked at each entry only: the unlock is when the distance counts, and the notes are shown at the door. */
export const CONDITIONS_OF_ENTRY: readonly Condition[] = [nearEnough, notesRead];

/** The first of these conditions that a rule of the owner's sets for this visit, and that does not hold. */
export function ownerRefusal(
  conditions: readonly Condition[],
  entry: VisitEntry,
  question: VisitorQuestion,
  facts: AccessFacts,
): RefusalReason | null {
  const { rules } = facts.access.policy;
  if (rules.length === 0) return null;
  for (const { isSet, refusal } of conditions) {
    for (const rule of rules) {
      if (!isSet(rule) || !isAbout(rule, entry.grant)) continue;
      const reason = refusal(rule, entry, question, facts);
      if (reason !== null) return reason;
    }
  }
  return null;
}

/** Whether the owner's rule names this visit. */
export function isAbout(rule: PolicyRule, { purpose, issuance }: Grant): boolean {
  return isAboutVisits(rule, purpose, issuance === null ? null : issuance.providerId);
}

/** Whether it names visits for this purpose and of this firm; `null`: of none. */
export function isAboutVisits(
  { purposes, providerIds }: PolicyRule,
  purpose: Purpose,
  providerId: string | null,
): boolean {
  if (purposes.length > 0 && !purposes.includes(purpose)) return false;
  return providerIds.length === 0 || (providerId !== null && providerIds.includes(providerId));
}

const NOTES_SEPARATOR = '+';

/**
 * All that the visitor has to read, in an order of its own: to acknowledge it is to send its id. `null`: nothing.
 */
export function notesFor(grant: Grant, { rules }: Policy): Notes | null {
  const texts = new Map<string, string>();
  for (const rule of rules) {
    if (rule.notes !== null && isAbout(rule, grant)) texts.set(rule.notes.id, rule.notes.text);
  }
  if (texts.size === 0) return null;
  const ids = [...texts.keys()].toSorted();
  return { id: ids.join(NOTES_SEPARATOR), text: ids.map((id) => texts.get(id)).join('\n\n') };
}

/** How much longer than its window the owner lets this visit last, or `null` where no rule says. */
export function prolongMaxMs(grant: Grant, { rules }: Policy): number | null {
  let leastMs: number | null = null;
  for (const rule of rules) {
    if (rule.prolongMaxMs === null || !isAbout(rule, grant)) continue;
    leastMs = Math.min(leastMs ?? Infinity, rule.prolongMaxMs);
  }
  return leastMs;
}

function holds(held: readonly Certificate[], required: RequiredCertificate, utcMs: number): boolean {
  return held.some(
    ({ kind, issuer, expiresUtcMs, selfStated }) =>
      kind === required.kind &&
      utcMs < expiresUtcMs &&
      (required.issuers === null || required.issuers.includes(issuer)) &&
      (required.selfStatedIsEnough || !selfStated),
  );
}

function requiredText({ kind, issuers, selfStatedIsEnough }: RequiredCertificate): string {
  const by = issuers === null ? '' : ` by ${issuers.join(' or ') || 'nobody'}`;
  return `${kind}${by}${selfStatedIsEnough ? '' : ", not on the firm's own word"}`;
}

function certificateText({ kind, issuer, expiresUtcMs, selfStated }: Certificate, facts: AccessFacts): string {
  const word = selfStated ? ", the firm's own word" : '';
  return `${kind} by ${issuer} until ${moment(facts, expiresUtcMs)}${word}`;
}
