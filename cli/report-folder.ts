import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BadInput, reasonOf } from './bad-input.js';

/**
 * The folder for reports. A file is written in a folder of its own beside the others and then renamed, so that nobody
 * ever reads half of one.
 */
export class ReportFolder {
  private readonly path: string;
  private readonly workshop: string;

  /** Makes the folder if need be, and tries whether it can be written. Throws `BadInput`. */
  constructor(path: string) {
    this.path = path;
    try {
      makeFolder(resolve(path));
      this.workshop = mkdtempSync(join(path, '.latchkey-'));
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** Replaces a file of that name. Throws `BadInput`. */
  write(name: string, content: string): void {
    const finished = join(this.path, name);
    try {
      const draft = join(this.workshop, name);
      writeFileSync(draft, content);
      renameSync(draft, finished);
    } catch (error) {
      throw unwritable(finished, error);
    }
  }

  /** Removes what is not a report. */
  close(): void {
    rmSync(this.workshop, { recursive: true, force: true });
  }
}

/** Not by Node's own `recursive`: where a folder refuses to hold another, such as /proc, that never returns. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function unwritable(path: string, error: unknown): BadInput {
  return new BadInput(`${path}: cannot be written: ${reasonOf(error)}; name another folder with --out`, {
    cause: error,
  });
}
