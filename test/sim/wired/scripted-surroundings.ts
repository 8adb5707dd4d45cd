import type { IoSurroundings, PinLevel } from '../../../sim/wired/io-device.js';
import type { VirtualClock } from '../../../sim/virtual-clock.js';

/** One whole message of the board, in hexadecimal. */
export interface Heard {
  /** When its last byte came. */
  readonly atMs: number;
  readonly bytes: string;
}

export interface PinChange {
  readonly atMs: number;
  readonly pin: number;
  readonly level: PinLevel;
}

/** What surrounds a board in a test: inputs that a script sets, and notes of all that the board sends and does. */
export class ScriptedSurroundings implements IoSurroundings {
  readonly heard: Heard[] = [];
  readonly changes: PinChange[] = [];
  readonly levels: PinLevel[] = [];
  /** Pins that something outside holds HIGH. */
  readonly high = new Set<number>();
  /** Pins with a switch to GND that is open: they read HIGH only if the board pulls them up. */
  readonly open = new Set<number>();
  readonly voltagesMv: number[] = [];
  private readonly clock: VirtualClock;
  private message: number[] = [];

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  send(bytes: Uint8Array): void {
    for (const byte of bytes) this.hear(byte);
  }

  pinChanged(pin: number, level: PinLevel): void {
    const before = this.levels[pin] ?? 'input';
    this.levels[pin] = level;
    if (level !== before) this.changes.push({ atMs: this.clock.nowMs(), pin, level });
  }

  isHigh(pin: number, pulledUp: boolean): boolean {
    return this.high.has(pin) || (pulledUp && this.open.has(pin));
  }

  analogMv(channel: number): number {
    return this.voltagesMv[channel] ?? 0;
  }

  setInput(pin: number, is: 'high' | 'open' | 'low'): void {
    this.high.delete(pin);
    this.open.delete(pin);
    if (is === 'high') this.high.add(pin);
    if (is === 'open') this.open.add(pin);
  }

  /** What was heard since the last call, without times. */
  takeHeard(): string[] {
    return this.heard.splice(0).map(({ bytes }) => bytes);
  }

  /** What the pins did since the last call, as "time pin level". */
  takeChanges(): string[] {
    return this.changes.splice(0).map(({ atMs, pin, level }) => `${atMs} ${pin} ${level}`);
  }

  private hear(byte: number): void {
    // A board that begins anew leaves a message unfinished.
    if (byte >= 0x80 && byte !== 0xf7) this.message = [];
    this.message.push(byte);
    const isSysex = this.message[0] === 0xf0;
    if (isSysex ? byte !== 0xf7 : this.message.length < 3) return;
    this.heard.push({ atMs: this.clock.nowMs(), bytes: hex(this.message) });
    this.message = [];
  }
}

export function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
