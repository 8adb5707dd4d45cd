import { expect } from 'chai';
import type { Bench, MakeBench } from './bench.js';
import { bridge, DEAD_MAN_MS, expectFault, loseBoardLink, regainBoardLink, SOON_MS } from './expectations.js';

/** A free bolt is somewhere in the middle after this. */
const HALF_WAY_MS = 500;

/** A board may let the motor coast between two directions of its own accord, for 50 ms. */
const MORE_THAN_COAST_MS = 60;

export function describeBoltMotor(name: string, makeBench: MakeBench): void {
  describe(`bolt motor: ${name}`, () => {
    let bench: Bench;

    beforeEach(async () => {
      bench = await makeBench();
    });

    /** Brings the bolt away from its ends. */
    async function goHalfWay(): Promise<void> {
      bench.hal.boltMotor.extend();
      await bench.advance(HALF_WAY_MS);
      bench.hal.boltMotor.stop();
      await bench.advance(SOON_MS);
    }

    /** How far the bolt moves from now on. */
    async function movesUm(durationMs: number): Promise<number> {
      const fromUm = bench.boltTravelUm();
      await bench.advance(durationMs);
      return bench.boltTravelUm() - fromUm;
    }

    it('is off at power-up until ordered', async () => {
      await bench.advance(5_000);
      expect(bench.bridgeStates()).to.deep.equal(['off']);
      expect(bench.boltTravelUm()).to.equal(0);
    });

    it('is off at the next power-up, whatever it did at power failure', async () => {
      bench.hal.boltMotor.extend();
      await bench.advance(SOON_MS);
      expect(bridge(bench)).to.equal('extend');
      await bench.cyclePower();
      expect(bridge(bench)).to.equal('off');
      expect(await movesUm(5_000)).to.equal(0);
      expect(bench.bridgeStates()).to.deep.equal(['off', 'extend', 'off']);
    });

    it('drives the bolt out, towards locked, until stopped', async () => {
      expect(bench.hal.boltMotor.extend()).to.equal(null);
      expect(await movesUm(HALF_WAY_MS)).to.be.greaterThan(1_000);
      expect(bridge(bench)).to.equal('extend');
      expect(bench.hal.boltMotor.stop()).to.equal(null);
      await bench.advance(SOON_MS);
      expect(bridge(bench)).to.equal('off');
      expect(await movesUm(1_000)).to.equal(0);
    });

    it('drives the bolt in, towards unlocked, until stopped', async () => {
      await goHalfWay();
      expect(bench.hal.boltMotor.retract()).to.equal(null);
      expect(await movesUm(HALF_WAY_MS / 2)).to.be.lessThan(-1_000);
      expect(bridge(bench)).to.equal('retract');
      expect(bench.hal.boltMotor.stop()).to.equal(null);
      await bench.advance(SOON_MS);
      expect(bridge(bench)).to.equal('off');
      expect(await movesUm(1_000)).to.equal(0);
    });

    it('accepts what is so already', async () => {
      const { boltMotor } = bench.hal;
      expect(boltMotor.stop()).to.equal(null);
      expect(boltMotor.stop()).to.equal(null);
      expect(boltMotor.extend()).to.equal(null);
      await bench.advance(SOON_MS);
      expect(boltMotor.extend()).to.equal(null);
      await bench.advance(SOON_MS);
      expect(bench.bridgeStates()).to.deep.equal(['off', 'extend']);
    });

    it('never drives both ways at once, in whatever order it is ordered', async () => {
      await goHalfWay();
      const { boltMotor } = bench.hal;
      const orders = [() => boltMotor.extend(), () => boltMotor.retract(), () => boltMotor.stop()];
      for (const waitMs of [20, MORE_THAN_COAST_MS]) {
        for (const first of orders) {
          for (const second of orders) {
            first();
            second();
            await bench.advance(waitMs);
            first();
            await bench.advance(1);
          }
        }
      }
      expect(bench.bridgeStates()).to.include.members(['off', 'extend', 'retract']).and.not.include('both');
    });

    it('accepts orders although nothing moves: the bolt is there already, or a hand holds it', async () => {
      bench.turnBolt('extend', 0);
      await bench.advance(1_000);
      expect(bench.hal.boltMotor.extend()).to.equal(null);
      expect(await movesUm(500)).to.equal(0);
      bench.hal.boltMotor.stop();
      bench.turnBolt('extend', 2_000);
      await bench.advance(100);
      expect(bench.hal.boltMotor.retract()).to.equal(null);
      expect(await movesUm(500)).to.equal(0);
    });

    it('stays off while a hand moves the bolt', async () => {
      bench.turnBolt('extend', 0);
      expect(await movesUm(1_000)).to.be.greaterThan(20_000);
      expect(bench.bridgeStates()).to.deep.equal(['off']);
    });

    it('refuses without the link to the board, and nothing moves, then or later', async () => {
      await goHalfWay();
      const { boltMotor } = bench.hal;
      await loseBoardLink(bench);
      const before = bench.bridgeStates();
      expectFault(boltMotor.extend(), 'boltMotor');
      expectFault(boltMotor.retract(), 'boltMotor');
      expectFault(boltMotor.stop(), 'boltMotor');
      expectFault(boltMotor.retract(), 'boltMotor');
      expect(await movesUm(3_000)).to.equal(0);
      await regainBoardLink(bench);
      expect(await movesUm(3_000)).to.equal(0);
      expect(bench.bridgeStates()).to.deep.equal(before);
    });

    it('takes orders again once the link is back', async () => {
      await loseBoardLink(bench);
      await regainBoardLink(bench);
      expect(bench.hal.boltMotor.extend()).to.equal(null);
      expect(await movesUm(HALF_WAY_MS)).to.be.greaterThan(1_000);
    });

    for (const death of ['host', 'link'] as const) {
      for (const order of ['extend', 'retract'] as const) {
        it(`is off within 600 ms after the ${death} died while it drove to ${order}, until ordered anew`, async () => {
          bench.turnBolt(order === 'extend' ? 'retract' : 'extend', 0);
          await bench.advance(1_000);
          bench.hal.boltMotor[order]();
          await bench.advance(SOON_MS);
          expect(bridge(bench)).to.equal(order);
          if (death === 'host') bench.killHost();
          else bench.setBoardLink(false);
          await bench.advance(DEAD_MAN_MS);
          expect(bridge(bench)).to.equal('off');
          expect(await movesUm(3_000)).to.equal(0);
          if (death === 'link') await regainBoardLink(bench);
          expect(await movesUm(3_000)).to.equal(0);
        });
      }
    }
  });
}
