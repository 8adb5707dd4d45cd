import { usart0Config } from 'avr8js';
import type { Core, Interrupt } from './core.js';

const { UCSRA, UCSRB, UCSRC, UBRRL, UBRRH, UDR } = usart0Config;

/** In UCSRA. */
const RECEIVED = 0x80;
const TRANSMITTED = 0x40;
const DATA_EMPTY = 0x20;
const OVERRUN = 0x08;
const DOUBLE_SPEED = 0x02;
const SETTABLE = 0x03;

/** In UCSRB. */
const RECEIVER_ENABLE = 0x10;
const TRANSMITTER_ENABLE = 0x08;

/** Eight data bits. */
const UCSRC_AT_RESET = 0x06;

/** Start bit, eight data bits, stop bit: frames of other forms are taken for this one. */
const BITS_PER_FRAME = 10;

/** Behind the shift register. */
const RECEIVE_BUFFER_BYTES = 2;

function interrupt(address: number, mask: number, constant: boolean): Interrupt {
  return { address, flagRegister: UCSRA, flagMask: mask, enableRegister: UCSRB, enableMask: mask, constant };
}

/**
 * USART0 in place of avr8js's, which drops a received byte at each write to UCSRB, forgets its flags at each write to
 * UCSRA, has no buffers on either side, and takes the data-empty interrupt's flag away when it is answered.
 */
export class Usart {
  private readonly core: Core;
  private readonly sent: (byte: number) => void;
  private readonly receiveComplete = interrupt(usart0Config.rxCompleteInterrupt, RECEIVED, true);
  private readonly dataRegisterEmpty = interrupt(usart0Config.dataRegisterEmptyInterrupt, DATA_EMPTY, true);
  private readonly transmitComplete = interrupt(usart0Config.txCompleteInterrupt, TRANSMITTED, false);
  private readonly received: number[] = [];
  /** A third byte, which stays in the shift register until the next start bit. */
  private inShiftRegister: number | null = null;
  private shiftingOut: number | null = null;
  private waitingToGo: number | null = null;
  private readonly shiftedOut = (): void => this.finishSending();

  /** `sent` is told of each byte at the end of its stop bit. */
  constructor(core: Core, sent: (byte: number) => void) {
    this.core = core;
    this.sent = sent;
    core.data[UCSRA] = DATA_EMPTY;
    core.data[UCSRC] = UCSRC_AT_RESET;
    core.writeHooks[UCSRA] = (value, old) => this.writeStatus(value, old);
    core.writeHooks[UCSRB] = (value, old) => this.writeControl(value, old);
    core.readHooks[UDR] = () => this.read();
    core.writeHooks[UDR] = (value) => this.write(value);
  }

  /** A start bit has come in: a byte that waits in the shift register is lost to it. */
  startBit(): void {
    if (this.inShiftRegister === null) return;
    this.inShiftRegister = null;
    this.setStatus(OVERRUN, OVERRUN);
  }

  /** A byte has come in whole, 10 bits after its start. */
  arrived(byte: number): void {
    if ((this.control() & RECEIVER_ENABLE) === 0) return;
    if (this.received.length === RECEIVE_BUFFER_BYTES) {
      this.inShiftRegister = byte;
      return;
    }
    this.received.push(byte);
    this.core.setInterruptFlag(this.receiveComplete);
  }

  private read(): number {
    const byte = this.received.shift() ?? 0;
    if (this.inShiftRegister !== null) this.received.push(this.inShiftRegister);
    this.inShiftRegister = null;
    this.setStatus(OVERRUN, 0);
    if (this.received.length === 0) this.core.clearInterrupt(this.receiveComplete);
    return byte;
  }

  private write(byte: number): true {
    if ((this.control() & TRANSMITTER_ENABLE) === 0 || this.waitingToGo !== null) return true;
    if (this.shiftingOut === null) {
      this.shiftOut(byte);
    } else {
      this.waitingToGo = byte;
      this.core.clearInterrupt(this.dataRegisterEmpty);
    }
    return true;
  }

  private shiftOut(byte: number): void {
    this.shiftingOut = byte;
    this.core.addClockEvent(this.shiftedOut, this.cyclesPerBit() * BITS_PER_FRAME);
  }

  private finishSending(): void {
    const byte = this.shiftingOut ?? 0;
    this.shiftingOut = null;
    if (this.waitingToGo === null) {
      this.core.setInterruptFlag(this.transmitComplete);
    } else {
      this.shiftOut(this.waitingToGo);
      this.waitingToGo = null;
      this.core.setInterruptFlag(this.dataRegisterEmpty);
    }
    this.sent(byte);
  }

  private writeStatus(value: number, old: number): true {
    this.core.data[UCSRA] = (old & ~SETTABLE) | (value & SETTABLE);
    this.core.clearInterruptByFlag(this.transmitComplete, value);
    return true;
  }

  private writeControl(value: number, old: number): true {
    this.core.data[UCSRB] = value;
    if ((old & ~value & RECEIVER_ENABLE) !== 0) this.flush();
    this.core.updateInterruptEnable(this.receiveComplete, value);
    this.core.updateInterruptEnable(this.dataRegisterEmpty, value);
    this.core.updateInterruptEnable(this.transmitComplete, value);
    return true;
  }

  /** What switching the receiver off does. */
  private flush(): void {
    this.received.length = 0;
    this.inShiftRegister = null;
    this.setStatus(OVERRUN, 0);
    this.core.clearInterrupt(this.receiveComplete);
  }

  private setStatus(mask: number, bits: number): void {
    this.core.data[UCSRA] = (this.register(UCSRA) & ~mask) | bits;
  }

  private control(): number {
    return this.register(UCSRB);
  }

  private cyclesPerBit(): number {
    const divisor = (this.register(UBRRH) & 0x0f) * 0x100 + this.register(UBRRL) + 1;
    return divisor * ((this.register(UCSRA) & DOUBLE_SPEED) === 0 ? 16 : 8);
  }

  private register(address: number): number {
    return this.core.data[address] ?? 0;
  }
}
