import { expect } from 'chai';
import { withBootloader } from '../../../sim/avr/bootloader.js';
import type { FlashImage } from '../../../hal/intel-hex.js';
import { FLASH_BYTES, IntelHexError } from '../../../hal/intel-hex.js';

function imageOf(firstAddress: number, ...data: readonly number[]): FlashImage {
  const bytes = new Uint8Array(FLASH_BYTES).fill(0xff);
  bytes.set(data, firstAddress);
  return { bytes, firstAddress };
}

describe('withBootloader', () => {
  const bootloader = imageOf(0x7800, 0xb0, 0xb1);

  it('puts the bootloader behind the program, and leaves both images as they are', () => {
    const program = imageOf(0, 1);
    const bytes = withBootloader(program, bootloader);
    expect([bytes[0], bytes[1], bytes[0x7800], bytes[0x7801]]).to.deep.equal([1, 0xff, 0xb0, 0xb1]);
    expect(program.bytes[0x7800]).to.equal(0xff);
  });

  it('refuses a program that reaches into it', () => {
    expect(() => withBootloader(imageOf(0x77ff, 1, 2), bootloader)).to.throw(IntelHexError, /begins at 30720; build a/);
  });
});
