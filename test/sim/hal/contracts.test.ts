import { describeBoltMotor } from '../../hal/contracts/bolt-motor.suite.js';
import { describeBoltSwitches } from '../../hal/contracts/bolt-switches.suite.js';
import { describeCameraFrames } from '../../hal/contracts/camera-frames.suite.js';
import { describeCameraPower } from '../../hal/contracts/camera-power.suite.js';
import { describeClock } from '../../hal/contracts/clock.suite.js';
import { describeDoorContact } from '../../hal/contracts/door-contact.suite.js';
import { describeHal } from '../../hal/contracts/hal.suite.js';
import { describeIndicators } from '../../hal/contracts/indicators.suite.js';
import { describeLink } from '../../hal/contracts/link.suite.js';
import { describeMotorCurrent } from '../../hal/contracts/motor-current.suite.js';
import { describeNotices } from '../../hal/contracts/notices.suite.js';
import { describeRecorder } from '../../hal/contracts/recorder.suite.js';
import { describeReportSink } from '../../hal/contracts/report-sink.suite.js';
import type { StoreFixture } from '../../hal/contracts/store.suite.js';
import { describeStore } from '../../hal/contracts/store.suite.js';
import { describeWallClock } from '../../hal/contracts/wall-clock.suite.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { SimulatedBench, START_UTC_MS } from './simulated-bench.js';

/** Every contract on its simulation. */
const makeBench = (): Promise<SimulatedBench> => Promise.resolve(new SimulatedBench());

describeHal('simulated', makeBench);
describeBoltMotor('simulated', makeBench);
describeMotorCurrent('simulated', makeBench);
describeBoltSwitches('simulated', makeBench);
describeDoorContact('simulated', makeBench);
describeCameraPower('simulated', makeBench);
describeCameraFrames('simulated', makeBench);
describeRecorder('simulated', makeBench);
describeIndicators('simulated', makeBench);

describeLink('simulated network', async () => {
  const bench = await makeBench();
  return {
    link: bench.hal.networkLink,
    setUp: (up) => bench.setNetwork(up),
    failToAsk: () => bench.failToAskNetwork(),
    advance: (durationMs) => bench.advance(durationMs),
  };
});

describeLink('simulated link to the board', async () => {
  const bench = await makeBench();
  return {
    link: bench.hal.boardLink,
    setUp: (up) => bench.setBoardLink(up),
    failToAsk: () => bench.setBoardLink(false),
    advance: (durationMs) => bench.advance(durationMs),
  };
});

describeNotices('simulated', async () => {
  const bench = await makeBench();
  return {
    notices: bench.hardware.notices,
    setNetwork: (up) => bench.setNetwork(up),
    received: () => bench.notices,
    advance: (durationMs) => bench.advance(durationMs),
  };
});

describeReportSink('simulated', async () => {
  const bench = await makeBench();
  return {
    sink: bench.hardware.reports,
    published: () => bench.published,
    advance: (durationMs) => bench.advance(durationMs),
  };
});

function makeStore(seed: number, torn: boolean): Promise<StoreFixture> {
  const bench = new SimulatedBench(seed);
  bench.setFault('store', 'torn', torn);
  const { store } = bench.hardware;
  return Promise.resolve({
    store,
    advance: (durationMs) => bench.advance(durationMs),
    crash: async () => {
      await bench.rebootHost();
      return store;
    },
    setTrouble: (trouble) => bench.troubleStore(trouble),
  });
}

describeStore('simulated', (seed) => makeStore(seed, false));
describeStore('simulated, torn by crashes at any byte', (seed) => makeStore(seed, true));

describeWallClock('simulated', async () => {
  const bench = await makeBench();
  return {
    wallClock: bench.hardware.wallClock,
    startUtcMs: START_UTC_MS,
    advance: (durationMs) => bench.advance(durationMs),
    putAhead: () => bench.setFault('calendar', 'aDayAhead', true),
    putBack: () => bench.setFault('calendar', 'aMonthBehind', true),
    setSet: (set) => bench.setFault('calendar', 'unset', !set),
    drift: () => bench.setFault('calendar', 'drifting', true),
  };
});

for (const view of ['world', 'firmware'] as const) {
  describeClock(`VirtualClock, as the ${view} sees it`, () => {
    const clock = new VirtualClock();
    return {
      clock: view === 'world' ? clock : clock.forFirmware(),
      time: 'virtual',
      advance: (durationMs) => {
        clock.advanceTo(clock.nowMs() + durationMs);
        return Promise.resolve();
      },
    };
  });
}
