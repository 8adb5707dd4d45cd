import type { AVRIOPort } from 'avr8js';
import { EEPROMMemoryBackend, PinState } from 'avr8js';
import { BAUD_RATE } from '../../hal/board-protocol.js';
import type { Alarm } from '../../hal/contracts/clock.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { IoDevice, IoSurroundings, PinLevel } from '../wired/io-device.js';
import { Atmega328p, CLOCK_HZ, resetCause } from './atmega328p.js';
import { CycleHash } from './cycle-hash.js';
import { IncomingLine } from './incoming-line.js';

/** The chip runs in steps of this length: what its surroundings notice within a ms they notice at its end. */
const STEP_MS = 1;
const CYCLES_PER_MS = CLOCK_HZ / 1000;

const CYCLES_PER_BYTE = (10 * CLOCK_HZ) / BAUD_RATE;

const EEPROM_BYTES = 1024;

/** RAM after power was off; chosen, as anything but zeros, which a program might take for its own. */
const RAM_AT_POWER_ON = 0xa5;
const DATA_SPACE_BYTES = 0x900;

/** Of each port the first pin in Firmata's numbering, and how many of its bits are pins of an Uno. */
const PORT_D = { firstPin: 0, bits: 8 } as const;
const PORT_B = { firstPin: 8, bits: 6 } as const;
const PORT_C = { firstPin: 14, bits: 6 } as const;
const PIN_COUNT = 20;

const LEVELS: Readonly<Record<PinState, PinLevel>> = {
  [PinState.Low]: 'low',
  [PinState.High]: 'high',
  [PinState.Input]: 'input',
  [PinState.InputPullUp]: 'inputPullUp',
};

/** An Arduino Uno, cycle by cycle: an ATmega328P with a program in its flash, on its serial line and its pins. */
export class AvrBoard implements IoDevice {
  /** Told of each change of a pin at its very cycle; `pinChanged` of the surroundings hears of it in the next whole ms. */
  onPin: ((cycle: number, pin: number, level: PinLevel) => void) | null = null;
  private readonly clock: VirtualClock;
  private readonly surroundings: IoSurroundings;
  private readonly step: Alarm;
  private readonly flash: Uint16Array;
  private readonly resetVector: number;
  private readonly eeprom = new EEPROMMemoryBackend(EEPROM_BYTES);
  private readonly line: IncomingLine;
  private readonly hash = new CycleHash();
  private chip: Atmega328p | null = null;
  private readonly states: PinState[] = Array.from({ length: PIN_COUNT }, () => PinState.Input);
  /** Pin and state in turn, not yet told to the surroundings. */
  private readonly changes: number[] = [];
  private isTelling = false;
  private readonly sentBytes: number[] = [];

  /** `image` is all of the flash, and is copied. A bootloader in it runs first if `resetAddress` is where it begins. */
  constructor(clock: VirtualClock, image: Uint8Array, surroundings: IoSurroundings, resetAddress = 0) {
    this.clock = clock;
    this.surroundings = surroundings;
    this.flash = new Uint16Array(image.slice().buffer);
    this.resetVector = resetAddress / 2;
    this.step = clock.alarm(() => this.runStep());
    this.line = new IncomingLine(CYCLES_PER_BYTE, (byte) => this.hash.received(this.chip?.core.cycles ?? 0, byte));
  }

  setPower(on: boolean): void {
    if (on === (this.chip !== null)) return;
    if (on) {
      this.boot(this.nowCycles(), resetCause.powerOn, new Uint8Array(DATA_SPACE_BYTES).fill(RAM_AT_POWER_ON));
      this.step.set(this.clock.nowMs() + STEP_MS);
      return;
    }
    this.chip = null;
    this.step.clear();
    this.line.clear();
    this.releasePins(this.nowCycles());
    this.tellChanges();
  }

  reset(): void {
    if (this.chip === null) return;
    this.restart(this.chip, resetCause.resetLine);
    this.tellChanges();
  }

  receive(bytes: Uint8Array): void {
    if (this.chip !== null) this.line.put(bytes, this.nowCycles());
  }

