import type { CPU } from 'avr8js';

/** Of the ATmega328P's program memory. */
const LAST_WORD = 0x3fff;

const STACK_POINTER = 0x5d;
const IO_BEGIN = 0x20;

/**
 * The commonest instructions that set no flag, done as avr8js would do them. Its own decoder tries the instructions one
 * after another in the order of the alphabet, and these come late: half of what programs execute takes two thirds of
 * its time. And CBI, of whose two cycles avr8js counts one. False, with nothing done, for all others.
 */
export function takeShortcut(cpu: CPU, opcode: number): boolean {
  switch (opcode >> 12) {
    case 0x0:
      return (opcode & 0xff00) === 0x0100 && moveWord(cpu, opcode);
    case 0x2:
      return (opcode & 0xfc00) === 0x2c00 && move(cpu, opcode);
    case 0x9:
      return (opcode & 0xff00) === 0x9800 ? clearBit(cpu, opcode) : loadOrStore(cpu, opcode);
    case 0xb:
      return inOrOut(cpu, opcode);
    case 0xc:
      return relativeJump(cpu, opcode);
    case 0xe:
      return loadImmediate(cpu, opcode);
    default:
      return false;
  }
}

function loadOrStore(cpu: CPU, opcode: number): boolean {
  switch (opcode & 0xfe0f) {
    case 0x9000:
      return loadDirect(cpu, opcode);
    case 0x9200:
      return storeDirect(cpu, opcode);
    case 0x900f:
      return pop(cpu, opcode);
    case 0x920f:
      return push(cpu, opcode);
    case 0x9408:
      return opcode === 0x9508 && returnFromCall(cpu);
    default:
      return false;
  }
}

function moveWord(cpu: CPU, opcode: number): true {
  const from = 2 * (opcode & 0xf);
  const to = 2 * ((opcode & 0xf0) >> 4);
  const { data } = cpu;
  data[to] = data[from] ?? 0;
  data[to + 1] = data[from + 1] ?? 0;
  return advance(cpu, 1, 1);
}

function move(cpu: CPU, opcode: number): true {
  const { data } = cpu;
  data[(opcode & 0x1f0) >> 4] = data[(opcode & 0xf) | ((opcode & 0x200) >> 5)] ?? 0;
  return advance(cpu, 1, 1);
}

function loadImmediate(cpu: CPU, opcode: number): true {
  cpu.data[((opcode & 0xf0) >> 4) + 16] = (opcode & 0xf) | ((opcode & 0xf00) >> 4);
  return advance(cpu, 1, 1);
}

function relativeJump(cpu: CPU, opcode: number): true {
  return advance(cpu, 1 + (opcode & 0x7ff) - (opcode & 0x800), 2);
}

/** The read is made one cycle after the instruction began, as reading a counter shows. */
function loadDirect(cpu: CPU, opcode: number): true {
  cpu.cycles += 1;
  cpu.data[(opcode & 0x1f0) >> 4] = cpu.readData(cpu.progMem[cpu.pc + 1] ?? 0);
  return advance(cpu, 2, 1);
}

function storeDirect(cpu: CPU, opcode: number): true {
  cpu.writeData(cpu.progMem[cpu.pc + 1] ?? 0, cpu.data[(opcode & 0x1f0) >> 4] ?? 0);
  return advance(cpu, 2, 2);
}

function inOrOut(cpu: CPU, opcode: number): true {
  const address = ((opcode & 0xf) | ((opcode & 0x600) >> 5)) + IO_BEGIN;
  const register = (opcode & 0x1f0) >> 4;
  if ((opcode & 0x800) === 0) cpu.data[register] = cpu.readData(address);
  else cpu.writeData(address, cpu.data[register] ?? 0);
  return advance(cpu, 1, 1);
}

function clearBit(cpu: CPU, opcode: number): true {
  const address = ((opcode & 0xf8) >> 3) + IO_BEGIN;
  const mask = 1 << (opcode & 7);
  cpu.writeData(address, cpu.readData(address) & ~mask, mask);
  return advance(cpu, 1, 2);
}

function pop(cpu: CPU, opcode: number): true {
  const { data, dataView } = cpu;
  const top = dataView.getUint16(STACK_POINTER, true) + 1;
  dataView.setUint16(STACK_POINTER, top, true);
  data[(opcode & 0x1f0) >> 4] = data[top] ?? 0;
  return advance(cpu, 1, 2);
}

function push(cpu: CPU, opcode: number): true {
  const { data, dataView } = cpu;
  const top = dataView.getUint16(STACK_POINTER, true);
  data[top] = data[(opcode & 0x1f0) >> 4] ?? 0;
  dataView.setUint16(STACK_POINTER, top - 1, true);
  return advance(cpu, 1, 2);
}

function returnFromCall(cpu: CPU): true {
  const { data, dataView } = cpu;
  const top = dataView.getUint16(STACK_POINTER, true) + 2;
  dataView.setUint16(STACK_POINTER, top, true);
  cpu.pc = (data[top - 1] ?? 0) * 0x100 + (data[top] ?? 0);
  return advance(cpu, 0, 4);
}

function advance(cpu: CPU, words: number, cycles: number): true {
  cpu.pc = (cpu.pc + words) & LAST_WORD;
  cpu.cycles += cycles;
  return true;
}
