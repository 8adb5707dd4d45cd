import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FlashOptions } from '../../cli/flash-command.js';
import { runFlash } from '../../cli/flash-command.js';
import * as recordings from '../hal/tools/avrdude-recordings.js';
import type { Answer } from '../hal/tools/fake-avrdude.js';
import { PORT } from '../hal/tools/fake-machine.js';
import { root, success, ToolSurroundings } from './tool-surroundings.js';

const smallImage = ':0400000001020304F2\n:00000001FF\n';

describe('latchkey flash', () => {
  let around: ToolSurroundings;

  function prepare(...answers: readonly Answer[]): void {
    around = new ToolSurroundings(...answers);
  }

  function run(change: Partial<FlashOptions> = {}): Promise<number> {
    return runFlash({ board: 'arduino-uno', port: PORT, dryRun: false, json: false, ...change }, around);
  }

  afterEach(() => around.remove());

  it('writes the image that ships, and says what comes next', async () => {
    prepare(success);
    expect(await run()).to.equal(0);
    expect(around.avrdude.calls()).to.have.lengthOf(1);
    expect(around.avrdude.calls()[0]).to.match(/^-p m328p -c arduino .*-b 115200 .*hal\/image\/latchkey\.hex:i$/);
    expect(around.written.error).to.equal('');
    expect(around.written.out).to.match(
      /^✔ Arduino Uno R3 at \/dev\/ttyUSB0: \d+ bytes written and verified in 0\.0 s, by Optiboot \(115200 baud\)\./,
    );
    expect(around.written.out).to.include(`Next: latchkey doctor --board arduino-uno --port ${PORT}`);
  });

  it('says that it goes on to the next bootloader, and what is special about that', async () => {
    prepare({ output: recordings.silent }, success);
    expect(await run({ board: 'arduino-nano' })).to.equal(0);
    expect(around.avrdude.calls()[1]).to.include('-b 57600 ');
    expect(around.written.error).to.match(/^No answer from .*\(115200 baud\)\. Trying .*\(57600 baud\)\.\n$/);
    expect(around.written.out).to.match(/About this bootloader: .*watchdog/);
  });

  it('tries only the bootloader that is named', async () => {
    prepare(success);
    expect(await run({ board: 'arduino-nano', bootloader: 'old' })).to.equal(0);
    expect(around.avrdude.calls()).to.have.lengthOf(1);
    expect(around.avrdude.calls()[0]).to.include('-b 57600 ');
  });

  it('shows how far it is on one line, and leaves nothing of it', async () => {
    prepare({ output: recordings.half.writing, afterwards: 'hang' });
    Object.assign(around.terminal, { showsProgress: true });
    let calls = 0;
    around.terminal.nowMs = () => (calls += 1) * 3_000;
    const interrupting = setInterval(() => {
      if (!around.written.error.includes('writing 30 %')) return;
      clearInterval(interrupting);
      process.kill(process.pid, 'SIGTERM');
    }, 50);
    const received: NodeJS.Signals[] = [];
    const keepAlive = (signal: NodeJS.Signals): void => void received.push(signal);
    process.on('SIGTERM', keepAlive);
    await run();
    // The command sends itself the signal that it held back.
    while (received.length < 2) await new Promise(setImmediate);
    process.off('SIGTERM', keepAlive);
    const eraseLine = '\r\u001B[K';
    expect(around.written.error).to.include(`${eraseLine}… writing 30 %${eraseLine}`);
    expect(around.written.error).to.include(`${eraseLine}latchkey: Stopped at 30 % of writing.`);
  });

  for (const [name, output, exitCode, words] of [
    ['wrong chip', recordings.wrongChip, 2, /another chip than an ATmega328P/],
    ['no answer', recordings.silent, 20, /No bootloader answers/],
    ['failed verification', recordings.mismatch, 20, /does not hold what was written/],
    ['unknown fault', recordings.unknownFault, 20, /the sky is falling/],
  ] as const) {
    it(`exits with ${exitCode} on: ${name}`, async () => {
      prepare({ output });
      expect(await run()).to.equal(exitCode);
      expect(around.written.out).to.equal('');
      expect(around.written.error)
        .to.match(/^latchkey: .+\n.+\n$/)
        .and.match(words);
    });
  }

  it('does not touch a port that is in use', async () => {
    prepare(success);
    around.machine.holding = [{ pid: 7, command: 'picocom' }];
    expect(await run()).to.equal(2);
    expect(around.written.error).to.match(/in use by picocom \(process 7\)\.\nClose it first/);
    expect(around.avrdude.calls()).to.deep.equal([]);
  });

  it('opens the port before it starts avrdude, which would share it', async () => {
    prepare(success);
    around.machine.openingError = 'Error Resource temporarily unavailable Cannot lock port';
    expect(await run()).to.equal(2);
    expect(around.written.error).to.include('in use by another program');
    expect(around.avrdude.calls()).to.deep.equal([]);
  });

  it('says how to install avrdude', async () => {
    prepare();
    around.machine.avrdude = null;
    expect(await run()).to.equal(2);
    expect(around.written.error).to.include('sudo apt install avrdude');
  });

  it('refuses an image that is not as it was released', async () => {
    prepare(success);
    around.imageFile = around.file('latchkey.hex', smallImage);
    copyFileSync(join(root, 'hal/image/latchkey.hex.sha256'), `${around.imageFile}.sha256`);
    expect(await run()).to.equal(2);
    expect(around.written.error).to.match(/latchkey\.hex is not the image that was released/);
    expect(around.avrdude.calls()).to.deep.equal([]);
  });

  it('takes any other image that fits, by its full path', async () => {
    prepare(success);
    const image = around.file('own.hex', smallImage);
    expect(await run({ image })).to.equal(0);
    expect(around.avrdude.calls()[0]).to.include(`-U flash:w:${image}:i`);
    expect(around.written.out).to.include(': 4 bytes written');
  });

  it('refuses another image that is none', async () => {
    prepare(success);
    expect(await run({ image: around.file('own.hex', 'hello') })).to.equal(2);
    expect(around.written.error).to.match(/own\.hex:1: this is no record of Intel HEX/);
    expect(await run({ image: join(around.avrdude.folder, 'nothing.hex') })).to.equal(2);
    expect(around.written.error).to.match(/nothing\.hex cannot be read: no such file or directory/);
    expect(around.avrdude.calls()).to.deep.equal([]);
  });

  for (const [name, change, words] of [
    ['an unknown board', { board: 'arduino-un' }, /no board "arduino-un"\. Did you mean "arduino-uno"\?/],
    ['a host', { board: 'raspberry-pi-4' }, /Raspberry Pi 4.* is a host\. Name the board that it drives: arduino-uno/],
    ['the simulated board', { board: 'sim' }, /"sim" is simulated\. Name a board .*: arduino-uno/],
    [
      'an unknown bootloader',
      { bootloader: 'old' },
      /arduino-uno comes with no bootloader "old"\. There is optiboot\./,
    ],
  ] as const) {
    it(`refuses ${name}`, async () => {
      prepare();
      expect(await run(change)).to.equal(2);
      expect(around.written.error).to.match(words);
    });
  }

  it('names the ports that there are to somebody who named none', async () => {
    prepare();
    const options = { board: 'arduino-uno', dryRun: false, json: false };
    expect(await runFlash(options, around)).to.equal(2);
    expect(around.written.error).to.equal(
      `latchkey: name the board's port. There is ${PORT}: give it with --port ${PORT}.\n`,
    );
  });

  describe('--dry-run', () => {
    it('shows every command it would run, and runs none', async () => {
      prepare(success);
      expect(await run({ board: 'arduino-nano', dryRun: true })).to.equal(0);
      const { program } = around.avrdude;
      expect(around.written.out.match(/^✔ /gm)).to.have.lengthOf(3);
      expect(around.written.out).to.include(`  ${program} -p m328p -c arduino -P ${PORT} -b 115200 `);
      expect(around.written.out).to.include(`  ${program} -p m328p -c arduino -P ${PORT} -b 57600 `);
      expect(around.avrdude.calls()).to.deep.equal([]);
      expect(around.machine.opened).to.deep.equal([]);
    });

    it('needs no board', async () => {
      prepare();
      around.machine.devices = {};
      expect(await run({ dryRun: true })).to.equal(0);
      expect(around.written.out).to.match(/^– There is no \/dev\/ttyUSB0\.$/m);
    });

    it('tells all that is wrong at once, and quotes for a shell', async () => {
      prepare();
      around.machine.avrdude = null;
      around.machine.holding = [{ pid: 7, command: 'picocom' }];
      expect(await run({ dryRun: true, image: around.file("it's.hex", 'hello') })).to.equal(2);
      expect(around.written.out.match(/^✘ /gm)).to.have.lengthOf(3);
      expect(around.written.out).to.match(/^ {2}avrdude -p .* 'flash:w:.*it'\\''s\.hex:i'$/m);
    });
  });

  describe('--json', () => {
    function printed(): Record<string, unknown> {
      return JSON.parse(around.written.out) as Record<string, unknown>;
    }

    it('tells of success', async () => {
      prepare({ output: recordings.silent }, success);
      expect(await run({ board: 'arduino-nano', json: true })).to.equal(0);
      const { program } = around.avrdude;
      expect(printed()).to.include({
        board: 'arduino-nano',
        port: PORT,
        outcome: 'verified',
        bootloader: 'old',
        exitCode: 0,
      });
      expect(printed()).to.have.nested.property('commands[0][0]', program);
      expect(printed()).to.have.nested.property('commands[0][1]', '-p');
    });

    it('tells of a problem', async () => {
      prepare({ output: recordings.mismatch });
      expect(await run({ json: true })).to.equal(20);
      expect(printed()).to.include({ outcome: 'problem', exitCode: 20 });
      expect(printed()).to.have.nested.property('problem.kind', 'verifyMismatch');
      expect(around.written.error).to.equal('');
    });

    it('tells what a dry run has found', async () => {
      prepare();
      expect(await run({ json: true, dryRun: true })).to.equal(0);
      expect(printed()).to.include({ outcome: 'dryRun', exitCode: 0 });
      expect(printed()).to.have.nested.property('findings[0].id', 'image');
      expect(printed()).to.have.nested.property('findings[2].verdict', 'good');
    });
  });
});
