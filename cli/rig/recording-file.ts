import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import type { RecordingHeader } from '../../firmware/recording.js';
import { headerLine, RECORDING_BYTES_MAX, signalLine } from '../../firmware/recording.js';
import type { Signal } from '../../firmware/signals.js';
import { BadInput, reasonOf } from '../bad-input.js';

/** Says how many bytes it took. */
type WriteTo = (descriptor: number, bytes: Uint8Array) => number;

/** A recording as it grows. A disk that fails ends it; the rig goes on. */
export class RecordingFile {
  private readonly path: string;
  private readonly onEnd: (why: string) => void;
  private readonly descriptor: number;
  private readonly writeTo: WriteTo;
  private bytes = 0;
  private isOver = false;

  /** Makes the file; one that is there already is kept. Throws `BadInput`. */
  constructor(path: string, onEnd: (why: string) => void, writeTo: WriteTo = writeSync) {
    this.path = path;
    this.writeTo = writeTo;
    this.onEnd = onEnd;
    try {
      this.descriptor = openSync(path, 'wx', 0o600);
    } catch (error) {
      throw new BadInput(`${path}: cannot be written: ${reasonOf(error)}; name another file with --record`, {
        cause: error,
      });
    }
  }

  begin(header: RecordingHeader): void {
    this.write(headerLine(header));
  }

  take(atMs: number, signal: Signal): void {
    this.write(signalLine(atMs, signal));
  }

  /** Where nothing was recorded, no file is left that would bar the next try. */
  close(): void {
    this.isOver = true;
    closeSync(this.descriptor);
    if (this.bytes === 0) rmSync(this.path, { force: true });
  }

  private write(line: string): void {
    if (this.isOver) return undefined;
    const bytes = Buffer.from(line);
    if (this.bytes + bytes.length > RECORDING_BYTES_MAX) return this.end('it has become too long');
    try {
      const written = this.writeTo(this.descriptor, bytes);
      this.bytes += written;
      // Nothing may come behind half a line.
      return written < bytes.length ? this.end('the disk is full') : undefined;
    } catch (error) {
      return this.end(reasonOf(error));
    }
  }

  private end(why: string): void {
    this.isOver = true;
    this.onEnd(`${this.path}: the recording ends here: ${why}`);
  }
}
