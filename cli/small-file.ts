import { closeSync, openSync, readSync } from 'node:fs';
import { BadInput, reasonOf } from './bad-input.js';

/** The text of a file that has at most so many bytes. Throws `BadInput`. */
export function readSmallFile(file: string, bytesMax: number): string {
  const bytes = Buffer.alloc(bytesMax + 1);
  let count = 0;
  try {
    const descriptor = openSync(file, 'r');
    try {
      for (let read = -1; read !== 0 && count < bytes.length; count += read) {
        read = readSync(descriptor, bytes, count, bytes.length - count, null);
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new BadInput(`${file}: cannot be read: ${reasonOf(error)}; name another file`, { cause: error });
  }
  if (count > bytesMax) throw new BadInput(`${file}: has more than ${bytesMax} bytes; name another file`);
  return bytes.toString('utf8', 0, count);
}
