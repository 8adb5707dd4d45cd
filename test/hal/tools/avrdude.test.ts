import { expect } from 'chai';
import type { FlashResult } from '../../../hal/tools/avrdude.js';
import { findAvrdude, flash } from '../../../hal/tools/avrdude.js';
import type { FlashProgress } from '../../../hal/tools/avrdude-output.js';
import type { Bootloader, FlashJob } from '../../../hal/tools/flash-job.js';
import type { Problem } from '../../../hal/tools/problem.js';
import * as recordings from './avrdude-recordings.js';
import type { Answer } from './fake-avrdude.js';
import { FakeAvrdude } from './fake-avrdude.js';
import { FakeMachine, PORT } from './fake-machine.js';

const fast: Bootloader = { id: 'new', name: 'Optiboot', programmer: 'arduino', baudRate: 115_200 };
const slow: Bootloader = { id: 'old', name: 'ATmegaBOOT', programmer: 'arduino', baudRate: 57_600 };

const job: FlashJob = {
  chip: 'ATmega328P',
  part: 'm328p',
  port: PORT,
  imageFile: '/images of mine/latchkey.hex',
  bootloaders: [fast, slow],
};

interface Run {
  readonly result: FlashResult;
  readonly calls: readonly string[];
  readonly tried: readonly string[];
  readonly progress: readonly FlashProgress[];
  readonly leftRunning: boolean;
}