  inputsChanged(): void {
    if (this.chip === null) return;
    this.readPins(this.chip.portD, PORT_D);
    this.readPins(this.chip.portB, PORT_B);
    this.readPins(this.chip.portC, PORT_C);
  }

  /** Equal for two runs that were equal in each byte on the line and each change of a pin, to the cycle. */
  traceHash(): string {
    return this.hash.text();
  }

  /** As it is now: a bootloader may have changed it. */
  flashBytes(): Uint8Array {
    return new Uint8Array(this.flash.buffer).slice();
  }

  private runStep(): void {
    const untilCycles = this.nowCycles();
    let { chip } = this;
    while (chip !== null && chip.core.cycles < untilCycles) {
      chip.core.run(untilCycles);
      if (chip.core.wasReset) chip = this.restart(chip, resetCause.watchdog);
    }
    this.step.set(this.clock.nowMs() + STEP_MS);
    this.tellChanges();
    if (this.sentBytes.length > 0) this.surroundings.send(Uint8Array.from(this.sentBytes.splice(0)));
  }

  private restart(chip: Atmega328p, cause: number): Atmega328p {
    const { cycles, data } = chip.core;
    this.releasePins(cycles);
    return this.boot(cycles, chip.resetCausesWith(cause), data);
  }

  private boot(cycles: number, resetCauses: number, dataBefore: Uint8Array): Atmega328p {
    const chip = new Atmega328p({
      flash: this.flash,
      eeprom: this.eeprom,
      cycles,
      resetCauses,
      resetVector: this.resetVector,
      dataBefore,
      sent: (byte) => this.byteSent(byte),
      analogMv: (channel) => this.surroundings.analogMv(channel),
    });
    this.chip = chip;
    this.line.connect(chip.core, chip.usart);
    this.watchPort(chip.portD, PORT_D);
    this.watchPort(chip.portB, PORT_B);
    this.watchPort(chip.portC, PORT_C);
    this.inputsChanged();
    return chip;
  }

  private byteSent(byte: number): void {
    this.sentBytes.push(byte);
    this.hash.sent(this.chip?.core.cycles ?? 0, byte);
  }

  private watchPort(port: AVRIOPort, { firstPin, bits }: { firstPin: number; bits: number }): void {
    port.addListener(() => {
      for (let bit = 0; bit < bits; bit++) {
        const state = port.pinState(bit);
        if (state === this.states[firstPin + bit]) continue;
        this.pinIs(this.chip?.core.cycles ?? 0, firstPin + bit, state);
        this.readPin(port, bit, firstPin + bit, state);
      }
    });
  }

  private readPins(port: AVRIOPort, { firstPin, bits }: { firstPin: number; bits: number }): void {
    for (let bit = 0; bit < bits; bit++) {
      this.readPin(port, bit, firstPin + bit, this.states[firstPin + bit] ?? PinState.Input);
    }
  }

  private readPin(port: AVRIOPort, bit: number, pin: number, state: PinState): void {
    if (state === PinState.Low || state === PinState.High) return;
    port.setPin(bit, this.surroundings.isHigh(pin, state === PinState.InputPullUp));
  }

  /** Without power, and at each reset. */
  private releasePins(cycles: number): void {
    for (let pin = 0; pin < PIN_COUNT; pin++) this.pinIs(cycles, pin, PinState.Input);
  }

  private pinIs(cycles: number, pin: number, state: PinState): void {
    this.states[pin] = state;
    this.changes.push(pin, state);
    this.hash.pin(cycles, pin, state);
    this.onPin?.(cycles, pin, LEVELS[state]);
  }

  /** Surroundings that answer by resetting the board or taking its power only add to the list. */
  private tellChanges(): void {
    if (this.isTelling) return;
    this.isTelling = true;
    for (let index = 0; index < this.changes.length; index += 2) {
      const state = this.changes[index + 1] as PinState;
      this.surroundings.pinChanged(this.changes[index] ?? 0, LEVELS[state]);
    }
    this.changes.length = 0;
    this.isTelling = false;
  }

  private nowCycles(): number {
    return this.clock.nowMs() * CYCLES_PER_MS;
  }
}
