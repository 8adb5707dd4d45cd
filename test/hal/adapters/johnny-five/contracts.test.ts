import { describeBoltMotor } from '../../contracts/bolt-motor.suite.js';
import { describeBoltSwitches } from '../../contracts/bolt-switches.suite.js';
import { describeCameraPower } from '../../contracts/camera-power.suite.js';
import { describeDoorContact } from '../../contracts/door-contact.suite.js';
import { describeHal } from '../../contracts/hal.suite.js';
import { describeIndicators } from '../../contracts/indicators.suite.js';
import { describeLink } from '../../contracts/link.suite.js';
import { describeMotorCurrent } from '../../contracts/motor-current.suite.js';
import { wiredBoard, WiredBench } from './wired-bench.js';

/** Every contract that the adapter holds, on the adapter over a virtual Firmata board. */
const makeBench = (): Promise<WiredBench> => WiredBench.connected();

describeHal('johnny-five', makeBench);
describeBoltMotor('johnny-five', makeBench);
describeMotorCurrent('johnny-five', makeBench);
describeBoltSwitches('johnny-five', makeBench);
describeDoorContact('johnny-five', makeBench);
describeCameraPower('johnny-five', makeBench);
describeIndicators('johnny-five', makeBench);

describeBoltMotor('johnny-five, with a bridge that has no enable', () =>
  WiredBench.connected({ board: wiredBoard('arduino-uno-drv8833') }),
);

describeLink('johnny-five', async () => {
  const bench = await makeBench();
  return {
    link: bench.hal.boardLink,
    setUp: (up) => bench.setBoardLink(up),
    failToAsk: () => bench.side.line.setDeaf(true),
    advance: (durationMs) => bench.advance(durationMs),
  };
});
