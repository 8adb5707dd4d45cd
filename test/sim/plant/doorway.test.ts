import { expect } from 'chai';
import { PlantUnderTest } from './plant-under-test.js';

describe('Doorway', () => {
  it('opens and closes at once, unless it is so already', () => {
    const { plant, log, clock } = new PlantUnderTest();
    expect(plant.hand({ kind: 'closeDoor' })).to.equal('the door is closed already');
    expect(plant.hand({ kind: 'openDoor' })).to.equal(null);
    expect(plant.sensors.doorClosed()).to.equal(false);
    clock.advanceTo(10);
    expect(plant.hand({ kind: 'openDoor' })).to.equal('the door is open already');
    expect(plant.hand({ kind: 'closeDoor' })).to.equal(null);
    expect(log.of('door')).to.deep.equal(['0 door false', '10 door true']);
  });

  it('is held by the bolt once that is through the gap', () => {
    const bench = new PlantUnderTest();
    bench.drive('extend', 150);
    expect(bench.plant.bolt.travelUm()).to.be.within(2_500, 3_000);
    expect(bench.plant.hand({ kind: 'openDoor' })).to.equal(null);
    expect(bench.plant.hand({ kind: 'closeDoor' })).to.equal(null);
    bench.drive('extend', 80);
    expect(bench.plant.bolt.travelUm()).to.be.within(3_001, 4_000);
    expect(bench.plant.hand({ kind: 'openDoor' })).to.equal('the bolt holds the door');
  });

  it('does not close on a bolt that is out', () => {
    const bench = new PlantUnderTest({ start: { boltExtended: true, doorClosed: false } });
    expect(bench.plant.hand({ kind: 'closeDoor' })).to.equal('the bolt hits the frame');
    bench.drive('retract', 1_100);
    expect(bench.plant.hand({ kind: 'closeDoor' })).to.equal(null);
  });

  it('is held by an engaged second lock, and free once that is taken off', () => {
    const { plant, log } = new PlantUnderTest();
    plant.setFault('secondLock', 'engaged', true);
    expect(plant.hand({ kind: 'openDoor' })).to.equal('a second lock holds the door');
    plant.setFault('secondLock', 'engaged', false);
    expect(plant.hand({ kind: 'openDoor' })).to.equal(null);
    expect(log.of('fault', 'door')).to.deep.equal([
      '0 fault secondLock engaged true',
      '0 fault secondLock engaged false',
      '0 door false',
    ]);
  });

  it('cannot be pulled while it is open, and is no longer pulled once it was opened', () => {
    const { plant, clock } = new PlantUnderTest();
    plant.setFault('strikePlate', 'badlyMisaligned', true);
    plant.hand({ kind: 'pullDoor', forMs: 10_000 });
    plant.hand({ kind: 'openDoor' });
    expect(plant.hand({ kind: 'pullDoor', forMs: 10_000 })).to.equal('the door is open');
    plant.hand({ kind: 'closeDoor' });
    plant.bolt.setDrive('extend');
    clock.advanceTo(2_000);
    expect(plant.bolt.place()).to.equal('between');
  });
});
