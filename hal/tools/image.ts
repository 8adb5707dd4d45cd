import { createHash } from 'node:crypto';
import { IntelHexError, parseIntelHex } from '../intel-hex.js';
import type { Problem } from './problem.js';

export interface ImageFacts {
  /** From the first that is not as erased to the last. */
  readonly bytes: number;
  /** Of the file. */
  readonly sha256: string;
}

/** Whether a file is an image that fits the chip. */
export function checkImage(content: Buffer, file: string): ImageFacts | Problem {
  try {
    const { bytes, firstAddress } = parseIntelHex(content.toString('latin1'), file);
    const lastAddress = bytes.findLastIndex((byte) => byte !== 0xff);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { bytes: Math.max(lastAddress + 1 - firstAddress, 0), sha256 };
  } catch (error) {
    if (!(error instanceof IntelHexError)) throw error;
    return {
      kind: 'imageUnfit',
      what: `${error.message}.`,
      mend: 'Nothing has been written. An image is given with --image; without, the one that ships is taken.',
    };
  }
}

/** Whether the image is the one that was released. `hashFile` is what `sha256sum` prints. */
export function checkHash(image: ImageFacts, file: string, hashFile: string): Problem | null {
  const expected = /^[\da-f]{64}\b/.exec(hashFile)?.[0];
  if (expected === image.sha256) return null;
  return {
    kind: 'imageUnfit',
    what: `${file} is not the image that was released: its SHA-256 is not that in ${file}.sha256.`,
    mend: 'Install Latchkey again. To write an image of your own, name it with --image.',
  };
}
