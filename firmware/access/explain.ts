import type { RefusalReason } from '../journal/records.js';
import type { Resident } from '../requests.js';
import type { Code, Guest, Issuance, Purpose } from './authority.js';
import { guestGrant } from './codes.js';
import { decideResident } from './decide.js';
import { isAbout } from './owner-rules.js';
import { type AccessFacts, type Rule, unstarted, type VisitEntry, type VisitorQuestion } from './question.js';
import { RULES } from './rules.js';

/** Why somebody may come in or may not: every rule's verdict, in words, from the very rules that decide. */

export interface Verdict {
  /** One of the lock's rules, or one of the owner's by the name that they gave it. */
  readonly rule: string;
  /** `depends`: on what the visit brings with it, or the visitor says at the door. */
  readonly verdict: 'allows' | 'refuses' | 'depends';
  readonly refusal: RefusalReason | null;
  readonly words: string;
}

/** A worker who is only thought of: of a firm, or with the owner's own grant (`providerId` `null`). */
export interface ThoughtOfVisitor {
  readonly personId: string;
  readonly providerId: string | null;
  readonly purpose: Purpose;
}

/** The first that refuses, if any, is what `decideVisitor` answers. */
export function explainVisitor(entry: VisitEntry, question: VisitorQuestion, facts: AccessFacts): Verdict[] {
  return verdictsOn(entry, question, facts, () => true);
}

/** Without a visit: what is known of who would come is judged, and what else is asked is said. */
export function explainThought(visitor: ThoughtOfVisitor, facts: AccessFacts): Verdict[] {
  const question: VisitorQuestion = {
    act: 'enter',
    personId: visitor.personId,
    proof: { kind: 'word' },
    distanceM: null,
    notesId: null,
  };
  const verdicts = verdictsOn(thoughtOf(visitor, facts), question, facts, (judges) => judges === 'records');
  if (facts.utcMs !== null) return verdicts;
  return [...verdicts, verdictOf('clock', 'clockUnset', 'visitors need a calendar', 'it is unset')];
}

/** What it has no facts to judge by depends. */
function verdictsOn(
  entry: VisitEntry,
  question: VisitorQuestion,
  facts: AccessFacts,
  isKnown: (judges: Rule['judges']) => boolean,
): Verdict[] {
  const { rules, conditions } = RULES[question.act];
  const verdicts = rules.map(({ name, judges, refusal, asks, finds }) =>
    isKnown(judges)
      ? verdictOf(name, refusal(entry, question, facts), asks, finds(entry, question, facts))
      : dependsOn(name, asks),
  );
  for (const { name, judges, isSet, refusal, asks, finds } of conditions) {
    for (const rule of facts.access.policy.rules) {
      if (!isSet(rule) || !isAbout(rule, entry.grant)) continue;
      const ruleName = `${rule.name} (${name})`;
      const reason = refusal(rule, entry, question, facts);
      verdicts.push(
        isKnown(judges)
          ? verdictOf(ruleName, reason, asks(rule), finds(entry, question, facts))
          : dependsOn(ruleName, asks(rule)),
      );
    }
  }
  return verdicts;
}

/** Somebody with a code of their own: the schedule first, then what is asked of every visitor. */
export function explainGuest(guest: Guest, code: Code, facts: AccessFacts): Verdict[] {
  const asks = 'the guest may come now';
  const grant = guestGrant(guest, code, 0, facts);
  if (typeof grant === 'string') return [verdictOf('schedule', grant, asks, scheduleText(guest))];
  const question: VisitorQuestion = {
    act: 'enter',
    personId: guest.personId,
    proof: { kind: 'code', userNumber: code.userNumber },
    distanceM: null,
    notesId: null,
  };
  const verdicts = explainVisitor(unstarted(grant), question, facts);
  return [verdictOf('schedule', null, asks, scheduleText(guest)), ...verdicts];
}

export function explainResident(resident: Resident, by: 'app' | 'code', { mode }: AccessFacts): Verdict[] {
  const asks = `the mode admits the household by ${by}`;
  const finds = `${resident.id} is ${resident.role === 'owner' ? 'the owner' : 'of the household'}; the mode is ${mode}`;
  return [verdictOf('mode', decideResident(resident, by, mode), asks, finds)];
}

function thoughtOf({ personId, providerId, purpose }: ThoughtOfVisitor, facts: AccessFacts): VisitEntry {
  const issuance = providerId === null ? null : issuanceOf(providerId, facts);
  const grant = {
    id: '',
    personId,
    doorId: facts.settings.doorId,
    purpose,
    fromUtcMs: -Infinity,
    untilUtcMs: Infinity,
    entries: 1,
    issuance,
  };
  return unstarted(grant);
}

/** As the firm would issue it: by a key of its own that still stands, if it has one. */
function issuanceOf(providerId: string, { access }: AccessFacts): Issuance {
  const keys = access.providers.get(providerId)?.keys ?? [];
  const key = keys.find(({ id }) => !access.isRevoked('key', `${providerId}/${id}`)) ?? keys[0];
  return {
    providerId,
    keyId: key?.id ?? '',
    workerName: '',
    photo: null,
    deviceX: '',
    deviceId: '',
    issuedUtcMs: -Infinity,
    expiresUtcMs: Infinity,
    certificates: [],
  };
}

function verdictOf(rule: string, refusal: RefusalReason | null, asks: string, finds: string): Verdict {
  return { rule, verdict: refusal === null ? 'allows' : 'refuses', refusal, words: `${asks}: ${finds}` };
}

function dependsOn(rule: string, asks: string): Verdict {
  return { rule, verdict: 'depends', refusal: null, words: asks };
}

function scheduleText({ schedule, expiresUtcMs }: Guest): string {
  const end = expiresUtcMs === null ? '' : ', with an end';
  return `${schedule.kind}${end}`;
}
