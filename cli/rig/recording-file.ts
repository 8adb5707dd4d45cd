import { closeSync, openSync, writeSync } from 'node:fs';
import type { RecordingHeader } from '../../firmware/recording.js';
import { headerLine, signalLine } from '../../firmware/recording.js';
import type { Signal } from '../../firmware/signals.js';
import { BadInput, reasonOf } from '../bad-input.js';

/** Chosen: some 60 hours of ten frames a second. */
const BYTES_MAX = 256 * 1024 * 1024;

/** A recording as it grows. A disk that fails ends it; the rig goes on. */
export class RecordingFile {
  private readonly path: string;
  private readonly onEnd: (why: string) => void;
  private readonly descriptor: number;
  private bytes = 0;
  private isOver = false;

  /** Makes the file; one that is there already is kept. Throws `BadInput`. */
  constructor(path: string, onEnd: (why: string) => void) {
    this.path = path;
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

  close(): void {
    this.isOver = true;
    closeSync(this.descriptor);
  }

  private write(line: string): void {
    if (this.isOver) return;
    if (this.bytes + line.length > BYTES_MAX) return this.end('it has become too long');
    try {
      this.bytes += writeSync(this.descriptor, line);
    } catch (error) {
      this.end(reasonOf(error));
    }
  }

  private end(why: string): void {
    this.isOver = true;
    this.onEnd(`${this.path}: the recording ends here: ${why}`);
  }
}
