import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IntelHexError, parseIntelHex } from '../hal/intel-hex.js';
import type { MakeWorld } from '../sim/world.js';
import { avrWorlds, firmataWorlds } from '../sim/worlds/wired-world.js';
import { BadInput, reasonOf } from './bad-input.js';
import { readBoards, shippedBoardsFile } from './shipped-boards.js';

/** Comes with the package; the built command line lies two folders below it. */
const shippedImage = join(import.meta.dirname, '../../hal/image/latchkey.hex');

/** Worlds with a board that has pins, by boards.json as it ships. */
export async function wiredWorldsAt(
  fidelity: 'firmata' | 'avr',
  imageFile = shippedImage,
  warn: (warning: string) => void,
): Promise<MakeWorld> {
  const { boards } = await readBoards(shippedBoardsFile);
  return fidelity === 'firmata' ? firmataWorlds(boards) : avrWorlds(boards, await readImage(imageFile), warn);
}

async function readImage(file: string): Promise<Uint8Array> {
  try {
    return parseIntelHex(await readFile(file, 'utf8'), file).bytes;
  } catch (error) {
    if (error instanceof IntelHexError) throw new BadInput(error.message);
    throw new BadInput(`${file}: cannot be read: ${reasonOf(error)}; name an Intel HEX file`, { cause: error });
  }
}
