import { expect } from 'chai';
import fc from 'fast-check';
import { NEVER } from '../../../firmware/core/never.js';
import {
  contradictionTold,
  INITIAL_MOTOR_SENSE,
  type MotorLimits,
  type MotorSense,
  samplesQuietUntilMs,
  senseCurrent,
  senseDrive,
} from '../../../firmware/sense/motor-sense.js';

const LIMITS: MotorLimits = { nominalMv: 6_000, stallMa: 340, idleMa: 30, lowMv: 5_200, tooLowMv: 4_200 };

const RUNNING_MA = 90;
const STALLED_MA = 370;
const FRESH_MV = 6_300;

interface Sample {
  readonly currentMa: number;
  readonly supplyMv: number;
}

/** Samples each 10 ms from `fromMs` to `toMs`, both included. */
function sampled(m: MotorSense, fromMs: number, toMs: number, sample: Partial<Sample>): MotorSense {
  const { currentMa, supplyMv } = { currentMa: RUNNING_MA, supplyMv: FRESH_MV, ...sample };
  let next = m;
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 10) next = senseCurrent(next, LIMITS, currentMa, supplyMv, nowMs);
  return next;
}

const DRIVEN = senseDrive(INITIAL_MOTOR_SENSE, true, 0);
const RUNNING = sampled(DRIVEN, 0, 500, {});

describe('The load of the motor', () => {
  it('is running from the start of a drive, and idle from its end', () => {
    expect(DRIVEN.load).to.equal('running');
    expect(senseDrive(RUNNING, false, 510).load).to.equal('idle');
  });

  it('is not looked at for 100 ms: that is the inrush', () => {
    expect(sampled(DRIVEN, 0, 99, { currentMa: 5_000 })).to.equal(DRIVEN);
  });

  it('is felt as stalled 120 ms after the start at the latest, where it stalls from the start', () => {
    expect(sampled(DRIVEN, 0, 110, { currentMa: STALLED_MA }).load).to.equal('running');
    expect(sampled(DRIVEN, 0, 120, { currentMa: STALLED_MA }).load).to.equal('stalled');
  });

  it('is felt as stalled within 40 ms of the onset', () => {
    for (let onsetMs = 501; onsetMs <= 510; onsetMs += 1) {
      const felt = sampled(RUNNING, 510, onsetMs + 40, { currentMa: STALLED_MA });
      expect(felt.load, `onset at ${onsetMs}`).to.equal('stalled');
    }
    expect(sampled(RUNNING, 510, 520, { currentMa: STALLED_MA }).load).to.equal('running');
  });

  it('is not felt as stalled by two samples, nor by three with one good one among them', () => {
    const two = sampled(RUNNING, 510, 520, { currentMa: STALLED_MA });
    const good = sampled(two, 530, 530, {});
    expect(good).to.include({ load: 'running', differs: 0 });
    expect(sampled(good, 540, 550, { currentMa: STALLED_MA }).load).to.equal('running');
  });

  it('is running again when the bolt slips', () => {
    const stalled = sampled(RUNNING, 510, 600, { currentMa: STALLED_MA });
    expect(sampled(stalled, 610, 630, {}).load).to.equal('running');
  });

  const thresholds: readonly (readonly [number, number, MotorSense['load']])[] = [
    [340, 6_000, 'running'],
    [341, 6_000, 'stalled'],
    [171, 3_000, 'stalled'],
    [170, 3_000, 'running'],
    [341, 6_300, 'running'],
    [30, 6_000, 'running'],
    [29, 6_000, 'idle'],
  ];
  for (const [currentMa, supplyMv, load] of thresholds) {
    it(`is ${load} at ${currentMa} mA under ${supplyMv} mV`, () => {
      expect(sampled(DRIVEN, 100, 500, { currentMa, supplyMv }).load).to.equal(load);
    });
  }
});

describe('Current and orders contradict one another', () => {
  it('when no current flows while the motor is driven', () => {
    expect(sampled(DRIVEN, 100, 110, { currentMa: 0 }).contradicts).to.equal(false);
    expect(sampled(DRIVEN, 100, 120, { currentMa: 0 })).to.include({ contradicts: true, load: 'idle' });
  });

  it('when current flows 20 ms and more after a stop', () => {
    const stopped = senseDrive(RUNNING, false, 1_000);
    expect(sampled(stopped, 1_000, 1_019, {})).to.equal(stopped);
    expect(sampled(stopped, 1_020, 1_040, {}).contradicts).to.equal(true);
    expect(sampled(stopped, 1_020, 1_040, { currentMa: STALLED_MA }).contradicts).to.equal(true);
  });

  it('not when it stalls, runs or rests as ordered', () => {
    expect(sampled(RUNNING, 510, 900, { currentMa: STALLED_MA }).contradicts).to.equal(false);
    expect(sampled(senseDrive(RUNNING, false, 1_000), 1_000, 1_050, { currentMa: 0 }).contradicts).to.equal(false);
  });

  it('once, until it is told; and again with the next drive', () => {
    const told = contradictionTold(sampled(DRIVEN, 100, 120, { currentMa: 0 }));
    expect(sampled(told, 130, 900, { currentMa: 0 }).contradicts).to.equal(false);
    const again = senseDrive(senseDrive(told, false, 1_000), true, 2_000);
    expect(sampled(again, 2_000, 2_120, { currentMa: 0 }).contradicts).to.equal(true);
  });
});

