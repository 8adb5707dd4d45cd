import type { Purpose } from './authority.js';
import type { AccessView } from './access-view.js';
import type { LocalHours } from './local-hours.js';
import { WEEKDAYS } from './local-hours-text.js';
import { type ClockChange, momentText, nextClockChange, weekdayOf } from './local-time.js';
import { CONDITIONS_AT_DOOR, CONDITIONS_OF_ENTRY, isAboutVisits } from './owner-rules.js';
import type { Policy, PolicyRule } from './policy.js';
import { DAY_MINUTES, inBoth, weekOf, type WeekSpan, WHOLE_WEEK } from './week.js';

/**
 * What the owner should know of their rules before they count: those that never refuse, and those that always do.
 * Warnings only: each rule says what it says.
 */

export interface PolicyWarning {
  /** The rules it is about, by name. */
  readonly rules: readonly string[];
  readonly words: string;
}

interface WarningFacts {
  readonly providers: AccessView['providers'];
  readonly timeZone: string;
  /** From when on changes of the clock are looked for, or `null`: not at all. */
  readonly utcMs: number | null;
}

/** Visits that the rules see as one: for what, and of which firm; `null`: by the owner's own grant, or a guest's code. */
interface VisitKind {
  readonly purpose: Purpose;
  readonly providerId: string | null;
}

const OWNERS_PURPOSES: readonly Purpose[] = ['delivery', 'deliveryInside', 'service', 'maintenance', 'guest'];

export function policyWarnings({ rules }: Policy, facts: WarningFacts): PolicyWarning[] {
  const kinds = visitKinds(facts.providers);
  return [
    ...rules.flatMap((rule) => ruleWarnings(rule, kinds, facts)),
    ...denialWarnings(rules, kinds),
    ...hoursWarnings(rules, kinds, facts),
  ];
}

function visitKinds(providers: AccessView['providers']): VisitKind[] {
  const ofFirms = [...providers.values()].flatMap(({ id, purposes }) =>
    purposes.map((purpose) => ({ purpose, providerId: id })),
  );
  return [...OWNERS_PURPOSES.map((purpose) => ({ purpose, providerId: null })), ...ofFirms];
}

function ruleWarnings(rule: PolicyRule, kinds: readonly VisitKind[], facts: WarningFacts): PolicyWarning[] {
  const warnings: PolicyWarning[] = [];
  const warn = (words: string) => warnings.push({ rules: [rule.name], words });
  const unknown = rule.providerIds.filter((id) => !facts.providers.has(id));
  for (const id of unknown) warn(`names the firm ${id}, which is not enrolled`);
  if (!kinds.some((kind) => isAboutKind(rule, kind)))
    warn('is about no visits that anybody may make: it never refuses');
  const set = [...CONDITIONS_AT_DOOR, ...CONDITIONS_OF_ENTRY].filter(({ isSet }) => isSet(rule));
  if (set.length === 0 && rule.prolongMaxMs === null) warn('sets no condition: it never refuses');
  if (rule.deny && set.length > 1) warn('always refuses: its other conditions never matter');
  if (rule.hours?.length === 0) warn('has no hours: it always refuses');
  for (const { kind, issuers } of rule.certificates) {
    if (issuers?.length === 0) warn(`lets nobody issue the certificate ${kind}: it always refuses`);
  }
  const without = uncertified(rule);
  if (without.length > 0) {
    warn(`asks for certificates, which only firms state: it always refuses ${without.join(', and ')}`);
  }
  if (rule.hours !== null && isWholeWeek(rule.hours)) warn('has hours that are the whole week: they never refuse');
  if (rule.metInPerson && isAboutKind(rule, GUEST)) {
    warn('asks of guests too that you have met them: until you say so of each, it refuses them');
  }
  if (rule.notes !== null && isAboutKind(rule, GUEST)) {
    warn('has notes, which cannot be acknowledged at the keypad: it always refuses guests');
  }
  return warnings;
}

/** Whom a rule about certificates is about that can have none. */
function uncertified(rule: PolicyRule): string[] {
  if (rule.certificates.length === 0) return [];
  const own = OWNERS_PURPOSES.filter((purpose) => purpose !== 'guest');
  return [
    ...(isAboutKind(rule, GUEST) ? ['guests'] : []),
    ...(own.some((purpose) => isAboutKind(rule, { purpose, providerId: null })) ? ['visits by your own grant'] : []),
  ];
}

