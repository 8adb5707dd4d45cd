import type { RevocationTarget } from '../../firmware/access/authority.js';
import { Phone } from '../people/phone.js';
import type { Forgery } from './belongings.js';
import type { Cast, CastFirm, Deed, MakeRequest } from './deed.js';
import { withinToken } from './deed.js';
import type { Show } from './scenario.js';

/** Deeds with tokens and codes, and those that decide who may come at all. */

const forgeries: Readonly<Record<string, Forgery>> = {
  'presents the token': null,
  'presents the token with alg none': 'unsigned',
  'presents the token signed by another key': 'anotherKey',
  'presents the token with other claims': 'otherClaims',
  'presents the token made 1 MB long': 'oneMegabyte',
};

export function* credentialDeeds({ codes }: Cast): Generator<[string, Deed]> {
  yield* presentations();
  yield [
    'sends the same proof again',
    { kind: 'show', via: 'network', make: (person) => (desk, belongings) => belongings.proveAgain(desk, person) },
  ];
  yield ['acknowledges the notes', { kind: 'readNotes' }];
  yield ['types the code', { kind: 'typeOwnCode' }];
  for (const [name, { holder }] of codes) {
    yield [`types the code of ${name}`, atKeypad((desk, belongings) => belongings.typeCode(desk, holder))];
  }
  yield [
    'types the code of the visit',
    {
      kind: 'showForVisit',
      via: 'door',
      make:
        (_person, { visitId }) =>
        (desk, belongings) =>
          belongings.typeCode(desk, { kind: 'visit', visitId }),
    },
  ];
  yield ['types a wrong code', atKeypad((desk, belongings) => belongings.typeWrongCode(desk))];
}

function atKeypad(show: Show): Deed {
  return { kind: 'show', via: 'door', make: () => show };
}

function* presentations(): Generator<[string, Deed]> {
  for (const [words, forgery] of Object.entries(forgeries)) {
    yield [
      words,
      {
        kind: 'showOfToken',
        companion: null,
        make: (visit) => (desk, belongings) => belongings.presentToken(desk, visit, forgery),
      },
    ];
  }
}

/** What the owner alone may do; others may try. */
export function* ownerDeeds(cast: Cast): Generator<[string, Deed]> {
  yield* deedsOfVisits();
  yield ['says that the pet is loose', ask((personId) => ({ kind: 'setPetLoose', personId, loose: true }))];
  yield ['says that the pet is shut away', ask((personId) => ({ kind: 'setPetLoose', personId, loose: false }))];
  yield ['says that the calendar is right', ask((personId) => ({ kind: 'trustCalendar', personId }))];
  for (const person of cast.people) {
    yield [`revokes the guest ${person}`, revoke(() => ({ kind: 'guest', id: person }))];
    yield [`revokes the phone of ${person}`, revoke(() => ({ kind: 'device', id: new Phone(person).deviceId }))];
  }
  for (const [name, plan] of cast.codes) {
    const show = (make: (owner: string) => Show): Deed => ({ kind: 'show', via: 'network', make });
    yield [
      `sets a new code for ${name}`,
      show((owner) => (desk, belongings) => belongings.issueCode(desk, owner, plan)),
    ];
    yield [
      `revokes the code of ${name}`,
      show((owner) => (desk, belongings) => belongings.revokeCode(desk, owner, plan.holder)),
    ];
  }
  for (const firm of cast.firms) yield* deedsAboutFirm(firm, cast.people);
}

function* deedsOfVisits(): Generator<[string, Deed]> {
  yield [
    'revokes the visit',
    {
      kind: 'askForVisit',
      via: 'network',
      companion: null,
      make: (personId, { visitId }) => ({ kind: 'revoke', personId, target: { kind: 'grant', id: visitId } }),
    },
  ];
  yield [
    'prolongs the visit',
    {
      kind: 'askForVisit',
      via: 'network',
      companion: 'by',
      make: (personId, { visitId, untilUtcMs }, { byMs }) => ({
        kind: 'prolongVisit',
        asker: { kind: 'person', personId },
        visitId,
        untilUtcMs: untilUtcMs + byMs,
      }),
    },
  ];
  yield [
    'sets a code for the visit',
    {
      kind: 'showForVisit',
      via: 'network',
      make: (owner, { visitId, untilUtcMs }) => {
        const plan = { holder: { kind: 'visit', visitId }, expiresUtcMs: untilUtcMs, usesLeft: 1 } as const;
        return (desk, belongings) => belongings.issueCode(desk, owner, plan);
      },
    },
  ];
}

function* deedsAboutFirm({ provider }: CastFirm, people: readonly string[]): Generator<[string, Deed]> {
  const { id, keys } = provider;
  yield [`enrols ${id}`, ask((personId) => ({ kind: 'enrolProvider', personId, provider }))];
  yield [`revokes the firm ${id}`, revoke(() => ({ kind: 'provider', id }))];
  for (const key of keys) {
    const others = { ...provider, keys: keys.filter((other) => other !== key) };
    if (others.keys.length > 0) {
      yield [
        `enrols ${id} without the key ${key.id}`,
        ask((personId) => ({ kind: 'enrolProvider', personId, provider: others })),
      ];
    }
    yield [`revokes the key ${key.id} of ${id}`, revoke(() => ({ kind: 'key', id: `${id}/${key.id}` }))];
  }
  for (const person of people) {
    const workerId = `${id}/${withinToken(person)}`;
    yield [`revokes the worker ${person} of ${id}`, revoke(() => ({ kind: 'worker', id: workerId }))];
    yield [`has met ${person} of ${id}`, ask((personId) => ({ kind: 'confirmMet', personId, workerId }))];
  }
}

/** What a firm does from its office. */
export function* firmDeeds({ firm, provider }: CastFirm, people: readonly string[]): Generator<[string, Deed]> {
  yield* presentations();
  yield [
    'sends its revocation list',
    { kind: 'show', via: 'network', make: () => (desk, belongings) => belongings.sendRevocations(desk, firm) },
  ];
  yield [
    'prolongs the visit',
    {
      kind: 'showOfToken',
      companion: 'by',
      make: (visit, byMs) => (desk, belongings) => belongings.prolong(desk, visit, visit.untilUtcMs + byMs),
    },
  ];
  yield [
    'takes back the token',
    {
      kind: 'sayOfToken',
      make: (visit) => (belongings) => belongings.takeBack(firm, { kind: 'grant', id: visit.booking.visit }),
    },
  ];
  const takeBack = (kind: 'worker' | 'device' | 'key', id: () => string): Deed => ({
    kind: 'say',
    say: (belongings) => belongings.takeBack(firm, { kind, id: id() }),
  });
  for (const { id } of provider.keys) yield [`takes back the key ${id}`, takeBack('key', () => id)];
  for (const person of people) {
    yield [`takes back the worker ${person}`, takeBack('worker', () => withinToken(person))];
    yield [`takes back the phone of ${person}`, takeBack('device', () => new Phone(person).deviceId)];
  }
}

function ask(make: MakeRequest): Deed {
  return { kind: 'ask', via: 'network', make };
}

/** The target is made when it is wanted: keys cost time. */
function revoke(target: () => RevocationTarget): Deed {
  return ask((personId) => ({ kind: 'revoke', personId, target: target() }));
}
