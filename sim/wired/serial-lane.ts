import type { Alarm } from '../../hal/contracts/clock.js';
import { BAUD_RATE } from '../../hal/board-protocol.js';
import type { VirtualClock } from '../virtual-clock.js';

/** In parts of a ms so small that a byte takes a whole number of them: start bit, eight data bits, stop bit. */
const PARTS_PER_MS = BAUD_RATE;
const PARTS_PER_BYTE = 10 * 1000;

/** One direction of a serial line. Bytes arrive one after another at its rate, each in the whole ms after its last bit. */
export class SerialLane {
  private readonly clock: VirtualClock;
  private readonly arrived: (bytes: Uint8Array) => void;
  private readonly alarm: Alarm;
  private readonly underWay: number[] = [];
  /** When the first byte under way is complete; the others follow it without a gap. */
  private firstCompleteParts = 0;

  constructor(clock: VirtualClock, arrived: (bytes: Uint8Array) => void) {
    this.clock = clock;
    this.arrived = arrived;
    this.alarm = clock.alarm(() => this.arrive());
  }

  put(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.underWay.length === 0) {
      this.firstCompleteParts = this.clock.nowMs() * PARTS_PER_MS + PARTS_PER_BYTE;
      this.setAlarm();
    }
    for (const byte of bytes) this.underWay.push(byte);
  }

  /** How many bytes are under way. */
  length(): number {
    return this.underWay.length;
  }

  /** What is under way is lost. */
  clear(): void {
    this.underWay.length = 0;
    this.alarm.clear();
  }

  private arrive(): void {
    const sinceParts = this.clock.nowMs() * PARTS_PER_MS - this.firstCompleteParts;
    const bytes = Uint8Array.from(this.underWay.splice(0, Math.floor(sinceParts / PARTS_PER_BYTE) + 1));
    this.firstCompleteParts += bytes.length * PARTS_PER_BYTE;
    if (this.underWay.length > 0) this.setAlarm();
    this.arrived(bytes);
  }

  private setAlarm(): void {
    this.alarm.set(Math.ceil(this.firstCompleteParts / PARTS_PER_MS));
  }
}
