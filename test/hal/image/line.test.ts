import { expect } from 'chai';
import { encodeArm } from '../../../hal/board-protocol.js';
import { armedBench, ARMING, bootedBench, messagesIn, STATUS_QUERY } from './image-bench.js';

const CAPABILITY_QUERY = [0xf0, 0x6b, 0xf7] as const;
const COUNT_MAX = 16_383;

describe('board image: the line', () => {
  const broken: Readonly<Record<string, readonly [number[], number]>> = {
    'data without a command, as one': [[1, 2, 3, 4], 1],
    'an end without a beginning': [[0xf7], 1],
    'a message cut off by another': [[0x90, 1, 0xf9], 1],
    'a sysex cut off by another': [[0xf0, 0x6b, 0xf0, 0x6b, 0xf7], 1],
    'an empty sysex': [[0xf0, 0xf7], 1],
    'an unknown sysex': [[0xf0, 0x70, 1, 2, 0xf7], 1],
    'a query with data': [[0xf0, 2, 0, 0xf7], 1],
    'a status byte that Firmata has not, with what follows it': [[0xf1, 1, 2, 3, 0xf8, 4], 2],
    'PWM, which this board has not': [[0xe9, 0, 1], 1],
    'a pin that is not there': [[0xf4, 20, 0, 0xf5, 20, 0, 0xf0, 0x6d, 20, 0xf7], 3],
    'a serial pin': [[0xf4, 0, 0, 0xf5, 1, 1], 2],
    'a mode that the pin has not': [[0xf4, 3, 2, 0xf4, 3, 3], 2],
    'a port or channel that is not there': [[0x93, 0, 0, 0xd3, 1, 0xc6, 1], 3],
    'levels other than 0 and 1': [[0xf5, 3, 2, 0xd0, 2, 0xc0, 2], 3],
    'an ARM with a wrong check sum': [[...encodeArm(ARMING).slice(0, -2), 0x7f, 0xf7], 1],
    'a sysex with one byte too many': [[0xf0, ...Array.from({ length: 33 }, () => 2), 0xf7], 1],
  };
  for (const [title, [bytes, count]] of Object.entries(broken)) {
    it(`counts ${title}`, () => {
      const bench = bootedBench();
      bench.exchange(...bytes);
      expect(bench.status().malformedMessages).to.equal(count);
    });
  }

  it('survives a sysex without end, and answers the next message', () => {
    const bench = armedBench();
    const before = bench.status();
    for (let part = 0; part < 10; part++) {
      bench.send(...(part === 0 ? [0xf0, 1] : []), ...Array.from({ length: 1000 }, (_, index) => index & 0x7f));
      bench.run(175);
    }
    expect(bench.status()).to.deep.equal({
      ...before,
      state: 'tripped',
      lastTrip: 'deadMan',
      deadManTrips: 1,
      uptimeS: bench.status().uptimeS,
      malformedMessages: 1,
    });
  });

  it('answers whole or not at all when it is asked faster than it can answer', () => {
    const bench = bootedBench();
    bench.send(...Array.from({ length: 300 }, () => [...CAPABILITY_QUERY, ...STATUS_QUERY]).flat());
    bench.run(600);
    const messages = messagesIn(bench.takeSent());
    expect(messages.length).to.be.within(20, 100);
    expect(messages.filter((message) => message[1] === 0x6c)).to.not.be.empty;
    expect(bench.status().malformedMessages).to.equal(0);
  });

  it('makes a report again that found no room', () => {
    const bench = bootedBench();
    bench.exchange(0xd0, 1);
    // Each of these bytes is answered by three.
    bench.send(...Array.from({ length: 3000 }, () => 0xf9));
    bench.run(100);
    for (let change = 0; change < 10; change++) {
      if (change % 2 === 0) bench.highInputs.add(6);
      else bench.highInputs.delete(6);
      bench.board.inputsChanged();
      bench.run(30);
    }
    bench.run(300);
    const levels = messagesIn(bench.takeSent()).flatMap(([status, low]) => (status === 0x90 ? [low] : []));
    expect(levels).to.deep.equal(Array.from({ length: 10 }, (_, change) => (change % 2 === 0 ? 0x40 : 0)));
  });

  it('loses nothing of what comes at full rate in both directions', () => {
    const bench = armedBench();
    for (let channel = 0; channel < 6; channel++) bench.send(0xc0 | channel, 1);
    bench.send(0xf0, 0x7a, 10, 0, 0xf7);
    bench.run(50);
    bench.takeSent();
    const rounds = 300;
    bench.send(...Array.from({ length: rounds }, (_, index) => [0xf5, 2, index & 1, 0xf9]).flat());
    bench.run(400);
    const messages = messagesIn(bench.takeSent());
    expect(messages.filter(([status]) => status === 0xf9)).to.have.length(rounds);
    expect(bench.status().malformedMessages).to.equal(0);
  });

  it('counts no further than it can tell', () => {
    const bench = bootedBench();
    for (let part = 0; part < 17; part++) {
      bench.send(...Array.from({ length: 1000 }, () => 0xf7));
      bench.run(180);
    }
    expect(bench.status().malformedMessages).to.equal(COUNT_MAX);
  });
});
