import { expect } from 'chai';
import { EEPROMMemoryBackend } from 'avr8js';
import { Atmega328p, resetCause } from '../../../sim/avr/atmega328p.js';
import type { Core } from '../../../sim/avr/core.js';

const SPMCSR = 0x57;
const [FILL, ERASE, WRITE, FREE] = [0x01, 0x03, 0x05, 0x11];
const PAGE = 0x1000;
const BUSY_CYCLES = 64_000;

/** A word address. */
const BOOTLOADER = 0x3900;
const JUMP_TO_ITSELF = 0xcfff;

describe('self-programming of the ATmega328P', () => {
  let flash: Uint16Array;
  let core: Core;

  beforeEach(() => {
    flash = new Uint16Array(0x4000);
    ({ core } = new Atmega328p({
      flash,
      eeprom: new EEPROMMemoryBackend(1024),
      cycles: 0,
      resetCauses: resetCause.powerOn,
      resetVector: BOOTLOADER,
      dataBefore: new Uint8Array(0x900),
      sent: () => undefined,
      analogMv: () => 0,
    }));
    flash[BOOTLOADER] = JUMP_TO_ITSELF;
  });

  /** SPM with Z and r1:r0 set, as soon after the write to SPMCSR as a program can. */
  function spm(command: number, address: number, word = 0xffff): void {
    core.dataView.setUint16(30, address, true);
    core.dataView.setUint16(0, word, true);
    core.writeData(SPMCSR, command);
    core.onStoreProgram(false);
  }

  function program(address: number, word: number): void {
    spm(FILL, address, word);
    spm(WRITE, address);
    core.run(core.cycles + BUSY_CYCLES);
  }

  function wordAt(address: number): number | undefined {
    return flash[address / 2];
  }

  it('writes what was filled into the page and forgets it then', () => {
    spm(ERASE, PAGE);
    core.run(core.cycles + BUSY_CYCLES);
    program(PAGE + 2, 0x1234);
    expect([wordAt(PAGE), wordAt(PAGE + 2), wordAt(PAGE + 0x80)]).to.deep.equal([0xffff, 0x1234, 0]);
    program(PAGE + 4, 0x5678);
    expect([wordAt(PAGE + 2), wordAt(PAGE + 4)]).to.deep.equal([0x1234, 0x5678]);
  });

  it('forgets what was filled when the section is freed', () => {
    spm(ERASE, PAGE);
    core.run(core.cycles + BUSY_CYCLES);
    spm(FILL, PAGE, 0x1234);
    spm(FREE, PAGE);
    program(PAGE + 2, 0x5678);
    expect([wordAt(PAGE), wordAt(PAGE + 2)]).to.deep.equal([0xffff, 0x5678]);
  });

  it('clears bits only, in flash and in the buffer', () => {
    spm(ERASE, PAGE);
    core.run(core.cycles + BUSY_CYCLES);
    spm(FILL, PAGE, 0xff0f);
    program(PAGE, 0xf0ff);
    expect(wordAt(PAGE)).to.equal(0xf00f);
    program(PAGE, 0x0fff);
    expect(wordAt(PAGE)).to.equal(0x000f);
  });

  it('is busy for 4 ms with a page of the application, and takes no command meanwhile', () => {
    flash[PAGE / 2] = 0x5555;
    spm(ERASE, PAGE);
    core.run(core.cycles + BUSY_CYCLES - 10);
    expect((core.data[SPMCSR] ?? 0) & 1).to.equal(1);
    spm(FILL, PAGE, 0x1111);
    core.run(core.cycles + 8);
    expect((core.data[SPMCSR] ?? 0) & 1).to.equal(1);
    core.run(core.cycles + 10);
    expect((core.data[SPMCSR] ?? 0) & 1).to.equal(0);
    program(PAGE, 0x2222);
    expect(wordAt(PAGE)).to.equal(0x2222);
  });

  it('halts the CPU for a page of the boot section', () => {
    const before = core.cycles;
    spm(ERASE, 0x7000);
    expect(core.cycles - before).to.equal(BUSY_CYCLES);
    expect(wordAt(0x7000)).to.equal(0xffff);
  });

  it('obeys only the boot section', () => {
    core.pc = 0x0100;
    spm(ERASE, PAGE);
    expect(wordAt(PAGE)).to.equal(0);
  });

  it('obeys only at once', () => {
    core.writeData(SPMCSR, ERASE);
    core.run(core.cycles + 7);
    core.onStoreProgram(false);
    expect(flash.includes(0xffff)).to.equal(false);
  });

  it('moves Z on if the instruction says so', () => {
    core.dataView.setUint16(30, PAGE, true);
    core.writeData(SPMCSR, FILL);
    core.onStoreProgram(true);
    expect(core.dataView.getUint16(30, true)).to.equal(PAGE + 2);
  });
});
