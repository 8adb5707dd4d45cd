import { expect } from 'chai';
import { DocumentError } from '../../../hal/document.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import type { Scenario } from '../../../sim/scenario/scenario.js';

function load(text: string): Scenario {
  return loadScenario({ text, file: 'story.yaml' }, ['sim']);
}

const people = '{ Olga: owner, Kim: household, Carla: courier, Wanda: walker, Gus: guest }';

/** A story whose seventh line is the first of `given`, and whose last lines are `steps`. */
function story(given: string, steps = ''): string {
  return `story: A story
given:
  begins: 2026-03-03 10:15
  people: ${people}
  providers:
    Acme: { name: Acme Retail, sends for: [delivery], token life: 12 h, keys: [old, new] }
${given}${steps === '' ? '' : `steps:\n${steps}`}`;
}

const parcel = `  grants:
    the parcel: { worker: Carla, firm: Acme, for: delivery, from: 10:00, until: 14:00 }
`;

const wordsOf = (scenario: Scenario): readonly string[] => scenario.opening.map(({ words }) => words);

describe('loading who may come', () => {
  it('has the owner ask for it, in order, before any visit is announced', () => {
    const text = story(
      `  visits: { letter: { visitor: Wanda, for: delivery, from: 10:00, until: 11:00 } }
${parcel}  guests: { Gus: { comes: always } }
  codes: { Gus: { uses: 3 }, Kim: { expires: 2026-06-01 00:00 } }
  policy: { at day: { hours: ["08:00-20:00"] } }
  met: [Carla]
  pet: loose
`,
    );
    expect(wordsOf(load(text))).to.deep.equal([
      'the firm "Acme" is enrolled',
      'the owner’s rules are set',
      '"Gus" is a guest',
      'a code for "Gus" is set',
      'a code for "Kim" is set',
      '"Acme/Carla" was met in person',
      'the pet is loose',
      'the visit "letter" is announced',
      'the visit "the parcel" is announced',
    ]);
  });

  it('enrols a firm with its keys', () => {
    const [enrolled] = load(story('')).opening;
    const request = enrolled?.kind === 'ask' ? enrolled.request : null;
    expect(request).to.deep.include({ kind: 'enrolProvider', personId: 'Olga' });
    const provider = request?.kind === 'enrolProvider' ? request.provider : null;
    expect(provider).to.deep.include({
      id: 'Acme',
      name: 'Acme Retail',
      purposes: ['delivery'],
      tokenLifeMaxMs: 43_200_000,
    });
    expect(provider?.keys.map(({ id }) => id)).to.deep.equal(['old', 'new']);
  });

  it('books what a token says, and says the rest where the story does not', () => {
    const [visit] = load(story(parcel)).visits;
    expect(visit).to.deep.include({
      kind: 'token',
      name: 'the parcel',
      visitor: 'Carla',
      visitId: 'Acme/the-parcel',
      untilUtcMs: Date.UTC(2026, 2, 3, 14),
      keyId: 'old',
    });
    const booking = visit?.kind === 'token' ? visit.booking : null;
    expect(booking).to.deep.include({
      visit: 'the-parcel',
      door: 'front-door',
      purpose: 'delivery',
      entries: 1,
      issuedUtcMs: Date.UTC(2026, 2, 3, 10, 15),
      expiresUtcMs: Date.UTC(2026, 2, 3, 22, 15),
      certificates: [],
    });
    expect(booking).to.not.have.property('replaces');
  });

  it('books what the story says of a token', () => {
    const grants = `  grants:
    first: { worker: Carla, firm: Acme, for: delivery, from: 10:00, until: 14:00 }
    second:
      worker: Carla
      firm: Acme
      for: delivery
      from: 15:00
      until: 16:00
      door: next-door
      issued: 09:00
      expires: 17:00
      signed by: new
      certificates: { insurance: { issuer: Mutual, expires: 2027-01-01 00:00, self-stated: true } }
      replaces: first
`;
    const scenario = load(story(grants));
    const visit = scenario.visits[1];
    expect(visit).to.include({ keyId: 'new' });
    expect(visit?.kind === 'token' ? visit.booking : null).to.deep.include({
      door: 'next-door',
      issuedUtcMs: Date.UTC(2026, 2, 3, 9),
      expiresUtcMs: Date.UTC(2026, 2, 3, 17),
      certificates: [{ kind: 'insurance', issuer: 'Mutual', expiresUtcMs: Date.UTC(2027, 0, 1), selfStated: true }],
      replaces: 'first',
    });
    expect(wordsOf(scenario)).to.deep.equal(['the firm "Acme" is enrolled', 'the visit "first" is announced']);
  });

  it('lets those with a token sign, and those with a grant of the owner’s speak', () => {
    const visits = '  visits: { letter: { visitor: Wanda, for: delivery, from: 10:00, until: 11:00 } }\n';
    const steps = `  - do: Carla rings
  - do: Wanda rings
  - do: Olga ends the visit
    visit: the parcel
  - do: Wanda asks to enter
    visit: the parcel
    entry: 2
    distance: 2 km
`;
    const actions = load(story(parcel + visits, steps)).steps.map(({ action }) => action);
    expect(actions.map(({ kind }) => kind)).to.deep.equal(['prove', 'ask', 'ask', 'prove']);
    expect(actions[3]).to.deep.include({
      person: 'Wanda',
      request: { kind: 'enter', personId: 'Wanda', visitId: 'Acme/the-parcel', entry: 2, distanceM: 2_000 },
    });
  });

  it('says with later requests that the notes were acknowledged, by whoever has done so', () => {
    const steps = `  - do: Carla asks to enter
  - do: Carla acknowledges the notes
  - do: Carla asks to enter
  - do: Wanda asks to enter
    visit: the parcel
`;
    const policy = '  policy: { read: { notes: Mind the step. } }\n';
    const notes = load(story(parcel + policy, steps)).steps.map(({ action }) =>
      action.kind === 'enter' ? action.request.notesId !== undefined : null,
    );
    expect(notes).to.deep.equal([false, null, true, false]);
  });

  it('keeps the time zone of the door', () => {
    expect(load(story('  time zone: Europe/Berlin\n')).world.timeZone).to.equal('Europe/Berlin');
  });
});

