import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Alarm, Clock } from '../../contracts/clock.js';
import type { HalFault, OrderAnswer } from '../../contracts/hal-fault.js';
import type { Recorder } from '../../contracts/recorder.js';

/** The calls in which a disk shows that it is full or failing; tests put others in their place. */
export type FootageDisk = Pick<typeof fs, 'writeSync' | 'fdatasync'>;

/** Chosen: two minutes of 50 kB frames. Then the entry goes on in the next file. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** Chosen: 4 GiB in all, some two hours. The oldest goes for the next. */
const FILES_MAX = 64;

/** Twice as often as the contract asks: the other half is for the disk. */
const CONFIRM_MS = 500;

const FILE_NAME = /^(\d+)\.mjpeg$/;

interface OpenFile {
  readonly descriptor: number;
  length: number;
  isSyncing: boolean;
  /** Whether a crash would find the file in its folder. */
  isListed: boolean;
}

/**
 * Keeps the pictures of entries in numbered files, each a run of JPEGs that any player shows (`ffplay 7.mjpeg`), and
 * confirms what fdatasync has made durable.
 */
export class Footage implements Recorder {
  private readonly folder: string;
  private readonly disk: FootageDisk;
  private readonly folderDescriptor: number;
  private readonly clock: Clock;
  private readonly alarm: Alarm;
  private listener: ((captureMs: number) => void) | null = null;
  private file: OpenFile | null = null;
  private recording = false;
  /** Of the newest frame that was written, and of the newest that was confirmed. */
  private writtenMs: number | null = null;
  private confirmedMs: number | null = null;

  constructor(folder: string, clock: Clock, disk: FootageDisk = fs) {
    this.folder = folder;
    this.folderDescriptor = fs.openSync(folder, 'r');
    this.clock = clock;
    this.disk = disk;
    this.alarm = clock.alarm(() => this.confirm());
  }

  start(): OrderAnswer {
    if (this.recording) return null;
    const fault = this.openNext();
    if (fault !== null) return fault;
    this.recording = true;
    this.alarm.set(this.clock.nowMs() + CONFIRM_MS);
    return null;
  }

  stop(): OrderAnswer {
    this.recording = false;
    this.alarm.clear();
    this.closeFile();
    return null;
  }

  watch(listener: (captureMs: number) => void): void {
    this.listener = listener;
  }

  /** A frame has come. While nothing is recorded it is gone. */
  take(picture: Uint8Array, captureMs: number): void {
    if (!this.recording) return;
    if (this.file === null || this.file.length + picture.length > FILE_BYTES_MAX) {
      this.closeFile();
      if (this.openNext() !== null) return;
    }
    if (this.file !== null && this.write(this.file, picture)) this.writtenMs = captureMs;
  }

  /** All of it, or none: a picture cut short would hide the next. */
  private write(file: OpenFile, picture: Uint8Array): boolean {
    try {
      for (let written = 0; written < picture.length;) {
        const left = picture.length - written;
        written += this.disk.writeSync(file.descriptor, picture, written, left, file.length + written);
      }
    } catch {
      this.cut(file);
      return false;
    }
    file.length += picture.length;
    return true;
  }

  private cut({ descriptor, length }: OpenFile): void {
    try {
      fs.ftruncateSync(descriptor, length);
    } catch {
      // A disk that fails altogether: what it took of the picture, the next one is written over.
    }
  }

  private confirm(): void {
    this.alarm.set(this.clock.nowMs() + CONFIRM_MS);
    const { file, writtenMs } = this;
    if (file === null || writtenMs === null || writtenMs === this.confirmedMs || file.isSyncing) return;
    file.isSyncing = true;
    this.makeDurable(file, (isDurable) => {
      file.isSyncing = false;
      if (file !== this.file) {
        fs.closeSync(file.descriptor);
        return;
      }
      if (!isDurable) return;
      this.confirmedMs = writtenMs;
      this.listener?.(writtenMs);
    });
  }

  /** Not at once: whoever waits for a disk cannot stop a motor. */
  private makeDurable(file: OpenFile, done: (isDurable: boolean) => void): void {
    this.disk.fdatasync(file.descriptor, (error) => {
      if (error !== null || file.isListed) {
        done(error === null);
        return;
      }
      this.disk.fdatasync(this.folderDescriptor, (folderError) => {
        file.isListed = folderError === null;
        done(file.isListed);
      });
    });
  }

  private openNext(): HalFault | null {
    try {
      const numbers = this.numbers();
      for (const number of numbers.slice(0, Math.max(0, numbers.length + 1 - FILES_MAX))) fs.rmSync(this.path(number));
      const descriptor = fs.openSync(this.path((numbers.at(-1) ?? 0) + 1), 'wx', 0o600);
      this.file = { descriptor, length: 0, isSyncing: false, isListed: false };
      this.writtenMs = null;
      return null;
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      return { part: 'recorder', detail: `no file for the footage: ${code === '' ? message : code}` };
    }
  }

  /** A file that is being synced is closed after that. */
  private closeFile(): void {
    const { file } = this;
    this.file = null;
    if (file !== null && !file.isSyncing) fs.closeSync(file.descriptor);
  }

  /** Ascending. */
  private numbers(): number[] {
    const numbers = fs.readdirSync(this.folder).flatMap((name) => {
      const number = FILE_NAME.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
    return numbers.toSorted((a, b) => a - b);
  }

  private path(number: number): string {
    return join(this.folder, `${number}.mjpeg`);
  }
}
