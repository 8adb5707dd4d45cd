import { expect } from 'chai';
import { BoardUnderTest, OTHER_OUTPUT, STATUS_QUERY } from './board-under-test.js';
import { hex } from './scripted-surroundings.js';

const NAME = hex(Array.from('Latchkey', (letter) => [letter.charCodeAt(0), 0]).flat());

describe('VirtualFirmataBoard', () => {
  describe('as a Firmata board', () => {
    it('names version and image when it gets power and at each reset, one byte after another', () => {
      const bench = new BoardUnderTest();
      bench.device.reset();
      bench.pass(100);
      expect(bench.surroundings.heard).to.deep.equal([
        { atMs: 21, bytes: 'f9 02 05' },
        // 24 bytes of 174 us.
        { atMs: 25, bytes: `f0 79 01 00 ${NAME} f7` },
      ]);
      bench.surroundings.takeHeard();
      bench.device.setPower(false);
      bench.device.setPower(true);
      bench.pass(100);
      expect(bench.surroundings.takeHeard()).to.have.length(2);
    });

    it('answers what a host asks to know it', () => {
      const bench = new BoardUnderTest();
      const digital = '00 01 01 01 0b 01 7f ';
      const analog = '00 01 01 01 0b 01 02 0a 7f ';
      expect(bench.ask(0xf9)).to.deep.equal(['f9 02 05']);
      expect(bench.ask(0xf0, 0x79, 0xf7)).to.deep.equal([`f0 79 01 00 ${NAME} f7`]);
      expect(bench.ask(0xf0, 0x6b, 0xf7)).to.deep.equal([`f0 6c 7f 7f ${digital.repeat(12)}${analog.repeat(6)}f7`]);
      expect(bench.ask(0xf0, 0x69, 0xf7)).to.deep.equal([`f0 6a ${'7f '.repeat(14)}00 01 02 03 04 05 f7`]);
      expect(bench.ask(0xf0, 0x6d, 14, 0xf7)).to.deep.equal(['f0 6e 0e 02 00 f7']);
      expect(bench.ask(0xf0, 0x6d, 4, 0xf7)).to.deep.equal(['f0 6e 04 00 00 f7']);
    });

    it('takes as long as the line for what it hears and says', () => {
      const bench = new BoardUnderTest();
      // 3 bytes there and 25 back, of 174 us each, and each way ends on a whole ms.
      bench.host(...STATUS_QUERY);
      bench.pass(100);
      expect(bench.surroundings.heard.map(({ atMs }) => atMs)).to.deep.equal([20 + 1 + 5]);
    });

    it('says and hears nothing without power', () => {
      const bench = new BoardUnderTest();
      bench.host(0xf9);
      bench.device.setPower(false);
      bench.host(0xf9);
      bench.device.reset();
      bench.pass(100);
      expect(bench.surroundings.takeHeard()).to.deep.equal([]);
    });

    it('loses at a reset what was on its way, in both directions', () => {
      const bench = new BoardUnderTest();
      bench.host(0xf0, 0x6b, 0xf7);
      bench.pass(5);
      bench.host(0xf0, 0x79);
      bench.pass(3);
      bench.host(0xf9);
      bench.device.reset();
      bench.host(0xf7);
      bench.pass(50);
      expect(bench.surroundings.takeHeard()).to.deep.equal(['f9 02 05', `f0 79 01 00 ${NAME} f7`]);
    });

    it('loses a message that finds no room among those on their way', () => {
      const bench = new BoardUnderTest();
      for (let asked = 0; asked < 4; asked += 1) bench.host(0xf0, 0x6b, 0xf7);
      bench.pass(200);
      const lengths = bench.surroundings.takeHeard().map((bytes) => bytes.split(' ').length);
      expect(lengths).to.deep.equal([143]);
    });
  });

  describe('what it reports of its pins', () => {
    it('tells a port within two ms of being asked, and again a ms after each change', () => {
      const bench = new BoardUnderTest();
      const { surroundings } = bench;
      surroundings.high.add(6);
      expect(bench.ask(0xd0, 1)).to.deep.equal(['90 40 00']);
      surroundings.high.add(4);
      bench.device.inputsChanged();
      bench.pass(1);
      expect(surroundings.takeHeard()).to.deep.equal([]);
      bench.pass(1);
      expect(surroundings.takeHeard()).to.deep.equal(['90 50 00']);
      bench.device.inputsChanged();
      bench.pass(50);
      expect(surroundings.takeHeard()).to.deep.equal([]);
      bench.ask(0xd0, 0);
      surroundings.high.clear();
      bench.device.inputsChanged();
      bench.pass(50);
      expect(surroundings.takeHeard()).to.deep.equal([]);
    });

    it('tells pin 8 and up in the next port, and analog pins once they are digital inputs', () => {
      const bench = new BoardUnderTest();
      bench.surroundings.high.add(8).add(13).add(15).add(16);
      expect(bench.ask(0xd1, 1, 0xd2, 1)).to.deep.equal(['91 21 00', '92 00 00']);
      expect(bench.ask(0xf4, 15, 0, 0xf4, 16, 0)).to.deep.equal(['91 21 01', '92 01 00']);
    });

    it('measures a channel as soon as it is wanted, then at each interval', () => {
      const bench = new BoardUnderTest();
      bench.surroundings.voltagesMv[2] = 2500;
      const startMs = bench.nowMs();
      bench.host(0xf0, 0x7a, 10, 0, 0xf7, 0xc2, 1);
      bench.pass(36);
      const { heard } = bench.surroundings;
      // 512 counts of 1,024.
      expect(heard.map(({ bytes }) => bytes)).to.deep.equal(['e2 00 04', 'e2 00 04', 'e2 00 04', 'e2 00 04']);
      const [first = 0, second = 0, third = 0] = heard.map(({ atMs }) => atMs);
      expect(first - startMs).to.be.within(3, 6);
      expect([second - first, third - second]).to.deep.equal([10, 10]);
      expect(bench.ask(0xc2, 0)).to.have.length.at.most(1);
      expect(bench.ask()).to.deep.equal([]);
      expect(bench.clock.nextDueMs(), 'nothing goes on').to.equal(Infinity);
    });

    it('begins the grid of all channels anew with each that is wanted', () => {
      const bench = new BoardUnderTest();
      bench.host(0xc0, 1);
      bench.pass(30);
      bench.surroundings.takeHeard();
      bench.host(0xc1, 1);
      bench.pass(6);
      expect(bench.surroundings.takeHeard()).to.deep.equal(['e0 00 00', 'e1 66 04']);
    });

    it('measures a digital input only after it is none any more, and an output as it is', () => {
      const bench = new BoardUnderTest();
      bench.arm();
      bench.surroundings.high.add(16).add(17);
      bench.ask(0xf4, 16, 0, 0xf4, 17, 1);
      expect(bench.ask(0xd2, 1)).to.deep.equal(['92 01 00']);
      expect(bench.ask(0xc2, 1, 0xc3, 1)).to.include('92 00 00');
      expect(bench.ask(0xc2, 0, 0xc3, 0, 0xf0, 0x6d, 16, 0xf7)).to.include('f0 6e 10 02 00 f7');
      expect(bench.ask(0xf0, 0x6d, 17, 0xf7)).to.include('f0 6e 11 01 00 f7');
    });

    it('reads no more than 1,023', () => {
      const bench = new BoardUnderTest();
      bench.surroundings.voltagesMv[0] = 5000;
      bench.host(0xc0, 1);
      bench.pass(5);
      expect(bench.surroundings.takeHeard()).to.deep.equal(['e0 7f 07']);
    });

    it('samples every 19 ms unless told otherwise, and never more often than every 10', () => {
      const bench = new BoardUnderTest();
      const count = (): number => {
        bench.surroundings.takeHeard();
        bench.pass(190);
        return bench.surroundings.takeHeard().length;
      };
      bench.ask(0xc0, 1);
      expect(count()).to.equal(10);
      bench.ask(0xf0, 0x7a, 1, 0, 0xf7);
      expect(count()).to.equal(19);
    });

    it('reports nothing any more after a system reset', () => {
      const bench = new BoardUnderTest();
      bench.ask(0xc0, 1, 0xd0, 1);
      bench.ask(0xff);
      bench.surroundings.high.add(4);
      bench.device.inputsChanged();
      expect(bench.ask()).to.deep.equal([]);
    });
  });

  describe('until it is armed', () => {
    it('keeps every pin an input, whatever the host asks', () => {
      const bench = new BoardUnderTest();
      for (let pin = 0; pin < 20; pin += 1) bench.host(0xf4, pin, 1, 0xf5, pin, 1, 0xf4, pin, 11);
      bench.host(0x90, 0x7f, 1, 0x91, 0x7f, 1, 0x92, 0x7f, 1);
      bench.pass(200);
      expect(bench.surroundings.changes).to.deep.equal([]);
    });

    it('remembers the pull-ups, and gives them with the arming', () => {
      const bench = new BoardUnderTest();
      bench.surroundings.open.add(4);
      expect(bench.ask(0xf4, 4, 11, 0xd0, 1)).to.deep.equal(['90 00 00']);
      bench.arm();
      expect(bench.surroundings.levels[4]).to.equal('inputPullUp');
      expect(bench.ask(0xf0, 0x6d, 4, 0xf7)).to.deep.equal(['f0 6e 04 0b 01 f7']);
    });
  });

  describe('outputs of an armed board', () => {
    it('follow the host, pin by pin and as a port', () => {
      const bench = new BoardUnderTest();
      bench.arm();
      bench.surroundings.takeChanges();
      bench.ask(0xf4, OTHER_OUTPUT, 1, 0xf5, OTHER_OUTPUT, 1);
      expect(bench.isDriven(OTHER_OUTPUT)).to.equal(true);
      bench.surroundings.takeChanges();
      bench.ask(0xf4, OTHER_OUTPUT, 1);
      expect(bench.surroundings.takeChanges(), 'an output already').to.deep.equal([]);
      bench.ask(0x90, 0, 0);
      expect(bench.isDriven(OTHER_OUTPUT)).to.equal(false);
      bench.ask(0x90, 0x7f, 1);
      expect(bench.isDriven(OTHER_OUTPUT)).to.equal(true);
      const pins = bench.surroundings.changes.map(({ pin }) => pin);
      expect(new Set(pins), 'inputs stay as they are').to.deep.equal(new Set([OTHER_OUTPUT]));
    });

    it('float when reset or power takes them back', () => {
      for (const end of ['reset', 'power', 'system reset'] as const) {
        const bench = new BoardUnderTest();
        bench.arm();
        bench.ask(0xf4, OTHER_OUTPUT, 1, 0xf5, OTHER_OUTPUT, 1);
        if (end === 'reset') bench.device.reset();
        else if (end === 'power') bench.device.setPower(false);
        else bench.ask(0xff);
        expect(new Set(bench.surroundings.levels), end).to.deep.equal(new Set(['input']));
      }
    });
  });

  it('counts what it does not understand, and understands what follows', () => {
    const malformed = (...bytes: number[]): number => {
      const bench = new BoardUnderTest();
      bench.ask(...bytes);
      bench.pass(200);
      return bench.status().malformedMessages;
    };
    expect(malformed(0xf9)).to.equal(0);
    expect(malformed(1, 2, 3), 'data of no message').to.equal(1);
    expect(malformed(1, 0xf9, 2, 3, 4), 'data of no message, twice').to.equal(2);
    expect(malformed(0xe0, 1, 2), 'a command that it does not have').to.equal(1);
    expect(malformed(0xf0, 0x79, 0xf9), 'a message cut off by another').to.equal(1);
    expect(malformed(0xf7)).to.equal(1);
    expect(malformed(0xf0, 0xf7), 'an empty sysex').to.equal(1);
    expect(malformed(0xf0, 0x55, 0xf7), 'an unknown sysex').to.equal(1);
    expect(malformed(0xf0, ...Array<number>(1000).fill(0x02), 0xf7), 'an endless sysex').to.equal(1);
    expect(malformed(0xf4, 1, 1), 'a pin that is none of the host').to.equal(1);
    expect(malformed(0xf4, 5, 2), 'a mode that the pin does not have').to.equal(1);
    expect(malformed(0xf5, 5, 2), 'a level that there is not').to.equal(1);
    expect(malformed(0x93, 0, 0), 'a port that there is not').to.equal(1);
  });

  it('tells why and since when it runs', () => {
    const bench = new BoardUnderTest();
    bench.pass(2500);
    expect(bench.status()).to.include({ state: 'unarmed', resetCause: 1, uptimeS: 2 });
    expect(bench.arm({ stallMs: 0 }).armRefusal).to.equal('range');
    bench.ask(0x55);
    bench.device.reset();
    bench.pass(1500);
    expect(bench.status()).to.include({ resetCause: 2, uptimeS: 1, armRefusal: 'none', malformedMessages: 0 });
  });
});
