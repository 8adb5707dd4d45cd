import type { InferOutput } from 'valibot';
import { isTimeZone } from '../firmware/access/local-time.js';
import { CONDITIONS_AT_DOOR, CONDITIONS_OF_ENTRY } from '../firmware/access/owner-rules.js';
import type { Policy, PolicyRule } from '../firmware/access/policy.js';
import { policySchema as policyFileSchema } from '../firmware/access/policy-file.js';
import type { PolicyWarning } from '../firmware/access/policy-warnings.js';
import { policyWarnings } from '../firmware/access/policy-warnings.js';
import { explanationAnswer, warningsAnswer } from '../firmware/interface/answers.js';
import { explain } from '../firmware/interface/explanation.js';
import { policySchema } from '../firmware/interface/schemas.js';
import { AccessFold } from '../firmware/journal/access-fold.js';
import type { Purpose } from '../firmware/access/authority.js';
import { DEFAULT_SETTINGS } from '../firmware/settings.js';
import { parseDocument } from '../hal/document.js';
import { inWords } from '../sim/scenario/words.js';
import { BadInput } from './bad-input.js';
import { ZonedTimes } from './journal-times.js';
import type { Errand, LockOptions, LockSurroundings } from './lock-errand.js';
import { pathOf, printable, runErrand } from './lock-errand.js';
import { readSmallFile } from './small-file.js';

export interface ExplainOptions extends LockOptions {
  readonly who: string;
  readonly at?: string;
  readonly for: Purpose;
  /** Rules in a file, judged without a lock, and in which time zone. */
  readonly offline?: Offline;
}

export interface Offline {
  readonly file: string;
  readonly zone: string;
}

export interface CheckOptions extends LockOptions {
  /** The door's time zone: then no lock is asked. */
  readonly zone?: string;
}

type Verdict = InferOutput<typeof explanationAnswer>['verdicts'][number];

/** Twice what a lock takes at once. Chosen. */
const policyBytesMax = 131_072;

/** Says first what is odd about the rules; they count in any case. */
export async function runPolicySet(file: string, options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const policy = readPolicy(file);
      const { warnings } = await errand.lock().ask('POST', '/policy/check', warningsAnswer, policy);
      await errand.lock().act('PUT', '/policy', policy);
      for (const warning of warnings) errand.terminal.error(`warning: ${warningText(warning)}\n`);
      errand.done(`${policy.rules.length} rules are set, in place of all others`, { warnings });
    },
    around,
  );
}

export async function runPolicyShow(options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const policy = await errand.lock().ask('GET', '/policy', policySchema);
      errand.show(policy, ['rule', 'about', 'asks'], () =>
        policy.rules.map((rule) => [rule.name, subject(rule), conditions(rule)]),
      );
    },
    around,
  );
}

/** By the lock's own rules, or by those in a file, without a lock. */
export async function runPolicyExplain(options: ExplainOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const { offline } = options;
      const verdicts = offline === undefined ? await askVerdicts(errand, options) : judgeOffline(options, offline);
      errand.show({ verdicts }, ['rule', 'verdict', 'why'], () => [
        ...verdicts.map(({ rule, verdict, words }) => [rule, verdict, words]),
        ['in all', ...overall(verdicts)],
      ]);
    },
    around,
  );
}

export async function runPolicyCheck(file: string, options: CheckOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const warnings = await warningsOf(readPolicy(file), options.zone, errand);
      errand.show({ warnings }, undefined, () => warnings.map((warning) => [warningText(warning)]));
    },
    around,
  );
}

/** A rule may ask that the owner has met a worker. */
export async function runPolicyMet(workerId: string, options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      await errand.lock().act('PUT', pathOf('met', workerId));
      errand.done(`you have met ${workerId}`, { workerId });
    },
    around,
  );
}

/** A rule may ask that no pet is loose. */
export async function runPolicyPets(loose: boolean, options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      await errand.lock().act('PUT', '/pets', { loose });
      errand.done(loose ? 'a pet is loose at home' : 'no pet is loose at home', { loose });
    },
    around,
  );
}

