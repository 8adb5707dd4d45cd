import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runSim } from '../../cli/sim-command.js';
import type { SimOptions, Surroundings } from '../../cli/sim-command.js';
import { FanOut } from '../../sim/fan-out.js';
import { unpainted } from '../../sim/report/tone.js';
import type { MakeWorld } from '../../sim/world.js';
import { ModelWorld } from '../../sim/worlds/model.js';

const quiet = 'story: Nothing happens\ngiven: { begins: 2026-03-03 10:15 }\nlasts: 1 min\n';
const unmet = `${quiet.replace('Nothing', 'Something')}steps: [{ expect: door open }]\n`;
const leaving = `
story: Olga goes out
given: { begins: 2026-03-03 10:15, people: { Olga: owner } }
steps:
  - { after: 1 s, do: Olga turns the thumb-turn to unlock }
  - { after: 1 s, do: Olga opens the door }
  - { after: 2 s, do: Olga closes the door }
  - { expect: reported locked, within: 1 min }
`;

const model: MakeWorld = (settings, seed, observer) =>
  new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });

interface Played {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

interface Around {
  readonly makeWorld?: MakeWorld;
  /** Real time between two looks at the clock. */
  readonly tickMs?: number;
  readonly showsProgress?: boolean;
}

describe('latchkey sim', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-sim-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
  }

  async function play(
    paths: readonly string[],
    options: Partial<SimOptions> = {},
    { makeWorld = model, tickMs = 1, showsProgress = false }: Around = {},
  ): Promise<Played> {
    let output = '';
    let errors = '';
    let nowMs = 0;
    const around: Surroundings = {
      terminal: {
        out: (text) => void (output += text),
        error: (text) => void (errors += text),
        paint: unpainted,
        showsProgress,
        nowMs: () => (nowMs += tickMs),
      },
      worldsAt: () => Promise.resolve(makeWorld),
      shippedScenarios: join(folder, 'shipped'),
    };
    const where = paths.map((path) => join(folder, path));
    const exitCode = await runSim(
      where,
      { seed: 1, fidelity: 'model', compare: false, reports: [], json: false, ...options },
      around,
    );
    return { exitCode, output: output.replaceAll(`${folder}/`, ''), errors: errors.replaceAll(`${folder}/`, '') };
  }

  describe('plays', () => {
    it('one story in full', async () => {
      write({ 'leaving.yaml': leaving });
      const { exitCode, output, errors } = await play(['leaving.yaml']);
      expect(errors).to.equal('');
      expect(exitCode).to.equal(0);
      expect(output).to.match(/^ Olga goes out · slim lock, aligned door · seed 1\n/);
      expect(output).to.contain('\n 0:02.000  Olga       opens the door\n');
      expect(output).to.match(/ ✔ no visit · 16 of 16 properties held · no jams · [^\n]+\n? .*· trace [0-9a-f]{16}\n$/);
    });

    it('many in a row each, and in the end those in full that failed', async () => {
      write({ 'a.yaml': quiet, 'b/c.yaml': unmet, 'b/notes.txt': 'not a scenario', 'd.yaml': leaving });
      const { exitCode, output } = await play(['.']);
      expect(exitCode).to.equal(1);
      const [first, second, third, blank, ...rest] = output.split('\n');
      expect(first).to.match(/^ ✔ Nothing happens {4}[0-9a-f]{16} {2}no visit$/);
      expect(second).to.match(/^ ✘ Something happens {2}[0-9a-f]{16} {2}no visit$/);
      expect(third).to.match(/^ ✔ Olga goes out {6}/);
      expect(blank).to.equal('');
      expect(rest.join('\n')).to.match(
        /^ Something happens · .*\n b\/c\.yaml:4: at 0:00\.000: expected door open; the door is closed\n/s,
      );
      expect(output).to.match(
        / replay: latchkey sim \S*b\/c\.yaml --seed 1\n\n ✘ 3 stories in 3 runs · 1 FAILED · .*\n$/,
      );
    });

    it('a file once, however often it is named', async () => {
      write({ 'a.yaml': quiet, 'b.yaml': quiet });
      expect((await play(['b.yaml', '.', 'a.yaml'])).output).to.contain('2 stories in 2 runs');
    });

    it('what comes with the package, if nothing is named', async () => {
      write({ 'shipped/one.yaml': quiet });
      expect((await play([])).output).to.match(/^ Nothing happens · /);
    });

    it('only what the filter finds, in name or file', async () => {
      write({ 'a.yaml': quiet, 'b.yaml': unmet, 'late/c.yaml': quiet });
      expect((await play(['.'], { filter: 'NOTHING' })).output).to.contain('2 stories');
      expect((await play(['.'], { filter: 'late/' })).output).to.match(/^ Nothing happens · /);
    });

    it('the same each time but for real time', async () => {
      write({ 'a.yaml': leaving, 'b.yaml': quiet });
      const first = await play(['.'], { json: true, seed: 7 });
      expect(await play(['.'], { json: true, seed: 7 })).to.deep.equal(first);
    });
  });