describe('The supply', () => {
  const levels: readonly (readonly [number, MotorSense['supply']])[] = [
    [5_200, 'good'],
    [5_199, 'low'],
    [4_200, 'low'],
    [4_199, 'tooLow'],
  ];
  for (const [supplyMv, level] of levels) {
    it(`is ${level} at ${supplyMv} mV under load`, () => {
      expect(sampled(DRIVEN, 100, 200, { supplyMv }).supply).to.equal(level);
    });
  }

  it('needs three samples to be believed', () => {
    expect(sampled(DRIVEN, 100, 110, { supplyMv: 5_000 }).supply).to.equal('good');
    expect(sampled(DRIVEN, 100, 120, { supplyMv: 5_000 }).supply).to.equal('low');
  });

  it('is not looked at in the inrush, nor without load', () => {
    expect(sampled(DRIVEN, 0, 99, { supplyMv: 3_000 }).supply).to.equal('good');
    expect(sampled(senseDrive(RUNNING, false, 1_000), 1_000, 1_100, { supplyMv: 3_000, currentMa: 0 }).supply).to.equal(
      'good',
    );
  });

  it('recovers only 200 mV above where it fell', () => {
    const low = sampled(DRIVEN, 100, 200, { supplyMv: 5_000 });
    expect(sampled(low, 210, 300, { supplyMv: 5_399 }).supply).to.equal('low');
    expect(sampled(low, 210, 300, { supplyMv: 5_400 }).supply).to.equal('good');
    const tooLow = sampled(DRIVEN, 100, 200, { supplyMv: 4_000 });
    expect(sampled(tooLow, 210, 300, { supplyMv: 4_399 }).supply).to.equal('tooLow');
    expect(sampled(tooLow, 210, 300, { supplyMv: 4_400 }).supply).to.equal('low');
    expect(sampled(tooLow, 210, 300, { supplyMv: 5_400 }).supply).to.equal('good');
  });

  it('is remembered from drive to drive', () => {
    const low = sampled(DRIVEN, 100, 200, { supplyMv: 5_000 });
    expect(senseDrive(senseDrive(low, false, 1_000), true, 9_000).supply).to.equal('low');
  });
});

describe('Samples', () => {
  it('are quiet through the inrush, and then while they say what is known', () => {
    expect(samplesQuietUntilMs(DRIVEN, 40)).to.equal(100);
    expect(samplesQuietUntilMs(RUNNING, 500)).to.equal(NEVER);
    const doubt = sampled(RUNNING, 510, 510, { currentMa: STALLED_MA });
    expect(samplesQuietUntilMs(doubt, 510)).to.equal(510);
  });

  const arbitrarySample = fc.record({
    currentMa: fc.constantFrom(0, RUNNING_MA, STALLED_MA),
    supplyMv: fc.constantFrom(6_300, 5_300, 5_000, 4_300, 4_000),
  });

  it('said to be quiet change nothing when they are repeated', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(arbitrarySample, fc.integer({ min: 1, max: 12 })), { maxLength: 12 }), (runs) => {
        let motor = DRIVEN;
        let nowMs = 0;
        for (const [sample, times] of runs) {
          for (let time = 0; time < times; time += 1) {
            motor = senseCurrent(motor, LIMITS, sample.currentMa, sample.supplyMv, nowMs);
            const untilMs = Math.min(samplesQuietUntilMs(motor, nowMs), nowMs + 300);
            for (let at = nowMs + 10; at < untilMs; at += 10) {
              expect(senseCurrent(motor, LIMITS, sample.currentMa, sample.supplyMv, at)).to.equal(motor);
            }
            nowMs += 10;
          }
        }
      }),
    );
  });

  it('of any kind never make a load, a supply or a contradiction of fewer than three', () => {
    fc.assert(
      fc.property(fc.array(arbitrarySample, { minLength: 11, maxLength: 40 }), (samples) => {
        let motor = DRIVEN;
        samples.forEach((sample, index) => {
          const next = senseCurrent(motor, LIMITS, sample.currentMa, sample.supplyMv, index * 10);
          if (next.load !== motor.load) expect(motor.differs).to.equal(2);
          if (next.supply !== motor.supply) expect(motor.supplyDiffers).to.equal(2);
          motor = next;
        });
      }),
    );
  });
});
