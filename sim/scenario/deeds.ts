import { nearestName } from '../../hal/nearest-name.js';
import type { WithdrawalReason } from '../../firmware/requests.js';
import { credentialDeeds, firmDeeds, ownerDeeds } from './access-deeds.js';
import type { Cast, Deed, MakeHandDeed, MakeRequest, MakeVisitRequest, Via } from './deed.js';
import { alarms, byWords, inWords, modes } from './words.js';

const withdrawals: Readonly<Record<WithdrawalReason, string>> = {
  barkingHeard: 'because barking is heard',
  looseAnimal: 'because an animal is loose',
  entryBlocked: 'because the entry is blocked',
  nobodyToMeet: 'because nobody came to meet them',
  other: 'for another reason',
};

function* visitDeeds(): Generator<[string, Deed]> {
  const byPhone = (make: MakeVisitRequest): Deed => ({ kind: 'askForVisit', via: 'network', companion: null, make });
  yield ['announces the visit', { kind: 'announce' }];
  yield ['arrives', byPhone((personId, { visitId }) => ({ kind: 'arrive', personId, visitId }))];
  yield [
    'rings',
    {
      kind: 'askForVisit',
      via: 'door',
      companion: null,
      make: (personId, { visitId }) => ({ kind: 'ring', personId, visitId }),
    },
  ];
  yield ['asks to enter', { kind: 'enter' }];
  yield ['says it is delivered', byPhone((personId, { visitId }) => ({ kind: 'claimDelivered', personId, visitId }))];
  yield [
    'says goodbye',
    {
      kind: 'askForVisit',
      via: 'network',
      companion: 'distance',
      make: (personId, { visitId }, { distanceM }) => ({
        kind: 'depart',
        personId,
        visitId,
        ...(distanceM === null ? {} : { distanceM }),
      }),
    },
  ];
  for (const [reason, why] of Object.entries(withdrawals) as [WithdrawalReason, string][]) {
    yield [`withdraws ${why}`, byPhone((personId, { visitId }) => ({ kind: 'withdraw', personId, visitId, reason }))];
  }
  yield ['ends the visit', byPhone((personId, { visitId }) => ({ kind: 'endVisit', personId, visitId }))];
}

function* otherRequests(): Generator<[string, Deed]> {
  const ask = (via: Via, make: MakeRequest): Deed => ({ kind: 'ask', via, make });
  yield ['answers the door', ask('door', (personId) => ({ kind: 'answer', personId }))];
  yield ['asks to lock', ask('network', (personId) => ({ kind: 'lock', personId }))];
  yield ['presses the lock button', ask('door', (personId) => ({ kind: 'lock', personId }))];
  yield ['unlocks with the app', ask('network', (personId) => ({ kind: 'unlock', personId, by: 'app' }))];
  yield ['unlocks with a code', ask('door', (personId) => ({ kind: 'unlock', personId, by: 'code' }))];
  for (const [words, mode] of byWords(modes)) {
    yield [`switches to ${words} mode`, ask('network', (personId) => ({ kind: 'setMode', personId, mode }))];
  }
  for (const [words, alarm] of byWords(alarms)) {
    yield [`clears the alarm ${words}`, ask('network', (personId) => ({ kind: 'clearAlarm', personId, alarm }))];
  }
}

function* handDeeds(): Generator<[string, Deed]> {
  const hand = (make: MakeHandDeed, holds: 'never' | 'perhaps' | 'always'): Deed => ({ kind: 'hand', holds, make });
  yield ['opens the door', hand(() => ({ kind: 'openDoor' }), 'never')];
  yield ['closes the door', hand(() => ({ kind: 'closeDoor' }), 'never')];
  yield ['pulls the door', hand((forMs) => ({ kind: 'pullDoor', forMs }), 'always')];
  for (const [words, what] of [
    ['thumb-turn', 'thumbTurn'],
    ['key', 'key'],
  ] as const) {
    for (const [goal, way] of [
      ['lock', 'extend'],
      ['unlock', 'retract'],
    ] as const) {
      yield [`turns the ${words} to ${goal}`, hand((holdMs) => ({ kind: 'turn', what, way, holdMs }), 'perhaps')];
    }
  }
  yield ['mends the strike plate', hand(() => ({ kind: 'mendStrikePlate' }), 'never')];
}

/** By its phrase, without the one who does it, whatever each can do. */
export interface DeedTable {
  readonly cast: Cast;
  readonly ofPeople: ReadonlyMap<string, Deed>;
  readonly ofFirms: ReadonlyMap<string, ReadonlyMap<string, Deed>>;
}

const commonDeeds: readonly (readonly [string, Deed])[] = [...visitDeeds(), ...otherRequests(), ...handDeeds()];

export function deedTable(cast: Cast): DeedTable {
  return {
    cast,
    ofPeople: new Map([...commonDeeds, ...credentialDeeds(cast), ...ownerDeeds(cast)]),
    ofFirms: new Map(cast.firms.map((firm) => [firm.provider.id, new Map(firmDeeds(firm, cast.people))])),
  };
}

/** Every phrase that needs no further name, for the published schema. */
export const deedPhrases: readonly string[] = [
  ...deedTable({ people: [], firms: [], codes: new Map() }).ofPeople.keys(),
];

/** Reads `Carla asks to enter`, where Carla is one of the people, or what a firm does. */
export function parseDeed(
  words: string,
  table: DeedTable,
): { readonly actor: string; readonly deed: Deed } | { readonly mistake: string } {
  for (const [actor, deeds] of actors(table)) {
    const deed = words.startsWith(`${actor} `) ? deeds.get(words.slice(actor.length + 1)) : undefined;
    if (deed !== undefined) return { actor, deed };
  }
  return { mistake: deedMistake(words, table) };
}

function* actors({ cast, ofPeople, ofFirms }: DeedTable): Generator<[string, ReadonlyMap<string, Deed>]> {
  for (const person of cast.people) yield [person, ofPeople];
  yield* ofFirms;
}

function deedMistake(words: string, table: DeedTable): string {
  const actor = [...actors(table)].find(([name]) => words.startsWith(`${name} `));
  if (actor === undefined) return strangerMistake(words, table);
  const [name, deeds] = actor;
  const done = words.slice(name.length + 1);
  const phrases = [...deeds.keys()];
  const nearest = nearestName(inWords(done), phrases) ?? nearestName(done, phrases);
  if (nearest !== undefined) return `nobody can do "${done}"; did you mean "${name} ${nearest}"?`;
  const alike = phrases.filter((candidate) => candidate.split(' ')[0] === done.split(' ')[0]);
  const examples = alike.length > 0 ? alike : usual.filter((phrase) => deeds.has(phrase));
  return `nobody can do "${done}"; for example: ${examples.slice(0, 6).join(', ')}`;
}

const usual = [
  'arrives',
  'rings',
  'asks to enter',
  'opens the door',
  'closes the door',
  'presents the token',
  'sends its revocation list',
];

function strangerMistake(words: string, { cast, ofPeople }: DeedTable): string {
  const phrase = [...ofPeople.keys()].find((candidate) => words.endsWith(` ${candidate}`));
  if (phrase === undefined) {
    return `"${words}" must say who does what, for example "${cast.people[0] ?? 'Carla'} opens the door"`;
  }
  const stranger = words.slice(0, -phrase.length - 1);
  const nearest = nearestName(stranger, cast.people);
  const mend = nearest === undefined ? `add "${stranger}" to the people under "given"` : `did you mean "${nearest}"?`;
  return `the story has no person "${stranger}"; ${mend}`;
}
