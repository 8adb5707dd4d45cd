import { expect } from 'chai';
import { DOOR_PROFILES, LOCK_PROFILES } from '../../../sim/plant/profiles.js';
import { PlantUnderTest } from './plant-under-test.js';

describe('Bolt', () => {
  it('throws in about a second: inrush, running current, and a stall at the end stop', () => {
    const { plant, log, clock } = new PlantUnderTest();
    plant.bolt.setDrive('extend');
    clock.advanceTo(2_000);
    expect(log.of('motor', 'motorCurrent', 'motorStalled', 'bolt')).to.deep.equal([
      '0 motor extend',
      '0 motorCurrent 370',
      '0 bolt retracted 0',
      '32 bolt between 400',
      '80 motorCurrent 90',
      '1021 bolt extended 25000',
      '1037 motorCurrent 370',
      '1037 motorStalled true',
      '1037 bolt extended 25400',
    ]);
  });

  it('comes back the same way, and the switches change just past their points', () => {
    const { plant, log, clock } = new PlantUnderTest({ start: { boltExtended: true } });
    plant.bolt.setDrive('retract');
    clock.advanceTo(2_000);
    expect(log.of('bolt')).to.deep.equal([
      '0 bolt extended 25400',
      '32 bolt between 24999',
      '1021 bolt retracted 399',
      '1037 bolt retracted 0',
    ]);
  });

  it('stays where it is when the drive ends, mid-throw too', () => {
    const bench = new PlantUnderTest();
    bench.drive('extend', 500);
    const restUm = bench.plant.bolt.travelUm();
    expect(restUm).to.be.within(11_000, 12_500);
    expect(bench.log.take('motor', 'motorCurrent', 'bolt').slice(-3)).to.deep.equal([
      '500 motor off',
      '500 motorCurrent 0',
      `500 bolt between ${Math.round(restUm)}`,
    ]);
    bench.pass(10_000);
    expect(bench.plant.bolt.travelUm()).to.equal(restUm);
    expect(bench.log.lines).to.deep.equal([]);
  });

  it('turns round at once when the other direction is driven', () => {
    const { plant, log, clock } = new PlantUnderTest();
    plant.bolt.setDrive('extend');
    clock.advanceTo(500);
    log.take();
    plant.bolt.setDrive('retract');
    clock.advanceTo(2_000);
    expect(log.of('motor', 'bolt')).to.deep.equal([
      '500 motor retract',
      '500 bolt between 11723',
      '985 bolt retracted 399',
      '1001 bolt retracted 0',
    ]);
  });

  it('knows its place at any instant between two events', () => {
    const { plant, clock } = new PlantUnderTest();
    plant.bolt.setDrive('extend');
    let beforeUm = 0;
    for (let nowMs = 10; nowMs <= 1_000; nowMs += 10) {
      clock.advanceTo(nowMs);
      const travelUm = plant.bolt.travelUm();
      expect(travelUm - beforeUm, `between ${nowMs - 10} and ${nowMs} ms`).to.be.within(100, 260);
      beforeUm = travelUm;
    }
  });

  it('sags the supply by the current through its internal resistance', () => {
    const { plant, clock } = new PlantUnderTest();
    expect(plant.bolt.supplyMv()).to.equal(6_400);
    plant.bolt.setDrive('extend');
    expect(plant.bolt.supplyMv()).to.equal(6_400 - 370 * 0.6);
    clock.advanceTo(200);
    expect(plant.bolt.supplyMv()).to.equal(6_400 - 90 * 0.6);
  });

  it('draws at a stall just what the sagged supply drives through the windings', () => {
    for (const lock of [LOCK_PROFILES.slim, LOCK_PROFILES.sturdy]) {
      for (const battery of ['fresh', 'weak', 'nearlyEmpty']) {
        const { plant, clock } = new PlantUnderTest({ lock, start: { boltExtended: true } });
        if (battery !== 'fresh') plant.setFault('battery', battery, true);
        plant.bolt.setDrive('extend');
        clock.advanceTo(500);
        const { bolt } = plant;
        expect(bolt.currentMa()).to.be.closeTo(bolt.supplyMv() / lock.motor.windingOhms, 4);
      }
    }
  });

  for (const lock of [LOCK_PROFILES.slim, LOCK_PROFILES.sturdy]) {
    describe(`of the ${lock.name} lock`, () => {
      it('still throws within 2.5 s on a weak battery, more slowly, and sags below 4.9 V while it runs', () => {
        const fresh = new PlantUnderTest({ lock });
        const weak = new PlantUnderTest({ lock });
        weak.plant.setFault('battery', 'weak', true);
        for (const { plant } of [fresh, weak]) plant.bolt.setDrive('extend');
        weak.pass(500);
        expect(weak.plant.bolt.supplyMv()).to.be.within(4_000, 4_900);
        fresh.pass(1_100);
        weak.pass(600);
        expect(fresh.plant.bolt.place()).to.equal('extended');
        expect(weak.plant.bolt.place()).to.equal('between');
        weak.pass(1_400);
        expect(weak.plant.bolt.place()).to.equal('extended');
      });

      it('cannot even start on a nearly empty battery, and goes on once it is changed', () => {
        const { plant, clock } = new PlantUnderTest({ lock });
        plant.setFault('battery', 'nearlyEmpty', true);
        plant.bolt.setDrive('extend');
        clock.advanceTo(1_000);
        expect(plant.bolt.travelUm()).to.equal(0);
        expect(plant.bolt.supplyMv()).to.be.below(2_000);
        plant.setFault('battery', 'nearlyEmpty', false);
        clock.advanceTo(2_100);
        expect(plant.bolt.place()).to.equal('extended');
      });

      for (const battery of ['fresh', 'weak']) {
        it(`goes home through a mended plate, with a ${battery} supply`, () => {
          for (let seed = 0; seed < 200; seed += 1) {
            const bench = new PlantUnderTest({ lock, seed, door: DOOR_PROFILES.mended });
            bench.plant.setFault('battery', 'weak', battery === 'weak');
            bench.drive('extend', 2_500);
            expect(bench.plant.bolt.place(), `seed ${seed}`).to.equal('extended');
          }
        });
      }
    });
  }

  it('nearly stalls in a mended plate: the margin of the slim lock is thin', () => {
    const { plant, clock } = new PlantUnderTest({ door: DOOR_PROFILES.mended });
    plant.setFault('battery', 'weak', true);
    plant.bolt.setDrive('extend');
    clock.advanceTo(1_000);
    const { bolt } = plant;
    expect(bolt.currentMa() / (bolt.supplyMv() / LOCK_PROFILES.slim.motor.windingOhms)).to.be.within(0.8, 0.95);
  });

  it('runs free where the door is open, whatever the plate', () => {
    const bench = new PlantUnderTest({ door: DOOR_PROFILES.badlyMisaligned, start: { doorClosed: false } });
    bench.drive('extend', 1_100);
    expect(bench.plant.bolt.place()).to.equal('extended');
  });

  it('goes on from a jam as soon as the door is pulled, and only then', () => {
    const { plant, log, clock } = new PlantUnderTest({ door: DOOR_PROFILES.badlyMisaligned });
    plant.bolt.setDrive('extend');
    clock.advanceTo(2_000);
    expect(plant.bolt.travelUm()).to.equal(12_000);
    log.take();
    expect(plant.hand({ kind: 'pullDoor', forMs: 1_000 })).to.equal(null);
    clock.advanceTo(2_600);
    expect(log.of('motorCurrent', 'motorStalled', 'bolt')).to.deep.equal([
      '2000 motorCurrent 90',
      '2000 motorStalled false',
      '2000 bolt between 12000',
      '2510 bolt extended 25000',
      '2526 motorCurrent 370',
      '2526 motorStalled true',
      '2526 bolt extended 25400',
    ]);
  });

  it('jams again where the bolt is when the pull ends too soon', () => {
    const { plant, clock } = new PlantUnderTest({ door: DOOR_PROFILES.badlyMisaligned });
    plant.bolt.setDrive('extend');
    clock.advanceTo(2_000);
    plant.hand({ kind: 'pullDoor', forMs: 50 });
    clock.advanceTo(4_000);
    expect(plant.bolt.travelUm()).to.be.within(12_500, 14_000);
    plant.hand({ kind: 'pullDoor', forMs: 1_000 });
    clock.advanceTo(6_000);
    expect(plant.bolt.place()).to.equal('extended');
  });

  describe('under a hand', () => {
    it('moves all the way in 400 ms, and is let go', () => {
      const { plant, log, clock } = new PlantUnderTest();
      expect(plant.hand({ kind: 'turn', what: 'key', way: 'extend', holdMs: 0 })).to.equal(null);
      clock.advanceTo(1_000);
      expect(log.of('hand', 'bolt', 'motorCurrent')).to.deep.equal([
        '0 hand extend',
        '0 bolt retracted 0',
        '7 bolt between 400',
        '395 bolt extended 25000',
        '402 hand none',
        '402 bolt extended 25400',
      ]);
    });

    it('beats the motor, which stalls against it and has its way when let go', () => {
      const { plant, log, clock } = new PlantUnderTest({ start: { boltExtended: true } });
      plant.bolt.setDrive('retract');
      clock.advanceTo(600);
      log.take();
      plant.hand({ kind: 'turn', what: 'thumbTurn', way: 'extend', holdMs: 300 });
      clock.advanceTo(3_000);
      expect(log.of('hand', 'bolt', 'motorCurrent', 'motorStalled')).to.deep.equal([
        '600 hand extend',
        '600 motorCurrent 370',
        '600 motorStalled true',
        '600 bolt between 11125',
        '819 bolt extended 25000',
        '826 bolt extended 25400',
        '1126 hand none',
        '1126 motorCurrent 90',
        '1126 motorStalled false',
        '1126 bolt extended 25400',
        '1142 bolt between 24999',
        '2107 bolt retracted 399',
        '2123 motorCurrent 370',
        '2123 motorStalled true',
        '2123 bolt retracted 0',
      ]);
    });

    it('helps a motor that turns the same way: it runs free, and stalls at the end stop', () => {
      const { plant, log, clock } = new PlantUnderTest();
      plant.bolt.setDrive('extend');
      plant.hand({ kind: 'turn', what: 'key', way: 'extend', holdMs: 100 });
      clock.advanceTo(450);
      expect(log.of('motorCurrent', 'motorStalled')).to.deep.equal([
        '0 motorCurrent 370',
        '0 motorCurrent 60',
        '402 motorCurrent 370',
        '402 motorStalled true',
      ]);
    });

    it('may change its mind half-way', () => {
      const { plant, log, clock } = new PlantUnderTest();
      plant.hand({ kind: 'turn', what: 'key', way: 'extend', holdMs: 0 });
      clock.advanceTo(200);
      plant.hand({ kind: 'turn', what: 'key', way: 'retract', holdMs: 0 });
      clock.advanceTo(1_000);
      expect(plant.bolt.travelUm()).to.equal(0);
      expect(log.of('hand')).to.deep.equal(['0 hand extend', '200 hand retract', '401 hand none']);
    });

    it('does not get a bolt through a misaligned plate, unless it pulls the door', () => {
      for (const door of [DOOR_PROFILES.misaligned, DOOR_PROFILES.badlyMisaligned]) {
        const { plant, clock } = new PlantUnderTest({ door });
        const turn = { kind: 'turn', what: 'key', way: 'extend', holdMs: 0 } as const;
        expect(plant.hand(turn)).to.equal('the bolt meets the strike plate');
        clock.advanceTo(1_000);
        expect(plant.bolt.travelUm()).to.equal(12_000);
        plant.hand({ kind: 'pullDoor', forMs: 1_000 });
        expect(plant.hand(turn)).to.equal(null);
        clock.advanceTo(2_000);
        expect(plant.bolt.place()).to.equal('extended');
      }
    });

    it('holds on anew where a pull of the door lets it turn further', () => {
      const { plant, log, clock } = new PlantUnderTest({ door: DOOR_PROFILES.badlyMisaligned });
      plant.hand({ kind: 'turn', what: 'thumbTurn', way: 'extend', holdMs: 500 });
      clock.advanceTo(300);
      plant.hand({ kind: 'pullDoor', forMs: 1_000 });
      clock.advanceTo(2_000);
      expect(log.of('hand', 'bolt')).to.deep.equal([
        '0 hand extend',
        '0 bolt retracted 0',
        '7 bolt between 400',
        '190 bolt between 12000',
        '300 bolt between 12000',
        '505 bolt extended 25000',
        '512 bolt extended 25400',
        '1012 hand none',
      ]);
    });

    it('always gets the bolt out of any plate', () => {
      for (const door of Object.values(DOOR_PROFILES)) {
        const { plant, clock } = new PlantUnderTest({ door, start: { boltExtended: true } });
        expect(plant.hand({ kind: 'turn', what: 'thumbTurn', way: 'retract', holdMs: 0 })).to.equal(null);
        clock.advanceTo(410);
        expect(plant.bolt.travelUm(), door.name).to.equal(0);
      }
    });
  });

  for (const battery of ['fresh', 'weak']) {
    it(`gets out of any plate by either motor, with a ${battery} supply`, () => {
      for (const door of Object.values(DOOR_PROFILES)) {
        for (const lock of Object.values(LOCK_PROFILES)) {
          const bench = new PlantUnderTest({ door, lock, start: { boltExtended: true } });
          bench.plant.setFault('battery', 'weak', battery === 'weak');
          bench.drive('retract', 2_500);
          expect(bench.plant.bolt.place(), `${door.name} ${lock.name}`).to.equal('retracted');
        }
      }
    });
  }
});
