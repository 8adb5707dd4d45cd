import type { EEPROMMemoryBackend } from 'avr8js';
import {
  adcConfig,
  ADCMuxInputType,
  AVRADC,
  AVRClock,
  AVREEPROM,
  AVRIOPort,
  AVRWatchdog,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  watchdogConfig,
} from 'avr8js';
import type { Interrupt } from './core.js';
import { Core } from './core.js';
import { PlannedTimer } from './planned-timer.js';
import { SelfProgramming } from './self-programming.js';
import { Usart } from './usart.js';

/** The crystal of an Uno. */
export const CLOCK_HZ = 16_000_000;

/** Bits of MCUSR: what has reset the chip since the program last cleared them. */
export const resetCause = { powerOn: 0x01, resetLine: 0x02, watchdog: 0x08 } as const;

const { MCUSR, WDTCSR } = watchdogConfig;
const WATCHDOG_CHANGE_ENABLE = 0x10;
const WATCHDOG_RESET_ENABLE = 0x08;

const { ADCSRA } = adcConfig;
const ADC_ENABLED = 0x80;
const ADC_CONVERTING = 0x40;
const ADC_DONE = 0x10;
const ADC_COUNTS = 1024;

const adcInterrupt: Interrupt = {
  address: adcConfig.adcInterrupt,
  flagRegister: ADCSRA,
  flagMask: ADC_DONE,
  enableRegister: ADCSRA,
  enableMask: 0x08,
};

/** Where the data space has SRAM, and where the registers of the CPU itself, which a reset leaves alone. */
const SRAM_BEGIN = 0x100;
const CPU_REGISTERS_END = 0x20;

export interface ChipOptions {
  /** Shared, as SPM writes it. */
  readonly flash: Uint16Array;
  readonly eeprom: EEPROMMemoryBackend;
  /** The number of the first cycle. */
  readonly cycles: number;
  /** MCUSR: bits of `resetCause`. */
  readonly resetCauses: number;
  /** Word address of the reset vector: 0, or that of a bootloader. */
  readonly resetVector: number;
  /** Data space before the reset, of which RAM and the CPU's own registers stay. */
  readonly dataBefore: Uint8Array;
  /** A byte has left the serial port whole. */
  sent(byte: number): void;
  /** The voltage at an analog channel, in mV. */
  analogMv(channel: number): number;
}

/**
 * An ATmega328P from one reset to the next: avr8js, with the workarounds for its defects in the parts that have any. It
 * runs at 16 MHz whatever the program writes to CLKPR, and every sleep mode is Idle.
 */
export class Atmega328p {
  readonly core: Core;
  readonly usart: Usart;
  readonly portB: AVRIOPort;
  readonly portC: AVRIOPort;
  readonly portD: AVRIOPort;
  /** What answers to the program alone, through the core's registers. */
  readonly builtIn: readonly object[];

  constructor(options: ChipOptions) {
    const core = new Core(options.flash, options.cycles);
    this.core = core;
    restore(core, options.dataBefore);
    this.portB = new AVRIOPort(core, portBConfig);
    this.portC = new AVRIOPort(core, portCConfig);
    this.portD = new AVRIOPort(core, portDConfig);
    this.usart = new Usart(core, (byte) => options.sent(byte));
    this.builtIn = [
      new PlannedTimer(core, timer0Config),
      new PlannedTimer(core, timer1Config),
      new PlannedTimer(core, timer2Config),
      new AVREEPROM(core, options.eeprom),
      new SelfProgramming(core),
      fitAdc(core, (channel) => options.analogMv(channel)),
      fitWatchdog(core, options.resetCauses),
    ];
    // Its flags can be cleared only.
    core.writeHooks[MCUSR] = (value, old) => {
      core.data[MCUSR] = value & old;
      return true;
    };
    core.pc = options.resetVector;
  }

  /** What a reset by `cause` leaves in MCUSR: causes add up until the program clears them. */
  resetCausesWith(cause: number): number {
    return (this.core.data[MCUSR] ?? 0) | cause;
  }
}

function restore(core: Core, dataBefore: Uint8Array): void {
  core.data.set(dataBefore.subarray(0, CPU_REGISTERS_END));
  core.data.set(dataBefore.subarray(SRAM_BEGIN), SRAM_BEGIN);
}

/**
 * Conversions read the pin when they begin. Of what a real one does, the ADC of avr8js leaves out three things: writing 1
 * to the flag clears it, falling asleep begins a conversion if none is under way, and switching off ends one.
 */
function fitAdc(core: Core, analogMv: (channel: number) => number): AVRADC {
  const adc = new AVRADC(core, adcConfig);
  let counts = 0;
  let convertedCounts = 0;
  const complete = (): void => {
    convertedCounts = counts;
    adc.completeADCRead(counts);
  };
  adc.onADCRead = (input) => {
    const mv = inputMv(input, analogMv);
    counts = Math.min(Math.max(Math.floor((mv / (adc.referenceVoltage * 1000)) * ADC_COUNTS), 0), ADC_COUNTS - 1);
    core.addClockEvent(complete, adc.sampleCycles);
  };
  const write = core.writeHooks[ADCSRA];
  core.writeHooks[ADCSRA] = (value, old, address, mask) => {
    const isDone = (old & ADC_DONE & ~value) !== 0 ? ADC_DONE : 0;
    // avr8js converts on until it is told of an end; the flag is settled below.
    if ((value & ADC_ENABLED) === 0 && core.clearClockEvent(complete)) adc.completeADCRead(convertedCounts);
    if (isDone === 0) core.clearInterrupt(adcInterrupt);
    const settled = (value & ~ADC_DONE) | isDone;
    if (write?.(settled, old, address, mask) !== true) core.data[ADCSRA] = settled;
    return true;
  };
  core.onSleep = () => {
    const control = core.data[ADCSRA] ?? 0;
    const isIdle = (control & (ADC_ENABLED | ADC_CONVERTING)) === ADC_ENABLED;
    if (isIdle) core.writeData(ADCSRA, (control & ~ADC_DONE) | ADC_CONVERTING);
  };
  return adc;
}

function inputMv(input: Parameters<AVRADC['onADCRead']>[0], analogMv: (channel: number) => number): number {
  switch (input.type) {
    case ADCMuxInputType.SingleEnded:
      return analogMv(input.channel);
    case ADCMuxInputType.Constant:
      return input.voltage * 1000;
    default:
      return 0;
  }
}

/** After a watchdog reset the watchdog stays on, at its shortest time, until the program clears WDRF: not so in avr8js. */
function fitWatchdog(core: Core, resetCauses: number): AVRWatchdog {
  const watchdog = new AVRWatchdog(core, watchdogConfig, new AVRClock(core, CLOCK_HZ));
  const write = core.writeHooks[WDTCSR];
  core.writeHooks[WDTCSR] = (value, old, address, mask) => {
    const isHeld = ((core.data[MCUSR] ?? 0) & resetCause.watchdog) !== 0;
    return write?.(isHeld ? value | WATCHDOG_RESET_ENABLE : value, old, address, mask) === true;
  };
  core.data[MCUSR] = resetCauses;
  if ((resetCauses & resetCause.watchdog) !== 0) {
    core.writeData(WDTCSR, WATCHDOG_CHANGE_ENABLE | WATCHDOG_RESET_ENABLE);
    core.writeData(WDTCSR, WATCHDOG_RESET_ENABLE);
  }
  return watchdog;
}
