import { expect } from 'chai';
import { loadScenario } from '../../../sim/scenario/load.js';
import type { Visit } from '../../../sim/scenario/visit.js';

/** A story with a parcel and what else is given. */
const load = (visits: string, steps = '') =>
  loadScenario(
    {
      text: `story: A story
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner, Carla: courier, Gus: guest }
  visits:
    parcel: { visitor: Carla, for: delivery, from: 10:00, until: 14:00 }
${visits}${steps}`,
      file: 'story.yaml',
    },
    ['sim'],
  );

const grantOf = (visit: Visit | undefined) => (visit?.kind === 'own' ? visit.grant : null);

describe('loading visits by the owner’s own hand', () => {
  it('makes grants of visits', () => {
    const { visits, opening } = load(
      '    walk: { visitor: Gus, for: delivery inside, from: 2026-03-04 09:00, until: 2026-03-05 00:00,\n' +
        '      entries: 2, door: back-door, replaces: parcel }\n',
    );
    expect(visits).to.deep.equal([
      {
        kind: 'own',
        name: 'parcel',
        visitor: 'Carla',
        visitId: 'parcel',
        untilUtcMs: Date.UTC(2026, 2, 3, 14),
        grant: {
          id: 'parcel',
          personId: 'Carla',
          doorId: 'front-door',
          purpose: 'delivery',
          fromUtcMs: Date.UTC(2026, 2, 3, 10),
          untilUtcMs: Date.UTC(2026, 2, 3, 14),
          entries: 1,
          issuance: null,
        },
        replaces: null,
      },
      {
        kind: 'own',
        name: 'walk',
        visitor: 'Gus',
        visitId: 'walk',
        untilUtcMs: Date.UTC(2026, 2, 5),
        grant: {
          id: 'walk',
          personId: 'Gus',
          doorId: 'back-door',
          purpose: 'deliveryInside',
          fromUtcMs: Date.UTC(2026, 2, 4, 9),
          untilUtcMs: Date.UTC(2026, 2, 5),
          entries: 2,
          issuance: null,
        },
        replaces: 'parcel',
      },
    ]);
    expect(opening.map(({ words }) => words)).to.deep.equal(['the visit "parcel" is announced']);
  });

  it('announces a visit, or corrects one', () => {
    const { steps, visits, opening } = load(
      '    letter: { visitor: Gus, for: guest, from: 10:00, until: 11:00, announced: later }\n' +
        '    card: { visitor: Gus, for: guest, from: 11:00, until: 12:00, replaces: letter }\n',
      'steps:\n  - do: Olga announces the visit\n    visit: letter\n  - do: Olga announces the visit\n    visit: card\n',
    );
    expect(steps.map(({ action }) => ('request' in action ? action.request : null))).to.deep.equal([
      { kind: 'announceVisit', grant: grantOf(visits[1]) },
      { kind: 'correctVisit', replaces: 'letter', grant: grantOf(visits[2]) },
    ]);
    expect(opening.map(({ words }) => words)).to.deep.equal(['the visit "parcel" is announced']);
  });
});
