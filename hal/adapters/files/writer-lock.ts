import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

/** Chosen: a file left behind is cleared away at the first try; more tries mean that others start at the same moment. */
const TRIES = 5;

const holderSchema = v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)), startedAt: v.string() });

/** A process, and when it began: numbers of processes are used again. */
type Holder = v.InferOutput<typeof holderSchema>;

/** Who holds the lock, for a person. */
export class LockHeldError extends Error {
  readonly pid: number;

  constructor(pid: number) {
    super(`process ${pid} holds the lock`);
    this.pid = pid;
  }
}

/**
 * A file that says which process may write beside it. A process that was killed leaves its file behind, and that of a
 * dead process counts for nothing. Throws `LockHeldError`, or the file system's error.
 */
export class WriterLock {
  private readonly path: string;
  private readonly text: string;

  constructor(path: string) {
    this.path = path;
    this.text = `${JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) ?? '' } satisfies Holder)}\n`;
    for (let tries = 0; tries < TRIES; tries += 1) if (this.take()) return;
    throw new LockHeldError(holderIn(this.path)?.pid ?? 0);
  }

  release(): void {
    if (textOf(this.path) === this.text) unlinkSync(this.path);
  }

  /** The file appears whole: nobody ever reads half of it. */
  private take(): boolean {
    const draft = `${this.path}.${process.pid}`;
    try {
      writeFileSync(draft, this.text, { mode: 0o600 });
      linkSync(draft, this.path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    this.clearAway(`${this.path}.${process.pid}.left`);
    return false;
  }

  /** Another may do the same at this moment: what was moved aside is put back unless it is what was read. */
  private clearAway(aside: string): void {
    const found = textOf(this.path);
    const holder = holderIn(this.path);
    if (holder !== null && isAlive(holder)) throw new LockHeldError(holder.pid);
    try {
      renameSync(this.path, aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    if (textOf(aside) !== found) linkSync(aside, this.path);
    unlinkSync(aside);
  }
}

/** The living process that holds the lock, or `null`. Throws the file system's error. */
export function lockHolder(path: string): number | null {
  const holder = holderIn(path);
  return holder !== null && isAlive(holder) ? holder.pid : null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** `null` for a file that no writer wrote: it holds nobody back. */
function holderIn(path: string): Holder | null {
  try {
    const parsed = v.safeParse(holderSchema, JSON.parse(textOf(path) ?? ''));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const presentStart = startOf(pid);
  return startedAt === '' || presentStart === null || presentStart === startedAt;
}

/** Clock ticks since boot, and which boot, where Linux tells them (proc(5)); `null` elsewhere. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything; the start is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? null : `${boot} ${ticks}`;
  } catch {
    return null;
  }
}
