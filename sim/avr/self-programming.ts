import type { Core } from './core.js';

const SPMCSR = 0x57;
const ENABLE = 0x01;
const COMMAND_BITS = 0x3f;
const SECTION_BUSY = 0x40;

const FILL_BUFFER = 0x01;
const ERASE_PAGE = 0x03;
const WRITE_PAGE = 0x05;
const FREE_SECTION = 0x11;

const PAGE_WORDS = 64;
const ERASED = 0xffff;

/** Byte address of the part that holds the CPU while it is programmed; the largest boot section is the same. */
const BOOT_SECTION = 0x7000;

/** SPM counts only so soon after the write to SPMCSR, the writing instruction included. */
const ENABLED_CYCLES = 6;
/** 4 ms; the datasheet has 3.7 to 4.5 ms for each erase or write. */
const BUSY_CYCLES = 64_000;

/**
 * What SPM does in a bootloader: filling the page buffer, erasing and writing pages of flash. While a page is erased or
 * written the application section stays readable, which real flash does not; lock bits are left alone.
 */
export class SelfProgramming {
  private readonly core: Core;
  private readonly pageBuffer = new Uint16Array(PAGE_WORDS).fill(ERASED);
  private isBusy = false;
  private readonly disable = (): void => {
    this.isBusy = false;
    this.setStatus(this.status() & SECTION_BUSY);
  };

  constructor(core: Core) {
    this.core = core;
    core.writeHooks[SPMCSR] = (value) => {
      if (!this.isBusy) this.command(value & COMMAND_BITS);
      return true;
    };
    core.onStoreProgram = (incrementZ) => this.storeProgram(incrementZ);
  }

  private command(command: number): void {
    this.setStatus((this.status() & SECTION_BUSY) | command);
    this.core.clearClockEvent(this.disable);
    if ((command & ENABLE) !== 0) this.core.addClockEvent(this.disable, ENABLED_CYCLES);
  }

  private storeProgram(incrementZ: boolean): void {
    const { core } = this;
    const address = core.dataView.getUint16(30, true);
    if (incrementZ) core.dataView.setUint16(30, address + 2, true);
    if (this.isBusy || core.pc * 2 <= BOOT_SECTION) return;
    switch (this.status() & COMMAND_BITS) {
      case FILL_BUFFER:
        this.fill(address);
        break;
      case ERASE_PAGE:
        this.pageAt(address).fill(ERASED);
        this.keepBusy(address);
        break;
      case WRITE_PAGE:
        this.writePage(address);
        this.keepBusy(address);
        break;
      case FREE_SECTION:
        this.pageBuffer.fill(ERASED);
        this.setStatus(0);
        break;
      default:
        this.disable();
    }
  }

  /** Each word once, until the buffer is erased: bits only ever go to 0. */
  private fill(address: number): void {
    const word = (address >> 1) % PAGE_WORDS;
    this.pageBuffer[word] = (this.pageBuffer[word] ?? ERASED) & this.core.dataView.getUint16(0, true);
    this.disable();
  }

  private writePage(address: number): void {
    const page = this.pageAt(address);
    for (const [index, word] of this.pageBuffer.entries()) page[index] = (page[index] ?? ERASED) & word;
    this.pageBuffer.fill(ERASED);
  }

  private pageAt(address: number): Uint16Array {
    const begin = Math.floor(address / 2 / PAGE_WORDS) * PAGE_WORDS;
    return this.core.progMem.subarray(begin, begin + PAGE_WORDS);
  }

  /** The application section is programmed while the bootloader runs on; the bootloader's own halts the CPU. */
  private keepBusy(address: number): void {
    this.core.clearClockEvent(this.disable);
    if (address >= BOOT_SECTION) {
      this.core.cycles += BUSY_CYCLES;
      this.disable();
      return;
    }
    this.isBusy = true;
    this.setStatus(this.status() | SECTION_BUSY);
    this.core.addClockEvent(this.disable, BUSY_CYCLES);
  }

  private status(): number {
    return this.core.data[SPMCSR] ?? 0;
  }

  private setStatus(value: number): void {
    this.core.data[SPMCSR] = value;
  }
}
