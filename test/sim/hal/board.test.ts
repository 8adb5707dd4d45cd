import { expect } from 'chai';
import type { Hal } from '../../../hal/contracts/hal.js';
import { HardwareUnderTest } from './hardware-under-test.js';

describe('Board', () => {
  let bench: HardwareUnderTest;
  let hal: Hal;

  beforeEach(() => {
    bench = new HardwareUnderTest();
    bench.hardware.begin();
    ({ hal } = bench.hardware);
    bench.pass(1_000);
    bench.log.take();
  });

  it('drives at once as ordered, and takes the same order twice', () => {
    for (const order of ['extend', 'extend', 'retract', 'stop', 'stop'] as const) {
      expect(hal.boltMotor[order]()).to.equal(null);
    }
    expect(bench.log.of('motor')).to.deep.equal(['1000 motor extend', '1000 motor retract', '1000 motor off']);
  });

  it('ends a drive after 2.8 s, however often it is ordered, and the next order begins another', () => {
    hal.boltMotor.extend();
    bench.pass(2_000);
    hal.boltMotor.extend();
    bench.pass(2_000);
    hal.boltMotor.extend();
    bench.pass(500);
    expect(bench.log.of('motor')).to.deep.equal(['1000 motor extend', '3800 motor off', '5000 motor extend']);
  });

  it('counts a drive from its beginning, through a change of direction', () => {
    hal.boltMotor.extend();
    bench.pass(2_000);
    hal.boltMotor.retract();
    bench.pass(2_000);
    expect(bench.log.of('motor').at(-1)).to.equal('3800 motor off');
  });

  it('refuses every order once the link is known to be down, and does nothing', () => {
    bench.hardware.setFault('boardLink', 'down', true);
    bench.pass(425);
    bench.log.take();
    const refusal = (part: string): unknown => ({ part, detail: 'the host-board link is down' });
    expect(hal.boltMotor.extend()).to.deep.equal(refusal('boltMotor'));
    expect(hal.boltMotor.stop()).to.deep.equal(refusal('boltMotor'));
    expect(hal.cameraPower.switchOn()).to.deep.equal(refusal('cameraPower'));
    expect(hal.cameraPower.switchOff()).to.deep.equal(refusal('cameraPower'));
    expect(hal.indicators.set('jam', true)).to.deep.equal(refusal('indicators'));
    bench.pass(5_000);
    expect(bench.log.lines).to.deep.equal([]);
  });

  it('hears of an order as soon as the link returns, before anybody noticed, and not later', () => {
    bench.hardware.setFault('boardLink', 'down', true);
    expect(hal.boltMotor.extend()).to.equal(null);
    bench.pass(424);
    expect(bench.log.of('motor')).to.deep.equal([]);
    bench.hardware.setFault('boardLink', 'down', false);
    expect(bench.log.of('motor')).to.deep.equal(['1424 motor extend']);
    hal.boltMotor.stop();
    bench.hardware.setFault('boardLink', 'down', true);
    hal.boltMotor.extend();
    bench.pass(425);
    bench.hardware.setFault('boardLink', 'down', false);
    bench.pass(1_000);
    expect(bench.log.of('motor')).to.deep.equal(['1424 motor extend', '1424 motor off']);
  });

  const silences: readonly (readonly ['host' | 'boardLink', string])[] = [
    ['host', 'crashed'],
    ['boardLink', 'down'],
  ];
  for (const [component, kind] of silences) {
    it(`switches motor and lights off not half a second after: ${component} ${kind}; the camera keeps its power`, () => {
      hal.cameraPower.switchOn();
      hal.indicators.set('recording', true);
      hal.boltMotor.extend();
      bench.pass(100);
      bench.hardware.setFault(component, kind, true);
      bench.pass(5_000);
      expect(bench.log.of('motor', 'indicator', 'cameraPower')).to.deep.equal([
        '1000 cameraPower true',
        '1000 indicator recording true',
        '1000 motor extend',
        '1525 motor off',
        '1525 indicator recording false',
      ]);
    });
  }

  it('drives on when the link returns in time', () => {
    hal.boltMotor.extend();
    bench.hardware.setFault('boardLink', 'down', true);
    bench.pass(424);
    bench.hardware.setFault('boardLink', 'down', false);
    bench.pass(1_000);
    expect(bench.log.of('motor')).to.deep.equal(['1000 motor extend']);
  });

  it('obeys no orders of a host that is gone: a booting host finds everything off', () => {
    hal.boltMotor.extend();
    hal.indicators.set('fault', true);
    bench.hardware.setFault('host', 'crashed', true);
    bench.hardware.setFault('host', 'crashed', false);
    bench.pass(1_000);
    expect(bench.log.of('motor', 'indicator', 'host')).to.deep.equal([
      '1000 motor extend',
      '1000 indicator fault true',
      '1000 host false',
      '1250 motor off',
      '1250 indicator fault false',
      '1250 host true',
    ]);
  });

  it('hears of a host that booted during an outage of the link only with its return', () => {
    hal.boltMotor.extend();
    bench.hardware.setFault('boardLink', 'down', true);
    bench.hardware.setFault('host', 'crashed', true);
    bench.hardware.setFault('host', 'crashed', false);
    bench.pass(300);
    bench.hardware.setFault('boardLink', 'down', false);
    expect(bench.log.of('motor')).to.deep.equal(['1000 motor extend', '1300 motor off']);
  });

  it('is off at once without power, in mid-throw, and stays so when power returns; the bolt stays where it is', () => {
    hal.boltMotor.extend();
    hal.indicators.set('jam', true);
    bench.pass(500);
    bench.hardware.setFault('power', 'down', true);
    bench.pass(2_000);
    bench.hardware.setFault('power', 'down', false);
    bench.pass(5_000);
    expect(bench.log.of('motor', 'motorCurrent', 'indicator', 'lockPower', 'host', 'bolt')).to.deep.equal([
      '1000 motor extend',
      '1000 motorCurrent 370',
      '1000 bolt retracted 0',
      '1000 indicator jam true',
      '1032 bolt between 400',
      '1080 motorCurrent 90',
      '1500 lockPower false',
      '1500 host false',
      '1500 motor off',
      '1500 motorCurrent 0',
      '1500 bolt between 11723',
      '1500 indicator jam false',
      '3500 lockPower true',
      '3750 host true',
    ]);
  });

  it('tells of a light only when it changes', () => {
    for (const lit of [true, true, false, false]) hal.indicators.set('recording', lit);
    expect(bench.log.of('indicator')).to.deep.equal([
      '1000 indicator recording true',
      '1000 indicator recording false',
    ]);
  });
});
