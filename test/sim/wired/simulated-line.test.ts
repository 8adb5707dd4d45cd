import { expect } from 'chai';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { SimulatedLine } from '../../../sim/wired/simulated-line.js';
import { VirtualFirmataBoard } from '../../../sim/wired/virtual-firmata-board.js';
import { encodeArm } from '../../../hal/board-protocol.js';
import { ARMING, IN1 } from './board-under-test.js';
import { hex, ScriptedSurroundings } from './scripted-surroundings.js';

const VERSION_QUERY = Uint8Array.of(0xf9);
const VERSION = 'f9 02 05';

/** A line to a virtual board, and a host that notes what it is told. */
class LineUnderTest {
  readonly clock = new VirtualClock();
  readonly pins = new ScriptedSurroundings(this.clock);
  readonly line: SimulatedLine;
  readonly told: string[] = [];
  private received: number[] = [];

  constructor() {
    this.line = new SimulatedLine(
      this.clock,
      this.pins,
      (surroundings) => new VirtualFirmataBoard(this.clock, surroundings, 'latchkey'),
    );
    this.line.device.setPower(true);
    this.watch();
    this.pass(100);
  }

  watch(): void {
    this.line.watch({
      opened: () => this.told.push(`${this.clock.nowMs()} opened`),
      received: (bytes) => this.received.push(...bytes),
      closed: (reason) => this.told.push(`${this.clock.nowMs()} ${reason}`),
    });
  }

  open(): void {
    this.line.open();
    this.pass(100);
    this.takeBytes();
  }

  pass(durationMs: number): void {
    this.clock.advanceTo(this.clock.nowMs() + durationMs);
  }

  takeBytes(): string {
    return hex(this.received.splice(0));
  }

  /** What a question brings within 20 ms. */
  ask(): string {
    this.line.write(VERSION_QUERY);
    this.pass(20);
    return this.takeBytes();
  }
}

