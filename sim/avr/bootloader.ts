import type { FlashImage } from '../../hal/intel-hex.js';
import { IntelHexError } from '../../hal/intel-hex.js';

const ERASED = 0xff;

/** Flash that holds a program and a bootloader. Throws `IntelHexError` if one reaches into the other. */
export function withBootloader(program: FlashImage, bootloader: FlashImage): Uint8Array {
  const { firstAddress } = bootloader;
  if (program.bytes.subarray(firstAddress).some((byte) => byte !== ERASED)) {
    throw new IntelHexError(
      `the program reaches into the bootloader, which begins at ${firstAddress}; build a smaller one`,
    );
  }
  const bytes = program.bytes.slice();
  bytes.set(bootloader.bytes.subarray(firstAddress), firstAddress);
  return bytes;
}
