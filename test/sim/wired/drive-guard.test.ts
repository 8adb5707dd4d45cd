import { expect } from 'chai';
import { encodeArm } from '../../../hal/board-protocol.js';
import { ARMING, BoardUnderTest, ENABLE, IN1, IN2, LAMP, OTHER_OUTPUT, statusIn } from './board-under-test.js';

/** Of a motor at the nominal supply, behind 1 V per A. */
const RUNNING_MV = 90;
const STALLED_MV = 370;

describe('DriveGuard', () => {
  describe('a drive', () => {
    it('needs a direction and the enable, and ends with either', () => {
      for (const end of [IN1, ENABLE]) {
        const bench = new BoardUnderTest();
        bench.arm();
        bench.pass(50);
        bench.write({ [IN1]: 1 });
        bench.pass(3);
        expect(bench.isDriven(IN1)).to.equal(false);
        bench.write({ [ENABLE]: 1 });
        bench.pass(3);
        expect([IN1, IN2, ENABLE].map((pin) => bench.isDriven(pin))).to.deep.equal([true, false, true]);
        bench.write({ [end]: 0 });
        bench.pass(3);
        expect([IN1, IN2, ENABLE].map((pin) => bench.isDriven(pin))).to.deep.equal([false, false, false]);
        expect(bench.status().drives).to.equal(1);
      }
    });

    it('waits for the coast after the arming: what was before a reset is not known', () => {
      const bench = new BoardUnderTest();
      bench.host(...encodeArm(ARMING));
      bench.write({ [ENABLE]: 1, [IN2]: 1 });
      bench.pass(50);
      expect(bench.isDriven(IN2)).to.equal(false);
      bench.pass(10);
      expect(bench.isDriven(IN2)).to.equal(true);
    });

    it('waits for the coast after another, whichever way it goes', () => {
      for (const next of [IN1, IN2]) {
        const bench = new BoardUnderTest();
        bench.drive(IN1);
        bench.write({ [IN1]: 0 });
        bench.write({ [next]: 1 });
        bench.pass(100);
        const { changes } = bench.surroundings;
        const offMs = changes.find(({ pin }) => pin === IN1)?.atMs ?? NaN;
        const onMs = changes.find(({ pin, level }) => pin === next && level === 'high')?.atMs ?? NaN;
        expect(onMs - offMs).to.be.within(50, 52);
        expect(bench.status().drives).to.equal(2);
      }
    });

    it('waits for the coast after an arming that swaps the directions', () => {
      const bench = new BoardUnderTest();
      bench.drive(IN1);
      bench.host(...encodeArm({ ...ARMING, in1Pin: IN2, in2Pin: IN1 }), 0xf5, ENABLE, 1, 0xf5, IN2, 1);
      bench.pass(100);
      const { changes } = bench.surroundings;
      const offMs = changes.find(({ pin, level }) => pin === IN1 && level === 'low')?.atMs ?? NaN;
      const onMs = changes.find(({ pin, level }) => pin === IN2 && level === 'high')?.atMs ?? NaN;
      expect(onMs - offMs).to.be.within(50, 52);
    });

    it('of both directions at once is none, until the host has both LOW', () => {
      const bench = new BoardUnderTest();
      bench.drive(IN1);
      bench.surroundings.takeHeard();
      bench.write({ [IN2]: 1 });
      bench.pass(10);
      expect(statusIn(bench.surroundings.takeHeard())).to.include({
        state: 'armed',
        lastTrip: 'bothDirections',
        bothDirectionsTrips: 1,
      });
      bench.write({ [IN1]: 0 });
      bench.passAlive(200);
      expect(bench.isDriven(IN2)).to.equal(false);
      bench.write({ [IN2]: 0 });
      bench.pass(5);
      bench.write({ [IN2]: 1 });
      bench.pass(5);
      expect(bench.isDriven(IN2)).to.equal(true);
    });

    it('ends at the limit, and begins again only from LOW', () => {
      const bench = new BoardUnderTest();
      const startMs = bench.drive(IN1);
      bench.passAlive(2900);
      expect((bench.surroundings.changes[0]?.atMs ?? NaN) - startMs).to.be.within(2799, 2801);
      expect(bench.status()).to.include({ state: 'armed', lastTrip: 'driveLimit', driveLimitTrips: 1, drives: 1 });
      bench.write({ [IN1]: 1 });
      bench.passAlive(100);
      expect(bench.isDriven(IN1)).to.equal(false);
      bench.write({ [IN1]: 0 });
      bench.pass(5);
      bench.write({ [IN1]: 1 });
      bench.pass(5);
      expect(bench.isDriven(IN1)).to.equal(true);
    });
  });

  it('lets the host change no mode of the pins that it guards', () => {
    const bench = new BoardUnderTest();
    bench.drive(IN1);
    bench.ask(0xf4, IN1, 0, 0xf4, IN2, 11, 0xf4, 14, 0);
    expect(bench.surroundings.changes).to.deep.equal([]);
    expect(bench.ask(0xf0, 0x6d, 14, 0xf7)).to.deep.equal(['f0 6e 0e 02 00 f7']);
  });

  describe('a stall', () => {
    it('ends the drive after its time, and only if it is unbroken', () => {
      const bench = new BoardUnderTest();
      bench.load(RUNNING_MV);
      bench.drive(IN1);
      bench.load(STALLED_MV);
      bench.passAlive(190);
      bench.load(RUNNING_MV);
      bench.passAlive(10);
      bench.load(STALLED_MV);
      const stalledMs = bench.nowMs();
      bench.surroundings.takeHeard();
      bench.passAlive(190);
      expect(bench.isDriven(IN1)).to.equal(true);
      bench.passAlive(50);
      const [off] = bench.surroundings.changes;
      expect((off?.atMs ?? NaN) - stalledMs).to.be.within(200, 204);
      expect(bench.status()).to.include({ state: 'armed', lastTrip: 'overCurrent', overCurrentTrips: 1 });
    });

    it('is measured against the supply as it is', () => {
      const tripsAt = (currentMv: number, supplyMv: number): number => {
        const bench = new BoardUnderTest();
        bench.drive(IN1);
        bench.load(currentMv, supplyMv);
        bench.passAlive(400);
        return bench.status().overCurrentTrips;
      };
      // 330 mA at 6 V are 220 mA at 4 V.
      expect(tripsAt(320, 3000)).to.equal(0);
      expect(tripsAt(335, 3000)).to.equal(1);
      expect(tripsAt(210, 2000)).to.equal(0);
      expect(tripsAt(230, 2000)).to.equal(1);
    });

    it('is none while the motor is off', () => {
      const bench = new BoardUnderTest();
      bench.arm();
      bench.load(STALLED_MV);
      bench.passAlive(1000);
      expect(bench.status().overCurrentTrips).to.equal(0);
    });
  });

  describe('the dead-man', () => {
    it('takes bridge and lamps down when the host falls silent, and holds them until armed anew', () => {
      const bench = new BoardUnderTest();
      bench.arm();
      bench.ask(0xf4, LAMP, 1, 0xf5, LAMP, 1, 0xf4, OTHER_OUTPUT, 1, 0xf5, OTHER_OUTPUT, 1);
      bench.write({ [ENABLE]: 1, [IN2]: 1 });
      bench.pass(5);
      bench.surroundings.takeChanges();
      bench.surroundings.takeHeard();
      const silentMs = bench.nowMs();
      bench.pass(600);
      const offMs = bench.surroundings.changes.map(({ atMs }) => atMs - silentMs);
      for (const ms of offMs) expect(ms).to.be.within(490, 501);
      expect([IN2, ENABLE, LAMP, OTHER_OUTPUT].map((pin) => bench.isDriven(pin))).to.deep.equal([
        false,
        false,
        false,
        true,
      ]);
      expect(statusIn(bench.surroundings.takeHeard())).to.include({
        state: 'tripped',
        lastTrip: 'deadMan',
        deadManTrips: 1,
      });

      bench.write({ [IN2]: 0, [ENABLE]: 1, [LAMP]: 1 });
      bench.write({ [IN2]: 1, [OTHER_OUTPUT]: 0 });
      bench.pass(100);
      expect([IN2, ENABLE, LAMP, OTHER_OUTPUT].map((pin) => bench.isDriven(pin))).to.deep.equal([
        false,
        false,
        false,
        false,
      ]);
      expect(bench.arm()).to.include({ state: 'armed', lastTrip: 'deadMan' });
      bench.write({ [ENABLE]: 1, [IN2]: 1, [LAMP]: 1 });
      bench.pass(60);
      expect([IN2, ENABLE, LAMP].map((pin) => bench.isDriven(pin))).to.deep.equal([true, true, true]);
    });

    it('makes the next drive wait for a whole coast after the arming', () => {
      const bench = new BoardUnderTest();
      bench.drive(IN1);
      bench.pass(520);
      bench.surroundings.takeChanges();
      bench.host(...encodeArm(ARMING), 0xf5, ENABLE, 1, 0xf5, IN2, 1);
      const armedMs = bench.nowMs() + 5;
      bench.pass(100);
      const on = bench.surroundings.changes.find(({ pin, level }) => pin === IN2 && level === 'high');
      expect((on?.atMs ?? NaN) - armedMs).to.be.within(50, 52);
    });

    it('says nothing of it if the power fails at that very moment', () => {
      const bench = new BoardUnderTest();
      const silentMs = bench.drive(IN1);
      bench.surroundings.takeHeard();
      bench.clock.alarm(() => bench.device.setPower(false)).set(silentMs + 500);
      bench.pass(700);
      expect(bench.surroundings.levels[IN1]).to.equal('input');
      expect(bench.surroundings.heard).to.deep.equal([]);
    });

    it('is kept quiet by whatever the board understands, and by nothing else', () => {
      const tripsWith = (...bytes: number[]): number => {
        const bench = new BoardUnderTest();
        bench.arm();
        for (let sent = 0; sent < 20; sent += 1) {
          bench.host(...bytes);
          bench.pass(100);
        }
        return bench.status().deadManTrips;
      };
      expect(tripsWith(0xf9)).to.equal(0);
      expect(tripsWith(0xf0, 0x02, 0xf7)).to.equal(0);
      expect(tripsWith(0x90, 0, 0)).to.equal(0);
      expect(tripsWith(...encodeArm({ ...ARMING, stallMs: 5 }))).to.equal(0);
      expect(tripsWith()).to.equal(1);
      expect(tripsWith(0x55)).to.equal(1);
      expect(tripsWith(0xf0, 0x55, 0xf7)).to.equal(1);
      expect(tripsWith(0x90)).to.equal(1);
    });

    it('latches until a reset or the next power; the counters outlast both', () => {
      const bench = new BoardUnderTest();
      bench.arm();
      bench.pass(2000);
      expect(bench.status()).to.include({ state: 'tripped', deadManTrips: 1 });
      bench.device.setPower(false);
      bench.device.setPower(true);
      expect(bench.status()).to.include({ state: 'unarmed', lastTrip: 'none', deadManTrips: 1 });
    });
  });

  it('never has both directions HIGH, whatever the host sends', () => {
    const bench = new BoardUnderTest();
    bench.arm();
    for (const [pin, level] of [
      [ENABLE, 1],
      [IN1, 1],
      [IN2, 1],
      [IN1, 0],
      [IN2, 0],
      [IN2, 1],
      [IN1, 1],
      [IN2, 0],
    ] as const) {
      bench.write({ [pin]: level });
      bench.pass(60);
    }
    const levels: string[] = [];
    const together = bench.surroundings.changes.filter(({ pin, level }) => {
      levels[pin] = level;
      return levels[IN1] === 'high' && levels[IN2] === 'high';
    });
    expect(together).to.deep.equal([]);
    expect(bench.status().bothDirectionsTrips).to.equal(2);
  });
});
