import { expect } from 'chai';
import { PlantUnderTest } from './plant-under-test.js';

describe('Network', () => {
  it('is down while the fault lasts', () => {
    const { plant, log, clock } = new PlantUnderTest();
    plant.begin();
    plant.setFault('network', 'down', true);
    expect(plant.network.isUp()).to.equal(false);
    clock.advanceTo(5_000);
    plant.setFault('network', 'down', false);
    expect(plant.network.isUp()).to.equal(true);
    expect(log.of('network')).to.deep.equal(['0 network true', '0 network false', '5000 network true']);
  });

  it('flaps every 700 ms, beginning with down, and is up when that ends', () => {
    const { plant, log, clock } = new PlantUnderTest();
    plant.setFault('network', 'flapping', true);
    clock.advanceTo(1_500);
    plant.setFault('network', 'flapping', false);
    clock.advanceTo(10_000);
    expect(log.of('network')).to.deep.equal([
      '0 network false',
      '700 network true',
      '1400 network false',
      '1500 network true',
    ]);
  });

  it('stays down while it flaps and is down as well', () => {
    const { plant, log, clock } = new PlantUnderTest();
    plant.setFault('network', 'flapping', true);
    plant.setFault('network', 'down', true);
    clock.advanceTo(3_000);
    plant.setFault('network', 'flapping', false);
    clock.advanceTo(4_000);
    plant.setFault('network', 'down', false);
    expect(log.of('network')).to.deep.equal(['0 network false', '4000 network true']);
  });
});
