import * as v from 'valibot';
import type { Purpose } from './authority.js';
import type { LocalHours } from './local-hours.js';
import { parseLocalHours } from './local-hours-text.js';
import type { Policy, PolicyRule } from './policy.js';

/**
 * The owner's rules as the owner writes them: each by its name, with what must hold. The same in a file of its own and in
 * a story. Reading the text, and telling where in it a mistake is, are the caller's.
 */

/** Chosen, as all limits here, with those of `policyShape`. */
const rulesMax = 64;
const listMax = 16;
const hoursMax = 32;
const nameLengthMax = 128;
const notesLengthMax = 2_000;
const prolongHoursMax = 24;
const distanceMaxM = 1_000_000;

const PURPOSES: Readonly<Record<string, Purpose>> = {
  delivery: 'delivery',
  'delivery inside': 'deliveryInside',
  service: 'service',
  maintenance: 'maintenance',
  guest: 'guest',
};

const UNITS_M: Readonly<Record<string, number>> = { m: 1, km: 1_000 };
const UNITS_MS: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000 };

/** An object with these keys and no others. */
function closed<const Entries extends v.ObjectEntries>(entries: Entries) {
  const keys = Object.keys(entries).join(', ');
  return v.strictObject(entries, ({ expected, input, path }) => {
    if (expected === 'never') return `unknown key; the keys here are ${keys}`;
    if (path !== undefined && input === undefined) return `the key ${expected} is missing; add it`;
    return `must be an object with some of the keys ${keys}; write each as "key: value"`;
  });
}

const yesOrNo = v.boolean(({ received }) => `must be true or false, not ${received}; write it without quotes`);

/** `mistakeIn` says what is wrong with a text and the mend, or `null`; `example` is one that is right. */
function text(description: string, mistakeIn: (text: string) => string | null, example?: string) {
  const mend = example === undefined ? 'put it in quotes' : `write for example "${example}"`;
  return v.pipe(
    v.string(({ received }) => `must be a text, not ${received}; ${mend}`),
    v.rawCheck<string>(({ dataset, addIssue }) => {
      const message = dataset.typed ? mistakeIn(dataset.value) : null;
      if (message !== null) addIssue({ message });
    }),
    v.description(description),
  );
}

function listOf<const Item extends v.GenericSchema>(item: Item, most: number, description: string) {
  return v.pipe(
    v.array(item, ({ received }) => `must be a list, not ${received}; put it in brackets: [ ]`),
    v.maxLength(most),
    v.description(description),
  );
}

/** One line, for people to read. */
function label(description: string) {
  return text(description, (given) => {
    if (given.length > nameLengthMax) return `is longer than ${nameLengthMax} characters; shorten it`;
    return /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u.test(given) ? null : 'must be one line of text';
  });
}

const purpose = text('What the visitor comes for.', (given) =>
  Object.hasOwn(PURPOSES, given) ? null : `"${given}" is no purpose; use one of ${Object.keys(PURPOSES).join(', ')}`,
);

const providerId = text('A firm, by the id with which it is enrolled.', (given) =>
  /^[A-Za-z0-9._-]{1,64}$/.test(given) ? null : `"${given}" is no id of a firm; use letters, digits, ".", "_" and "-"`,
);

const hours = text("Hours of the week by the door's clock.", (given) =>
  parseLocalHours(given) === null
    ? `"${given}" are no hours of one day; write for example "mon-fri 08:00-20:00", and two where midnight is between`
    : null,
);

const distance = text(
  "At most so far from the door, by the visitor's own report.",
  (given) => {
    const metres = amountOf(given, UNITS_M);
    return metres === null || metres > distanceMaxM ? `"${given}" is no distance; write for example "200 m"` : null;
  },
  '200 m',
);

const prolongation = text(
  'How much longer than its window a visit under way may be made.',
  (given) => {
    const prolongMs = amountOf(given, UNITS_MS);
    return prolongMs === null || prolongMs > prolongHoursMax * 3_600_000
      ? `"${given}" is no time of at most ${prolongHoursMax} h; write for example "30 min" or "2 h"`
      : null;
  },
  '30 min',
);

