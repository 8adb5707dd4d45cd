import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import firmataIo from 'firmata-io';
import Board from 'johnny-five/lib/board.js';
import { IMAGE } from '../../../hal/board-protocol.js';
import { armedBench, bootedBench, ImageBench, messagesIn } from './image-bench.js';

const PIN_NUMBERS = Array.from({ length: 20 }, (_, pin) => pin);

/** More of firmata-io than the adapter uses. */
interface FirmataIo extends EventEmitter {
  readonly firmware: { name: string; version: { major: number; minor: number } };
  readonly version: { major: number; minor: number };
  readonly pins: readonly { supportedModes: number[]; analogChannel: number; mode: number; state?: number }[];
  readonly analogPins: readonly number[];
  readonly RESOLUTION: { ADC: number };
  readonly MODES: { INPUT: number; OUTPUT: number; ANALOG: number; PULLUP: number };
  analogRead(channel: number, read: (counts: number) => void): void;
  digitalRead(pin: number, read: (level: number) => void): void;
  queryPinState(pin: number, told: () => void): void;
}

/** johnny-five as it comes from its authors, on the emulated board. */
class Host {
  readonly io: FirmataIo;
  readonly board: Board;
  private readonly bench: ImageBench;
  private readonly transport: EventEmitter;

  constructor(bench: ImageBench) {
    this.bench = bench;
    const transport = Object.assign(new EventEmitter(), {
      write: (bytes: Uint8Array, written: () => void) => {
        bench.send(...bytes);
        written();
      },
    });
    this.transport = transport;
    const io = new firmataIo.Firmata(transport);
    this.io = io as unknown as FirmataIo;
    this.board = new Board({ io, repl: false, sigint: false, debug: false });
  }

  async run(durationMs: number): Promise<void> {
    for (let ms = 0; ms < durationMs; ms++) {
      this.bench.run(1);
      this.transport.emit('data', Buffer.from(this.bench.takeSent()));
      await setImmediate();
    }
  }

  async connect(): Promise<void> {
    this.transport.emit('open');
    await this.run(150);
    expect(this.board.isReady).to.equal(true);
  }
}

describe('board image: Firmata', () => {
  it('greets a johnny-five that was not changed for it', async () => {
    const host = new Host(new ImageBench());
    await host.connect();
    const { io } = host;
    expect(io.firmware).to.deep.equal({ name: IMAGE.name, version: { major: IMAGE.major, minor: IMAGE.minor } });
    expect(io.version).to.deep.equal({ major: 2, minor: 5 });
    expect(io.pins).to.have.length(20);
    expect(io.analogPins).to.deep.equal([14, 15, 16, 17, 18, 19]);
    expect(io.RESOLUTION.ADC).to.equal(1023);
    const { INPUT, OUTPUT, ANALOG, PULLUP } = io.MODES;
    const modes = io.pins.map(({ supportedModes }) => supportedModes);
    expect(modes[0]).to.deep.equal([]);
    expect(modes[1]).to.deep.equal([]);
    expect(modes[13]).to.have.members([INPUT, OUTPUT, PULLUP]);
    expect(modes[14]).to.have.members([INPUT, OUTPUT, PULLUP, ANALOG]);
  });

  it('reads switches and voltages for it', async () => {
    const bench = new ImageBench();
    const host = new Host(bench);
    await host.connect();
    bench.arm();
    const levels: number[] = [];
    const counts: number[] = [];
    bench.counts[0] = 777;
    host.board.pinMode(4, host.io.MODES.INPUT);
    host.io.digitalRead(4, (level) => levels.push(level));
    host.io.analogRead(0, (read) => counts.push(read));
    await host.run(15);
    bench.highInputs.add(4);
    bench.board.inputsChanged();
    await host.run(10);
    expect(levels).to.deep.equal([0, 1]);
    expect(counts[0]).to.equal(777);
  });

  it('writes outputs for it', async () => {
    const bench = new ImageBench();
    const host = new Host(bench);
    await host.connect();
    bench.arm();
    host.board.pinMode(5, host.io.MODES.OUTPUT);
    host.board.digitalWrite(5, 1);
    await host.run(10);
    expect(bench.levels[5]).to.equal('high');
    host.io.queryPinState(5, () => undefined);
    await host.run(10);
    expect(host.io.pins[5]).to.include({ mode: host.io.MODES.OUTPUT, state: 1 });
  });

  it('says who it is at boot and when asked', () => {
    const bench = new ImageBench();
    bench.run(20);
    const name = [...Buffer.from(IMAGE.name)].flatMap((letter) => [letter, 0]);
    const firmware = [0xf0, 0x79, IMAGE.major, IMAGE.minor, ...name, 0xf7];
    expect(messagesIn(bench.takeSent())).to.deep.equal([[0xf9, 2, 5], firmware]);
    expect(bench.exchange(0xf9)).to.deep.equal([0xf9, 2, 5]);
    expect(bench.exchange(0xf0, 0x79, 0xf7)).to.deep.equal(firmware);
  });

  it('forgets everything at a reset message', () => {
    const bench = armedBench();
    bench.send(0xf4, 5, 1, 0xf5, 5, 1, 0xd0, 1, 0xc0, 1);
    bench.run(20);
    expect(bench.levels[5]).to.equal('high');
    bench.exchange(0xff);
    expect(bench.levels).to.deep.equal(PIN_NUMBERS.map(() => 'input'));
    expect(bench.status().state).to.equal('unarmed');
    bench.takeSent();
    bench.run(100);
    expect(bench.takeSent()).to.deep.equal([]);
  });
});

