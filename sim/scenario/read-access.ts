import type { CodeHolder, Guest, Schedule } from '../../firmware/access/authority.js';
import { parseLocalHours } from '../../firmware/access/local-hours-text.js';
import type { Policy } from '../../firmware/access/policy.js';
import type { CodePlan } from '../../firmware/desk.js';
import type { Request } from '../../firmware/requests.js';
import { Firm } from '../people/firm.js';
import type { Cast, CastFirm } from './deed.js';
import { didYouMean } from './did-you-mean.js';
import { MomentReader } from './moment-reader.js';
import type { AskAction, ShowAction } from './scenario.js';
import type { ScenarioDocument } from './schema.js';
import type { StoryContext } from './story-context.js';
import { durationMs } from './times.js';
import type { TokenVisit, Visit } from './visit.js';
import { ownAnnouncementOf } from './visit.js';
import { byWords, purposes, roles } from './words.js';

/** Firms, guests, codes and rules: who may come at all, and how the owner has asked for that. */

type Given = ScenarioDocument['given'];
type GuestDocument = NonNullable<Given['guests']>[string];

const dayMs = 86_400_000;

export function readFirms({ providers = {} }: Given): CastFirm[] {
  return Object.entries(providers).map(([id, provider]): CastFirm => {
    const [first = 'key-1', ...others] = provider.keys ?? [];
    const firm = new Firm(id, [first, ...others]);
    const sendsFor = provider['sends for'].map((words) => byWords(purposes).get(words) ?? 'delivery');
    const tokenLife = provider['token life'];
    return {
      firm,
      provider: firm.provider({
        name: provider.name ?? id,
        purposes: sendsFor.filter((purpose) => purpose !== 'guest'),
        tokenLifeMaxMs: tokenLife === undefined ? dayMs : (durationMs(tokenLife) ?? dayMs),
      }),
    };
  });
}

/** By the name of the holder. */
export function readCodes(given: Given, context: StoryContext): Map<string, CodePlan> {
  const { codes = {} } = given;
  return new Map(
    Object.entries(codes).map(([name, code]): [string, CodePlan] => {
      const reader = new MomentReader(given, ['given', 'codes', name], context);
      const expiresUtcMs = reader.utcMs('expires', code.expires);
      if (code.expires === undefined && code.uses === undefined) {
        context.problemAt(['given', 'codes', name], 'no code lasts for ever; add "expires" or "uses"');
      }
      return [name, { holder: readHolder(name, given, context), expiresUtcMs, usesLeft: code.uses ?? null }];
    }),
  );
}

function readHolder(name: string, { people = {}, guests = {} }: Given, context: StoryContext): CodeHolder {
  const role = roles[people[name] ?? ''];
  if (role === 'owner' || role === 'household') return { kind: 'resident', personId: name };
  if (guests[name] === undefined) {
    const known = [...Object.keys(guests), ...Object.keys(people).filter((person) => people[person] === 'household')];
    context.problemAt(
      ['given', 'codes', name],
      `"${name}" is neither a guest nor lives here; ${didYouMean(name, known)}`,
    );
  }
  return { kind: 'guest', personId: name };
}

/** What has been asked of the lock when the story begins, in order. */
export function readOpening(
  given: Given,
  cast: Cast,
  visits: readonly Visit[],
  context: StoryContext,
): (AskAction | ShowAction)[] {
  const owner = findOwner(given, context);
  return [
    ...cast.firms.map(({ provider }) =>
      asked(`the firm "${provider.id}" is enrolled`, { kind: 'enrolProvider', personId: owner, provider }),
    ),
    ...readPolicy(given, cast, context).map((policy) =>
      asked('the owner’s rules are set', { kind: 'setPolicy', personId: owner, policy }),
    ),
    ...readGuests(given, context).map((guest) =>
      asked(`"${guest.personId}" is a guest`, { kind: 'setGuest', personId: owner, guest }),
    ),
    ...[...cast.codes].map(([name, plan]): ShowAction => {
      const words = `a code for "${name}" is set`;
      return {
        kind: 'show',
        words,
        via: 'network',
        show: (desk, belongings) => belongings.issueCode(desk, owner, plan),
      };
    }),
    ...workersMet(given, visits, context).map((workerId) =>
      asked(`"${workerId}" was met in person`, { kind: 'confirmMet', personId: owner, workerId }),
    ),
    ...(given.pet === undefined
      ? []
      : [asked(`the pet is ${given.pet}`, { kind: 'setPetLoose', personId: owner, loose: given.pet === 'loose' })]),
    ...visits.filter((visit) => isKnownFromTheStart(visit, given)).map(announcementOf),
  ];
}