  describe('exits', () => {
    /** The lock's words are changed on their way to those who watch. */
    function lying(lie: (told: FanOut) => unknown): MakeWorld {
      return (settings, seed, observer) => {
        const told = new FanOut([observer]);
        lie(told);
        return model(settings, seed, told);
      };
    }

    it('10 where a safety property is violated, whatever else fails', async () => {
      write({ 'a.yaml': leaving.replace('reported locked', 'reported unknown') });
      const makeWorld = lying((told) => {
        const tell = told.report.bind(told);
        told.report = (nowMs, report) => tell(nowMs, { ...report, position: 'locked' });
      });
      const { exitCode, output } = await play(['a.yaml'], {}, { makeWorld });
      expect(exitCode).to.equal(10);
      expect(output).to.match(/\n S9 violated at 0:\d\d\.\d{3}: /);
    });

    it('11 where a liveness property is violated', async () => {
      const people = 'people: { Carla: courier }';
      const visits = 'visits: { parcel: { visitor: Carla, for: delivery, from: 10:00, until: 10:16 } }';
      write({ 'a.yaml': `story: Missed\ngiven: { begins: 2026-03-03 10:15, ${people}, ${visits} }\nlasts: 10 min\n` });
      expect((await play(['a.yaml'])).exitCode).to.equal(0);
      const { exitCode, output } = await play(['a.yaml'], {}, { makeWorld: lying((told) => (told.notice = () => {})) });
      expect(exitCode).to.equal(11);
      expect(output).to.match(/\n L3 violated at /);
    });

    it('12 where a mark is never hit', async () => {
      write({ 'a.yaml': `${quiet}sometimes: [door open]\n` });
      const { exitCode, output } = await play(['a.yaml']);
      expect(exitCode).to.equal(12);
      expect(output).to.contain('a.yaml:4: never seen: door open');
    });

    it('42 where a story takes too long', async () => {
      write({ 'a.yaml': leaving, 'b.yaml': unmet });
      const { exitCode, output } = await play(['.'], { timeoutSeconds: 30 }, { tickMs: 60_000 });
      expect(exitCode).to.equal(42);
      expect(output).to.match(/ ✘ Olga goes out .* TIMED OUT\n/);
    });

    it('with a fault of its own thrown, and nothing left behind', async () => {
      write({ 'a.yaml': quiet });
      const makeWorld = (): never => {
        throw new RangeError('no such world');
      };
      let thrown: unknown;
      await play(['a.yaml'], { out: join(folder, 'out') }, { makeWorld }).catch((error: unknown) => (thrown = error));
      expect(thrown).to.be.instanceOf(RangeError);
      expect(readdirSync(join(folder, 'out'))).to.deep.equal([]);
    });
  });

  describe('writes', () => {
    it('all reports, or those named, and nothing else', async () => {
      write({ 'a.yaml': leaving, 'b.yaml': unmet });
      await play(['.'], { out: join(folder, 'deep/out') });
      expect(readdirSync(join(folder, 'deep/out'))).to.have.members([
        'a.jsonl',
        'a.vcd',
        'b.jsonl',
        'b.vcd',
        'junit.xml',
      ]);
      await play(['.'], { out: join(folder, 'some'), reports: ['junit'] });
      expect(readdirSync(join(folder, 'some'))).to.deep.equal(['junit.xml']);
      await play(['.'], { out: join(folder, 'traces'), reports: ['jsonl', 'vcd'] });
      expect(readdirSync(join(folder, 'traces'))).to.have.members(['a.jsonl', 'a.vcd', 'b.jsonl', 'b.vcd']);
    });

    it('over what was there, so that nobody ever reads half of it', async () => {
      write({ 'a.yaml': leaving, 'out/a.vcd': 'old' });
      const reader = openSync(join(folder, 'out/a.vcd'), 'r');
      await play(['a.yaml'], { out: join(folder, 'out') });
      expect(readFileSync(reader, 'utf8')).to.equal('old');
      closeSync(reader);
      expect(readFileSync(join(folder, 'out/a.vcd'), 'utf8')).to.match(
        /^\$comment Olga goes out \(.*a\.yaml, seed 1\) \$end\n/,
      );
    });

    it('a name of its own for each of two files that are called alike', async () => {
      write({ 'x/a.yaml': leaving, 'y/a.yaml': quiet });
      await play(['.'], { out: join(folder, 'out'), reports: ['jsonl'] });
      expect(readdirSync(join(folder, 'out'))).to.have.members(['a.jsonl', 'a-2.jsonl']);
      expect(readFileSync(join(folder, 'out/a-2.jsonl'), 'utf8')).to.contain('"story":"Nothing happens"');
    });

    it('a summary for programs instead of the pages', async () => {
      write({ 'a.yaml': unmet });
      const { exitCode, output } = await play(['a.yaml'], { json: true, seed: -3 });
      expect(exitCode).to.equal(1);
      const summary = JSON.parse(output) as { exitCode: number; stories: readonly Record<string, unknown>[] };
      expect(summary.exitCode).to.equal(1);
      expect(summary.stories).to.have.lengthOf(1);
      expect(summary.stories[0]).to.include({ story: 'Something happens', seed: -3, exitCode: 1, timedOut: false });
    });

    it('a command that a shell understands', async () => {
      write({ "it's a story.yaml": unmet });
      const { output } = await play(["it's a story.yaml"]);
      const command = / replay: latchkey sim (.*) --seed 1\n/.exec(output)?.[1] ?? '';
      const { stdout } = spawnSync('sh', ['-c', `printf %s ${command}`], { encoding: 'utf8' });
      expect(stdout).to.equal(join(folder, "it's a story.yaml").replaceAll(`${folder}/`, ''));
    });

    it('how far it has come, where somebody watches, and wipes it away', async () => {
      write({ 'a.yaml': leaving, 'b.yaml': quiet });
      const wiped = '\r\u001B[K';
      const { errors } = await play(['.'], {}, { tickMs: 400, showsProgress: true });
      expect(errors).to.contain(`${wiped}… story 2 of 2: Nothing happens`);
      expect(errors.endsWith(wiped)).to.equal(true);
      expect((await play(['.'], {}, { tickMs: 400 })).errors).to.equal('');
      expect((await play(['.'], {}, { tickMs: 1, showsProgress: true })).errors).to.equal('');
    });
  });

