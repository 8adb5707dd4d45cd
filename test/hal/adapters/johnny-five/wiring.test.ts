import { expect } from 'chai';
import { armingOf, misfit, wiringOf } from '../../../../hal/adapters/johnny-five/wiring.js';
import { NO_PIN } from '../../../../hal/board-protocol.js';
import { parseCapabilities } from '../../../../hal/adapters/johnny-five/firmata-answers.js';
import { wiredBoard } from './wired-bench.js';
import { SAYS } from './scripted-board.js';

const STALL = { stallMa: 330, nominalMv: 6_000 };
const CHANNELS = [14, 15, 16, 17, 18, 19];

describe('the wires of a board in numbers of Firmata', () => {
  const uno = wiredBoard('arduino-uno');

  it('arm the board with the numbers of boards.json', () => {
    expect(armingOf(uno, wiringOf(uno), STALL)).to.deep.equal({
      deadManTimeoutMs: 500,
      driveLimitMs: 2_800,
      coastMs: 50,
      // 330 mV and 3,000 mV of 5,000 mV in 1,023 counts.
      stallCounts: 68,
      supplyCounts: 614,
      stallMs: 200,
      in1Pin: 7,
      in2Pin: 8,
      enablePin: 9,
      currentChannel: 0,
      supplyChannel: 1,
      lampPins: [10, 11, 13],
    });
  });

  it('have no enable where the bridge has none', () => {
    const board = wiredBoard('arduino-uno-drv8833');
    expect(armingOf(board, wiringOf(board), STALL).enablePin).to.equal(NO_PIN);
    expect(wiringOf(board).enablePin).to.equal(null);
  });

  it('turn counts into what is measured', () => {
    const { currentMaPerCount, supplyMvPerCount } = wiringOf(uno);
    expect(1_023 * currentMaPerCount).to.be.closeTo(5_000, 1e-9);
    expect(1_023 * supplyMvPerCount).to.be.closeTo(10_000, 1e-9);
  });

  it('know a switch that is missing: then there are none', () => {
    const { boltExtended: _, boltRetracted: __, ...pins } = uno.pins;
    expect(wiringOf({ ...uno, pins }).boltSwitches).to.equal(null);
  });

  it('say which pin cannot be what it is to be', () => {
    const modes = parseCapabilities(SAYS.capabilities.subarray(2, -1)) ?? [];
    const wiring = wiringOf(uno);
    const without = (pin: number, mode: number) =>
      modes.map((own, at) => (at === pin ? new Set([...own].filter((other) => other !== mode)) : own));
    expect(misfit(wiring, modes, CHANNELS)).to.equal(null);
    expect(misfit(wiring, without(9, 1), CHANNELS)).to.equal("Firmata's pin 9 cannot be an output");
    expect(misfit(wiring, without(2, 11), CHANNELS)).to.equal("Firmata's pin 2 cannot be an input with pull-up");
    expect(misfit(wiring, without(6, 0), CHANNELS)).to.equal("Firmata's pin 6 cannot be an input");
    expect(misfit(wiring, without(14, 2), CHANNELS)).to.equal("Firmata's pin 14 cannot be an analog input");
    expect(misfit(wiring, modes.slice(0, 10), CHANNELS)).to.match(/^Firmata's pin 1[01] cannot/);
    expect(misfit(wiring, modes, CHANNELS.toReversed())).to.equal('its analog pins are others');
  });
});
