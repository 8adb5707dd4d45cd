import { EventEmitter } from 'node:events';
import firmataIo from 'firmata-io';
import Board from 'johnny-five/lib/board.js';
import type { Wiring } from './wiring.js';
import { inputsOf } from './wiring.js';

const { Firmata } = firmataIo;

export interface JohnnyFiveListener {
  /** Bytes for the board. */
  send(bytes: Uint8Array): void;
  /** The handshake is through, and the pins can be used. */
  ready(): void;
  pinRead(pin: number, high: boolean): void;
  channelRead(channel: number, counts: number): void;
}

/**
 * johnny-five's board on firmata-io, fed with whole messages, for as long as one image is on the board. Only the methods of
 * pins are used: johnny-five's motors, switches and sensors bring timers and writes of their own.
 */
export class JohnnyFiveBoard {
  private readonly transport: EventEmitter & { write(bytes: Uint8Array, written: () => void): void };
  private readonly io: InstanceType<typeof Firmata>;
  private readonly board: Board;

  constructor(listener: JohnnyFiveListener) {
    this.transport = Object.assign(new EventEmitter(), {
      write: (bytes: Uint8Array, written: () => void) => {
        listener.send(bytes);
        written();
      },
    });
    this.io = new Firmata(this.transport);
    this.board = new Board({ io: this.io, repl: false, sigint: false, debug: false });
    // johnny-five keeps every board for ever, for parts that look one up. There are no such parts here.
    Board.cache.splice(Board.cache.indexOf(this.board), 1);
    // johnny-five complains when its handshake takes too long. Whoever began it knows, and begins anew; but a complaint
    // that nobody hears would end the process.
    this.io.on('error', () => {});
    this.board.on('error', () => {});
    this.board.once('ready', () => listener.ready());
    this.io.on('digital-read', ({ pin, value }: { pin: number; value: number }) => listener.pinRead(pin, value === 1));
    this.io.on('analog-read', ({ pin, value }: { pin: number; value: number }) => listener.channelRead(pin, value));
  }

  /** Begins the handshake with what the board has said of itself already. */
  begin(version: Uint8Array, firmware: Uint8Array): void {
    this.transport.emit('open');
    this.feed(version);
    this.feed(firmware);
  }

  get isReady(): boolean {
    return this.board.isReady;
  }

  /** One whole message that firmata-io can bear. */
  feed(message: Uint8Array): void {
    this.transport.emit('data', message);
  }

  /** Everything that is measured is an input, and samples are off until they are wanted. */
  makeInputs(wiring: Wiring, samplingMs: number): void {
    const { INPUT, PULLUP, ANALOG } = this.io.MODES;
    for (const { pin, pulledUp } of inputsOf(wiring)) this.board.pinMode(pin, pulledUp ? PULLUP : INPUT);
    for (const channel of wiring.channels) {
      this.board.pinMode(channel, ANALOG);
      this.reportChannel(channel, false);
    }
    this.board.samplingInterval(samplingMs);
  }

  makeOutput(pin: number): void {
    this.board.pinMode(pin, this.io.MODES.OUTPUT);
  }

  /** Sends the pin's whole port. */
  write(pin: number, high: boolean): void {
    this.board.digitalWrite(pin, high ? 1 : 0);
  }

  /** Reports the pin's whole port, at once and then each change; asked again, at once again. */
  reportPort(pin: number): void {
    this.io.reportDigitalPin(pin, 1);
  }

  reportChannel(channel: number, on: boolean): void {
    this.io.reportAnalogPin(channel, on ? 1 : 0);
  }

  /** Leaves no trace: johnny-five keeps a time-out until its handshake is through. */
  dispose(): void {
    if (this.board.timer !== null) clearTimeout(this.board.timer);
  }
}
