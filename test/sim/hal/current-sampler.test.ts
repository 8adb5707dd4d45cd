import { expect } from 'chai';
import { HardwareUnderTest } from './hardware-under-test.js';

const QUIET = { framesUntilMs: () => Infinity, samplesUntilMs: () => Infinity };

describe('CurrentSampler', () => {
  let bench: HardwareUnderTest;
  let samples: string[];

  beforeEach(() => {
    bench = new HardwareUnderTest();
    bench.hardware.begin();
    samples = [];
  });

  /** Samples from now on; `stop` may stop the motor at one of them. */
  function sampling(stop: (currentMa: number) => void = () => {}): void {
    bench.hardware.hal.motorCurrent.watch((currentMa) => {
      samples.push(`${bench.clock.nowMs()} ${currentMa}`);
      stop(currentMa);
    });
  }

  it('shows what is true at the end of an instant', () => {
    sampling();
    bench.hardware.hal.boltMotor.extend();
    bench.clock.alarm(() => bench.hardware.hal.boltMotor.stop()).set(10);
    bench.pass(10);
    expect(samples).to.deep.equal(['10 0']);
  });

  it('samples no instant twice, though the motor be stopped right after a sample', () => {
    const inbox = bench.clock.alarm(() => bench.hardware.hal.boltMotor.stop());
    sampling(() => inbox.set(bench.clock.nowMs()));
    bench.hardware.hal.boltMotor.extend();
    bench.pass(30);
    expect(samples).to.deep.equal(['10 370', '20 0', '30 0']);
  });

  it('skips repeats while they tell nothing, but no change', () => {
    bench.hardware.setQuiet(QUIET);
    sampling();
    bench.hardware.hal.boltMotor.extend();
    bench.pass(500);
    bench.hardware.setFault('battery', 'weak', true);
    bench.pass(3_000);
    expect(samples).to.deep.equal(['10 370', '80 90', '510 90', '1290 267', '2800 0']);
  });

  it('begins anew with each drive, and ends 50 ms after the last', () => {
    sampling();
    bench.hardware.hal.boltMotor.extend();
    bench.pass(12);
    bench.hardware.hal.boltMotor.stop();
    bench.pass(13);
    bench.hardware.hal.boltMotor.retract();
    bench.pass(3);
    bench.hardware.hal.boltMotor.stop();
    bench.pass(1_000);
    expect(samples).to.deep.equal(['10 370', '20 0', '35 0', '45 0', '55 0', '65 0', '75 0']);
  });

  it('takes a motor stopped by its listener for news', () => {
    bench.hardware.setQuiet(QUIET);
    sampling((currentMa) => {
      if (currentMa === 90) bench.hardware.hal.boltMotor.stop();
    });
    bench.hardware.hal.boltMotor.extend();
    bench.pass(1_000);
    expect(samples).to.deep.equal(['10 370', '80 90', '90 0']);
  });
});
