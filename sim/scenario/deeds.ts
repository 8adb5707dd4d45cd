import { nearestName } from '../../hal/nearest-name.js';
import type { Request, WithdrawalReason } from '../../firmware/requests.js';
import type { HandDeed } from '../world.js';
import type { Visit } from './scenario.js';
import { announcementOf } from './scenario.js';
import { alarms, byWords, inWords, modes } from './words.js';

/**
 * What people can do in a story. Whatever somebody asks on a phone, wherever they stand, goes by the network and is
 * lost while it is down. The bell, the buttons and the keypad at the door work without.
 */
export type Deed =
  | { readonly kind: 'hand'; readonly holds: 'never' | 'perhaps' | 'always'; readonly make: MakeHandDeed }
  | { readonly kind: 'ask'; readonly via: 'network' | 'door'; readonly make: MakeRequest }
  | { readonly kind: 'askForVisit'; readonly via: 'network' | 'door'; readonly make: MakeVisitRequest }
  /** Of all requests only this one says which entry it is for. */
  | { readonly kind: 'enter' };

type MakeHandDeed = (holdMs: number) => HandDeed;
type MakeRequest = (personId: string) => Request;
type MakeVisitRequest = (personId: string, visitId: string, visit: Visit) => Request;

const withdrawals: Readonly<Record<WithdrawalReason, string>> = {
  barkingHeard: 'because barking is heard',
  looseAnimal: 'because an animal is loose',
  entryBlocked: 'because the entry is blocked',
  nobodyToMeet: 'because nobody came to meet them',
  other: 'for another reason',
};

function* visitDeeds(): Generator<[string, Deed]> {
  const byPhone = (make: MakeVisitRequest): Deed => ({ kind: 'askForVisit', via: 'network', make });
  yield ['announces the visit', byPhone((_personId, _visitId, visit) => announcementOf(visit))];
  yield ['arrives', byPhone((personId, visitId) => ({ kind: 'arrive', personId, visitId }))];
  yield [
    'rings',
    { kind: 'askForVisit', via: 'door', make: (personId, visitId) => ({ kind: 'ring', personId, visitId }) },
  ];
  yield ['asks to enter', { kind: 'enter' }];
  yield ['says it is delivered', byPhone((personId, visitId) => ({ kind: 'claimDelivered', personId, visitId }))];
  yield ['says goodbye', byPhone((personId, visitId) => ({ kind: 'depart', personId, visitId }))];
  for (const [reason, why] of Object.entries(withdrawals) as [WithdrawalReason, string][]) {
    yield [`withdraws ${why}`, byPhone((personId, visitId) => ({ kind: 'withdraw', personId, visitId, reason }))];
  }
  yield ['ends the visit', byPhone((personId, visitId) => ({ kind: 'endVisit', personId, visitId }))];
  yield ['revokes the visit', byPhone((personId, visitId) => ({ kind: 'revokeGrant', personId, grantId: visitId }))];
}

function* otherRequests(): Generator<[string, Deed]> {
  const ask = (via: 'network' | 'door', make: MakeRequest): Deed => ({ kind: 'ask', via, make });
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

const deeds: ReadonlyMap<string, Deed> = new Map([...visitDeeds(), ...otherRequests(), ...handDeeds()]);

/** Every phrase for a deed, without the person who does it. */
export const deedPhrases: readonly string[] = [...deeds.keys()];

/** Reads `Carla asks to enter`, where Carla is one of `people`. */
export function parseDeed(
  words: string,
  people: readonly string[],
): { readonly person: string; readonly deed: Deed } | { readonly mistake: string } {
  for (const person of people) {
    const deed = words.startsWith(`${person} `) ? deeds.get(words.slice(person.length + 1)) : undefined;
    if (deed !== undefined) return { person, deed };
  }
  return { mistake: deedMistake(words, people) };
}

function deedMistake(words: string, people: readonly string[]): string {
  const phrase = deedPhrases.find((candidate) => words.endsWith(` ${candidate}`));
  if (phrase !== undefined) return strangerMistake(words.slice(0, -phrase.length - 1), people);
  const person = people.find((candidate) => words.startsWith(`${candidate} `));
  if (person === undefined) {
    return `"${words}" must say who does what, for example "${people[0] ?? 'Carla'} opens the door"`;
  }
  const done = words.slice(person.length + 1);
  const nearest = nearestName(inWords(done), deedPhrases);
  if (nearest !== undefined) return `nobody can do "${done}"; did you mean "${person} ${nearest}"?`;
  const alike = deedPhrases.filter((candidate) => candidate.split(' ')[0] === done.split(' ')[0]);
  const examples =
    alike.length > 0 ? alike : ['arrives', 'rings', 'asks to enter', 'opens the door', 'closes the door'];
  return `nobody can do "${done}"; for example: ${examples.slice(0, 6).join(', ')}`;
}

function strangerMistake(stranger: string, people: readonly string[]): string {
  const nearest = nearestName(stranger, people);
  const mend = nearest === undefined ? `add "${stranger}" to the people under "given"` : `did you mean "${nearest}"?`;
  return `the story has no person "${stranger}"; ${mend}`;
}
