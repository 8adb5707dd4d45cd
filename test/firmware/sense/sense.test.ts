import { expect } from 'chai';
import type { Fact } from '../../../firmware/core/events.js';
import type { MotorLimits } from '../../../firmware/sense/motor-sense.js';
import { Sense } from '../../../firmware/sense/sense.js';
import { CountedClock, HalToHand } from '../support/hal-to-hand.js';

const LIMITS: MotorLimits = { nominalMv: 6_000, stallMa: 340, idleMa: 30, lowMv: 5_200, tooLowMv: 4_200 };

class SenseBench {
  readonly clock = new CountedClock();
  readonly hal = new HalToHand();
  readonly sense: Sense;
  private facts: Fact[] = [];

  constructor() {
    this.sense = new Sense(this.clock, LIMITS, (fact) => this.facts.push(fact));
    this.sense.listen(this.hal);
  }

  /** What was told since this was last asked. */
  told(): Fact[] {
    return this.facts.splice(0);
  }

  samples(count: number, currentMa: number, supplyMv = 6_300): this {
    for (let sample = 0; sample < count; sample += 1) {
      this.clock.pass(10);
      this.hal.say.motorCurrent(currentMa, supplyMv);
    }
    return this;
  }

  frames(count: number): this {
    for (let frame = 0; frame < count; frame += 1) {
      this.clock.pass(100);
      const nowMs = this.clock.nowMs();
      this.hal.say.cameraFrames(nowMs, nowMs, nowMs);
    }
    return this;
  }
}

describe('Sense', () => {
  it('passes on what links, door and bolt say', () => {
    const bench = new SenseBench();
    bench.hal.say.boardLink(false);
    bench.hal.say.doorContact(true);
    expect(bench.told()).to.deep.equal([
      { kind: 'boardLinkSensed', up: false },
      { kind: 'doorSensed', closed: true },
    ]);
  });

  const places = [
    [true, false, 'extended'],
    [false, true, 'retracted'],
    [false, false, 'between'],
    [true, true, 'both'],
  ] as const;
  for (const [extended, retracted, place] of places) {
    it(`makes ${place} of switches that say extended ${extended}, retracted ${retracted}`, () => {
      const bench = new SenseBench();
      bench.hal.say.boltSwitches(extended, retracted);
      expect(bench.told()).to.deep.equal([{ kind: 'boltSensed', place }]);
    });
  }

  it('does without switches where there are none', () => {
    const hal = new HalToHand();
    hal.boltSwitches = null;
    const sense = new Sense(new CountedClock(), LIMITS, () => {});
    expect(() => sense.listen(hal)).to.not.throw();
  });

  it('tells of the picture when it changes, not with each frame', () => {
    const bench = new SenseBench();
    bench.hal.say.cameraPower(true);
    bench.frames(20);
    expect(bench.told()).to.deep.equal([{ kind: 'pictureSensed', picture: 'live' }]);
    bench.clock.pass(500);
    bench.sense.wake();
    expect(bench.told()).to.deep.equal([{ kind: 'pictureSensed', picture: 'stale' }]);
    bench.hal.say.cameraPower(false);
    expect(bench.told()).to.deep.equal([{ kind: 'pictureSensed', picture: 'off' }]);
  });

  it('tells of the recording when it is confirmed, lost, or begun anew', () => {
    const bench = new SenseBench();
    bench.hal.say.cameraPower(true);
    bench.frames(3);
    bench.sense.recorder(true);
    bench.frames(5);
    bench.told();
    bench.hal.say.recorder(bench.clock.nowMs());
    expect(bench.told()).to.deep.equal([{ kind: 'recordingSensed', confirmed: true }]);
    bench.sense.recorder(true);
    expect(bench.told()).to.deep.equal([{ kind: 'recordingSensed', confirmed: false }]);
  });

  it('asks to be woken for the camera alone', () => {
    const bench = new SenseBench();
    expect(bench.sense.wakeAtMs()).to.equal(Infinity);
    bench.hal.say.cameraPower(true);
    expect(bench.sense.wakeAtMs()).to.equal(1_000);
  });

  it('tells of load and supply when they change', () => {
    const bench = new SenseBench();
    bench.sense.drive(true);
    bench.samples(30, 90);
    expect(bench.told()).to.be.empty;
    bench.samples(10, 370);
    expect(bench.told()).to.deep.equal([{ kind: 'motorSensed', load: 'stalled' }]);
    bench.samples(10, 370, 5_000);
    expect(bench.told()).to.deep.equal([{ kind: 'supplySensed', level: 'low' }]);
  });

  it('tells of a contradiction once a drive', () => {
    const bench = new SenseBench();
    const contradictions = (): number => bench.told().filter(({ kind }) => kind === 'contradictionSensed').length;
    bench.sense.drive(true);
    bench.samples(50, 0);
    expect(contradictions()).to.equal(1);
    bench.sense.drive(false);
    bench.samples(10, 0);
    expect(contradictions()).to.equal(0);
    bench.sense.drive(true);
    bench.samples(50, 0);
    expect(contradictions()).to.equal(1);
  });

  it('says until when it can do without samples and frames', () => {
    const bench = new SenseBench();
    bench.sense.drive(true);
    expect(bench.sense.samplesQuietUntilMs()).to.equal(100);
    expect(bench.sense.heartbeatsOnlyRearm()).to.equal(false);
    bench.hal.say.cameraPower(true);
    bench.frames(2);
    expect(bench.sense.heartbeatsOnlyRearm()).to.equal(true);
  });
});