describe('SimulatedLine', () => {
  it('opens later, resets the board by it, and the host hears all that it says from then on', () => {
    const bench = new LineUnderTest();
    expect(bench.takeBytes(), 'nobody listened').to.equal('');
    bench.line.open();
    bench.line.open();
    bench.line.write(VERSION_QUERY);
    expect(bench.told).to.deep.equal([]);
    bench.pass(50);
    expect(bench.told).to.deep.equal(['101 opened']);
    expect(bench.takeBytes()).to.match(/^f9 02 05 f0 79 .* f7$/);
    bench.line.open();
    bench.pass(50);
    expect(bench.told).to.deep.equal(['101 opened']);
    expect(bench.takeBytes(), 'no second reset').to.equal('');
  });

  it('delivers nothing from inside a call, and what the board says as it arrives', () => {
    const bench = new LineUnderTest();
    bench.open();
    bench.line.write(VERSION_QUERY);
    bench.pass(1);
    expect(bench.takeBytes()).to.equal('');
    bench.pass(1);
    expect(bench.takeBytes()).to.equal(VERSION);
  });

  it('loses what is written before it is open and after it is closed', () => {
    const bench = new LineUnderTest();
    expect(bench.ask()).to.equal('');
    bench.open();
    expect(bench.ask()).to.equal(VERSION);
    bench.line.close();
    expect(bench.told).to.have.length(1);
    expect(bench.ask()).to.equal('');
    expect(bench.told).to.deep.equal(['121 opened', '240 the host closed the port']);
    bench.line.close();
    bench.pass(10);
    expect(bench.told).to.have.length(2);
  });

  it('tells of the end before the next beginning', () => {
    const bench = new LineUnderTest();
    bench.open();
    bench.line.close();
    bench.line.open();
    bench.pass(10);
    expect(bench.told.map((line) => line.replace(/^\d+ /, ''))).to.deep.equal([
      'opened',
      'the host closed the port',
      'opened',
    ]);
  });

  it('closed while it opens, never opens', () => {
    const bench = new LineUnderTest();
    bench.line.open();
    bench.line.close();
    bench.pass(10);
    expect(bench.told).to.deep.equal(['100 the host closed the port']);
  });

  it('with a loose wire loses bytes of both directions, and nobody is told', () => {
    const bench = new LineUnderTest();
    bench.open();
    bench.line.setConnected(false);
    expect(bench.ask()).to.equal('');
    bench.line.setConnected(true);
    expect(bench.ask()).to.equal(VERSION);
    bench.line.write(VERSION_QUERY);
    bench.pass(1);
    bench.line.setConnected(false);
    bench.pass(20);
    expect(bench.takeBytes(), 'an answer on its way').to.equal('');
    expect(bench.told).to.have.length(1);
  });

  it('pulled out closes, and opens again only when it is back', () => {
    const bench = new LineUnderTest();
    bench.open();
    bench.line.setPluggedIn(false);
    expect(bench.told).to.have.length(1);
    bench.pass(10);
    expect(bench.told[1]).to.equal('200 the board was unplugged');
    bench.line.open();
    bench.pass(10);
    expect(bench.told[2]).to.equal('210 there is no such port');
    bench.line.setPluggedIn(true);
    bench.open();
    expect(bench.told[3]).to.match(/opened/);
    expect(bench.ask()).to.equal(VERSION);
  });

  it('brings what nobody sent', () => {
    const bench = new LineUnderTest();
    bench.line.disturbHost(Uint8Array.of(1));
    bench.pass(1);
    expect(bench.takeBytes(), 'a closed port').to.equal('');
    bench.open();
    bench.line.disturbHost(Uint8Array.of(0xde, 0xad));
    bench.line.disturbHost(Uint8Array.of(0xbe));
    expect(bench.takeBytes()).to.equal('');
    bench.pass(1);
    expect(bench.takeBytes()).to.equal('de ad be');
  });

  it('to a deaf board carries only what it says by itself', () => {
    const bench = new LineUnderTest();
    bench.open();
    bench.line.write(Uint8Array.of(0xd0, 1));
    bench.pass(20);
    bench.takeBytes();
    bench.line.setDeaf(true);
    expect(bench.ask()).to.equal('');
    bench.pins.high.add(4);
    bench.line.device.inputsChanged();
    bench.pass(10);
    expect(bench.takeBytes()).to.equal('90 10 00');
    bench.line.setDeaf(false);
    expect(bench.ask()).to.equal(VERSION);
  });

  it('whose host died is silent, and the next host finds the board reset', () => {
    const bench = new LineUnderTest();
    bench.open();
    bench.line.write(Uint8Array.of(...encodeArm(ARMING), 0xf5, 9, 1, 0xf5, IN1, 1));
    bench.pass(100);
    expect(bench.pins.levels[IN1]).to.equal('high');
    bench.line.dropHost();
    bench.pass(50);
    bench.watch();
    bench.pass(50);
    expect(bench.told).to.have.length(1);
    expect(bench.pins.levels[IN1], 'until the dead-man').to.equal('high');
    bench.takeBytes();
    bench.line.open();
    expect(bench.pins.levels[IN1]).to.equal('input');
    bench.pass(100);
    expect(bench.told).to.have.length(2);
    expect(bench.takeBytes()).to.match(/^f9 02 05 f0 79/);
  });

  it('whose host died tells nobody of anything any more', () => {
    const bench = new LineUnderTest();
    bench.open();
    bench.line.close();
    bench.line.dropHost();
    bench.pass(10);
    bench.line.open();
    bench.pass(50);
    expect(bench.told).to.have.length(1);
    expect(bench.takeBytes()).to.equal('');
    bench.line.close();
    bench.line.dropHost();
    bench.watch();
    bench.pass(10);
    expect(bench.told).to.have.length(1);
  });

  it('to a board without power opens, and stays silent', () => {
    const bench = new LineUnderTest();
    bench.line.device.setPower(false);
    bench.line.open();
    bench.pass(100);
    expect(bench.told).to.deep.equal(['101 opened']);
    expect(bench.ask()).to.equal('');
  });
});
