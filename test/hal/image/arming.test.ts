import { expect } from 'chai';
import type { Arming } from '../../../hal/board-protocol.js';
import { encodeArm, NO_PIN } from '../../../hal/board-protocol.js';
import { armedBench, ARMING, bootedBench } from './image-bench.js';

const { in1Pin, in2Pin, enablePin } = ARMING;
const BRIDGE = [in1Pin, in2Pin, enablePin];

describe('board image: unarmed', () => {
  it('keeps every pin a plain input, whatever the host asks for', () => {
    const bench = bootedBench();
    bench.changes.length = 0;
    for (let pin = 0; pin < 24; pin++) {
      bench.send(0xf4, pin, 0x0b, 0xf4, pin, 1, 0xf5, pin, 1);
    }
    for (let port = 0; port < 4; port++) bench.send(0x90 | port, 0x7f, 1);
    bench.run(300);
    expect(bench.changes).to.deep.equal([]);
  });

  it('grants the pull-ups that were asked for once it is armed, but none to the bridge', () => {
    const bench = bootedBench();
    for (const pin of [2, in1Pin, 14]) bench.send(0xf4, pin, 0x0b);
    bench.run(10);
    bench.arm();
    expect(bench.levels[2]).to.equal('inputPullUp');
    expect(bench.levels[in1Pin]).to.equal('low');
    expect(bench.levels[14]).to.equal('input');
    expect(bench.changes.filter(({ level }) => level === 'inputPullUp')).to.have.length(1);
  });
});

describe('board image: arming', () => {
  it('answers with its status, and makes the bridge LOW outputs', () => {
    const bench = bootedBench();
    expect(bench.arm()).to.include({ state: 'armed', armRefusal: 'none' });
    for (const pin of BRIDGE) expect(bench.levels[pin]).to.equal('low');
  });

  it('refuses a wrong check sum, and a wrong length', () => {
    const bench = bootedBench();
    const message = encodeArm(ARMING);
    for (const [index, byte] of message.entries()) {
      if (index < 2 || index === message.length - 1) continue;
      bench.exchange(...message.map((each, place) => (place === index ? byte ^ 1 : each)));
      expect(bench.status(), `byte ${index}`).to.include({ state: 'unarmed', armRefusal: 'checksum' });
    }
    bench.exchange(...message.slice(0, -2), 0xf7);
    expect(bench.status()).to.include({ state: 'unarmed', armRefusal: 'checksum' });
  });

  const ranges: readonly (readonly [keyof Arming, number, number])[] = [
    ['deadManTimeoutMs', 150, 600],
    ['driveLimitMs', 100, 2900],
    ['coastMs', 50, 500],
    ['stallCounts', 1, 1023],
    ['supplyCounts', 1, 1023],
    ['stallMs', 110, 240],
  ];
  for (const [field, least, most] of ranges) {
    it(`takes ${field} from ${least} to ${most}`, () => {
      const bench = bootedBench();
      for (const value of [least - 1, most + 1]) {
        expect(bench.arm({ [field]: value }), String(value)).to.include({ state: 'unarmed', armRefusal: 'range' });
      }
      for (const value of [least, most]) {
        expect(bench.arm({ [field]: value }), String(value)).to.include({ state: 'armed', armRefusal: 'none' });
      }
    });
  }

  const misfits: Readonly<Record<string, Partial<Arming>>> = {
    'a serial pin': { in1Pin: 1 },
    'a pin that the chip has not': { in2Pin: 20 },
    'the LED, which bootloaders flash, in the bridge': { enablePin: 13, lampPins: [] },
    'no second direction': { in2Pin: NO_PIN },
    'one pin for two directions': { in2Pin: in1Pin },
    'the enable on a direction': { enablePin: in1Pin },
    'a channel that the chip has not': { currentChannel: 6 },
    'one channel for current and supply': { supplyChannel: 0 },
    'the bridge where current is measured': { in1Pin: 14 },
    'a lamp where the supply is measured': { lampPins: [15] },
    'a lamp on the bridge': { lampPins: [10, in2Pin] },
    'two lamps on one pin': { lampPins: [10, 10] },
    'a lamp on a serial pin': { lampPins: [0] },
  };
  for (const [title, changes] of Object.entries(misfits)) {
    it(`refuses ${title}`, () => {
      expect(bootedBench().arm(changes)).to.include({ state: 'unarmed', armRefusal: 'pins' });
    });
  }

  it('takes bridges without enable, on any port, and lamps or none', () => {
    const bench = bootedBench();
    const changes = { in1Pin: 19, in2Pin: 2, enablePin: NO_PIN, currentChannel: 4, supplyChannel: 3, lampPins: [] };
    expect(bench.arm(changes)).to.include({ state: 'armed', armRefusal: 'none' });
    bench.write(19, true);
    bench.keepAlive(100);
    expect(bench.levels[19]).to.equal('high');
    expect(bench.levels[2]).to.equal('low');
  });

  it('changes nothing when it refuses, not even a drive', () => {
    const bench = armedBench();
    bench.drive('in1');
    bench.keepAlive(100);
    expect(bench.arm({ driveLimitMs: 99 })).to.include({ state: 'armed', armRefusal: 'range' });
    expect(bench.isDriven('in1')).to.equal(true);
  });

  it('stops the drive when it arms anew, and lets go of the former pins', () => {
    const bench = armedBench();
    bench.drive('in1');
    bench.keepAlive(100);
    expect(bench.isDriven('in1')).to.equal(true);
    bench.arm({ in1Pin: 2, in2Pin: 3, enablePin: NO_PIN });
    for (const pin of BRIDGE) expect(bench.levels[pin]).to.equal('input');
    bench.keepAlive(200);
    expect(bench.levels[2]).to.equal('low');
    expect(bench.levels[3]).to.equal('low');
  });
});
