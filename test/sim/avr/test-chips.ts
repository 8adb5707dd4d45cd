import {
  adcConfig,
  AVRADC,
  AVRClock,
  AVRIOPort,
  avrInstruction,
  AVRTimer,
  AVRUSART,
  AVRWatchdog,
  CPU,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import { AvrBoard } from '../../../sim/avr/avr-board.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { flashWith } from './assembly.js';

const CYCLES_PER_MS = 16_000;
/** Ten bits at 57,600 baud. */
const CYCLES_PER_BYTE = 2_778;

/** A chip with its program, seen through its serial port. */
export interface TestChip {
  /** What the program has sent. */
  readonly sent: number[];
  runMs(ms: number): void;
  /** Bytes begin to come in now, without a gap. */
  feed(bytes: readonly number[]): void;
}

/** avr8js as it comes out of its package, run as its documentation says. */
export class PlainChip implements TestChip {
  readonly sent: number[] = [];
  readonly cpu: CPU;
  readonly parts: readonly object[];
  private readonly usart: AVRUSART;
  private readonly underWay: number[] = [];
  private readonly deliver = (): void => {
    this.usart.writeByte(this.underWay.shift() ?? 0, true);
    if (this.underWay.length > 0) this.cpu.addClockEvent(this.deliver, CYCLES_PER_BYTE);
  };

  constructor(source: string) {
    this.cpu = new CPU(new Uint16Array(flashWith(source).buffer), 2048);
    this.usart = new AVRUSART(this.cpu, usart0Config, 16e6);
    this.usart.onByteTransmit = (byte) => this.sent.push(byte);
    this.parts = [
      new AVRIOPort(this.cpu, portBConfig),
      new AVRIOPort(this.cpu, portCConfig),
      new AVRIOPort(this.cpu, portDConfig),
      new AVRTimer(this.cpu, timer0Config),
      new AVRTimer(this.cpu, timer1Config),
      new AVRADC(this.cpu, adcConfig),
      new AVRWatchdog(this.cpu, watchdogConfig, new AVRClock(this.cpu, 16e6)),
    ];
  }

  runMs(ms: number): void {
    const until = this.cpu.cycles + ms * CYCLES_PER_MS;
    while (this.cpu.cycles < until) {
      avrInstruction(this.cpu);
      this.cpu.tick();
    }
  }

  feed(bytes: readonly number[]): void {
    this.underWay.push(...bytes);
    this.cpu.addClockEvent(this.deliver, CYCLES_PER_BYTE);
  }
}

/** The emulated Uno of ours with nothing wired to it; its analog inputs are at half of their range. */
export class BoardChip implements TestChip {
  readonly sent: number[] = [];
  private readonly clock = new VirtualClock();
  private readonly board: AvrBoard;

  constructor(source: string) {
    this.board = new AvrBoard(this.clock, flashWith(source), {
      send: (bytes) => this.sent.push(...bytes),
      pinChanged: () => undefined,
      isHigh: (_pin, pulledUp) => pulledUp,
      analogMv: () => 2_500,
    });
    this.board.setPower(true);
  }

  runMs(ms: number): void {
    this.clock.advanceTo(this.clock.nowMs() + ms);
  }

  feed(bytes: readonly number[]): void {
    this.board.receive(Uint8Array.from(bytes));
  }
}
