import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ImageFacts } from '../hal/tools/image.js';
import { checkHash, checkImage } from '../hal/tools/image.js';
import type { Problem } from '../hal/tools/problem.js';
import { reasonOf } from './bad-input.js';

/** Comes with the package, its hash beside it; the built command line lies two folders below the package. */
export const shippedImageFile = join(import.meta.dirname, '../../hal/image/latchkey.hex');

/** The image that ships, held to its hash. */
export async function readShippedImage(file: string): Promise<ImageFacts | Problem> {
  const facts = await readImage(file);
  if ('kind' in facts) return facts;
  const hashes = await read(`${file}.sha256`);
  if ('kind' in hashes) return hashes;
  return checkHash(facts, shown(file), hashes.toString()) ?? facts;
}

/** Anybody's image. */
export async function readImage(file: string): Promise<ImageFacts | Problem> {
  const content = await read(file);
  return 'kind' in content ? content : checkImage(content, shown(file));
}

/** What has been found, as a sentence. */
export function imageWords(file: string, { bytes }: ImageFacts, isShipped: boolean): string {
  const whose = isShipped ? 'is as it was released' : 'is not the one that ships';
  return `${shown(file)} has ${bytes} bytes, and ${whose}.`;
}

async function read(file: string): Promise<Buffer | Problem> {
  try {
    return await readFile(file);
  } catch (error) {
    return {
      kind: 'imageUnfit',
      what: `${shown(file)} cannot be read: ${reasonOf(error)}.`,
      mend: 'If it came with Latchkey, install Latchkey again; if not, name another with --image.',
    };
  }
}

/** As the user would name it. */
export function shown(file: string): string {
  return relative('', file);
}
