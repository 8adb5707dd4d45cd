import { expect } from 'chai';
import * as fc from 'fast-check';
import * as v from 'valibot';
import type { DocumentPath } from '../../hal/document-tree.js';
import { DocumentError, furtherCheck, parseDocument, parseLocatedDocument, pathText } from '../../hal/document.js';
import { closedObject } from '../../hal/issue-message.js';

const schema = v.pipe(
  closedObject({
    name: v.string(),
    door: v.exactOptional(v.picklist(['aligned', 'misaligned'])),
    steps: v.exactOptional(
      v.array(
        v.variant('kind', [
          closedObject({ kind: v.literal('wait'), forMs: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
          closedObject({ kind: v.literal('knock'), isLoud: v.exactOptional(v.boolean()) }),
        ]),
      ),
    ),
  }),
  furtherCheck((story, problemAt) => {
    if (story.name === 'nameless') problemAt(['name'], 'give it a name');
  }),
);

function parse(text: string, format: 'json' | 'yaml' = 'yaml') {
  return parseDocument({ text, file: 'story', format }, schema);
}

function errorOf(text: string, format: 'json' | 'yaml' = 'yaml'): DocumentError {
  try {
    parse(text, format);
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error(`no error for ${text}`);
}

/** What any text may end in: a value, or the one error. */
function parseSafely(text: string, format: 'json' | 'yaml'): void {
  try {
    parse(text, format);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const lines = text.split('\n');
    for (const { line, column } of error.problems) {
      expect(line).to.be.within(1, lines.length);
      expect(column).to.be.within(1, (lines[line - 1] ?? '').length + 1);
    }
  }
}

describe('parseDocument', () => {
  it('gives the value of YAML and of JSON', () => {
    const value = { name: 'a parcel', door: 'aligned', steps: [{ kind: 'wait', forMs: 5 }] };
    expect(parse('name: a parcel\ndoor: aligned\nsteps:\n  - kind: wait\n    forMs: 5 # ms\n')).to.deep.equal(value);
    expect(parse(JSON.stringify(value, null, '\t'), 'json')).to.deep.equal(value);
  });

  describe('names place, path, fault and mend', () => {
    const cases: readonly { text: string; line: string }[] = [
      { text: 'nam: x\nname: y', line: 'story:1:1: nam: unknown key; did you mean "name"?' },
      { text: 'name: x\ncolour: y', line: 'story:2:1: colour: unknown key; the keys here are name, door, steps' },
      {
        text: 'name: x\nconstructor: 1',
        line: 'story:2:1: constructor: unknown key; the keys here are name, door, steps',
      },
      { text: 'name: x\n__proto__: 1', line: 'story:2:1: __proto__: unknown key; the keys here are name, door, steps' },
      { text: 'door: aligned', line: 'story:1:1: the key "name" is missing; add it' },
      { text: 'name: 7', line: 'story:1:7: name: must be a string, not 7' },
      { text: 'name:', line: 'story:1:6: name: must be a string, not nothing' },
      {
        text: 'name: x\ndoor: alinged',
        line: 'story:2:7: door: must be one of aligned, misaligned, not "alinged"; did you mean "aligned"?',
      },
      { text: 'name: x\nsteps: none', line: 'story:2:8: steps: must be a list, not "none"' },
      { text: 'name: x\nsteps: [7]', line: 'story:2:9: steps[0]: must be an object, not 7' },
      { text: 'name: x\nsteps: [[1, 2]]', line: 'story:2:9: steps[0]: must be an object, not a list' },
      {
        text: 'name: x\nsteps: [{}]',
        line: 'story:2:9: steps[0]: the key "kind" is missing; add it with one of wait, knock',
      },
      {
        text: 'name: x\nsteps: [{kind}]',
        line: 'story:2:10: steps[0].kind: must be one of wait, knock, not nothing',
      },
      {
        text: 'name: x\nsteps:\n  - kind: wail\n',
        line: 'story:3:11: steps[0].kind: must be one of wait, knock, not "wail"; did you mean "wait"?',
      },
      {
        text: 'name: x\nsteps:\n  - kind: wait\n    forMs: -1',
        line: 'story:4:12: steps[0].forMs: must be at least 0, not -1',
      },
      {
        text: 'name: x\nsteps:\n  - kind: wait\n    forMs: 1.5',
        line: 'story:4:12: steps[0].forMs: must be a whole number, not 1.5',
      },
      { text: '[name]', line: 'story:1:1: must be an object, not a list' },
      { text: 'plain', line: 'story:1:1: must be an object, not "plain"' },
      { text: 'name: nameless', line: 'story:1:7: name: give it a name' },
      { text: '', line: 'story:1:1: the file is empty; start from an example' },
      { text: ' \n# a remark\n', line: 'story:1:1: the file is empty; start from an example' },
      { text: 'name: x\nname: y', line: 'story:2:1: the key "name" is given twice; remove one' },
      { text: 'name: &x y', line: 'story:1:10: the anchor &x is not allowed; remove it' },
      { text: 'name: x\nsteps: &x []', line: 'story:2:11: the anchor &x is not allowed; remove it' },
      { text: 'name: *x', line: 'story:1:7: the alias *x is not allowed; repeat the value' },
      { text: 'name: !!str 7', line: 'story:1:13: the tag tag:yaml.org,2002:str is not allowed; remove it' },
      { text: 'name: x\n---\nname: y', line: 'story:2:1: a second document begins here; give it a file of its own' },
      { text: '[name]: x', line: 'story:1:1: a key must be a plain word' },
      { text: 'x'.repeat(262_145), line: 'story:1:1: the file is longer than 262144 characters; split it' },
      { text: `name:\n${'['.repeat(9999)}`, line: 'story:2:51: more than 50 open brackets; flatten it' },
      { text: `name:\n${'- '.repeat(9999)}`, line: 'story:2:1: indented deeper than 200 columns; flatten it' },
    ];
    for (const { text, line } of cases) {
      it(line, () => expect(errorOf(text).message).to.equal(line));
    }
  });

  describe('says where JSON ends being JSON', () => {
    const mend = 'look for a comma, quote or bracket that is missing or too many';
    const cases: readonly { text: string; line: string }[] = [
      { text: '{"name": "x",\n}', line: `story:2:1: not JSON: Expected double-quoted property name; ${mend}` },
      {
        text: '{"name": "x"\n"door": 1}',
        line: `story:2:1: not JSON: Expected ',' or '}' after property value; ${mend}`,
      },
      { text: '{"steps": [1,]}', line: `story:1:14: not JSON: Unexpected token ']'; ${mend}` },
      { text: '{"name": yes}', line: `story:1:10: not JSON: Unexpected token 'y'; ${mend}` },
      { text: '{"name": "x"} {}', line: `story:1:15: not JSON: Unexpected non-whitespace character; ${mend}` },
      { text: 'name: x', line: `story:1:2: not JSON: Unexpected token 'a'; ${mend}` },
      { text: '{"name":', line: `story:1:9: not JSON: Unexpected end of JSON input; ${mend}` },
    ];
    for (const { text, line } of cases) {
      it(line, () => expect(errorOf(text, 'json').message).to.equal(line));
    }
  });

  it('reports all problems at once, by line, and goes on behind unknown keys', () => {
    const text =
      'name: nameless\nsteps:\n  - kind: wait\n    forMs: ten\n    a: 1\n    b: 2\n  - kind: knock\n    c: 3\nd: 4\n';
    expect(errorOf(text).problems.map(({ line, path }) => `${line} ${pathText(path)}`)).to.deep.equal([
      '4 steps[0].forMs',
      '5 steps[0].a',
      '6 steps[0].b',
      '8 steps[1].c',
      '9 d',
    ]);
  });

  it('checks between values also where keys are unknown', () => {
    expect(errorOf('name: nameless\nfoo: 1').problems.map(({ line }) => line)).to.deep.equal([1, 2]);
  });

  it('shows a screen of problems and counts the rest', () => {
    const error = errorOf(`name: x\nsteps: [${'1, '.repeat(80)}]`);
    expect(error.problems).to.have.length(80);
    expect(error.message.split('\n')).to.have.length(51);
    expect(error.message).to.match(/\nstory: and 30 more$/);
  });

  it('shortens a long value', () => {
    expect(errorOf(`name: x\ndoor: ${'y'.repeat(1000)}`).message.length).to.be.below(150);
  });

  it('stops after fifty unknown keys of one object', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `k${index}: 1\n`).join('');
    expect(errorOf(`name: x\n${keys}`).problems).to.have.length(50);
  });

  it('finds a key given twice in a large object', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1\n`).join('');
    expect(errorOf(`${keys}k0: 1`).message).to.equal('story:20001:1: the key "k0" is given twice; remove one');
  });

  it('throws nothing but DocumentError, at places that exist, whatever the text', () => {
    const tokens = [
      'name steps kind wait aligned : - ? { } [ ] , " \' | > &a *a !!map ! % --- ... # @ ` << 1 -1 .nan \\ ~ null __proto__'.split(
        ' ',
      ),
      [' ', ': ', '- ', '\n', '\n  ', '\t', '\r\n', '\u0000', '\ud800', '\ufeff', '\u2028'],
    ].flat();
    const text = fc.oneof(
      fc.array(fc.constantFrom(...tokens), { maxLength: 30 }).map((chosen) => chosen.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json(),
    );
    fc.assert(fc.property(text, fc.constantFrom('json', 'yaml'), parseSafely), { numRuns: 2000 });
  });
});

describe('parseLocatedDocument', () => {
  const text = 'name: x\nsteps:\n  - kind: knock\n  - kind: wait\n    forMs: 5\n';
  const { lineOf } = parseLocatedDocument({ text, file: 'story', format: 'yaml' }, schema);

  const cases: readonly { path: DocumentPath; line: number }[] = [
    { path: [], line: 1 },
    { path: ['steps', 0], line: 3 },
    { path: ['steps', 1, 'forMs'], line: 5 },
    { path: ['steps', 1, 'nowhere'], line: 4 },
    { path: ['steps', 9, 'nowhere'], line: 3 },
    { path: ['name', 'nowhere'], line: 1 },
  ];
  for (const { path, line } of cases) {
    it(`finds ${pathText(path) || 'the root'} on line ${line}`, () => expect(lineOf(path)).to.equal(line));
  }
});
