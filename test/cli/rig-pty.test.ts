import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTool } from '../support/debian-tool.js';
import { EmulatedUno } from '../support/emulated-uno-process.js';
import { eventually } from '../support/pseudo-terminal.js';

const root = join(import.meta.dirname, '../../..');
const program = join(root, 'dist/bin/latchkey.cjs');
const hex = join(root, 'hal/image/latchkey.hex');

/** AIN1, AIN2 and enable of arduino-uno. */
const bridgePins = [7, 8, 9];

/** What the properties grant where host or link died. */
const DEAD_MAN_MS = 600;

const story = `story: Olga goes out
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner }
steps:
  - after: 500 ms
    do: Olga unlocks with the app
  - expect: bolt retracted
    within: 3 s
  - do: Olga opens the door
  - after: 500 ms
    do: Olga closes the door
  - do: Olga asks to lock
  - expect: bolt extended
    within: 5 s
  - expect: reported locked
    within: 200 ms
never: [any alarm, any outcome]
eventually: [door closed]
lasts: 10 s
`;

/** `latchkey rig` as a process of its own, on the port of an emulated Uno. */
class RigProcess {
  output = '';
  errors = '';
  readonly process: ChildProcess;

  constructor(uno: EmulatedUno, folder: string, ...more: readonly string[]) {
    const args = [
      'rig',
      '--board',
      'arduino-uno',
      '--port',
      uno.port,
      '--data',
      join(folder, 'data'),
      '--yes',
      ...more,
    ];
    this.process = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.process.stdout?.on('data', (bytes: Buffer) => (this.output += bytes.toString()));
    this.process.stderr?.on('data', (bytes: Buffer) => (this.errors += bytes.toString()));
  }

  async shows(words: string): Promise<void> {
    await eventually(() => this.output.includes(words) || this.process.exitCode !== null);
    expect(this.output, this.errors).to.contain(words);
  }

  type(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  async end(): Promise<number | NodeJS.Signals | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode ?? this.process.signalCode;
  }
}

async function run(...args: readonly string[]): Promise<{ exitCode: number; output: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, output };
}

describeWithTool('socat', 'socat', 'latchkey rig on the port of an emulated Uno', () => {
  let uno: EmulatedUno;
  let folder: string;
  let rig: RigProcess | null;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-rig-'));
    rig = null;
    uno = await EmulatedUno.start({ hex });
  });

  afterEach(async () => {
    rig?.process.kill('SIGKILL');
    await rig?.end();
    await uno.stop();
    rmSync(folder, { recursive: true });
  });

  /** Which bridge pins are HIGH, by what the emulated board has shown. */
  function highPins(): number[] {
    return bridgePins.filter((pin) => uno.truths.findLast((truth) => truth['pin'] === pin)?.['level'] === 'high');
  }

  /** The owner unlocks, and the motor turns. */
  async function driving(): Promise<RigProcess> {
    const driver = new RigProcess(uno, folder);
    rig = driver;
    await driver.shows('u + Enter unlocks');
    const drives = uno.next((truth) => truth['bolt'] === 'between');
    driver.type('u');
    await drives;
    return driver;
  }

  it('plays a story to its end, tells how it stands meanwhile, and records what replays alike', async function () {
    this.timeout(60_000);
    const file = join(folder, 'story.yaml');
    const record = join(folder, 'rig.jsonl');
    writeFileSync(file, story);
    rig = new RigProcess(uno, folder, file, '--record', record);
    await rig.shows('▶ Olga opens the door\n');
    const { exitCode, output } = await run('rig', 'status', '--json', '--data', join(folder, 'data'));
    expect(exitCode, output).to.equal(0);
    expect(JSON.parse(output)).to.include({ story: 'Olga goes out', image: 'Latchkey 1.0', position: 'unlocked' });
    uno.hand({ kind: 'openDoor' });
    await rig.shows('▶ Olga closes the door\n');
    uno.hand({ kind: 'closeDoor' });
    expect(await rig.end(), rig.errors + rig.output).to.equal(0);
    expect(rig.output).to.match(
      / ✔ no visit · all expectations met · S5, S9, S11 held by the sensors · no jams · .* · camera: simulated\n$/,
    );
    expect(rig.output).to.match(/\n {0,1}\d:\d\d\.\d{3} {2}Olga {7}opens the door\n/);
    expect(highPins()).to.deep.equal([]);
    const replayed = await run('sim', '--replay', record);
    expect(replayed.output).to.contain('all as recorded');
    expect(replayed.exitCode).to.equal(0);
    expect(existsSync(join(folder, 'data/writer.lock'))).to.equal(false);
    expect(readFileSync(join(folder, 'data/notices.jsonl'), 'utf8')).to.contain('"relocked"');
  });

  it('leaves the motor off 600 ms after kill -9, and starts again where it was', async function () {
    this.timeout(60_000);
    const driver = await driving();
    const off = uno.next((truth) => truth['motor'] === 'off');
    const beforeMs = await uno.nowMs();
    driver.process.kill('SIGKILL');
    // However late this machine is, the rig was dead by then.
    const deadByMs = await uno.nowMs();
    expect((await off).atMs).to.be.within(beforeMs, deadByMs + DEAD_MAN_MS);
    expect(highPins()).to.deep.equal([]);
    expect(uno.truths.findLast((truth) => truth['bolt'] !== undefined)?.['bolt']).to.equal('between');
    await driver.end();
    const home = uno.next((truth) => truth['bolt'] === 'extended');
    rig = new RigProcess(uno, folder);
    await home;
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`stops the motor before ${signal} ends it`, async function () {
      this.timeout(60_000);
      const driver = await driving();
      const off = uno.next((truth) => truth['motor'] === 'off');
      driver.process.kill(signal);
      expect(await driver.end()).to.equal(signal);
      const { atMs } = await off;
      expect(atMs).to.be.lessThan(await uno.nowMs());
      expect(uno.truths.findLast((truth) => truth['bolt'] !== undefined)?.['bolt']).to.equal('between');
    });
  }
});
