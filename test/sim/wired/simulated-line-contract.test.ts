import type { IoDevice } from '../../../sim/wired/io-device.js';
import { SimulatedLine } from '../../../sim/wired/simulated-line.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import type { SerialLineFixture } from '../../hal/contracts/serial-line.suite.js';
import { describeSerialLine } from '../../hal/contracts/serial-line.suite.js';

/** Longer than anything takes on this line. */
const PATIENCE_MS = 1_000;

const NO_PINS = { pinChanged: () => {}, isHigh: () => false, analogMv: () => 0 };

function makeFixture(): Promise<SerialLineFixture> {
  const clock = new VirtualClock();
  const received: number[] = [];
  let toHost: (bytes: Uint8Array) => void = () => {};
  const line = new SimulatedLine(clock, NO_PINS, (surroundings): IoDevice => {
    toHost = (bytes) => surroundings.send(bytes);
    return {
      receive: (bytes) => received.push(...bytes),
      setPower: () => {},
      reset: () => {},
      inputsChanged: () => {},
    };
  });
  return Promise.resolve({
    line,
    until: async (isSo) => {
      for (let waitedMs = 0; !isSo(); waitedMs += 1) {
        if (waitedMs > PATIENCE_MS) throw new Error(`it never came about: ${isSo.toString()}`);
        clock.advanceTo(clock.nowMs() + 1);
      }
      await Promise.resolve();
    },
    send: (bytes) => {
      const sending = clock.alarm(() => toHost(bytes));
      sending.set(clock.nowMs());
    },
    received: () => received,
    pullOut: () => {
      line.setPluggedIn(false);
      return Promise.resolve();
    },
    dispose: () => Promise.resolve(),
  });
}

describeSerialLine('SimulatedLine', makeFixture);
