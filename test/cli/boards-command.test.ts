import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createSandbox } from 'sinon';
import type { BoardsOptions } from '../../cli/boards-command.js';
import { runBoards } from '../../cli/boards-command.js';
import { loadBoards } from '../../hal/boards.js';
import { wiringDiagram } from '../../hal/wiring/diagram.js';

const root = join(import.meta.dirname, '../../..');
const shipped = loadBoards(readFileSync(join(root, 'boards.json'), 'utf8'), 'boards.json').boards;

/** Runs the command and keeps what it writes. */
async function run(id: string | undefined, { file, ...rest }: Partial<BoardsOptions> & { file?: string } = {}) {
  const options = { json: false, ...rest };
  const written = { out: '', err: '' };
  const keep = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    written[stream] += String(text);
    return true;
  };
  const sandbox = createSandbox();
  sandbox.stub(process.stdout, 'write').callsFake(keep('out'));
  sandbox.stub(process.stderr, 'write').callsFake(keep('err'));
  try {
    const exitCode = await (file === undefined ? runBoards(id, options) : runBoards(id, options, file));
    return { exitCode, ...written };
  } finally {
    sandbox.restore();
  }
}

/** The words of the table row that begins with this word. */
function row(text: string, first: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${first} `));
  let end = start + 1;
  while (lines[end]?.startsWith('   ') === true) end += 1;
  return lines.slice(start, end).join(' ').replaceAll(/ +/g, ' ');
}

describe('latchkey boards', () => {
  it('lists every board, and says plainly what a host cannot do', async () => {
    const { exitCode, out, err } = await run(undefined);
    expect({ exitCode, err }).to.deep.equal({ exitCode: 0, err: '' });
    expect(row(out, 'sim')).to.equal('sim I/O board Simulated board adapter sim');
    expect(row(out, 'arduino-uno')).to.equal('arduino-uno I/O board Arduino Uno R3 adapter johnny-five');
    for (const id of ['raspberry-pi-4', 'raspberry-pi-5', 'raspberry-pi-zero-2w']) {
      expect(row(out, id)).to.match(
        /host .* drives arduino-uno, arduino-nano, .* over USB; own GPIO not yet supported$/,
      );
    }
  });

  it('shows a wired board with its wiring, drive, timings and sources', async () => {
    const { exitCode, out } = await run('arduino-nano');
    expect(exitCode).to.equal(0);
    expect(row(out, 'PIN')).to.equal('PIN ROLE DIRECTION POLARITY PULL CONNECTS TO');
    expect(row(out, '7')).to.equal('7 motorIn1 output HIGH = extending 10 kΩ to GND AIN1 of the bridge');
    expect(row(out, '9')).to.match(/^9 motorEnable output HIGH = driving 10 kΩ to GND /);
    expect(row(out, 'A0')).to.match(/^A0 motorCurrent analog input 1000 mV per A output of the INA169/);
    expect(row(out, 'A1')).to.match(/^A1 supplyVoltage analog input 1 mV per 2 mV middle of two/);
    expect(row(out, '4')).to.match(/^4 doorContact input LOW = closed internal up reed switch to GND/);
    expect(row(out, '13')).to.match(/^13 faultIndicator output HIGH = lit the board's own LED/);
    expect(out).to.match(/^ {2}stallCurrentMa +360$/m);
    expect(out).to.match(/^ {2}deadManTimeoutMs +500$/m);
    expect(out).to.match(/^ {2}doorContact debounceMs +20$/m);
    expect(out).to.match(/^Sources: timings\n- {2}samplingMs: chosen/m);
  });

  it('says what to buy, what the lamps mean, and which bootloaders there are', async () => {
    const { out } = await run('arduino-nano');
    expect(out).to.match(/^7 × {2}resistor 10 kΩ$/m);
    expect(out).to.match(/^1 × {2}TB6612FNG breakout$/m);
    expect(row(out, 'jamIndicator')).to.match(/^jamIndicator yellow the bolt is jammed;/);
    expect(row(out, 'faultIndicator')).to.match(
      /^faultIndicator the board's own another alarm stands: DoorForcedOpen, /,
    );
    expect(row(out, 'old')).to.match(/^old 57600 baud ATmegaBOOT.* stays in reset, .* until its power is cycled/);
  });

  it('shows the simulated board without wiring', async () => {
    const { out } = await run('sim');
    expect(out).to.include('No pins and no wiring').and.include('stallCurrentMa').and.not.include('CONNECTS TO');
  });

  it('shows how a host is used', async () => {
    const { out } = await run('raspberry-pi-zero-2w');
    expect(out).to.include('Its own GPIO is not yet supported').and.include('OTG adapter');
    expect(out).to.include('latchkey boards arduino-nano');
    expect(out.replaceAll(/\s+/g, ' ')).to.include('to Mini-USB-B');
  });

  it('stays within 100 columns, without spaces at the ends of lines', async () => {
    for (const id of [undefined, ...shipped.map((board) => board.id)]) {
      const { out } = await run(id);
      for (const line of out.split('\n')) {
        expect(line.length, line).to.be.at.most(100);
        expect(line, line).to.equal(line.trimEnd());
      }
    }
  });

  it('prints the boards, or one of them, as JSON', async () => {
    expect(JSON.parse((await run(undefined, { json: true })).out)).to.deep.equal(shipped);
    for (const board of shipped) {
      expect(JSON.parse((await run(board.id, { json: true })).out)).to.deep.equal(board);
    }
  });

  describe('--wiring', () => {
    const directory = mkdtempSync(join(tmpdir(), 'latchkey-wiring-'));
    after(() => rmSync(directory, { recursive: true }));
    const uno = shipped.find((board) => board.kind === 'ioBoard' && board.adapter === 'johnny-five');
    if (uno === undefined) throw new Error('no wired board');

    it('draws a board into a file', async () => {
      const file = join(directory, 'uno.svg');
      const out = `${file}: the wiring of arduino-uno, to print on A4\n`;
      expect(await run('arduino-uno', { wiring: file })).to.deep.equal({ exitCode: 0, out, err: '' });
      expect(readFileSync(file, 'utf8')).to.equal(wiringDiagram(uno));
    });

    it('draws to the standard output, and nothing else with it', async () => {
      expect(await run('arduino-uno', { wiring: '-' })).to.deep.equal({
        exitCode: 0,
        out: wiringDiagram(uno),
        err: '',
      });
    });

    const refusals: readonly (readonly [string | undefined, string])[] = [
      [undefined, 'latchkey: --wiring draws one board. Name it: latchkey boards ID --wiring FILE.\n'],
      ['sim', 'latchkey: the simulated board has no wiring. Name another board.\n'],
    ];
    for (const [id, err] of refusals) {
      it(`refuses ${id ?? 'no board'}`, async () => {
        expect(await run(id, { wiring: '-' })).to.deep.equal({ exitCode: 2, out: '', err });
      });
    }

    it('sends who wants to wire a host to the boards it drives', async () => {
      const { exitCode, err } = await run('raspberry-pi-4', { wiring: '-' });
      expect(exitCode).to.equal(2);
      expect(err).to.match(/^latchkey: nothing is wired to Raspberry Pi 4 Model B\. Name a board .*: arduino-uno, /);
    });

    it('says that it cannot write', async () => {
      const file = join(directory, 'nowhere', 'uno.svg');
      const err = `latchkey: ${file}: cannot be written: no such file or directory. Name another file.\n`;
      expect(await run('arduino-uno', { wiring: file })).to.deep.equal({ exitCode: 2, out: '', err });
    });
  });

  for (const json of [false, true]) {
    it(`refuses an unknown board${json ? ' with --json too' : ''}`, async () => {
      expect(await run('arduino-un', { json })).to.deep.equal({
        exitCode: 2,
        out: '',
        err:
          'latchkey: there is no board "arduino-un". Did you mean "arduino-uno"? There are sim, arduino-uno, ' +
          'arduino-nano, arduino-uno-drv8833, arduino-nano-drv8833, raspberry-pi-4, raspberry-pi-5, raspberry-pi-zero-2w.\n',
      });
    });
  }

  it('guesses no board where none is near', async () => {
    expect((await run('beaglebone')).err).to.match(/^latchkey: there is no board "beaglebone"\. There are sim, /);
  });

  describe('with a boards.json of its own', () => {
    const directory = mkdtempSync(join(tmpdir(), 'latchkey-boards-'));
    after(() => rmSync(directory, { recursive: true }));

    it('says what is wrong with it', async () => {
      const file = join(directory, 'faulty.json');
      writeFileSync(file, '{ "boards": [] }');
      expect(await run(undefined, { file })).to.deep.equal({
        exitCode: 2,
        out: '',
        err: `${file}:1:13: boards: must have 1 or more entries\n`,
      });
    });

    it('says that it cannot be read', async () => {
      const file = join(directory, 'missing.json');
      expect(await run('sim', { file })).to.deep.equal({
        exitCode: 2,
        out: '',
        err: `${file}: cannot be read: no such file or directory; install Latchkey again\n`,
      });
    });
  });
});
