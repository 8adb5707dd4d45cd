import { avrInstruction, CPU } from 'avr8js';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { takeShortcut } from '../../../sim/avr/shortcuts.js';

/** Where the instruction under test stands; behind it is the second word that some have. */
const START = 0x1000;

const shortcuts: Readonly<Record<string, number>> = {
  MOVW: 0x0100,
  MOV: 0x2c00,
  LDS: 0x9000,
  STS: 0x9200,
  POP: 0x900f,
  PUSH: 0x920f,
  RET: 0x9508,
  IN: 0xb000,
  OUT: 0xb800,
  RJMP: 0xc000,
  LDI: 0xe000,
  CBI: 0x9800,
};

interface Before {
  readonly registers: Uint8Array;
  readonly operands: number;
  readonly secondWord: number;
  readonly stackPointer: number;
}

const before: fc.Arbitrary<Before> = fc.record({
  registers: fc.uint8Array({ minLength: 0x60, maxLength: 0x60 }),
  operands: fc.nat(0xffff),
  secondWord: fc.integer({ min: 0, max: 0x08ff }),
  stackPointer: fc.integer({ min: 0x0200, max: 0x08f0 }),
});

/** Bits of the opcode that are operands. */
const operandBits: Readonly<Record<string, number>> = {
  MOVW: 0x00ff,
  MOV: 0x03ff,
  LDS: 0x01f0,
  STS: 0x01f0,
  POP: 0x01f0,
  PUSH: 0x01f0,
  RET: 0,
  IN: 0x07ff,
  OUT: 0x07ff,
  RJMP: 0x0fff,
  LDI: 0x0fff,
  CBI: 0x00ff,
};

function cpuIn({ registers, secondWord, stackPointer }: Before, opcode: number): CPU {
  const cpu = new CPU(new Uint16Array(0x4000), 2048);
  cpu.data.set(registers);
  for (let address = 0x100; address < cpu.data.length; address++) cpu.data[address] = (address * 37) & 0xff;
  cpu.SP = stackPointer;
  cpu.progMem[START] = opcode;
  cpu.progMem[START + 1] = secondWord;
  cpu.pc = START;
  cpu.cycles = 1000;
  for (const address of [0x25, 0x46, 0xc6]) {
    cpu.readHooks[address] = () => cpu.cycles & 0xff;
    cpu.writeHooks[address] = (value) => {
      cpu.data[address] = value ^ (cpu.cycles & 0xff);
      return true;
    };
  }
  return cpu;
}

describe('takeShortcut', () => {
  for (const [name, opcode] of Object.entries(shortcuts)) {
    it(`does ${name} as avr8js does${name === 'CBI' ? ', but for a cycle' : ''}`, () => {
      fc.assert(
        fc.property(before, (state) => {
          const word = opcode | (state.operands & (operandBits[name] ?? 0));
          const ours = cpuIn(state, word);
          const theirs = cpuIn(state, word);
          expect(takeShortcut(ours, word)).to.equal(true);
          avrInstruction(theirs);
          if (name === 'CBI') theirs.cycles += 1;
          expect({ pc: ours.pc, cycles: ours.cycles }).to.deep.equal({ pc: theirs.pc, cycles: theirs.cycles });
          expect(Buffer.from(ours.data).equals(Buffer.from(theirs.data))).to.equal(true);
        }),
      );
    });
  }

  it('leaves every other instruction alone', () => {
    const known = (word: number): boolean =>
      Object.entries(shortcuts).some(([name, opcode]) => (word & ~(operandBits[name] ?? 0)) === opcode);
    const cpu = cpuIn({ registers: new Uint8Array(0x60), operands: 0, secondWord: 0x100, stackPointer: 0x0400 }, 0);
    for (let word = 0; word <= 0xffff; word++) {
      cpu.SP = 0x0400;
      const pcBefore = (cpu.pc = START);
      const taken = takeShortcut(cpu, word);
      if (taken !== known(word) || (!taken && cpu.pc !== pcBefore)) expect.fail(`opcode ${word.toString(16)}`);
    }
  });
});