function isWholeWeek(hours: readonly LocalHours[]): boolean {
  const [first] = weekOf(hours);
  return first?.from === 0 && first.until === 7 * DAY_MINUTES;
}

const GUEST: VisitKind = { purpose: 'guest', providerId: null };

/** What is denied to all that another rule is about makes that rule pointless. */
function denialWarnings(rules: readonly PolicyRule[], kinds: readonly VisitKind[]): PolicyWarning[] {
  const denials = rules.filter(({ deny }) => deny);
  const isDenied = (kind: VisitKind) => denials.some((rule) => isAboutKind(rule, kind));
  if (kinds.every(isDenied)) return [{ rules: denials.map(namesOf), words: 'nobody comes in: every visit is denied' }];
  return rules
    .filter((rule) => !rule.deny)
    .flatMap((rule) => {
      const about = kinds.filter((kind) => isAboutKind(rule, kind));
      if (about.length === 0 || !about.every(isDenied)) return [];
      const by = denials.filter((denial) => about.some((kind) => isAboutKind(denial, kind)));
      return [
        { rules: [rule.name], words: `never matters: ${by.map(({ name }) => `"${name}"`).join(', ')} denies all` },
      ];
    });
}

/** Hours of several rules that leave nothing, all week or on a day on which the clock is changed. */
function hoursWarnings(
  rules: readonly PolicyRule[],
  kinds: readonly VisitKind[],
  { timeZone, utcMs }: WarningFacts,
): PolicyWarning[] {
  const skips = utcMs === null ? [] : skippedSoon(timeZone, utcMs);
  const warnings = new Map<string, PolicyWarning>();
  for (const kind of kinds) {
    const about = rules.filter((rule) => isAboutKind(rule, kind));
    const timed = about.filter(({ hours }) => hours !== null && hours.length > 0);
    if (timed.length === 0 || about.some(({ deny }) => deny)) continue;
    const week = timed.reduce<readonly WeekSpan[]>((left, { hours }) => inBoth(left, weekOf(hours ?? [])), WHOLE_WEEK);
    const names = timed.map(namesOf);
    if (week.length === 0) {
      warnings.set(names.join('\n'), { rules: names, words: 'have no hours in common: together they always refuse' });
    }
    for (const skip of skips) {
      if (!swallows(skip, week)) continue;
      const date = momentText('UTC', skip.toLocalMs).slice(0, 10);
      const words = `on ${date} the clock skips all their hours of that day: nobody comes in then`;
      warnings.set([...names, date].join('\n'), { rules: names, words });
    }
  }
  return [...warnings.values()];
}

/** The times that the clock skips within about a year: changes of the clock come in pairs. */
function skippedSoon(timeZone: string, utcMs: number): ClockChange[] {
  const first = nextClockChange(timeZone, utcMs);
  const second = first === null ? null : nextClockChange(timeZone, first.utcMs);
  return [first, second].filter((change) => change !== null && change.toLocalMs > change.fromLocalMs) as ClockChange[];
}

/** Whether that day has hours, and all of them are skipped. */
function swallows({ fromLocalMs, toLocalMs }: ClockChange, week: readonly WeekSpan[]): boolean {
  const midnight = WEEKDAYS.indexOf(weekdayOf(fromLocalMs)) * DAY_MINUTES;
  const ofDay = inBoth(week, [{ from: midnight, until: midnight + DAY_MINUTES }]);
  const from = midnight + minuteOf(fromLocalMs);
  const until = from + (toLocalMs - fromLocalMs) / 60_000;
  return ofDay.length > 0 && ofDay.every((span) => span.from >= from && span.until <= until);
}

function minuteOf(localMs: number): number {
  return Math.floor(localMs / 60_000) % DAY_MINUTES;
}

function isAboutKind(rule: PolicyRule, { purpose, providerId }: VisitKind): boolean {
  return isAboutVisits(rule, purpose, providerId);
}

function namesOf({ name }: PolicyRule): string {
  return name;
}
