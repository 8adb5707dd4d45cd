import type { Core } from './core.js';
import type { Usart } from './usart.js';

/** Bytes on the way to a chip, each for ten bits at the line's own rate. What is on the line outlasts a reset of the chip. */
export class IncomingLine {
  private readonly cyclesPerByte: number;
  private readonly arrived: (byte: number) => void;
  private readonly bytes: number[] = [];
  /** Fractions of a cycle add up: this is rounded only to set an event. */
  private readonly endCycles: number[] = [];
  private next = 0;
  private freeAtCycles = 0;
  private core: Core | null = null;
  private usart: Usart | null = null;
  private readonly begin = (): void => this.startByte();
  private readonly end = (): void => this.endByte();

  /** `arrived` is told of each byte, whether the chip takes it or not. */
  constructor(cyclesPerByte: number, arrived: (byte: number) => void) {
    this.cyclesPerByte = cyclesPerByte;
    this.arrived = arrived;
  }

  /** A chip that has just been reset: of a byte under way it sees the end. */
  connect(core: Core, usart: Usart): void {
    this.core = core;
    this.usart = usart;
    if (this.next < this.bytes.length) this.schedule(this.end, this.endCycles[this.next] ?? 0);
  }

  put(bytes: Uint8Array, fromCycles: number): void {
    if (bytes.length === 0) return;
    const wasIdle = this.next === this.bytes.length;
    if (wasIdle) this.forget();
    let endCycles = Math.max(this.freeAtCycles, fromCycles);
    for (const byte of bytes) {
      endCycles += this.cyclesPerByte;
      this.bytes.push(byte);
      this.endCycles.push(endCycles);
    }
    this.freeAtCycles = endCycles;
    if (wasIdle) this.scheduleNext();
  }

  /** The line is dead: what is under way is lost. */
  clear(): void {
    this.core?.clearClockEvent(this.begin);
    this.core?.clearClockEvent(this.end);
    this.forget();
    this.freeAtCycles = 0;
  }

  private forget(): void {
    this.bytes.length = 0;
    this.endCycles.length = 0;
    this.next = 0;
  }

  private scheduleNext(): void {
    const startCycles = (this.endCycles[this.next] ?? 0) - this.cyclesPerByte;
    if (this.core !== null && Math.ceil(startCycles) <= this.core.cycles) this.startByte();
    else this.schedule(this.begin, startCycles);
  }

  private startByte(): void {
    this.usart?.startBit();
    this.schedule(this.end, this.endCycles[this.next] ?? 0);
  }

  private endByte(): void {
    const byte = this.bytes[this.next] ?? 0;
    this.next += 1;
    this.arrived(byte);
    this.usart?.arrived(byte);
    if (this.next < this.bytes.length) this.scheduleNext();
  }

  private schedule(event: () => void, atCycles: number): void {
    this.core?.addClockEvent(event, Math.ceil(atCycles) - this.core.cycles);
  }
}
