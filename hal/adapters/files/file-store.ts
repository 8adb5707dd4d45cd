import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HalFault, OrderAnswer } from '../../contracts/hal-fault.js';
import type { Store } from '../../contracts/store.js';
import { DataFolderError } from './data-folder.js';
import { troubleOf } from './file-trouble.js';
import { syncFolder } from './sync-folder.js';

/** The calls in which a disk shows that it is full or failing; tests put others in their place. */
export type StoreDisk = Pick<typeof fs, 'writeSync' | 'fdatasync'>;

const CLOSED: HalFault = { part: 'store', detail: 'the store is closed' };

type Done = (fault: HalFault | null) => void;

/** One file's worth of bytes: the store's present content, or what is to take its place. */
class Content {
  readonly descriptor: number;
  readonly path: string;
  length: number;
  /** So much of it is durable; the rest is kept here too, as a disk that failed to sync may forget it (see `begin`). */
  durableLength: number;
  tail: Uint8Array[] = [];
  /** The last sync failed: the tail has to be written anew. */
  isSuspect = false;

  constructor(path: string, flags: number) {
    this.path = path;
    // A link may lead to the journal of another lock, of which that folder's one writer knows nothing.
    this.descriptor = fs.openSync(path, flags | fs.constants.O_NOFOLLOW, 0o600);
    this.length = fs.fstatSync(this.descriptor).size;
    this.durableLength = this.length;
  }

  /** Whole appends, up to this length, are durable. */
  settle(length: number): void {
    let settled = 0;
    for (const bytes of this.tail) {
      if (this.durableLength >= length) break;
      this.durableLength += bytes.length;
      settled += 1;
    }
    this.tail = this.tail.slice(settled);
  }
}

interface Job {
  readonly content: Content;
  readonly isReplacement: boolean;
  readonly done: Done;
  /** What it was to make durable is lost already. */
  fault: HalFault | null;
}

/**
 * Bytes in a file. Appends go to the operating system at once and are made durable by fdatasync; a replacement is a new
 * file that is made durable and then renamed over the old one. Whoever opens it has seen to it that nobody else does.
 */
export class FileStore implements Store {
  private readonly path: string;
  private readonly disk: StoreDisk;
  /** The last one is what is appended to; the others wait to be replaced. */
  private readonly contents: Content[];
  private readonly jobs: Job[] = [];
  private replacements = 0;
  /** The newest replacement could not even be begun: what is appended for it is lost before it is written. */
  private refusal: HalFault | null = null;
  private readonly folderDescriptor: number;
  private isClosed = false;

  /** Opens the file, or makes it, for its owner only. Throws `DataFolderError`. */
  constructor(path: string, disk: StoreDisk = fs) {
    this.path = path;
    this.disk = disk;
    try {
      this.removeDrafts();
      const isNew = !fs.existsSync(path);
      this.contents = [new Content(path, fs.constants.O_RDWR | fs.constants.O_CREAT)];
      if (isNew) syncFolder(dirname(path));
      this.folderDescriptor = fs.openSync(dirname(path), 'r');
    } catch (error) {
      const { what, mend } = troubleOf(error);
      throw new DataFolderError(`${path}: cannot be opened: ${what}; ${mend}`, { cause: error });
    }
  }

  append(bytes: Uint8Array): OrderAnswer {
    if (this.isClosed) return CLOSED;
    return this.refusal ?? this.write(this.present(), bytes);
  }

  sync(done: Done): void {
    const fault = this.isClosed ? CLOSED : this.refusal;
    this.queue({ content: this.present(), isReplacement: false, done, fault });
  }

