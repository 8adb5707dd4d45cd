import { expect } from 'chai';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runReplay } from '../../cli/replay-command.js';
import { runRigStatus } from '../../cli/rig-status-command.js';
import { unpainted } from '../../sim/report/tone.js';
import type { RigHands } from './rig-bench.js';
import { RigBench } from './rig-bench.js';

const shipped = join(import.meta.dirname, '../../../scenarios');

/** Does what the prompts say, as a person would. */
const obedient: RigHands = {
  onPrompt: (words, { bench }) => {
    if (words.startsWith('close the door') || words.endsWith('closes the door')) bench.moveDoor(true);
    else if (words.startsWith('open the door') || words.endsWith('opens the door')) bench.moveDoor(false);
    else if (words.includes('turns the thumb-turn to unlock')) bench.turnBolt('retract', 0);
    else if (words === "take the camera's supply away") bench.setCameraSupply(false);
    else if (words === "give the camera's supply back") bench.setCameraSupply(true);
    else return '';
    return undefined;
  },
};

const head = `story: A story
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner, Carla: courier }
  visits:
    parcel: { visitor: Carla, for: delivery, from: 10:00, until: 14:00 }
`;

describe('latchkey rig', () => {
  let rig: RigBench;

  beforeEach(() => {
    rig = new RigBench();
  });

  afterEach(() => rig.dispose());

  function story(steps: string): string {
    const file = join(rig.folder, 'story.yaml');
    writeFileSync(file, head + steps);
    return file;
  }

  describe('with a story', () => {
    it('plays it to its end, with people who do what they are asked to', async () => {
      const { exitCode, output, errors } = await rig.run(join(shipped, '01-aligned-door.yaml'), {}, obedient);
      expect(errors).to.equal('');
      expect(exitCode).to.equal(0);
      expect(output).to.match(/^ camera: simulated; .*\n board answers: Latchkey 1\.0\n\n A parcel is delivered/);
      expect(output).to.match(/\n ▶ Carla opens the door\n 0:3\d\.\d{3} {2}Carla {6}opens the door\n/);
      expect(output).to.match(
        /\n ✔ completed · all expectations met · S5, S9, S11 held by the sensors · no jams · .* on Arduino Uno R3 · camera: simulated\n$/,
      );
      expect(rig.isClosed).to.equal(true);
    });

    it('asks for faults that a person can make, and gives an expectation the time that takes', async () => {
      const file = story(`steps:
  - do: Carla arrives
  - after: 3 s
    fault: camera unpowered
    in: 2 s
    for: 8 s
  - expect: camera off
    within: 3 s
  - expect: camera on
    within: 9 s
lasts: 1 min
`);
      let askedAtMs = 0;
      const slow: RigHands = {
        onPrompt: (_words, { bench }) => {
          askedAtMs = bench.nowMs();
          return undefined;
        },
        onStep: ({ bench }) => {
          if (askedAtMs === 0 || bench.nowMs() < askedAtMs + 5_000) return;
          askedAtMs = 0;
          bench.setCameraSupply(!bench.cameraPowered());
        },
      };
      const { exitCode, output } = await rig.run(file, {}, slow);
      expect(output)
        .to.contain("▶ take the camera's supply away\n")
        .and.to.contain("▶ give the camera's supply back\n");
      expect(exitCode, output).to.equal(0);
    });

    it('tells of failed expectations by file and line, with exit code 1', async () => {
      const file = story('steps:\n  - expect: door open\n    within: 1 s\nlasts: 2 s\n');
      const { exitCode, output } = await rig.run(file, {}, obedient);
      expect(exitCode).to.equal(1);
      expect(output).to.match(/\n ✘ no visit · 1 failure · .*\n \/story\.yaml:8: at 0:01\.\d{3}: expected door open/);
    });

    it('takes Enter for a deed that no sensor can show, or that came to nothing', async () => {
      const file = story(
        'steps:\n  - do: Olga pulls the door\n    for: 2 s\n  - do: Olga opens the door\nlasts: 3 s\n',
      );
      const { exitCode, output } = await rig.run(file, {}, { onPrompt: () => '' });
      expect(exitCode).to.equal(0);
      expect(output).to.contain(' ▶ Olga pulls the door for 2 s, from Enter on (then press Enter)\n');
      expect(output)
        .to.contain(' ▶ Olga opens the door (the bolt is out: ')
        .and.to.contain('press Enter if it does not go)');
      expect(output).to.contain('opens the door, in vain: the bolt holds the door\n');
    });

    for (const [words, steps, problem] of [
      [
        'fault',
        'steps:\n  - do: Carla arrives\n  - fault: camera restamped\n',
        ':9: nobody can make "camera restamped" by hand',
      ],
      ['fault', 'steps:\n  - fault: host crashed\n', ':8: nobody can make "host crashed" by hand'],
      [
        'sweep',
        'sweep: { t: { from: 1 s, to: 2 s, every: 1 s } }\nsteps:\n  - after: $t\n    do: Carla arrives\n',
        ': sweep "t"',
      ],
    ] as const) {
      it(`is refused for a ${words} that only a simulator has, before anything moves: ${problem}`, async () => {
        const { exitCode, output, errors } = await rig.run(story(steps), {}, obedient);
        expect(exitCode).to.equal(2);
        expect(errors).to.contain(`/story.yaml${problem}`).and.to.contain('play this');
        expect(output).to.equal('');
        expect(rig.bench.bridgeStates()).to.deep.equal(['off']);
      });
    }

    it('prints JSON alone where programs read it', async () => {
      const { exitCode, output, errors } = await rig.run(
        join(shipped, '01-aligned-door.yaml'),
        { json: true },
        obedient,
      );
      expect(JSON.parse(output)).to.deep.include({
        board: 'arduino-uno',
        exitCode: 0,
        outcomes: ['completed'],
        jams: 0,
      });
      expect(errors).to.contain('▶ Carla opens the door');
      expect(exitCode).to.equal(0);
    });

    it('is a fault of the hardware if the link is down at its end, whatever the story saw', async () => {
      const file = story('steps:\n  - do: Carla arrives\nlasts: 3 s\n');
      const { exitCode, output } = await rig.run(
        file,
        {},
        {
          onStep: ({ bench, output: shown }) => {
            if (shown.includes('arrives')) bench.setBoardLink(false);
          },
        },
      );
      expect(exitCode).to.equal(20);
      expect(output).to.match(/\n ✘ .* · no link to the board at the end\n$/);
    });

    it('gives up when its time is over, and stops', async () => {
      const { exitCode, errors } = await rig.run(
        join(shipped, '01-aligned-door.yaml'),
        { timeoutSeconds: 5 },
        obedient,
      );
      expect({ exitCode, errors }).to.deep.equal({ exitCode: 42, errors: 'latchkey: not over after 5 s\n' });
      expect(rig.isClosed).to.equal(true);
    });

    it('says so if nobody is there to press Enter', async () => {
      const leaving: RigHands = {
        onPrompt: (_words, bench) => {
          bench.leaveKeyboard();
          return undefined;
        },
      };
      const { exitCode, errors } = await rig.run(story('steps:\n  - do: Olga mends the strike plate\n'), {}, leaving);
      expect(exitCode).to.equal(2);
      expect(errors).to.contain('nobody can press Enter');
    });
  });

  describe('before the first drive', () => {
    async function problem(hands: RigHands = obedient): Promise<string> {
      const { exitCode, errors } = await rig.run(undefined, { yes: false, timeoutSeconds: 60 }, hands);
      expect(exitCode).to.equal(20);
      expect(rig.bench.bridgeStates()).to.deep.equal(['off']);
      return errors;
    }

    it('finds both end switches on at once', async () => {
      rig.bench.stickExtendedSwitch(true);
      expect(await problem()).to.match(
        /pins\.boltExtended \(pin 2\) and pins\.boltRetracted \(pin 3\) of arduino-uno in boards\.json; turn the "polarity"/,
      );
    });

    it('finds a camera sense that does not follow its switch', async () => {
      rig.bench.setCameraSupply(false);
      expect(await problem()).to.contain('switched on and senses no power: pins.cameraPowerSense (pin 6)');
    });

    it('finds a door contact that does not show the door', async () => {
      expect(await problem({ onPrompt: () => '' })).to.contain(
        'the door is open and the contact says closed: pins.doorContact (pin 4)',
      );
    });

    it('finds that no board answers', async () => {
      rig.bench.setBoardLink(false);
      await rig.bench.advance(1_000);
      expect(await problem()).to.contain('no board answers at /dev/rig; latchkey doctor --port /dev/rig says more');
    });

    it('goes on where all is well', async () => {
      const { exitCode, output } = await rig.run(undefined, { yes: false, timeoutSeconds: 20 }, obedient);
      expect(output)
        .to.contain('▶ open the door')
        .and.to.contain('▶ close the door')
        .and.to.contain('u + Enter unlocks');
      expect(exitCode).to.equal(42);
    });
  });

  it('lets the owner lock and unlock where there is no story, and keeps the journal', async () => {
    const { output } = await rig.run(
      undefined,
      { timeoutSeconds: 25 },
      {
        onPrompt: (words, bench) => {
          if (words.startsWith('u + Enter')) setTimeout(() => bench.type('x'), 0);
          return undefined;
        },
        onStep: (bench) => {
          if (bench.nowMs() === 16_000) bench.type('u');
          if (bench.nowMs() === 20_000) bench.type('l');
        },
      },
    );
    expect(output)
      .to.contain('   u or l\n')
      .and.to.match(/UNLOCKS.*\n(.*\n)*.*LOCKS as the app asked/);
    const journal = join(rig.folder, 'data/journal');
    expect(statSync(journal).mode & 0o777).to.equal(0o600);
    expect(readFileSync(journal, 'utf8')).to.contain('"driveEnded"');
  });

  it('throws singly, with the bounds of the lock', async () => {
    const typing = ['e', 'e', 'r', 's', 'y'];
    let dueMs = 2_000;
    const { exitCode, output } = await rig.run(
      undefined,
      { step: true, data: join(rig.folder, 'step') },
      {
        onStep: (bench) => {
          if (bench.nowMs() < dueMs) return;
          dueMs += 4_000;
          const line = typing.shift();
          if (line === undefined) bench.leaveKeyboard();
          else bench.type(line);
        },
      },
    );
    expect(exitCode).to.equal(0);
    expect(output).to.match(/ {3}extend: extended after \d+ ms, up to \d+ mA\n {3}the bolt is extended already\n/);
    expect(output).to.match(/ {3}retract: retracted after .*\n {3}e, r or s\n$/);
    expect(existsSync(join(rig.folder, 'step/journal'))).to.equal(false);
  });

  it('only shows the orders of the motor in a dry run', async () => {
    const { output } = await rig.run(undefined, { motorOff: true, timeoutSeconds: 20 }, obedient);
    expect(output).to.contain(' motor off, not sent: extend\n');
    expect(rig.bench.bridgeStates()).to.deep.equal(['off']);
  });

  it('answers how it stands, over a socket that is its owner’s alone', async () => {
    const data = join(rig.folder, 'data');
    let answer = '';
    let asked = false;
    await rig.run(
      undefined,
      { timeoutSeconds: 20 },
      {
        onStep: async ({ bench }) => {
          if (asked || bench.nowMs() < 15_000) return;
          asked = true;
          expect(statSync(join(data, 'rig.sock')).mode & 0o777).to.equal(0o600);
          const terminal = terminalTo((text) => (answer += text));
          await runRigStatus({ data, json: true }, { terminal, stateFolder: '' });
        },
      },
    );
    expect(JSON.parse(answer)).to.deep.include({
      position: 'locked',
      door: 'closed',
      boardLink: 'up',
      image: 'Latchkey 1.0',
      alarms: [],
      trips: { deadMan: 0, driveLimit: 0, overCurrent: 0, bothDirections: 0 },
    });
    let errors = '';
    expect(
      await runRigStatus({ data, json: false }, { terminal: terminalTo((text) => (errors += text)), stateFolder: '' }),
    ).to.equal(2);
    expect(errors).to.contain('no rig answers');
  });

  describe('with a recording', () => {
    async function recorded(): Promise<string> {
      const file = join(rig.folder, 'rig.jsonl');
      const { exitCode } = await rig.run(join(shipped, '01-aligned-door.yaml'), { record: file }, obedient);
      expect(exitCode).to.equal(0);
      return file;
    }

    async function replayed(file: string): Promise<{ exitCode: number; text: string }> {
      let text = '';
      const exitCode = await runReplay(
        file,
        { json: false },
        terminalTo((more) => (text += more)),
      );
      return { exitCode, text: text.replaceAll(rig.folder, '') };
    }

    it('replays to the same decisions', async () => {
      const { exitCode, text } = await replayed(await recorded());
      expect(text).to.match(/^ ✔ \/rig\.jsonl: \d+ decisions in .*, all as recorded\n$/);
      expect(exitCode).to.equal(0);
    });

    it('shows the first difference where the firmware decides otherwise', async () => {
      const file = await recorded();
      const text = readFileSync(file, 'utf8');
      const unlocking = text.split('\n').findIndex((line) => line.includes('"out":"motor","order":"retract"'));
      const altered = text.split('\n').with(unlocking, text.split('\n')[unlocking]?.replace('retract', 'extend') ?? '');
      writeFileSync(file, altered.join('\n'));
      const { exitCode, text: shown } = await replayed(file);
      expect(exitCode).to.equal(1);
      expect(shown).to.match(
        /^ ✘ .*\n first difference: motor\n {3}recorded: extend, at .*\n {3}replayed: retract, at /,
      );
    });

    it('leaves no file where nothing was recorded, so that the next try can make it', async () => {
      rig.bench.stickExtendedSwitch(true);
      const file = join(rig.folder, 'rig.jsonl');
      expect((await rig.run(undefined, { record: file })).exitCode).to.equal(20);
      expect(existsSync(file)).to.equal(false);
    });

    it('never writes over a file', async () => {
      const file = join(rig.folder, 'there');
      writeFileSync(file, 'precious');
      const { exitCode, errors } = await rig.run(undefined, { record: file });
      expect(exitCode).to.equal(2);
      expect(errors).to.equal('/there: cannot be written: file already exists; name another file with --record\n');
      expect(readFileSync(file, 'utf8')).to.equal('precious');
    });
  });

  function terminalTo(out: (text: string) => void) {
    return { out, error: out, paint: unpainted, showsProgress: false, nowMs: () => 0 };
  }
});