function readPolicy(file: string): Policy {
  return parseDocument({ text: readSmallFile(file, policyBytesMax), file, format: 'yaml' }, policyFileSchema);
}

async function warningsOf(policy: Policy, zone: string | undefined, errand: Errand): Promise<readonly PolicyWarning[]> {
  if (zone === undefined) return (await errand.lock().ask('POST', '/policy/check', warningsAnswer, policy)).warnings;
  // Which firms are enrolled only a lock can say: as far as a file goes, all are.
  const providers = new Map(firmsOf(policy).map((id) => [id, standInFor(id)]));
  return policyWarnings(policy, { providers, timeZone: checkedZone(zone), utcMs: Date.now() });
}

async function askVerdicts(errand: Errand, { who, at, for: purpose }: ExplainOptions): Promise<readonly Verdict[]> {
  const atUtcMs = at === undefined ? null : (await errand.times()).parse('--at', at);
  const body = { who, purpose, atUtcMs };
  return (await errand.lock().ask('POST', '/policy/explain', explanationAnswer, body)).verdicts;
}

/** What the verdicts come to: the first refusal, or all that it depends on. */
function overall(verdicts: readonly Verdict[]): [verdict: string, why: string] {
  const refusal = verdicts.find(({ verdict }) => verdict === 'refuses');
  if (refusal !== undefined) return ['refused', `${refusal.rule}: ${refusal.words}`];
  const open = verdicts.filter(({ verdict }) => verdict === 'depends').map(({ rule }) => rule);
  return open.length === 0 ? ['let in', 'nothing refuses'] : ['depends', `let in if these allow: ${open.join(', ')}`];
}

/** As if the worker's firm were enrolled for everything, and at a lock of which nothing else is known. */
function judgeOffline({ who, at, for: purpose }: ExplainOptions, { file, zone }: Offline): readonly Verdict[] {
  const timeZone = checkedZone(zone);
  const access = new AccessFold();
  access.policy = readPolicy(file);
  const [firm = '', worker] = who.split('/');
  if (worker !== undefined) access.providers.set(firm, standInFor(firm));
  const utcMs = at === undefined ? Date.now() : new ZonedTimes(timeZone).parse('--at', at);
  const settings = { ...DEFAULT_SETTINGS, timeZone };
  const facts = { settings, mode: 'normal', utcMs, nowMs: 0, access, ledger: new Map(), residents: [] } as const;
  return explain({ who, purpose }, facts);
}

function checkedZone(zone: string): string {
  if (isTimeZone(zone)) return zone;
  throw new BadInput(`latchkey: --zone ${zone}: is no time zone; for example Europe/Berlin`);
}

function firmsOf({ rules }: Policy): string[] {
  return [...new Set(rules.flatMap(({ providerIds }) => providerIds))];
}

function standInFor(id: string) {
  const purposes = ['delivery', 'deliveryInside', 'service', 'maintenance'] as const;
  return { id, name: id, keys: [{ id: 'key', x: '' }], purposes, tokenLifeMaxMs: Infinity };
}

function subject({ purposes, providerIds }: PolicyRule): string {
  const visits = purposes.length === 0 ? 'all visits' : purposes.map(inWords).join(', ');
  return providerIds.length === 0 ? visits : `${visits} of ${providerIds.join(', ')}`;
}

function conditions(rule: PolicyRule): string {
  const set = [...CONDITIONS_AT_DOOR, ...CONDITIONS_OF_ENTRY].filter(({ isSet }) => isSet(rule));
  const asked = set.map(({ asks }) => asks(rule));
  const prolongMin =
    rule.prolongMaxMs === null ? [] : [`at most ${rule.prolongMaxMs / 60_000} min longer than planned`];
  return [...asked, ...prolongMin].join('; ') || 'nothing';
}

function warningText({ rules, words }: PolicyWarning): string {
  return printable(`${rules.map((name) => `"${name}"`).join(', ')}: ${words}`);
}
