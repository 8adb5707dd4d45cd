import { avrInstruction, CPU } from 'avr8js';

import { takeShortcut } from './shortcuts.js';

/** Bundled, an import from a CommonJS package is a getter at each use: a sixth of the time of a run. */
const execute = avrInstruction;

/** Registers of the CPU, by their address in data space. */
const SMCR = 0x53;
const SLEEP_ENABLE = 0x01;

const SRAM_BYTES = 2048;

const SEI = 0x9478;
const RETI = 0x9518;
const SLEEP = 0x9588;
const SPM = 0x95e8;
const SPM_INCREMENT = 0x95f8;

/** The instructions that avr8js does not carry out are among those of this pattern. */
const RARE_MASK = 0xff0f;
const RARE = 0x9508;

/** The datasheet's four cycles until an interrupt's vector, of which avr8js counts two. */
const INTERRUPT_CYCLES_LEFT_OUT = 2;
/** The datasheet's halt after waking, before the interrupt is answered. */
const WAKING_CYCLES = 4;

/** An interrupt as avr8js describes it, without giving the type a name. */
export type Interrupt = Parameters<CPU['queueInterrupt']>[0];

interface ClockEvent {
  callback: () => void;
  dueCycles: number;
  next: ClockEvent | null;
}

/**
 * The CPU of avr8js with what it leaves out or gets wrong: SLEEP takes no time to simulate, an instruction is executed
 * between SEI or RETI and the next interrupt, SPM is somebody's, and clock events are unlinked before they are called.
 * A reset ends the run: whoever runs the core puts a new one in its place.
 */
export class Core extends CPU {
  /** Called at SPM, after its cycle has been counted. */
  onStoreProgram: (incrementZ: boolean) => void = () => undefined;
  /** Called as the chip falls asleep. */
  onSleep: () => void = () => undefined;
  /** Something inside the chip, which is its watchdog, has reset it. */
  wasReset = false;
  private isAsleep = false;
  private firstEvent: ClockEvent | null = null;
  private spareEvent: ClockEvent | null = null;
  /** Of the first event; `Infinity` without one. */
  private dueCycles = Infinity;

  /** `progMem` stays shared. The first cycle is counted as `cycles`. */
  constructor(progMem: Uint16Array, cycles: number) {
    super(progMem, SRAM_BYTES);
    this.cycles = cycles;
  }

  /** Runs until `untilCycles` or a few cycles more, as the last instruction has it, or until the chip resets itself. */
  run(untilCycles: number): void {
    if (this.isAsleep && !this.sleep(untilCycles)) return;
    const { progMem } = this;
    while (this.cycles < untilCycles) {
      const opcode = progMem[this.pc] ?? 0;
      if (!takeShortcut(this, opcode)) {
        execute(this);
        if ((opcode & RARE_MASK) === RARE && !this.complete(opcode, untilCycles)) return;
      }
      if (this.cycles >= this.dueCycles) {
        this.fireDue();
        if (this.wasReset) return;
      }
      if (this.nextInterrupt >= 0 && opcode !== SEI && opcode !== RETI) this.answerInterrupt();
    }
  }

  /** avr8js calls it when it is made, and when the watchdog bites. */
  override reset(): void {
    super.reset();
    this.wasReset = true;
  }

  override addClockEvent(callback: () => void, inCycles: number): () => void {
    const dueCycles = this.cycles + Math.max(1, inCycles);
    const event = this.spareEvent ?? { callback, dueCycles, next: null };
    this.spareEvent = event.next;
    event.callback = callback;
    event.dueCycles = dueCycles;
    let before: ClockEvent | null = null;
    let after = this.firstEvent;
    while (after !== null && after.dueCycles <= dueCycles) {
      before = after;
      after = after.next;
    }
    event.next = after;
    if (before === null) this.beginWith(event);
    else before.next = event;
    return callback;
  }

  override clearClockEvent(callback: () => void): boolean {
    let before: ClockEvent | null = null;
    let event = this.firstEvent;
    while (event !== null && event.callback !== callback) {
      before = event;
      event = event.next;
    }
    if (event === null) return false;
    if (before === null) this.beginWith(event.next);
    else before.next = event.next;
    this.spare(event);
    return true;
  }

  /** Until an interrupt wakes it, a sleeping chip does only what its clock events do. False if it sleeps on. */
  private sleep(untilCycles: number): boolean {
    for (;;) {
      if (this.nextInterrupt >= 0 && this.interruptsEnabled) {
        this.isAsleep = false;
        this.cycles += WAKING_CYCLES;
        this.answerInterrupt();
        return true;
      }
      if (this.dueCycles > untilCycles) {
        this.cycles = untilCycles;
        return false;
      }
      if (this.dueCycles > this.cycles) this.cycles = this.dueCycles;
      this.fireDue();
      if (this.wasReset) return false;
    }
  }

  private answerInterrupt(): void {
    if (!this.interruptsEnabled) return;
    // Of the base's own clock events there are none: what is left is the interrupt.
    super.tick();
    this.cycles += INTERRUPT_CYCLES_LEFT_OUT;
  }

  /** What avr8js took for no operation. False if nothing more is executed before `untilCycles`. */
  private complete(opcode: number, untilCycles: number): boolean {
    if (opcode === SLEEP && (this.readData(SMCR) & SLEEP_ENABLE) !== 0) {
      this.isAsleep = true;
      this.onSleep();
      return this.sleep(untilCycles);
    }
    if (opcode === SPM || opcode === SPM_INCREMENT) this.onStoreProgram(opcode === SPM_INCREMENT);
    return true;
  }

  private fireDue(): void {
    while (this.firstEvent !== null && this.firstEvent.dueCycles <= this.cycles) {
      const event = this.firstEvent;
      const { callback } = event;
      this.beginWith(event.next);
      this.spare(event);
      callback();
    }
  }

  private beginWith(event: ClockEvent | null): void {
    this.firstEvent = event;
    this.dueCycles = event === null ? Infinity : event.dueCycles;
  }

  /** Kept for the next event, so that none has to be allocated. */
  private spare(event: ClockEvent): void {
    event.next = this.spareEvent;
    this.spareEvent = event;
  }
}
