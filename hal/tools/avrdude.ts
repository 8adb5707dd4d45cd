import type { FlashProgress } from './avrdude-output.js';
import { avrdudeVersion, flashProgress, hasBegunToWrite, hasVerified } from './avrdude-output.js';
import type { Bootloader, FlashJob } from './flash-job.js';
import { failureKind, flashProblem, noBootloader } from './flash-problem.js';
import type { Ended, Machine } from './machine.js';
import type { Problem } from './problem.js';

/** Chosen: 30 kB through an old bootloader take 20 s. avrdude 7.1 never ends if the cable is pulled in mid-write. */
const FLASH_TIMEOUT_MS = 60_000;

/** Chosen. */
const VERSION_TIMEOUT_MS = 10_000;

/** Chosen: avrdude's ten take a minute at a silent board. Versions before 7.0 warn, and make ten. */
const SYNC_ATTEMPTS = 3;

/** What is kept of avrdude's output, in characters; a whole run prints some 3,000. */
const OUTPUT_LENGTH_MAX = 100_000;

export interface Avrdude {
  readonly program: string;
  /** `null` if it did not say. */
  readonly version: string | null;
}

export interface FlashWatcher {
  trying(bootloader: Bootloader): void;
  progress(progress: FlashProgress): void;
}

export interface FlashOptions {
  readonly watcher: FlashWatcher;
  readonly signal?: AbortSignal;
  /** For each bootloader. */
  readonly timeoutMs?: number;
}

/** The bootloader through which the image was written and verified, or what was in the way. */
export type FlashResult = { readonly verifiedBy: Bootloader } | { readonly problem: Problem };

export async function findAvrdude(machine: Machine): Promise<Avrdude | Problem> {
  const program = await machine.findProgram('avrdude');
  if (program === null) {
    return {
      kind: 'avrdudeMissing',
      what: 'avrdude, which writes to the board, is not installed, or not on PATH.',
      mend: installAvrdude(machine),
    };
  }
  const { output } = await runAvrdude(machine, program, ['-?'], { timeoutMs: VERSION_TIMEOUT_MS });
  return { program, version: avrdudeVersion(output) };
}

/** Which one it is, as a sentence. */
export function avrdudeWords({ program, version }: Avrdude): string {
  return `avrdude ${version ?? 'of unknown version'} is at ${program}.`;
}

function installAvrdude({ platform }: Machine): string {
  if (platform === 'darwin') return 'Run `brew install avrdude` (https://brew.sh).';
  if (platform === 'win32') {
    return 'Get it from https://github.com/avrdudes/avrdude/releases, unpack it, and add its folder to PATH.';
  }
  return 'Debian, Ubuntu and Raspberry Pi OS: run `sudo apt install avrdude`. Others have it under the same name.';
}

/** The bootloader erases what it writes: nothing is erased beforehand (-D). */
export function avrdudeArguments({ part, port, imageFile }: FlashJob, { programmer, baudRate }: Bootloader): string[] {
  const options = {
    '-p': part,
    '-c': programmer,
    '-P': port,
    '-b': String(baudRate),
    '-x': `attempts=${SYNC_ATTEMPTS}`,
  };
  return [...Object.entries(options).flat(), '-D', '-U', `flash:w:${imageFile}:i`];
}

/** Writes and verifies. */
export async function flash(
  machine: Machine,
  program: string,
  job: FlashJob,
  { watcher, signal, timeoutMs = FLASH_TIMEOUT_MS }: FlashOptions,
): Promise<FlashResult> {
  for (const bootloader of job.bootloaders) {
    watcher.trying(bootloader);
    const { ended, output } = await runAvrdude(machine, program, avrdudeArguments(job, bootloader), {
      timeoutMs,
      ...(signal !== undefined && { signal }),
      onOutput: (text) => {
        const progress = flashProgress(text);
        if (progress !== null) watcher.progress(progress);
      },
    });
    if (ended.exitCode === 0 && hasVerified(output)) return { verifiedBy: bootloader };
    const kind = failureKind(ended, output);
    if (kind !== 'noAnswer' || hasBegunToWrite(output)) {
      return { problem: await flashProblem(kind, { machine, job, ended, output }) };
    }
  }
  return { problem: noBootloader(job) };
}

interface AvrdudeOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Gets all that was printed so far. */
  readonly onOutput?: (output: string) => void;
}

async function runAvrdude(
  machine: Machine,
  program: string,
  args: readonly string[],
  { onOutput, ...options }: AvrdudeOptions,
): Promise<{ ended: Ended; output: string }> {
  let output = '';
  const ended = await machine.run(program, args, {
    ...options,
    onOutput: (text) => {
      output = (output + text).slice(-OUTPUT_LENGTH_MAX);
      onOutput?.(output);
    },
  });
  return { ended, output };
}
