import { expect } from 'chai';
import { FirstChecks } from '../../../cli/rig/first-checks.js';
import { HardwareFault } from '../../../cli/rig/hardware-fault.js';
import { Prompts } from '../../../cli/rig/prompts.js';
import { Standing } from '../../../cli/rig/standing.js';
import { Waiter } from '../../../cli/rig/waiter.js';
import { readBoards } from '../../../cli/shipped-boards.js';
import { findWiredBoard } from '../../../cli/find-board.js';
import type { BoardHal } from '../../../hal/contracts/hal.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { join } from 'node:path';

interface Found {
  readonly currentMa: number;
  readonly supplyMv: number;
}

const boardsFile = join(import.meta.dirname, '../../../../boards.json');

/** What the checks say where the board samples that, or `passed`. */
async function checked(found: Found | null, sensesWhileOff = false): Promise<string> {
  const wiring = findWiredBoard(await readBoards(boardsFile), 'arduino-uno');
  const clock = new VirtualClock();
  const standing = new Standing();
  const waiter = new Waiter(clock, new AbortController().signal);
  let sample: Found | null = null;
  let switchedOn = false;
  const sense = clock.alarm(() => {
    standing.take(clock.nowMs(), { in: 'cameraPower', powered: switchedOn || sensesWhileOff });
    waiter.lookAgain();
  });
  const switchCamera = (on: boolean) => () => {
    switchedOn = on;
    sense.set(clock.nowMs() + 5);
    return null;
  };
  const watch = (): void => {};
  const board: BoardHal = {
    boardLink: { watch },
    boltMotor: {
      extend: () => expect.fail('the motor was driven'),
      retract: () => expect.fail('the motor was driven'),
      stop: () => null,
    },
    motorCurrent: { watch },
    boltSwitches: { watch },
    doorContact: { watch },
    cameraPower: { switchOn: switchCamera(true), switchOff: switchCamera(false), watch },
    indicators: { set: () => null },
  };
  standing.take(0, { in: 'boardLink', up: true });
  standing.take(0, { in: 'doorContact', closed: true });
  standing.take(0, { in: 'cameraPower', powered: sensesWhileOff });
  const prompts = new Prompts({ watch, close: () => {} }, waiter, () => {});
  const checks = new FirstChecks({
    wiring,
    board,
    clock,
    waiter,
    prompts,
    standing,
    sampleAtRest: () => (sample = found),
    sample: () => sample,
    asksPerson: false,
  });
  let told: string | null = null;
  const running = checks.run().then(
    () => 'passed',
    (error: unknown) => (error instanceof HardwareFault ? error.message : String(error)),
  );
  void running.then((text) => (told = text));
  const goesOn = (): boolean => told === null;
  while (goesOn()) {
    clock.advanceTo(clock.nowMs() + 50);
    await new Promise(setImmediate);
  }
  return running;
}

describe('the checks before the first drive', () => {
  it('pass where current and supply make sense', async () => {
    expect(await checked({ currentMa: 2, supplyMv: 6_000 })).to.equal('passed');
  });

  it('find a board that measures nothing', async () => {
    expect(await checked(null)).to.match(/^latchkey: the board does not measure current and supply: pins.motorCurrent/);
  });

  it('find a current where the motor is off', async () => {
    expect(await checked({ currentMa: 40, supplyMv: 6_000 })).to.equal(
      'latchkey: the motor is off and draws 40 mA: pins.motorCurrent (pin A0) of arduino-uno in boards.json; mend the wiring; "scaleMvPerA" is 1000.',
    );
  });

  it('find a supply that cannot be', async () => {
    for (const supplyMv of [0, 12_000]) {
      expect(await checked({ currentMa: 0, supplyMv })).to.match(
        new RegExp(
          `^latchkey: the supply of the motor reads ${supplyMv} mV, not 3600 to 6500: pins.supplyVoltage .pin A1.`,
        ),
      );
    }
  });

  it('find a camera that senses power while it is off', async () => {
    expect(await checked(null, true)).to.match(/^latchkey: the camera is switched off and senses power: .*polarity/);
  });
});
