import type { FileHandle } from 'node:fs/promises';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../files/sync-folder.js';

const NEWLINE = 0x0a;

/**
 * A file of JSON lines that is only ever added to. What `append` has returned for is durable. A line that was cut short,
 * by a crash or a full disk, stays as it is: the next one begins afresh behind it. A file that has become long is moved
 * aside, to `….old`, over the one before. One process writes, one line at a time.
 */
export class JsonLinesFile {
  private readonly path: string;
  private readonly bytesMax: number;

  constructor(path: string, bytesMax: number) {
    this.path = path;
    this.bytesMax = bytesMax;
  }

  /** Rejects with the file system's error; then the line may be there in part, or whole. */
  async append(value: object): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    if (await this.appendUnlessFull(line)) return;
    await rename(this.path, `${this.path}.old`);
    await this.appendUnlessFull(line);
  }

  private async appendUnlessFull(line: Buffer): Promise<boolean> {
    const file = await open(this.path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      if (size > 0 && size + line.length > this.bytesMax) return false;
      await file.appendFile((await isTorn(file, size)) ? Buffer.concat([Buffer.of(NEWLINE), line]) : line);
      await file.datasync();
      if (size === 0) syncFolder(dirname(this.path));
      return true;
    } finally {
      await file.close();
    }
  }
}

async function isTorn(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEWLINE;
}
