import { expect } from 'chai';
import { DocumentError } from '../../../hal/document.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import { sweepPoints } from '../../../sim/scenario/scenario.js';
import type { Scenario } from '../../../sim/scenario/scenario.js';

const boards = ['sim', 'arduino-uno'];

function load(text: string): Scenario {
  return loadScenario({ text, file: 'story.yaml' }, boards);
}

function problemsOf(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof DocumentError) return error.message.split('\n');
    throw error;
  }
  return [];
}

/** A story that is right, but for the lines given. */
function story(lines: string, given = ''): string {
  return `story: A story
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner, Carla: courier, Gus: guest }
  visits:
    parcel: { visitor: Carla, for: delivery, from: 10:00, until: 14:00 }
${given}${lines}`;
}

const firstLine = 7;

describe('loading a scenario', () => {
  it('needs no more than a name and a beginning', () => {
    const scenario = load('story: Nothing\ngiven: { begins: 2026-03-03 10:15 }\n');
    expect(scenario).to.deep.include({ story: 'Nothing', tells: '', steps: [], visits: [], people: [], lastsMs: null });
    expect(scenario.world).to.deep.equal({
      lock: 'slim',
      door: 'aligned',
      board: 'sim',
      doorId: 'front-door',
      timeZone: 'UTC',
      watchesHousehold: false,
      beginsUtcMs: Date.UTC(2026, 2, 3, 10, 15),
      residents: [],
    });
    expect(sweepPoints(scenario)).to.deep.equal([null]);
  });

  it('makes the world that is given', () => {
    const { world, people } = load(`story: A story
given:
  begins: 2026-03-03 10:15
  lock: sturdy
  door: badly misaligned
  board: arduino-uno
  people: { Olga: owner, Hugo: household, Carla: courier }
`);
    expect(world).to.deep.include({ lock: 'sturdy', door: 'badlyMisaligned', board: 'arduino-uno' });
    expect(world.residents).to.deep.equal([
      { id: 'Olga', role: 'owner' },
      { id: 'Hugo', role: 'household' },
    ]);
    expect(people).to.deep.equal(['Olga', 'Hugo', 'Carla']);
  });

  it('makes steps, each with its line', () => {
    const { steps } = load(
      story(`steps:
  - do: Carla asks to enter
  - do: Carla asks to enter
    entry: 1
  - after: 2 s
    do: Carla pulls the door
    for: 3 s
  - fault: camera frozen
    in: 1 s
    for: 2 s
  - mend: camera frozen
  - at: 1 min
    expect: bolt extended
    for: 5 s
  - do: Olga answers the door
`),
    );
    const enter = { personId: 'Carla', visitId: 'parcel' };
    const frozen = { component: 'camera', kind: 'frozen' };
    const after = { timing: 'after', due: 0 };
    expect(steps.map(({ line }) => line - firstLine)).to.deep.equal([1, 2, 4, 7, 10, 11, 14]);
    expect(steps.map(({ timing, due }) => ({ timing, due }))).to.deep.equal([
      after,
      after,
      { timing: 'after', due: 2_000 },
      after,
      after,
      { timing: 'at', due: 60_000 },
      after,
    ]);
    expect(steps.map(({ action }) => action)).to.deep.equal([
      {
        kind: 'enter',
        words: 'Carla asks to enter',
        person: 'Carla',
        request: { kind: 'enter', ...enter },
        isSigned: false,
      },
      { kind: 'ask', words: 'Carla asks to enter', via: 'network', request: { kind: 'enter', ...enter, entry: 1 } },
      { kind: 'hand', words: 'Carla pulls the door', deed: { kind: 'pullDoor', forMs: 3_000 } },
      { kind: 'fault', fault: frozen, present: true, startsIn: 1_000, lasts: 2_000 },
      { kind: 'fault', fault: frozen, present: false, startsIn: 0, lasts: null },
      {
        kind: 'expect',
        condition: { words: 'bolt extended', either: [{ kind: 'bolt', place: 'extended' }] },
        within: null,
        holdsFor: 5_000,
      },
      {
        kind: 'ask',
        words: 'Olga answers the door',
        via: 'door',
        request: { kind: 'answer', personId: 'Olga' },
      },
    ]);
  });

  it('takes the visit of the person, or else the only one', () => {
    const { steps } = load(story('steps:\n  - do: Olga ends the visit\n  - do: Gus asks to enter\n'));
    expect(steps[0]?.action).to.deep.include({ request: { kind: 'endVisit', personId: 'Olga', visitId: 'parcel' } });
    expect(steps[1]?.action).to.deep.include({ request: { kind: 'enter', personId: 'Gus', visitId: 'parcel' } });
  });

  it('draws up the points of a sweep, its end with them', () => {
    const scenario = load(
      story('steps:\n  - fault: power down\n    in: $cut\nsweep:\n  cut: { from: 1 s, to: 2 s, every: 300 ms }\n'),
    );
    expect(sweepPoints(scenario)).to.deep.equal([1_000, 1_300, 1_600, 1_900]);
    expect(scenario.steps[0]?.action).to.deep.include({ startsIn: 'swept' });
  });
});

