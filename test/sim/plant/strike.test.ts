import { expect } from 'chai';
import * as fc from 'fast-check';
import type { DoorProfile, LockProfile } from '../../../sim/plant/profiles.js';
import { DOOR_PROFILES, LOCK_PROFILES } from '../../../sim/plant/profiles.js';
import { PlantUnderTest } from './plant-under-test.js';

/** Locks as the firmware does: drive, and after a jam a relief reversal and another try. Returns the jams, 9 at most. */
function jamsOnLocking(bench: PlantUnderTest): number {
  for (let count = 0; count < 9; count += 1) {
    bench.drive('extend', 2_500);
    if (bench.plant.bolt.place() === 'extended') return count;
    bench.drive('retract', 150);
  }
  return 9;
}

function jams(door: DoorProfile, lock: LockProfile, seed: number): number {
  return jamsOnLocking(new PlantUnderTest({ door, lock, seed }));
}

function forAnySeed(check: (seed: number) => void): void {
  fc.assert(fc.property(fc.maxSafeInteger(), check));
}

describe('Strike', () => {
  const { slim, sturdy } = LOCK_PROFILES;

  it('misaligned jams the slim lock twice, then lets it home, for any seed', () => {
    forAnySeed((seed) => {
      expect(jams(DOOR_PROFILES.misaligned, slim, seed)).to.equal(2);
    });
  });

  it('misaligned never jams the sturdy lock', () => {
    forAnySeed((seed) => {
      expect(jams(DOOR_PROFILES.misaligned, sturdy, seed)).to.equal(0);
    });
  });

  it('badly misaligned jams both locks for good, for any seed', () => {
    forAnySeed((seed) => {
      expect(jams(DOOR_PROFILES.badlyMisaligned, slim, seed)).to.equal(9);
      expect(jams(DOOR_PROFILES.badlyMisaligned, sturdy, seed)).to.equal(9);
    });
  });

  it('aligned and mended never jam, for any seed', () => {
    forAnySeed((seed) => {
      expect(jams(DOOR_PROFILES.aligned, slim, seed)).to.equal(0);
      expect(jams(DOOR_PROFILES.mended, slim, seed)).to.equal(0);
    });
  });

  it('of an old door jams now and then, once, by the closing and not by the time', () => {
    const history = (pauseMs: number): number[] => {
      const bench = new PlantUnderTest({ door: DOOR_PROFILES.old, seed: 3 });
      return Array.from({ length: 40 }, () => {
        bench.pass(pauseMs);
        bench.plant.hand({ kind: 'openDoor' });
        bench.plant.hand({ kind: 'closeDoor' });
        const count = jamsOnLocking(bench);
        bench.drive('retract', 2_500);
        return count;
      });
    };
    const counts = history(0);
    expect(new Set(counts)).to.deep.equal(new Set([0, 1]));
    expect(counts.filter((count) => count === 1).length).to.be.within(3, 15);
    expect(history(777)).to.deep.equal(counts);
  });

  it('settles with reliefs only: trying again without one changes nothing', () => {
    const bench = new PlantUnderTest({ door: DOOR_PROFILES.misaligned });
    for (let attempt = 0; attempt < 5; attempt += 1) bench.drive('extend', 1_000);
    expect(bench.plant.bolt.place()).to.equal('between');
    expect(jamsOnLocking(bench)).to.equal(2);
  });

  it('begins anew with each closing of the door', () => {
    const bench = new PlantUnderTest({ door: DOOR_PROFILES.misaligned });
    for (let visit = 0; visit < 3; visit += 1) {
      expect(jamsOnLocking(bench)).to.equal(2);
      bench.drive('retract', 2_500);
      bench.plant.hand({ kind: 'openDoor' });
      bench.plant.hand({ kind: 'closeDoor' });
    }
  });

  it('never lets a relief of 400 ms reach the retracted switch', () => {
    for (const lock of [slim, sturdy]) {
      const bench = new PlantUnderTest({ door: DOOR_PROFILES.badlyMisaligned, lock });
      bench.drive('extend', 1_000);
      bench.drive('retract', 400);
      expect(bench.plant.bolt.place()).to.equal('between');
    }
  });

  it('follows its faults and mending: misaligned, worse, mended, and back to what the door was', () => {
    const bench = new PlantUnderTest({ door: DOOR_PROFILES.aligned });
    const lockAndUnlock = (): number => {
      const count = jamsOnLocking(bench);
      bench.drive('retract', 2_500);
      return count;
    };
    const { plant, log } = bench;
    plant.setFault('strikePlate', 'misaligned', true);
    expect(lockAndUnlock()).to.equal(2);
    plant.setFault('strikePlate', 'badlyMisaligned', true);
    expect(lockAndUnlock()).to.equal(9);
    log.take();
    expect(plant.hand({ kind: 'mendStrikePlate' })).to.equal(null);
    expect(log.of('fault')).to.have.length(2);
    expect(lockAndUnlock()).to.equal(0);
    expect(log.of('motorCurrent').join()).to.match(/motorCurrent 2[0-4]\d/);
    plant.setFault('strikePlate', 'misaligned', true);
    expect(lockAndUnlock()).to.equal(2);
    plant.setFault('strikePlate', 'misaligned', false);
    log.take();
    expect(lockAndUnlock()).to.equal(0);
    expect(log.of('motorCurrent').join()).to.not.match(/motorCurrent 2[0-4]\d/);
  });

  it('frees a bolt that stands in it when it is mended under a driven motor', () => {
    const { plant, clock } = new PlantUnderTest({ door: DOOR_PROFILES.badlyMisaligned });
    plant.bolt.setDrive('extend');
    clock.advanceTo(1_500);
    plant.hand({ kind: 'mendStrikePlate' });
    clock.advanceTo(3_000);
    expect(plant.bolt.place()).to.equal('extended');
  });
});