const certificate = closed({
  kind: label('What the worker must be certified for.'),
  issuers: v.exactOptional(listOf(label('An issuer.'), listMax, 'One of these must have issued it.')),
  'self-stated is enough': v.exactOptional(v.pipe(yesOrNo, v.description("Whether the firm's own word will do."))),
});

const rule = closed({
  for: v.exactOptional(listOf(purpose, listMax, 'The purposes that it is about; all if nothing is said.')),
  providers: v.exactOptional(listOf(providerId, listMax, 'The firms that it is about; all if nothing is said.')),
  hours: v.exactOptional(listOf(hours, hoursMax, 'Only within one of these.')),
  'no loose pet': v.exactOptional(v.pipe(yesOrNo, v.description('Not while a pet is loose at home.'))),
  certificates: v.exactOptional(listOf(certificate, listMax, 'Only with every one of these, unexpired.')),
  'met in person': v.exactOptional(v.pipe(yesOrNo, v.description('Only workers whom the owner has met.'))),
  'at most away': v.exactOptional(distance),
  notes: v.exactOptional(
    text('To be read and acknowledged before the door opens.', (given) =>
      given.length > 0 && given.length <= notesLengthMax ? null : `must have 1 to ${notesLengthMax} characters`,
    ),
  ),
  'prolong at most': v.exactOptional(prolongation),
  never: v.exactOptional(v.pipe(yesOrNo, v.description('Whether nobody comes in whom the rule is about.'))),
});

/** In a list, a rule's only name would be its number. */
const ruleName = v.pipe(
  label('The name of the rule.'),
  v.rawCheck<string>(({ dataset, addIssue }) => {
    if (dataset.typed && /^\d+$/.test(dataset.value)) {
      addIssue({
        message: 'a rule needs a name with letters, and rules make no list; write "name of the rule:" above it',
      });
    }
  }),
);

type RuleDocument = v.InferOutput<typeof rule>;

/** From the document, whose keys are the names of the rules, to the policy. */
export const policySchema = v.pipe(
  v.record(ruleName, rule),
  v.maxEntries(rulesMax, `must have at most ${rulesMax} rules`),
  v.description(
    "The owner's rules, each by a name. All that are about a visit must be met; their order never matters.",
  ),
  v.transform((rules): Policy => ({ rules: Object.entries(rules).map(([name, given]) => policyRule(name, given)) })),
);

function policyRule(name: string, given: RuleDocument): PolicyRule {
  return {
    name,
    purposes: unique(given.for ?? []).flatMap((words) => PURPOSES[words] ?? []),
    providerIds: unique(given.providers ?? []),
    hours:
      given.hours?.flatMap((words): LocalHours[] => {
        const span = parseLocalHours(words);
        return span === null ? [] : [span];
      }) ?? null,
    noLoosePet: given['no loose pet'] ?? false,
    certificates: (given.certificates ?? []).map(({ kind, issuers, ...rest }) => ({
      kind,
      issuers: issuers === undefined ? null : unique(issuers),
      selfStatedIsEnough: rest['self-stated is enough'] ?? false,
    })),
    metInPerson: given['met in person'] ?? false,
    distanceMaxM: amountOf(given['at most away'], UNITS_M),
    notes: given.notes === undefined ? null : { id: idOf(given.notes), text: given.notes },
    prolongMaxMs: amountOf(given['prolong at most'], UNITS_MS),
    deny: given.never ?? false,
  };
}

/** A whole number of the smallest unit, or `null`. */
function amountOf(given: string | undefined, units: Readonly<Record<string, number>>): number | null {
  const [, number = '', unit = ''] = /^(\d{1,7}(?:\.\d{1,3})?) ?([a-z]+)$/.exec(given ?? '') ?? [];
  const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return size === undefined ? null : Math.round(Number(number) * size);
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}

/** Another text has another id, so that nobody acknowledges what they have not read: FNV-1a, 32 bits. */
function idOf(notes: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < notes.length; index += 1) hash = Math.imul(hash ^ notes.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
