import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { object, parse, string } from 'valibot';

const root = join(import.meta.dirname, '../../..');

interface Run {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

const bin = join(root, 'dist/bin/latchkey.cjs');

function latchkey(...words: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], { encoding: 'utf8' });
  return { exitCode: status, output: stdout, errors: stderr };
}

describe('latchkey', () => {
  it('prints the version of the package', () => {
    const manifest = parse(object({ version: string() }), JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    expect(latchkey('--version')).to.deep.equal({ exitCode: 0, output: `${manifest.version}\n`, errors: '' });
  });

  it('shows what it can do', () => {
    const { exitCode, output } = latchkey('--help');
    expect(exitCode).to.equal(0);
    expect(output).to.match(/^ {2}sim .*^ {2}boards /ms);
  });

  it('shows the same, as bad input, when asked for nothing', () => {
    const { exitCode, output, errors } = latchkey();
    expect(exitCode).to.equal(2);
    expect(output).to.equal('');
    expect(errors).to.include('Usage: latchkey');
  });

  it('takes a file that is no image, or no boards.json, for bad input, whichever bundle reads it', () => {
    const bad = join(root, 'package.json');
    const story = join(root, 'scenarios/01-aligned-door.yaml');
    for (const words of [
      ['sim', story, '--fidelity', 'avr', '--image', bad],
      ['boards', '--boards', bad],
      ['flash', '--board', 'arduino-uno', '--port', '/dev/null', '--boards', bad],
    ]) {
      const { exitCode, errors } = latchkey(...words);
      expect(exitCode, words.join(' ')).to.equal(2);
      expect(errors).to.include(`${bad}:1`).and.not.include('a fault in Latchkey');
    }
  });

  it('leaves quietly when the reader of its output has left', async () => {
    const child = spawn(process.execPath, [bin, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, errors }).to.deep.equal({ exitCode: 141, errors: '' });
  });

  const badInputs: readonly { readonly words: readonly string[]; readonly names: string }[] = [
    { words: ['open'], names: "unknown command 'open'" },
    { words: ['--loud'], names: "unknown option '--loud'" },
    { words: ['sim', '--loud'], names: "unknown option '--loud'" },
    { words: ['sim', '--seed', 'dice'], names: "'dice' is invalid. Give a whole number" },
    { words: ['sim', '--seed', '1.5'], names: "'1.5' is invalid. Give a whole number" },
    { words: ['sim', '--seed', '1e3'], names: "'1e3' is invalid. Give a whole number" },
    { words: ['sim', '--seed', ''], names: "'' is invalid. Give a whole number" },
    { words: ['sim', '--seed', '9007199254740992'], names: 'Give a whole number' },
    { words: ['sim', '--seed'], names: "'--seed <N>' argument missing" },
    { words: ['sim', '--timeout', '0'], names: "'0' is invalid. Give a number of seconds above 0" },
    { words: ['sim', '--timeout', 'soon'], names: "'soon' is invalid. Give a number of seconds above 0" },
    { words: ['sim', '--out', 'x', '--report', 'junit,pdf'], names: 'Give one or more of junit,vcd,jsonl' },
    { words: ['sim', '--report', 'junit'], names: 'Add --out DIR' },
    { words: ['boards', 'sim', 'arduino-uno'], names: "too many arguments for 'boards'" },
  ];

  for (const { words, names } of badInputs) {
    it(`refuses '${words.join(' ')}' in one line`, () => {
      const { exitCode, output, errors } = latchkey(...words);
      expect(exitCode).to.equal(2);
      expect(output).to.equal('');
      expect(errors).to.match(/^error: [^\n]+\n(\(Did you mean [^\n]+\n)?$/);
      expect(errors).to.include(names);
    });
  }
});
