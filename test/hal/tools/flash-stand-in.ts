import { join } from 'node:path';
import type { FlashResult } from '../../../hal/tools/avrdude.js';
import { findAvrdude, flash } from '../../../hal/tools/avrdude.js';
import { thisMachine } from '../../../hal/tools/this-machine.js';
import type { Stk500Options } from './stk500-board.js';
import { Stk500Board } from './stk500-board.js';

export const imageFile = join(import.meta.dirname, '../../../../hal/image/latchkey.hex');

/** Flashes the image that ships into a stand-in for a bootloader, by the avrdude of this computer. */
export async function flashStandIn(options: Stk500Options): Promise<{ result: FlashResult; flash: Buffer }> {
  const avrdude = await findAvrdude(thisMachine);
  if ('kind' in avrdude) throw new Error(avrdude.what);
  const board = await Stk500Board.start(options);
  try {
    const bootloaders = [{ id: 'optiboot', name: 'Optiboot', programmer: 'arduino', baudRate: 115_200 }];
    const job = { chip: 'ATmega328P', part: 'm328p', port: board.port, imageFile, bootloaders };
    const watcher = { trying: () => undefined, progress: () => undefined };
    return { result: await flash(thisMachine, avrdude.program, job, { watcher }), flash: board.flash };
  } finally {
    board.stop();
  }
}
