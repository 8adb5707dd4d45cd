import type { PinLevel } from './io-device.js';
import type { PinSurroundings } from './wiring.js';

export const PIN_COUNT = 20;
export const FIRST_ANALOG_PIN = 14;
export const CHANNEL_COUNT = PIN_COUNT - FIRST_ANALOG_PIN;
export const PORT_COUNT = 3;

/** Firmata's pin modes, as far as our image has them. */
export const MODE = { input: 0, output: 1, analog: 2, inputPullUp: 11 } as const;

const NO_MODE = 0x7f;

/** Counts of ten bits, against the chip's supply of 5 V. */
const ADC_REFERENCE_MV = 5000;
const ADC_COUNTS = 1024;

/** Pins 0 and 1 carry the serial line. */
export function modesOf(pin: number): readonly number[] {
  if (pin < 2 || pin >= PIN_COUNT) return [];
  const digital = [MODE.input, MODE.output, MODE.inputPullUp];
  return pin < FIRST_ANALOG_PIN ? digital : [...digital, MODE.analog];
}

/**
 * The pins of an ATmega328P by Firmata's numbers. Until unlocked all stay plain inputs: what a host asks of outputs is
 * forgotten, and a pull-up waits.
 */
export class FirmataPins {
  private readonly surroundings: PinSurroundings;
  private readonly modes: number[] = [];
  private readonly levels: PinLevel[] = [];
  private readonly held: boolean[] = [];
  private unlocked = false;
  private isStandard = false;

  constructor(surroundings: PinSurroundings) {
    this.surroundings = surroundings;
  }

  /** Every pin an input; the surroundings are told of all of them. */
  reset(): void {
    this.unlocked = false;
    this.isStandard = false;
    for (let pin = 0; pin < PIN_COUNT; pin += 1) {
      this.modes[pin] = defaultMode(pin);
      this.levels[pin] = 'input';
      this.held[pin] = false;
      this.surroundings.pinChanged(pin, 'input');
    }
  }

  /** From now on the host may have outputs, and gets the pull-ups it asked for. */
  unlock(): void {
    this.unlocked = true;
    for (const [pin, mode] of this.modes.entries()) if (mode === MODE.inputPullUp) this.setLevel(pin, 'inputPullUp');
  }

  /** As StandardFirmata begins: every digital pin is an output. */
  beStandard(): void {
    this.isStandard = true;
    this.unlocked = true;
    for (let pin = 0; pin < FIRST_ANALOG_PIN; pin += 1) this.setMode(pin, MODE.output);
  }

  mode(pin: number): number {
    return this.modes[pin] ?? NO_MODE;
  }

  /** As Firmata counts it: the level of an output, or whether an input is pulled up. */
  state(pin: number): number {
    const level = this.levels[pin];
    return level === 'high' || level === 'inputPullUp' ? 1 : 0;
  }

  /** False if the pin has no such mode. A held pin keeps its own. */
  setMode(pin: number, mode: number): boolean {
    if (!modesOf(pin).includes(mode)) return false;
    if (this.held[pin] === true || this.modes[pin] === mode) return true;
    if (mode === MODE.output && !this.unlocked) return true;
    this.modes[pin] = mode;
    if (mode === MODE.output) this.setLevel(pin, 'low');
    else this.setLevel(pin, mode === MODE.inputPullUp && this.unlocked ? 'inputPullUp' : 'input');
    return true;
  }

  /** For the host: does nothing to held pins and to inputs, but that HIGH pulls up an input of StandardFirmata. */
  write(pin: number, high: boolean): void {
    if (this.isStandard && high && this.modes[pin] === MODE.input) this.setLevel(pin, 'inputPullUp');
    if (this.modes[pin] === MODE.output && this.held[pin] !== true) this.drive(pin, high);
  }

  /** Takes the pin from the host, as an output that is LOW or as an analog input. */
  hold(pin: number, mode: number): void {
    this.modes[pin] = mode;
    this.held[pin] = true;
    this.setLevel(pin, mode === MODE.output ? 'low' : 'input');
  }

  release(pin: number): void {
    this.modes[pin] = defaultMode(pin);
    this.held[pin] = false;
    this.setLevel(pin, 'input');
  }

  isHeld(pin: number): boolean {
    return this.held[pin] === true;
  }

  /** For the holder of an output. */
  drive(pin: number, high: boolean): void {
    this.setLevel(pin, high ? 'high' : 'low');
  }

  /** The digital inputs among the eight pins of a port; all else reads 0. */
  inputBits(port: number): number {
    let bits = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const pin = port * 8 + bit;
      const isInput = this.modes[pin] === MODE.input || this.modes[pin] === MODE.inputPullUp;
      if (isInput && this.surroundings.isHigh(pin, this.levels[pin] === 'inputPullUp')) bits |= 1 << bit;
    }
    return bits;
  }

  adcCounts(channel: number): number {
    const counts = Math.floor((this.surroundings.analogMv(channel) * ADC_COUNTS) / ADC_REFERENCE_MV);
    return Math.min(counts, ADC_COUNTS - 1);
  }

  private setLevel(pin: number, level: PinLevel): void {
    if (level === this.levels[pin]) return;
    this.levels[pin] = level;
    this.surroundings.pinChanged(pin, level);
  }
}

/** As in StandardFirmata: an analog pin is measured without being asked to change its mode. */
function defaultMode(pin: number): number {
  if (modesOf(pin).length === 0) return NO_MODE;
  return pin < FIRST_ANALOG_PIN ? MODE.input : MODE.analog;
}