describe('flashing by avrdude', () => {
  const machine = new FakeMachine();

  async function run(
    answers: readonly Answer[],
    options: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<Run> {
    const avrdude = new FakeAvrdude(answers);
    const tried: string[] = [];
    const progress: FlashProgress[] = [];
    const watcher = {
      trying: ({ id }: Bootloader) => void tried.push(id),
      progress: (step: FlashProgress) => void progress.push(step),
    };
    try {
      const result = await flash(machine, avrdude.program, job, { watcher, ...options });
      return { result, calls: avrdude.calls(), tried, progress, leftRunning: avrdude.isRunning() };
    } finally {
      avrdude.remove();
    }
  }

  async function problemOf(answers: readonly Answer[], options: { timeoutMs?: number } = {}): Promise<Problem> {
    const { result } = await run(answers, options);
    if (!('problem' in result)) throw new Error('there was no problem');
    return result.problem;
  }

  it('writes with the settings of the board, and says how far it is', async () => {
    const { result, calls, progress } = await run([{ output: recordings.verified, exitCode: 0 }]);
    expect(result).to.deep.equal({ verifiedBy: fast });
    expect(calls).to.deep.equal([
      `-p m328p -c arduino -P ${PORT} -b 115200 -x attempts=3 -D -U flash:w:/images of mine/latchkey.hex:i`,
    ]);
    expect(progress.at(-1)).to.deep.equal({ phase: 'verifying', percent: 100 });
  });

  it('tries the next bootloader when the first does not answer', async () => {
    const { result, calls, tried } = await run([
      { output: recordings.silent },
      { output: recordings.verified, exitCode: 0 },
    ]);
    expect(result).to.deep.equal({ verifiedBy: slow });
    expect(tried).to.deep.equal(['new', 'old']);
    expect(calls[1]).to.include('-b 57600 ');
  });

  it('says what it tried when none answers', async () => {
    const problem = await problemOf([{ output: recordings.garbled }, { output: recordings.silent }]);
    expect(problem.kind).to.equal('noAnswer');
    expect(problem.what).to.equal(
      `No bootloader answers at ${PORT}. Tried: Optiboot, at 115200 baud; ATmegaBOOT, at 57600 baud.`,
    );
    expect(problem.mend).to.match(/--board the right board.*cable.*bootloader/s);
  });

  it('does not believe an exit code of 0 without a verification', async () => {
    const output = recordings.verified.replace('bytes of flash verified', 'bytes of flash written');
    expect((await problemOf([{ output, exitCode: 0 }])).kind).to.equal('avrdudeFailed');
  });

  it('does not believe a verification without an exit code of 0', async () => {
    expect((await problemOf([{ output: recordings.verified, exitCode: 1 }])).kind).to.equal('avrdudeFailed');
  });

  it('tries no other bootloader once something is written', async () => {
    const { result, calls } = await run([{ output: recordings.lostInMidWrite }]);
    expect(calls).to.have.lengthOf(1);
    expect(result).to.have.nested.property('problem.kind', 'noAnswer');
    expect(result).to.have.nested.property('problem.what', 'The board stopped answering at 68 % of writing.');
    expect(result).to.have.nested.property('problem.mend').that.includes('incomplete');
  });

  it('tells a wrong chip by its signature', async () => {
    const problem = await problemOf([{ output: recordings.wrongChip }]);
    expect(problem.kind).to.equal('wrongChip');
    expect(problem.what).to.include('ATmega328P').and.include('0x1e9514 (probably m328)');
    expect(problem.mend).to.include('--board').and.include('still holds what it held');
  });

  it('tells a failed verification', async () => {
    const problem = await problemOf([{ output: recordings.mismatch }]);
    expect(problem.kind).to.equal('verifyMismatch');
    expect(problem.mend).to.include('Flash again before you use the board');
  });

  it('shows the words of avrdude when it knows no better', async () => {
    const problem = await problemOf([{ output: recordings.unknownFault, exitCode: 3 }]);
    expect(problem.kind).to.equal('avrdudeFailed');
    expect(problem.what).to.include('exit code 3').and.include('the sky is falling');
  });

  it('sees a port that another program took in the meantime', async () => {
    expect((await problemOf([{ output: recordings.busy }])).kind).to.equal('portBusy');
  });

  it('ends an avrdude that got stuck in mid-write', async () => {
    const { result, leftRunning } = await run([{ output: recordings.half.writing, afterwards: 'hang' }], {
      timeoutMs: 1500,
    });
    expect(leftRunning).to.equal(false);
    expect(result).to.have.nested.property('problem.kind', 'timeOut');
    expect(result).to.have.nested.property('problem.what').that.includes('30 % of writing');
    expect(result).to.have.nested.property('problem.mend').that.includes('incomplete');
  });

  it('ends an avrdude that got stuck before it wrote anything', async () => {
    const problem = await problemOf([{ output: '', afterwards: 'hang' }], { timeoutMs: 500 });
    expect(problem.kind).to.equal('timeOut');
    expect(problem.mend).to.include('still holds what it held');
  });

  it('takes an old avrdude that is still asking for a board that does not answer', async () => {
    const { tried, result } = await run(
      [
        { output: recordings.of63.silent, afterwards: 'hang' },
        { output: recordings.verified, exitCode: 0 },
      ],
      { timeoutMs: 1500 },
    );
    expect(tried).to.deep.equal(['new', 'old']);
    expect(result).to.deep.equal({ verifiedBy: slow });
  });

  it('ends an avrdude that does not heed the first signal', async () => {
    const { leftRunning } = await run([{ output: recordings.half.writing, afterwards: 'stubborn' }], {
      timeoutMs: 1500,
    });
    expect(leftRunning).to.equal(false);
  });

  it('ends avrdude when asked to, and tries no other bootloader', async () => {
    const { result, tried, leftRunning } = await run([{ output: '', afterwards: 'hang' }], {
      signal: AbortSignal.timeout(500),
    });
    expect(leftRunning).to.equal(false);
    expect(tried).to.deep.equal(['new']);
    expect(result).to.have.nested.property('problem.kind', 'interrupted');
    expect(result).to.have.nested.property('problem.mend').that.includes('still holds what it held');
  });
});

describe('finding avrdude', () => {
  it('asks it for its version', async () => {
    const avrdude = new FakeAvrdude([], recordings.of82.version);
    const machine = new FakeMachine();
    machine.avrdude = avrdude.program;
    expect(await findAvrdude(machine)).to.deep.equal({ program: avrdude.program, version: '8.2' });
    avrdude.remove();
  });

  for (const [platform, mend] of [
    ['linux', 'sudo apt install avrdude'],
    ['darwin', 'brew install avrdude'],
    ['win32', 'https://github.com/avrdudes/avrdude/releases'],
  ] as const) {
    it(`says how to install it on ${platform}`, async () => {
      const machine = new FakeMachine();
      machine.platform = platform;
      const found = await findAvrdude(machine);
      expect(found).to.have.property('kind', 'avrdudeMissing');
      expect(found).to.have.property('mend').that.includes(mend);
    });
  }
});