describe('who may come, told in a way that makes no sense', () => {
  const grant = (more: string) => `  grants:\n    it: { worker: Carla, firm: Acme, for: delivery, ${more} }\n`;
  const window = 'from: 10:00, until: 14:00';
  const mistakes: readonly [what: string, text: string, place: string, message: string][] = [
    ['an unknown time zone', story('  time zone: Europe/Berlim\n'), '7:14', 'unknown time zone "Europe/Berlim"'],
    ['an unknown firm', story(parcel.replace('Acme', 'Acmo')), '8:40', 'no provider "Acmo"; did you mean "Acme"?'],
    ['an unknown worker', story(parcel.replace('Carla', 'Karla')), '8:27', 'did you mean "Carla"?'],
    ['a worker who lives there', story(parcel.replace('Carla', 'Kim')), '8:27', 'lives here'],
    [
      'an unknown key',
      story(grant(`${window}, signed by: knew`)),
      '8:91',
      'Acme has no key "knew"; did you mean "new"?',
    ],
    ['a window backwards', story(grant('from: 14:00, until: 10:00')), '8:73', 'must come after "from"'],
    ['no moment', story(grant(`${window}, expires: noon`)), '8:89', '"noon" is no moment'],
    ['a grant that replaces none', story(grant(`${window}, replaces: her`)), '8:90', 'no other visit "her"'],
    ['a firm with a name for no token', story('').replace('Acme:', 'Acme & Co:'), '6:16', 'is no name in a token'],
    [
      'a grant with a name for no token',
      story(parcel.replace('the parcel', 'déjà vu')),
      '8:24',
      'cannot stand in a token',
    ],
    ['a guest who is none', story('  guests: { Gas: { comes: always } }\n'), '7:18', 'did you mean "Gus"?'],
    [
      'a guest without hours',
      story('  guests: { Gus: { comes: weekly } }\n'),
      '7:27',
      '"weekly" needs "hours"; add it',
    ],
    [
      'a guest with hours too many',
      story('  guests: { Gus: { comes: always, hours: tue 09:00-12:00 } }\n'),
      '7:42',
      '"hours" does not go with "always"; remove it',
    ],
    [
      'hours that are none',
      story('  guests: { Gus: { comes: weekly, hours: tuesday } }\n'),
      '7:42',
      'write for example "tue,thu 09:00-12:00"',
    ],
    ['a code without an end', story('  codes: { Kim: {} }\n'), '7:17', 'add "expires" or "uses"'],
    ['a code for nobody', story('  codes: { Carla: { uses: 1 } }\n'), '7:19', 'neither a guest nor lives here'],
    ['a stranger met', story('  met: [Wanda]\n'), '7:9', 'no grant is for "Wanda"'],
    ['a rule about an unknown firm', story('  policy: { a: { providers: [Acmo] } }\n'), '7:30', 'did you mean "Acme"?'],
    ['firms without an owner', story('').replace('Olga: owner, ', ''), '6:5', 'only an owner can have said so'],
    ['a code of nobody', story('', '  - do: Wanda types the code\n'), '8:9', 'Wanda has no code; add one'],
    ['notes that are none', story(parcel, '  - do: Carla acknowledges the notes\n'), '10:9', 'the policy has no notes'],
    [
      'a prolongation by nothing',
      story(parcel, '  - do: Olga prolongs the visit\n'),
      '10:9',
      'add for example "by: 30 min"',
    ],
    [
      'a distance of a deed without',
      story(parcel, '  - do: Carla rings\n    distance: 5 m\n'),
      '11:15',
      'goes with "asks to enter"',
    ],
    [
      'a distance that is none',
      story(parcel, '  - do: Carla asks to enter\n    distance: far\n'),
      '11:15',
      'no distance',
    ],
    [
      'a token announced',
      story(parcel, '  - do: Acme presents the tokens\n'),
      '10:9',
      'did you mean "Acme presents the token"?',
    ],
    [
      'a visit that comes from a token, announced',
      story(parcel, '  - do: Olga announces the visit\n'),
      '10:9',
      'write "Olga presents the token"',
    ],
  ];
  for (const [what, text, place, message] of mistakes) {
    it(`names the place and the mend: ${what}`, () => {
      expect(problemsOf(text).join('\n')).to.contain(`story.yaml:${place}: `).and.contain(message);
    });
  }
});

function problemsOf(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof DocumentError) return error.message.split('\n');
    throw error;
  }
  return [];
}
