import { join } from 'node:path';
import { expect } from 'chai';
import type { DoctorOptions, Surroundings } from '../../cli/doctor-command.js';
import { runDoctor } from '../../cli/doctor-command.js';
import type { BoardStatus } from '../../hal/board-protocol.js';
import type { BoardAnswer } from '../../hal/tools/board-query.js';
import { PORT } from '../hal/tools/fake-machine.js';
import { ToolSurroundings } from './tool-surroundings.js';

const status: BoardStatus = {
  state: 'unarmed',
  lastTrip: 'none',
  armRefusal: 'none',
  resetCause: 2,
  uptimeS: 1,
  deadManTrips: 0,
  driveLimitTrips: 0,
  overCurrentTrips: 0,
  bothDirectionsTrips: 0,
  watchdogResets: 0,
  drives: 0,
  malformedMessages: 0,
};

class DoctorSurroundings extends ToolSurroundings implements Surroundings {
  answer: BoardAnswer = { image: { name: 'Latchkey', major: 1, minor: 0 }, status };
  readonly asked: string[] = [];

  async ask(port: string): Promise<BoardAnswer> {
    this.asked.push(port);
    return Promise.resolve(this.answer);
  }
}

describe('latchkey doctor', () => {
  let around: DoctorSurroundings;
  beforeEach(() => {
    around = new DoctorSurroundings();
  });
  afterEach(() => around.remove());

  function run(options: Partial<DoctorOptions> = {}): Promise<number> {
    return runDoctor(
      { json: false, ...options },
      {
        terminal: around.terminal,
        machine: around.machine,
        boardsFile: around.boardsFile,
        imageFile: around.imageFile,
        ask: (port) => around.ask(port),
      },
    );
  }

  /** The mark of each finding. */
  function marks(): string {
    return around.written.out.match(/^[✔✘–]/gm)?.join('') ?? '';
  }

  it('is content with a good installation, and touches no board that it was not shown', async () => {
    expect(await run()).to.equal(0);
    expect(marks()).to.equal('✔✔✔✔✔');
    expect(around.written.out).to.match(/^✔ Node\.js is 20\.20\.2\.\n✔ .*boards\.json has \d+ boards and no fault\.\n/);
    expect(around.written.out).to.include(`✔ avrdude 7.1 is at ${around.avrdude.program}.\n`);
    expect(around.written.out).to.include(`✔ ${PORT} may be used`);
    expect(around.asked).to.deep.equal([]);
    expect(around.machine.opened).to.deep.equal([]);
  });

  it('asks the board at the port', async () => {
    expect(await run({ port: PORT })).to.equal(0);
    expect(around.asked).to.deep.equal([PORT]);
    expect(marks()).to.equal('✔✔✔✔✔✔✔✔');
    expect(around.written.out).to.include('✔ The board runs Latchkey 1.0.');
  });

  it('exits with 2 when there is something to mend, and says how', async () => {
    around.machine.avrdude = null;
    expect(await run()).to.equal(2);
    expect(marks()).to.equal('✔✔✔✘✔');
    expect(around.written.out).to.match(/^✘ avrdude.*not installed.*\n {2}.*sudo apt install avrdude/m);
  });

  it('exits with 20 when the board does not answer, whatever else there is', async () => {
    around.machine.avrdude = null;
    around.answer = { silent: true, heardGarbage: false };
    expect(await run({ port: PORT, board: 'arduino-uno' })).to.equal(20);
    expect(around.written.out).to.include(`latchkey flash --board arduino-uno --port ${PORT}`);
  });

  it('does not open a port that is in use: a lock may be running on it', async () => {
    around.machine.holding = [{ pid: 7, command: 'latchkey rig' }];
    expect(await run({ port: PORT })).to.equal(2);
    expect(around.asked).to.deep.equal([]);
    expect(marks()).to.equal('✔✔✔✔✘');
  });

  it('finds faults in boards.json and in the image', async () => {
    around.boardsFile = around.file('boards.json', '{ "boards": [] }');
    around.imageFile = join(around.avrdude.folder, 'nothing.hex');
    expect(await run()).to.equal(2);
    expect(marks()).to.equal('✔✘✘✔✔');
    expect(around.written.out).to.match(/^✘ .*boards\.json:1:13: boards: must have 1 or more entries$/m);
    expect(around.written.out).to.match(/^✘ .*nothing\.hex cannot be read: no such file or directory\./m);
  });

  it('finds an old Node.js', async () => {
    around.machine.nodeVersion = '18.20.0';
    expect(await run()).to.equal(2);
    expect(marks()).to.equal('✘✔✔✔✔');
  });

  it('refuses an unknown board before it touches anything', async () => {
    expect(await run({ port: PORT, board: 'arduino-un' })).to.equal(2);
    expect(around.written.error).to.match(/Did you mean "arduino-uno"\?/);
    expect(around.asked).to.deep.equal([]);
  });

  it('prints JSON, with what the board said', async () => {
    expect(await run({ json: true })).to.equal(0);
    expect(JSON.parse(around.written.out)).to.include({ board: null, exitCode: 0 });
    around.written.out = '';
    around.answer = { image: { name: 'StandardFirmata.ino', major: 2, minor: 5 }, status: null };
    expect(await run({ json: true, port: PORT })).to.equal(2);
    const printed = JSON.parse(around.written.out) as { findings: { id: string; verdict: string }[] };
    expect(printed).to.have.deep.property('board', around.answer);
    expect(printed.findings.map(({ id, verdict }) => `${id} ${verdict}`)).to.deep.equal([
      'node good',
      'boards good',
      'image good',
      'avrdude good',
      'port good',
      'board problem',
    ]);
  });
});