describe('a scenario that makes no sense', () => {
  const steps = (lines: string) => story(`steps:\n${lines}`);
  const mistakes: readonly [what: string, text: string, place: string, message: string][] = [
    ['an unknown key', story('stepps: []\n'), '7:1', 'did you mean "steps"?'],
    ['an unknown key of a step', steps('  - do: Carla rings\n    witin: 5 s\n'), '9:5', 'did you mean "within"?'],
    ['an unknown unit', steps('  - after: 5 sec\n    do: Carla rings\n'), '8:12', 'unknown unit "sec"'],
    ['a number without a unit', steps('  - after: 5\n    do: Carla rings\n'), '8:12', 'write for example "5 s"'],
    ['a negative duration', steps('  - after: -5 s\n    do: Carla rings\n'), '8:12', 'negative'],
    ['an unknown person', steps('  - do: Karla rings\n'), '8:9', 'no person "Karla"; did you mean "Carla"?'],
    ['an unknown deed', steps('  - do: Carla rinks\n'), '8:9', 'did you mean "Carla rings"?'],
    ['an unknown fault', steps('  - fault: camera froze\n'), '8:12', 'did you mean "camera frozen"?'],
    ['an unknown fault to mend', steps('  - mend: camera froze\n'), '8:11', 'did you mean "camera frozen"?'],
    ['an unknown expectation', steps('  - expect: bolt extend\n'), '8:13', 'did you mean "bolt extended"?'],
    ['an unknown visit', steps('  - do: Carla rings\n    visit: parcels\n'), '9:12', 'did you mean "parcel"?'],
    ['a step that does nothing', steps('  - after: 5 s\n'), '8:5', 'the step does nothing'],
    [
      'two deeds in a step',
      steps('  - do: Carla rings\n    expect: door open\n'),
      '9:13',
      'make them steps of their own',
    ],
    ['two times in a step', steps('  - after: 5 s\n    at: 5 s\n    do: Carla rings\n'), '9:9', 'keep one'],
    [
      'a key that goes with another deed',
      steps('  - do: Carla rings\n    within: 5 s\n'),
      '9:13',
      'goes with "expect"',
    ],
    ['a deed that cannot last', steps('  - do: Carla rings\n    for: 5 s\n'), '9:10', 'remove "for"'],
    ['a deed that must last', steps('  - do: Carla pulls the door\n'), '8:9', 'add for example "for: 5 s"'],
    ['an entry of no request to enter', steps('  - do: Carla rings\n    entry: 1\n'), '9:12', 'remove it'],
    ['a visit of no visitor', steps('  - do: Carla opens the door\n    visit: parcel\n'), '9:12', 'remove "visit"'],
    [
      'a swept hold',
      story('steps:\n  - do: Carla pulls the door\n    for: $x\nsweep: { x: { from: 1 s, to: 2 s, every: 1 s } }\n'),
      '9:10',
      'cannot be swept',
    ],
    ['waiting and staying', steps('  - expect: door open\n    within: 1 s\n    for: 1 s\n'), '10:10', 'two steps'],
    ['an instant that stays', steps('  - expect: outcome missed\n    for: 1 s\n'), '9:10', 'use "within"'],
    ['nothing to mend', steps('  - mend: camera frozen\n'), '8:11', 'nothing to mend'],
    [
      'a time going backwards',
      steps('  - after: 5 s\n    do: Carla rings\n  - at: 4 s\n    do: Carla rings\n'),
      '10:9',
      'backwards',
    ],
    [
      'a time that may go backwards',
      steps('  - expect: door open\n    within: 5 s\n  - at: 4 s\n    do: Carla rings\n'),
      '10:9',
      'until 5 s',
    ],
    [
      'a step after the end',
      story('lasts: 4 s\nsteps:\n  - after: 5 s\n    do: Carla rings\n'),
      '9:12',
      'make "lasts" longer',
    ],
    [
      'a step that may end after the end',
      story('lasts: 4 s\nsteps:\n  - expect: door open\n    within: 5 s\n'),
      '9:5',
      'until 5 s',
    ],
    [
      'a step that stays beyond the end, and those after it',
      story('lasts: 4 s\nsteps:\n  - expect: door open\n    for: 5 s\n  - do: Carla rings\n'),
      '9:5',
      'until 5 s',
    ],
    ['a fault after the end', story('lasts: 4 s\nsteps:\n  - fault: power down\n    in: 5 s\n'), '9:5', 'until 5 s'],
    ['an unknown parameter', steps('  - after: $cut\n    do: Carla rings\n'), '8:12', 'add a "sweep"'],
    [
      'a mistyped parameter',
      story('steps:\n  - after: $cat\n    do: Carla rings\nsweep: { cut: { from: 1 s, to: 2 s, every: 1 s } }\n'),
      '8:12',
      'did you mean "$cut"?',
    ],
    ['an unused parameter', story('sweep: { cut: { from: 1 s, to: 2 s, every: 1 s } }\n'), '7:15', 'no step uses $cut'],
    [
      'a sweep backwards',
      story('steps:\n  - after: $cut\n    do: Carla rings\nsweep: { cut: { from: 2 s, to: 1 s, every: 1 s } }\n'),
      '10:32',
      'backwards',
    ],
    [
      'a sweep without end',
      story('steps:\n  - after: $cut\n    do: Carla rings\nsweep: { cut: { from: 1 s, to: 2 s, every: 0 s } }\n'),
      '10:44',
      'stands still',
    ],
    [
      'a sweep too fine',
      story('steps:\n  - after: $cut\n    do: Carla rings\nsweep: { cut: { from: 1 s, to: 1 h, every: 1 ms } }\n'),
      '10:44',
      'take larger steps',
    ],
    [
      'two sweeps',
      story(
        'steps:\n  - after: $a\n    do: Carla rings\n' +
          'sweep: { a: { from: 1 s, to: 2 s, every: 1 s }, b: { from: 1 s, to: 2 s, every: 1 s } }\n',
      ),
      '10:8',
      'one parameter',
    ],
    [
      'an unknown board',
      'story: A\ngiven: { begins: 2026-03-03 10:15, board: arduino-umo }\n',
      '2:43',
      'did you mean "arduino-uno"?',
    ],
    ['an unknown lock', 'story: A\ngiven: { begins: 2026-03-03 10:15, lock: slimm }\n', '2:42', 'did you mean "slim"?'],
    [
      'an unknown door',
      'story: A\ngiven: { begins: 2026-03-03 10:15, door: badlyMisaligned }\n',
      '2:42',
      'did you mean "badly misaligned"?',
    ],
    [
      'an unknown role',
      'story: A\ngiven: { begins: 2026-03-03 10:15, people: { A: courrier } }\n',
      '2:49',
      'did you mean "courier"?',
    ],
    ['a day that does not exist', 'story: A\ngiven: { begins: 2026-02-30 10:15 }\n', '2:18', 'no moment'],
    [
      'an unknown visitor',
      story('', '    b: { visitor: Karla, for: guest, from: 10:00, until: 11:00 }\n'),
      '7:19',
      'did you mean "Carla"?',
    ],
    [
      'a visitor who lives there',
      story('', '    b: { visitor: Olga, for: guest, from: 10:00, until: 11:00 }\n'),
      '7:19',
      'Olga lives here',
    ],
    [
      'an unknown purpose',
      story('', '    b: { visitor: Gus, for: guests, from: 10:00, until: 11:00 }\n'),
      '7:29',
      'did you mean "guest"?',
    ],
    [
      'a window that ends before it begins',
      story('', '    b: { visitor: Gus, for: guest, from: 10:00, until: 09:00 }\n'),
      '7:56',
      'must come after',
    ],
    [
      'a window without a moment',
      story('', '    b: { visitor: Gus, for: guest, from: 9:00, until: 11:00 }\n'),
      '7:42',
      '"09:00"',
    ],
    [
      'a correction of nothing',
      story('', '    b: { visitor: Gus, for: guest, from: 10:00, until: 11:00, replaces: parzel }\n'),
      '7:73',
      'did you mean "parcel"?',
    ],
    [
      'which visit is not said',
      story(
        'steps:\n  - do: Olga ends the visit\n',
        '    b: { visitor: Gus, for: guest, from: 10:00, until: 11:00 }\n',
      ),
      '9:9',
      'add "visit: parcel" or "visit: b"',
    ],
    [
      'a visit where there is none',
      'story: A\ngiven: { begins: 2026-03-03 10:15, people: { Carla: courier } }\nsteps:\n  - do: Carla rings\n',
      '4:9',
      'add one to the visits',
    ],
    [
      'something that can never be',
      story('never: [dog barks]\n'),
      '7:9',
      '"dog barks" is nothing that can be expected',
    ],
    ['no name', 'given: { begins: 2026-03-03 10:15 }\n', '1:1', 'story'],
    ['no YAML', 'story: [\n', '2:1', 'must be sufficiently indented'],
    ['a colon too many', 'story: a: b\n', '1:8', 'in quotes'],
    ['an empty file', '\n# nothing\n', '1:1', 'empty'],
    ['a list', '- story\n', '1:1', 'must be an object'],
    ['10 MB', 'a'.repeat(10_000_000), '1:1', 'split it'],
  ];
  for (const [what, text, place, message] of mistakes) {
    it(`is refused with its place and the mend: ${what}`, () => {
      const problems = problemsOf(text);
      expect(problems).to.have.lengthOf(1);
      expect(problems[0])
        .to.match(new RegExp(`^story\\.yaml:${place}: `))
        .and.to.contain(message);
    });
  }

  it('is told of all its mistakes at once', () => {
    const text = story(
      'stepps: []\nsteps:\n  - do: Karla rings\n  - after: 5 sec\n    fault: camera froze\nnever: [dog barks]\n',
    );
    expect(problemsOf(text).map((line) => line.split(':')[1])).to.deep.equal(['7', '9', '10', '11', '12']);
  });
});