describe('board image: reports', () => {
  it('tells levels at once, then at each change within 2 ms', () => {
    const bench = bootedBench();
    bench.highInputs.add(12);
    bench.board.inputsChanged();
    expect(bench.exchange(0xd1, 1)).to.deep.equal([0x91, 0b001_0000, 0]);
    bench.run(100);
    expect(bench.takeSent()).to.deep.equal([]);
    bench.highInputs.delete(12);
    bench.board.inputsChanged();
    bench.run(4);
    expect(bench.takeSent()).to.deep.equal([0x91, 0, 0]);
  });

  it('tells the pins of all three ports, and no outputs or analog inputs among them', () => {
    const bench = armedBench();
    // 2 is made an output; 7, 8 and 9 are the bridge's; 14 to 19 are analog as long as nobody wants else.
    for (const pin of [2, 4, 7, 8, 10, 13, 14, 15, 16, 18, 19]) bench.highInputs.add(pin);
    bench.board.inputsChanged();
    bench.send(0xf4, 2, 1);
    for (const pin of [16, 17, 18]) bench.send(0xf4, pin, 0);
    bench.run(10);
    expect(bench.exchange(0xd0, 1)).to.deep.equal([0x90, 0b001_0000, 0]);
    expect(bench.exchange(0xd1, 1)).to.deep.equal([0x91, 0b010_0100, 0]);
    expect(bench.exchange(0xd2, 1)).to.deep.equal([0x92, 0b000_0101, 0]);
  });

  it('tells the analog pins that are made digital', () => {
    const bench = bootedBench();
    bench.highInputs.add(14);
    bench.board.inputsChanged();
    bench.send(0xf4, 14, 0, 0xf4, 15, 0);
    expect(bench.exchange(0xd1, 1)).to.deep.equal([0x91, 0x40, 0]);
    bench.highInputs.add(15);
    bench.board.inputsChanged();
    bench.run(5);
    expect(bench.takeSent()).to.deep.equal([0x91, 0x40, 1]);
  });

  it('tells a channel as soon as it is measured, and then at the sampling interval', () => {
    const bench = bootedBench();
    bench.counts[0] = 300;
    bench.counts[1] = 1023;
    bench.exchange(0xf0, 0x7a, 20, 0, 0xf7);
    bench.send(0xc1, 1, 0xc0, 1);
    const heard: { ms: number; message: readonly number[] }[] = [];
    for (let ms = 0; ms < 60; ms++) {
      bench.run(1);
      for (const message of messagesIn(bench.takeSent())) heard.push({ ms, message });
    }
    const both = [
      [0xe0, 300 & 0x7f, 300 >> 7],
      [0xe1, 0x7f, 0x07],
    ];
    expect(heard.map(({ message }) => message)).to.deep.equal([...both, ...both, ...both]);
    const times = heard.map(({ ms }) => ms);
    expect(times[1]).to.be.at.most(6);
    expect((times[2] ?? 0) - (times[0] ?? 0)).to.be.within(19, 21);
    expect((times[4] ?? 0) - (times[2] ?? 0)).to.be.within(19, 21);
  });

  it('takes no channel for another, though sleep begins conversions of its own', () => {
    const bench = bootedBench();
    bench.counts.splice(0, 2, 100, 600);
    for (let round = 0; round < 50; round++) {
      const channel = round % 2;
      // The more comes before it, the later in its millisecond the last byte wakes the board.
      bench.send(...Array.from({ length: round }, () => 0), 0xc0 | channel, 1);
      bench.run(40);
      bench.send(0xc0 | channel, 0);
      bench.run(10);
      const samples = messagesIn(bench.takeSent()).filter(([status]) => status === (0xe0 | channel));
      expect(samples.length).to.be.within(1, 3);
      for (const [, low = 0, high = 0] of samples) expect(low | (high << 7)).to.equal(bench.counts[channel]);
    }
  });

  it('takes intervals below 10 ms for 10', () => {
    const bench = bootedBench();
    bench.exchange(0xf0, 0x7a, 1, 0, 0xf7, 0xc0, 1);
    bench.takeSent();
    bench.run(1000);
    expect(messagesIn(bench.takeSent())).to.have.length(100);
  });
});
