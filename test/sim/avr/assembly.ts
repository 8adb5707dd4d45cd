import { assemble } from 'avr8js/dist/cjs/utils/assembler.js';
import { FLASH_BYTES } from '../../../hal/intel-hex.js';

/** Opens the serial port at 58,824 baud, as the board's image does. */
export const OPEN_SERIAL = `
  ldi r16, 16
  sts 0xc4, r16
  ldi r16, 0x18
  sts 0xc1, r16`;

/** To be called: `send` sends r20, `pause` takes 2 ms. Both use r17, r26 and r27. */
export const SUBROUTINES = `
send:
  lds r17, 0xc0
  sbrs r17, 5
  rjmp send
  sts 0xc6, r20
  ret
pause:
  ldi r26, 0x00
  ldi r27, 0x20
pausing:
  sbiw r26, 1
  brne pausing
  ret`;

/** What programs send for an answer: "y" and "n". */
export const [YES, NO] = [0x79, 0x6e];

/** A vector table with one entry at a word address; the program begins behind it. */
export function withVector(word: number, label: string, program: string): string {
  return `jmp begin\n_loc ${word * 2}\njmp ${label}\n_loc 0x70\nbegin:\n${program}`;
}

/** Flash with a program in the words of avr8js's assembler. */
export function flashWith(source: string): Uint8Array {
  const { bytes, errors } = assemble(source);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const flash = new Uint8Array(FLASH_BYTES).fill(0xff);
  flash.set(bytes);
  return flash;
}