  describe('refuses as bad input', () => {
    const inputs: readonly {
      readonly what: string;
      readonly files: Readonly<Record<string, string>>;
      readonly paths: readonly string[];
      readonly options?: Partial<SimOptions>;
      readonly says: string;
    }[] = [
      { what: 'no such file', files: {}, paths: ['a.yaml'], says: 'a.yaml: cannot be read: no such file or directory' },
      {
        what: 'a path through a file',
        files: { 'a.yaml': quiet },
        paths: ['a.yaml/b.yaml'],
        says: 'a.yaml/b.yaml: cannot be read: not a directory',
      },
      {
        what: 'a folder without scenarios',
        files: { 'x/notes.txt': '' },
        paths: ['x'],
        says: 'x: no scenarios (*.yaml) in this folder; name another, or a file',
      },
      { what: 'an empty file', files: { 'a.yaml': '' }, paths: ['a.yaml'], says: 'a.yaml:1:1: the file is empty; ' },
      { what: 'what is not YAML', files: { 'a.yaml': 'story: [' }, paths: ['a.yaml'], says: 'a.yaml:1:' },
      { what: 'bytes', files: { 'a.yaml': '\u0000\u0001\u0002' }, paths: ['a.yaml'], says: 'a.yaml:1:' },
      {
        what: '10 MB',
        files: { 'a.yaml': `story: ${'x'.repeat(10_000_000)}` },
        paths: ['a.yaml'],
        says: 'a.yaml:1:1: the file is longer than ',
      },
      {
        what: 'an unknown key, beside a story that is right',
        files: { 'a.yaml': quiet, 'b.yaml': `${quiet}endz: 1 s\n` },
        paths: ['.'],
        says: 'b.yaml:4:1: endz: ',
      },
      {
        what: 'a filter that finds nothing',
        files: { 'a.yaml': quiet },
        paths: ['.'],
        options: { filter: 'dog' },
        says: 'no story has "dog" in its name or file; without --filter there are 1',
      },
    ];
    for (const { what, files, paths, options, says } of inputs) {
      it(what, async () => {
        write(files);
        const { exitCode, output, errors } = await play(paths, { ...options, out: join(folder, 'out') });
        expect({ exitCode, output }).to.deep.equal({ exitCode: 2, output: '' });
        expect(errors)
          .to.match(/^[^\n]+\n$/)
          .and.contain(says);
        expect(readdirSync(folder)).to.not.include('out');
      });
    }

    it('a folder for reports that cannot be one, before anything is played', async () => {
      write({ 'a.yaml': quiet, file: '' });
      const makeWorld = (): never => {
        throw new Error('played');
      };
      for (const out of ['file', 'file/below']) {
        const { exitCode, output, errors } = await play(['a.yaml'], { out: join(folder, out) }, { makeWorld });
        expect({ exitCode, output }).to.deep.equal({ exitCode: 2, output: '' });
        expect(errors).to.match(/^file\S*: cannot be written: not a directory; name another folder with --out\n$/);
      }
    });

    it('a report that a folder stands in the way of', async () => {
      write({ 'a.yaml': quiet, 'out/a.vcd/x': '' });
      const { exitCode, errors } = await play(['a.yaml'], { out: join(folder, 'out'), reports: ['vcd'] });
      expect(exitCode).to.equal(2);
      expect(errors).to.contain('out/a.vcd: cannot be written: ');
      expect(readdirSync(join(folder, 'out'))).to.deep.equal(['a.vcd']);
    });
  });
});