function asked(words: string, request: Request): AskAction {
  return { kind: 'ask', words, via: 'network', request };
}

/** How the lock comes to know of the visit. */
function announcementOf(visit: Visit): AskAction | ShowAction {
  const words = `the visit "${visit.name}" is announced`;
  if (visit.kind === 'own') return asked(words, ownAnnouncementOf(visit));
  return {
    kind: 'show',
    words,
    via: 'network',
    show: (desk, belongings) => belongings.presentToken(desk, visit, null),
  };
}

function isKnownFromTheStart({ kind, name }: Visit, { visits = {}, grants = {} }: Given): boolean {
  const document = kind === 'own' ? visits[name] : grants[name];
  return document?.announced === undefined && document?.replaces === undefined;
}

/** The first owner; empty where nothing is asked of one. */
function findOwner({ people = {}, ...given }: Given, { problemAt }: StoryContext): string {
  const owner = Object.keys(people).find((person) => roles[people[person] ?? ''] === 'owner');
  if (owner !== undefined) return owner;
  for (const key of ['providers', 'policy', 'guests', 'codes', 'met', 'pet'] as const) {
    if (given[key] === undefined) continue;
    problemAt(['given', key], 'only an owner can have said so; add one to the people, for example "Olga: owner"');
  }
  return '';
}

function readPolicy({ policy }: Given, { firms }: Cast, { problemAt }: StoryContext): Policy[] {
  if (policy === undefined) return [];
  const known = firms.map(({ provider }) => provider.id);
  for (const { name, providerIds } of policy.rules) {
    for (const [index, id] of providerIds.entries()) {
      if (known.includes(id)) continue;
      const place = ['given', 'policy', name, 'providers', index];
      problemAt(place, `the story has no provider "${id}"; ${didYouMean(id, known)}`);
    }
  }
  return [policy];
}

function readGuests(given: Given, context: StoryContext): Guest[] {
  const { people = {}, guests = {} } = given;
  return Object.entries(guests).map(([name, guest]): Guest => {
    const reader = new MomentReader(given, ['given', 'guests', name], context);
    if (roles[people[name] ?? ''] !== 'guest') {
      const known = Object.keys(people).filter((person) => people[person] === 'guest');
      context.problemAt(['given', 'guests', name], `no guest is called "${name}"; ${didYouMean(name, known)}`);
    }
    return {
      personId: name,
      schedule: readSchedule(guest, reader),
      expiresUtcMs: reader.utcMs('expires', guest.expires),
    };
  });
}

/** Which keys say when a guest comes, by how often. */
const scheduleKeys = { once: ['from', 'until'], weekly: ['hours'], always: [] } as const;

function readSchedule(guest: GuestDocument, reader: MomentReader): Schedule {
  const kind = (['once', 'weekly'] as const).find((often) => often === guest.comes) ?? 'always';
  const wanted: readonly string[] = scheduleKeys[kind];
  for (const key of ['from', 'until', 'hours'] as const) {
    const isGiven = guest[key] !== undefined;
    if (isGiven && !wanted.includes(key)) reader.fail(key, `"${key}" does not go with "${guest.comes}"; remove it`);
    if (!isGiven && wanted.includes(key)) reader.fail('comes', `"${guest.comes}" needs "${key}"; add it`);
  }
  if (kind === 'once') return { kind, ...reader.window(guest.from, guest.until) };
  if (kind === 'always') return { kind };
  return { kind, hours: parseLocalHours(guest.hours ?? '') ?? { days: [], fromMinute: 0, untilMinute: 0 } };
}

/** As the firms that send them call them. */
function workersMet({ met = [] }: Given, visits: readonly Visit[], { problemAt }: StoryContext): string[] {
  const tokens = visits.filter((visit): visit is TokenVisit => visit.kind === 'token');
  const workerIds = met.flatMap((person, index) => {
    const own = tokens.filter(({ visitor }) => visitor === person);
    if (own.length === 0) {
      const known = tokens.map(({ visitor }) => visitor);
      problemAt(['given', 'met', index], `no grant is for "${person}"; ${didYouMean(person, known)}`);
    }
    return own.map(({ firm, booking }) => `${firm.id}/${booking.worker.id}`);
  });
  return [...new Set(workerIds)];
}
