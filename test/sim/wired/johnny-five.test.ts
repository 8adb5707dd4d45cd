import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import firmataIo from 'firmata-io';
import Board from 'johnny-five/lib/board.js';
import { encodeArm } from '../../../hal/board-protocol.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { SimulatedLine } from '../../../sim/wired/simulated-line.js';
import { type FirmataImage, VirtualFirmataBoard } from '../../../sim/wired/virtual-firmata-board.js';
import { GlobalTimeouts } from '../../../sim/worlds/global-timeouts.js';
import { ARMING, OTHER_OUTPUT } from './board-under-test.js';
import { ScriptedSurroundings } from './scripted-surroundings.js';

const CONTACT = 4;
const FREE_CHANNEL = 2;

/** johnny-five and firmata-io as they come, on a simulated line to a virtual board. */
class JohnnyFiveUnderTest {
  readonly clock = new VirtualClock();
  readonly timeouts = new GlobalTimeouts(this.clock);
  readonly pins = new ScriptedSurroundings(this.clock);
  readonly line: SimulatedLine;
  readonly io: InstanceType<typeof firmataIo.Firmata>;
  readonly board: Board;

  constructor(image: FirmataImage) {
    this.line = new SimulatedLine(
      this.clock,
      this.pins,
      (surroundings) => new VirtualFirmataBoard(this.clock, surroundings, image),
    );
    this.line.device.setPower(true);
    const transport = Object.assign(new EventEmitter(), {
      write: (bytes: Uint8Array, written: () => void) => {
        this.line.write(Uint8Array.from(bytes));
        written();
      },
    });
    this.line.watch({
      opened: () => transport.emit('open'),
      received: (bytes) => transport.emit('data', bytes),
      closed: () => transport.emit('close'),
    });
    [this.io, this.board] = this.timeouts.run(() => {
      const io = new firmataIo.Firmata(transport);
      return [io, new Board({ io, repl: false, sigint: false, debug: false })] as const;
    });
    this.line.open();
  }

  pass(durationMs: number): void {
    this.timeouts.run(() => this.clock.advanceTo(this.clock.nowMs() + durationMs));
  }
}

describe('johnny-five on a virtual board', () => {
  for (const [image, name] of [
    ['latchkey', 'Latchkey'],
    ['standard', 'StandardFirmata.ino'],
  ] as const) {
    it(`is ready in a tenth of a second, and knows ${name}`, () => {
      const bench = new JohnnyFiveUnderTest(image);
      bench.pass(100);
      expect(bench.board.isReady).to.equal(true);
      expect(Reflect.get(bench.io, 'firmware')).to.have.property('name', name);
      expect(Reflect.get(bench.io, 'pins')).to.have.length(20);
      expect(Reflect.get(bench.io, 'analogPins')).to.deep.equal([14, 15, 16, 17, 18, 19]);
    });

    it(`reads and writes pins through ${name}`, () => {
      const bench = new JohnnyFiveUnderTest(image);
      bench.pass(100);
      bench.line.write(encodeArm(ARMING));
      const levels: unknown[] = [];
      const counts: unknown[] = [];
      bench.io.on(`digital-read-${CONTACT}`, (level) => levels.push(level));
      bench.io.on(`analog-read-${FREE_CHANNEL}`, (value) => counts.push(value));
      bench.pins.voltagesMv[FREE_CHANNEL] = 1250;
      bench.pins.open.add(CONTACT);
      bench.board.pinMode(CONTACT, bench.io.MODES.PULLUP);
      bench.io.reportDigitalPin(CONTACT, 1);
      bench.board.samplingInterval(10);
      bench.io.reportAnalogPin(FREE_CHANNEL, 1);
      bench.board.pinMode(OTHER_OUTPUT, bench.io.MODES.OUTPUT);
      bench.board.digitalWrite(OTHER_OUTPUT, 1);
      bench.pass(60);
      bench.pins.open.delete(CONTACT);
      bench.line.device.inputsChanged();
      bench.pass(60);
      expect(levels).to.deep.equal([1, 0]);
      expect(counts.length).to.be.within(9, 12);
      expect(new Set(counts)).to.deep.equal(new Set([256]));
      expect(bench.pins.levels[OTHER_OUTPUT]).to.equal('high');
    });
  }
});