  read(): Uint8Array {
    const { descriptor, length } = this.present();
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const read = this.readAt(descriptor, bytes, at);
      if (read === 0) {
        throw new DataFolderError(`${this.path}: became shorter while it was read; let nothing else write it`);
      }
      at += read;
    }
    return bytes;
  }

  replace(bytes: Uint8Array, done: Done): void {
    if (this.isClosed) {
      this.sync(done);
      return;
    }
    this.replacements += 1;
    try {
      const { O_RDWR, O_CREAT, O_TRUNC } = fs.constants;
      const content = new Content(`${this.path}.new${this.replacements}`, O_RDWR | O_CREAT | O_TRUNC);
      this.contents.push(content);
      this.refusal = this.write(content, bytes);
    } catch (error) {
      this.refusal = this.faultOf(error);
    }
    this.queue({ content: this.present(), isReplacement: true, done, fault: this.refusal });
  }

  /** Takes nothing more, waits for what is under way, and closes the file. */
  async close(): Promise<void> {
    const synced = new Promise((resolve) => {
      this.sync(resolve);
    });
    this.isClosed = true;
    await synced;
    for (const { descriptor } of this.contents) fs.closeSync(descriptor);
    fs.closeSync(this.folderDescriptor);
  }

  private readAt(descriptor: number, bytes: Uint8Array, at: number): number {
    try {
      return fs.readSync(descriptor, bytes, at, bytes.length - at, at);
    } catch (error) {
      const { what, mend } = troubleOf(error);
      throw new DataFolderError(`${this.path}: cannot be read: ${what}; ${mend}`, { cause: error });
    }
  }

  /** A crash may leave replacements that were never put in place. */
  private removeDrafts(): void {
    const folder = dirname(this.path);
    const start = `${basename(this.path)}.new`;
    for (const name of fs.readdirSync(folder)) {
      if (name.startsWith(start) && /^\d+$/.test(name.slice(start.length))) fs.rmSync(join(folder, name));
    }
  }

  private present(): Content {
    const present = this.contents.at(-1);
    if (present === undefined) throw new Error(`${this.path}: the store has no content, which cannot be`);
    return present;
  }

  /** All of it, or none. */
  private write(content: Content, bytes: Uint8Array): OrderAnswer {
    try {
      this.writeAt(content, bytes, content.length);
    } catch (error) {
      this.cut(content);
      return this.faultOf(error);
    }
    content.length += bytes.length;
    content.tail.push(bytes.slice());
    return null;
  }

  private cut({ descriptor, length }: Content): void {
    try {
      fs.ftruncateSync(descriptor, length);
    } catch {
      // A disk that fails altogether: what it took of these bytes is a torn tail, and the next append is written over it.
    }
  }

  private writeAt({ descriptor }: Content, bytes: Uint8Array, position: number): void {
    for (let written = 0; written < bytes.length;) {
      written += this.disk.writeSync(descriptor, bytes, written, bytes.length - written, position + written);
    }
  }

  private writeTail(content: Content): void {
    let position = content.durableLength;
    for (const bytes of content.tail) {
      this.writeAt(content, bytes, position);
      position += bytes.length;
    }
  }

  private queue(job: Job): void {
    this.jobs.push(job);
    if (this.jobs.length === 1) this.begin(job);
  }

  /**
   * Linux tells of a failed write-back once, and then takes the page for clean: after a failed sync the next one would
   * succeed over bytes that the disk never got. So they are written again first.
   */
  private begin(job: Job): void {
    const { content } = job;
    if (job.fault !== null) {
      setImmediate(() => this.finish(job, job.fault));
      return;
    }
    const { length } = content;
    try {
      this.checkStillThere(content);
      if (content.isSuspect) this.writeTail(content);
    } catch (error) {
      setImmediate(() => this.finish(job, this.faultOf(error)));
      return;
    }
    this.disk.fdatasync(content.descriptor, (error) => {
      content.isSuspect = error !== null;
      if (error === null) content.settle(length);
      if (error !== null) this.finish(job, this.faultOf(error));
      else if (job.isReplacement) this.place(job);
      else this.finish(job, null);
    });
  }

  /** A file that somebody has removed goes on taking bytes, for nobody. */
  private checkStillThere({ descriptor }: Content): void {
    if (fs.fstatSync(descriptor).nlink === 0) throw Object.assign(new Error('removed'), { code: 'ENOENT' });
  }

  /** Puts a durable replacement in the place of what was there. */
  private place(job: Job): void {
    const { content } = job;
    try {
      fs.renameSync(content.path, this.path);
    } catch (error) {
      this.finish(job, this.faultOf(error));
      return;
    }
    for (const { descriptor } of this.contents.splice(0, this.contents.indexOf(content))) fs.closeSync(descriptor);
    // If that fails, the new content is there, though a crash may yet bring back the old: that is all a fault may mean.
    this.disk.fdatasync(this.folderDescriptor, (error) => this.finish(job, error && this.faultOf(error)));
  }

  private finish(job: Job, fault: HalFault | null): void {
    this.jobs.shift();
    if (fault !== null && job.isReplacement) this.drop(job, fault);
    const [next] = this.jobs;
    if (next !== undefined) this.begin(next);
    job.done(fault);
  }

  private faultOf(error: unknown): HalFault {
    const { what, mend } = troubleOf(error);
    return { part: 'store', detail: `${this.path}: ${what}; ${mend}` };
  }

  /** A replacement failed: whatever was appended to it is lost, and nobody may be told otherwise. */
  private drop({ content, fault: refusal }: Job, fault: HalFault): void {
    if (refusal !== null && this.refusal === refusal) this.refusal = null;
    const place = this.contents.indexOf(content);
    if (place <= 0) return;
    this.contents.splice(place, 1);
    fs.closeSync(content.descriptor);
    fs.rmSync(content.path, { force: true });
    for (const job of this.jobs) if (job.content === content) job.fault = fault;
  }
}
