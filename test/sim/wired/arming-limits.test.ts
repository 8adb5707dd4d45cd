import { expect } from 'chai';
import { type Arming, encodeArm, NO_PIN } from '../../../hal/board-protocol.js';
import { ARMING, BoardUnderTest, ENABLE, IN1, IN2, LAMP, statusIn } from './board-under-test.js';

describe('Arming', () => {
  it('makes the pins of the bridge outputs that are LOW, and answers with the status', () => {
    const bench = new BoardUnderTest();
    expect(bench.arm()).to.include({ state: 'armed', lastTrip: 'none', armRefusal: 'none' });
    const { levels } = bench.surroundings;
    expect([levels[IN1], levels[IN2], levels[ENABLE], levels[LAMP]]).to.deep.equal(['low', 'low', 'low', 'input']);
  });

  it('leaves a bridge without enable its other pins', () => {
    const bench = new BoardUnderTest();
    bench.arm({ enablePin: NO_PIN });
    bench.pass(50);
    bench.write({ [IN1]: 1 });
    bench.pass(3);
    expect(bench.isDriven(IN1)).to.equal(true);
    expect(bench.surroundings.levels[ENABLE]).to.equal('input');
  });

  it('refuses what would not keep the motor safe, and changes nothing then', () => {
    const refused = (arming: Partial<Arming>): string => {
      const bench = new BoardUnderTest();
      const { state, armRefusal } = bench.arm(arming);
      expect([state, ...bench.surroundings.changes]).to.deep.equal(['unarmed']);
      return armRefusal;
    };
    const outOfRange: Partial<Arming>[] = [
      { deadManTimeoutMs: 149 },
      { deadManTimeoutMs: 601 },
      { driveLimitMs: 99 },
      { driveLimitMs: 2901 },
      { coastMs: 49 },
      { coastMs: 501 },
      { stallCounts: 0 },
      { stallCounts: 1024 },
      { supplyCounts: 0 },
      { supplyCounts: 1024 },
      { stallMs: 109 },
      { stallMs: 241 },
    ];
    for (const arming of outOfRange) expect(refused(arming), JSON.stringify(arming)).to.equal('range');
    const unfit: Partial<Arming>[] = [
      { in1Pin: 1 },
      { in2Pin: 20 },
      { in1Pin: NO_PIN },
      { in1Pin: 13 },
      { in1Pin: IN2 },
      { enablePin: IN1 },
      { currentChannel: 6 },
      { supplyChannel: 0 },
      { in1Pin: 14 },
      { lampPins: [LAMP, LAMP] },
      { lampPins: [IN1] },
      { lampPins: [15] },
    ];
    for (const arming of unfit) expect(refused(arming), JSON.stringify(arming)).to.equal('pins');
  });

  it('takes limits at the ends of their ranges, and the LED for a lamp', () => {
    const least = {
      deadManTimeoutMs: 150,
      driveLimitMs: 100,
      coastMs: 50,
      stallCounts: 1,
      supplyCounts: 1,
      stallMs: 110,
    };
    const most = { deadManTimeoutMs: 600, driveLimitMs: 2900, coastMs: 500, stallCounts: 1023, supplyCounts: 1023 };
    expect(new BoardUnderTest().arm({ ...least, lampPins: [13] }).armRefusal).to.equal('none');
    expect(new BoardUnderTest().arm({ ...most, stallMs: 240 }).armRefusal).to.equal('none');
  });

  it('refuses a message with a wrong bit or a wrong length', () => {
    const message = encodeArm(ARMING);
    for (let index = 2; index < message.length - 1; index += 1) {
      const broken = message.map((byte, at) => (at === index ? byte ^ 0x04 : byte));
      const status = statusIn(new BoardUnderTest().ask(...broken));
      expect(status, `byte ${index}`).to.include({ state: 'unarmed', armRefusal: 'checksum' });
    }
    const short = [...message.subarray(0, 10), 0xf7];
    expect(statusIn(new BoardUnderTest().ask(...short)).armRefusal).to.equal('checksum');
  });

  it('keeps an armed board as it was when a later arming is refused', () => {
    const bench = new BoardUnderTest();
    bench.drive(IN1);
    expect(bench.arm({ stallMs: 10 })).to.include({ state: 'armed', armRefusal: 'range' });
    expect(bench.isDriven(IN1)).to.equal(true);
  });

  it('anew stops the motor, and gives pins back that are no longer guarded', () => {
    const bench = new BoardUnderTest();
    bench.drive(IN1);
    bench.arm({ in1Pin: 12 });
    expect(bench.surroundings.levels[IN1]).to.equal('input');
    expect([12, IN2, ENABLE].map((pin) => bench.surroundings.levels[pin])).to.deep.equal(['low', 'low', 'low']);
  });
});
