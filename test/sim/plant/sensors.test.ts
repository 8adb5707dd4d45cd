import { expect } from 'chai';
import { PlantUnderTest } from './plant-under-test.js';

describe('Sensors', () => {
  it('read the truth while nothing is wrong', () => {
    const bench = new PlantUnderTest();
    const { sensors, bolt } = bench.plant;
    expect([sensors.extended(), sensors.retracted(), sensors.doorClosed()]).to.deep.equal([false, true, true]);
    bolt.setDrive('extend');
    bench.pass(500);
    expect([sensors.extended(), sensors.retracted()]).to.deep.equal([false, false]);
    expect([sensors.currentMa(), sensors.supplyMv()]).to.deep.equal([90, 6_346]);
    bench.pass(1_000);
    expect([sensors.extended(), sensors.retracted()]).to.deep.equal([true, false]);
  });

  it('stick where their faults say, while the truth goes on', () => {
    const { plant, log } = new PlantUnderTest();
    const { sensors } = plant;
    const cases = [
      { component: 'doorContact', kind: 'stuckOpen', read: () => sensors.doorClosed(), stuckAt: false, truth: true },
      { component: 'extendedSwitch', kind: 'stuckOn', read: () => sensors.extended(), stuckAt: true, truth: false },
      { component: 'retractedSwitch', kind: 'stuckOff', read: () => sensors.retracted(), stuckAt: false, truth: true },
      { component: 'motorSense', kind: 'stuckHigh', read: () => sensors.currentMa(), stuckAt: 2_000, truth: 0 },
    ] as const;
    for (const { component, kind, read, stuckAt, truth } of cases) {
      plant.setFault(component, kind, true);
      expect(read(), component).to.equal(stuckAt);
      plant.setFault(component, kind, false);
      expect(read(), component).to.equal(truth);
    }
    expect(log.of('door', 'bolt', 'motorCurrent')).to.deep.equal([]);
  });

  it('stick the other way, too', () => {
    const bench = new PlantUnderTest({ start: { boltExtended: true } });
    const { plant } = bench;
    plant.setFault('doorContact', 'stuckClosed', true);
    plant.setFault('extendedSwitch', 'stuckOff', true);
    plant.setFault('retractedSwitch', 'stuckOn', true);
    plant.setFault('motorSense', 'shorted', true);
    bench.drive('retract', 2_000);
    plant.hand({ kind: 'openDoor' });
    plant.bolt.setDrive('extend');
    const { sensors } = plant;
    expect(sensors.doorClosed()).to.equal(true);
    expect([sensors.extended(), sensors.retracted(), sensors.currentMa()]).to.deep.equal([false, true, 0]);
  });
});

describe('Faults', () => {
  it('are told once for each change, and forgiven if they change nothing', () => {
    const { plant, log } = new PlantUnderTest();
    for (const present of [false, true, true, false, false]) plant.setFault('camera', 'frozen', present);
    expect(log.of('fault')).to.deep.equal(['0 fault camera frozen true', '0 fault camera frozen false']);
  });

  it('must be of a kind that the component has', () => {
    const { plant } = new PlantUnderTest();
    expect(() => plant.setFault('camera', 'thirsty', true)).to.throw(
      RangeError,
      'camera has no fault thirsty, only unpowered, frozen, restamped, stalled, replayed, slowToBoot',
    );
  });
});
