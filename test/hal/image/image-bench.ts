import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arming, BoardStatus } from '../../../hal/board-protocol.js';
import { decodeStatus, encodeArm, SYSEX_STATUS } from '../../../hal/board-protocol.js';
import { AvrBoard } from '../../../sim/avr/avr-board.js';
import { parseIntelHex } from '../../../hal/intel-hex.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import type { IoSurroundings, PinLevel } from '../../../sim/wired/io-device.js';

const imagePath = join(import.meta.dirname, '../../../../hal/image/latchkey.hex');

export const CYCLES_PER_MS = 16_000;

/** Wired like the Uno of boards.json; a stall is 68 counts at 614 of supply. */
export const ARMING: Arming = {
  deadManTimeoutMs: 500,
  driveLimitMs: 2800,
  coastMs: 50,
  stallCounts: 68,
  supplyCounts: 614,
  stallMs: 200,
  in1Pin: 7,
  in2Pin: 8,
  enablePin: 9,
  currentChannel: 0,
  supplyChannel: 1,
  lampPins: [10, 11, 13],
};

export const STATUS_QUERY = [0xf0, SYSEX_STATUS, 0xf7] as const;

/** The flash of a chip with the committed image. */
export function shippedImage(): Uint8Array {
  return parseIntelHex(readFileSync(imagePath, 'utf8'), imagePath).bytes;
}

export interface PinChange {
  readonly cycle: number;
  readonly pin: number;
  readonly level: PinLevel;
}

/** The image on an emulated chip, with a serial line and voltages in a test's hands. */
export class ImageBench {
  readonly clock = new VirtualClock();
  readonly board: AvrBoard;
  private readonly sent: number[] = [];
  /** Every change of a pin at its cycle. */
  readonly changes: PinChange[] = [];
  readonly levels: PinLevel[] = Array.from({ length: 20 }, () => 'input');
  /** Pins that something outside drives HIGH. */
  readonly highInputs = new Set<number>();
  readonly counts = [0, 0, 0, 0, 0, 0];

  constructor(image = shippedImage(), resetAddress = 0) {
    const surroundings: IoSurroundings = {
      send: (bytes) => this.sent.push(...bytes),
      pinChanged: () => undefined,
      isHigh: (pin, pulledUp) => pulledUp || this.highInputs.has(pin),
      // The middle of what reads as that count.
      analogMv: (channel) => (((this.counts[channel] ?? 0) + 0.5) * 5000) / 1024,
    };
    this.board = new AvrBoard(this.clock, image, surroundings, resetAddress);
    this.board.onPin = (cycle, pin, level) => {
      this.levels[pin] = level;
      this.changes.push({ cycle, pin, level });
    };
    this.board.setPower(true);
    this.counts[1] = ARMING.supplyCounts;
  }

  run(durationMs: number): void {
    this.clock.advanceTo(this.clock.nowMs() + durationMs);
  }

  send(...bytes: readonly number[]): void {
    this.board.receive(Uint8Array.from(bytes));
  }

  /** Sends, and runs until it has arrived and been answered. */
  exchange(...bytes: readonly number[]): number[] {
    this.takeSent();
    this.send(...bytes);
    this.run(Math.ceil(bytes.length / 5) + 40);
    return this.takeSent();
  }

  /** What has been sent since the last time, but nothing of a message that is still under way. */
  takeSent(): number[] {
    return this.sent.splice(0, wholeLength(this.sent));
  }

  /** The reset line, as a host pulls it by opening the port. What was under way is cut off. */
  reset(): void {
    this.board.reset();
    this.sent.length = 0;
    this.run(20);
  }

  cutPower(): void {
    this.board.setPower(false);
    this.run(10);
    this.sent.length = 0;
    this.board.setPower(true);
    this.run(20);
  }

  arm(changes: Partial<Arming> = {}): BoardStatus {
    return lastStatus(this.exchange(...encodeArm({ ...ARMING, ...changes })));
  }

  status(): BoardStatus {
    return lastStatus(this.exchange(...STATUS_QUERY));
  }

  /** With the host alive: it asks for the status every 100 ms. Stops early once `until` holds, looked at every ms. */
  keepAlive(durationMs: number, until: () => boolean = () => false): void {
    for (let ms = 0; ms < durationMs && !until(); ms++) {
      if (ms % 100 === 0) this.send(...STATUS_QUERY);
      this.run(1);
    }
  }

  write(pin: number, high: boolean): void {
    this.send(0xf5, pin, high ? 1 : 0);
  }

  /** The host's order to drive; the motor runs when it has arrived, if the guard lets it. */
  drive(direction: 'in1' | 'in2'): void {
    this.write(direction === 'in1' ? ARMING.in1Pin : ARMING.in2Pin, true);
    this.write(ARMING.enablePin, true);
  }

  stop(): void {
    this.write(ARMING.in1Pin, false);
    this.write(ARMING.in2Pin, false);
  }

  isDriven(direction: 'in1' | 'in2'): boolean {
    const pin = direction === 'in1' ? ARMING.in1Pin : ARMING.in2Pin;
    return this.levels[pin] === 'high' && this.levels[ARMING.enablePin] === 'high';
  }

  isOff(): boolean {
    return [ARMING.in1Pin, ARMING.in2Pin, ARMING.enablePin].every((pin) => this.levels[pin] !== 'high');
  }

  nowCycles(): number {
    return this.clock.nowMs() * CYCLES_PER_MS;
  }

  /** When the pin last took this level. */
  cycleOf(pin: number, level: PinLevel): number {
    const change = this.changes.findLast((each) => each.pin === pin && each.level === level);
    if (change === undefined) throw new Error(`pin ${pin} never was ${level}`);
    return change.cycle;
  }
}

/** Where the message ends that begins there; beyond the bytes if they have only part of it. Throws if it is none. */
function messageEnd(bytes: readonly number[], begin: number): number {
  const status = bytes[begin] ?? 0;
  const isShort = (status & 0xf0) === 0x90 || (status & 0xf0) === 0xe0 || status === 0xf9;
  const next = bytes.findIndex((byte, index) => index > begin && byte > 0x7f);
  const isSysex = status === 0xf0 && (next < 0 || bytes[next] === 0xf7);
  if (isSysex) return next < 0 ? Infinity : next + 1;
  if (isShort && (next < 0 || next >= begin + 3)) return begin + 3;
  const shown = bytes.slice(begin, begin + 40).map((byte) => byte.toString(16));
  throw new Error(`no message of Firmata: ${shown.join(' ')}`);
}

function wholeLength(bytes: readonly number[]): number {
  let length = 0;
  for (let end = 0; end <= bytes.length; end = messageEnd(bytes, length)) {
    length = end;
    if (length === bytes.length) break;
  }
  return length;
}

/** The board's messages. Throws on bytes that are none. */
export function messagesIn(bytes: readonly number[]): number[][] {
  const messages: number[][] = [];
  for (let begin = 0; begin < bytes.length;) {
    const end = messageEnd(bytes, begin);
    if (end > bytes.length) throw new Error('the last message was cut off');
    messages.push(bytes.slice(begin, end));
    begin = end;
  }
  return messages;
}

export function statusesIn(bytes: readonly number[]): BoardStatus[] {
  return messagesIn(bytes).flatMap((message) => {
    if (message[0] !== 0xf0 || message[1] !== SYSEX_STATUS) return [];
    const status = decodeStatus(Uint8Array.from(message.slice(2, -1)));
    return status === null ? [] : [status];
  });
}

function lastStatus(bytes: readonly number[]): BoardStatus {
  const status = statusesIn(bytes).at(-1);
  if (status === undefined) throw new Error('no status came');
  return status;
}

/** A bench whose board has booted, and has said who it is. */
export function bootedBench(image?: Uint8Array, resetAddress?: number): ImageBench {
  const bench = new ImageBench(image, resetAddress);
  bench.run(20);
  bench.takeSent();
  return bench;
}

/** The same, armed. */
export function armedBench(changes: Partial<Arming> = {}): ImageBench {
  const bench = bootedBench();
  bench.arm(changes);
  return bench;
}
