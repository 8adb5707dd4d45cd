#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { ReportFormat, SimOptions } from './sim-command.js';

/** Put in by the bundler from package.json, so that `--version` costs no file search. */
declare const LATCHKEY_VERSION: string;

/** Bad input: what was asked for cannot be understood. Nothing has been run or written. */
const exitBadInput = 2;

/** sysexits' EX_SOFTWARE: Node's own 1 would read as "expectation failed". */
const exitInternalFault = 70;

/** What a shell reports of a program that SIGPIPE ended: 128 + 13. */
const exitReaderGone = 141;

const reportFormats: readonly ReportFormat[] = ['junit', 'vcd', 'jsonl'];

interface SimFlags {
  readonly seed: number;
  readonly filter?: string;
  readonly out?: string;
  readonly report?: readonly ReportFormat[];
  readonly timeout?: number;
  readonly json: boolean;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError('Give a whole number, for example --seed 7.');
  }
  return seed;
}

function parseTimeoutSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds <= 0) {
    throw new InvalidArgumentError('Give a number of seconds above 0, for example --timeout 30.');
  }
  return seconds;
}

function parseReports(text: string): ReportFormat[] {
  return text.split(',').map((name) => {
    const format = reportFormats.find((known) => known === name.trim());
    if (format === undefined) {
      throw new InvalidArgumentError(`Give one or more of ${reportFormats.join(',')}, with commas between.`);
    }
    return format;
  });
}

/** An empty name is a variable that was not set. */
function parseOut(text: string): string {
  if (text === '') throw new InvalidArgumentError('Name a folder.');
  return text;
}

/** The command line's names and units become the simulator's. */
function simOptions(flags: SimFlags): SimOptions {
  return {
    seed: flags.seed,
    reports: flags.report ?? [],
    json: flags.json,
    ...(flags.filter !== undefined && { filter: flags.filter }),
    ...(flags.out !== undefined && { out: flags.out }),
    ...(flags.timeout !== undefined && { timeoutSeconds: flags.timeout }),
  };
}

function addSimCommand(program: Command): void {
  program
    .command('sim')
    .description('play stories at a simulated front door, on the real lock firmware')
    .argument('[SCENARIO...]', 'scenario files, or folders of them (default: the stories that ship)')
    .option('--seed <N>', 'what chance decides, a whole number', parseSeed, 1)
    .option('--filter <TEXT>', 'only stories whose name or file contains TEXT')
    .option('--out <DIR>', 'folder for the reports', parseOut)
    .option('--report <LIST>', `reports to write: ${reportFormats.join(',')}`, parseReports)
    .option('--timeout <SECONDS>', 'real time one story may take; exit 42 when it takes longer', parseTimeoutSeconds)
    .option('--json', 'print the result as JSON', false)
    .action(async (scenarioPaths: string[], flags: SimFlags, command: Command) => {
      if (flags.report !== undefined && flags.out === undefined) {
        command.error('error: --report needs a folder to write to. Add --out DIR.');
      }
      const { runSim } = await import('./sim-command.js');
      process.exitCode = await runSim(scenarioPaths, simOptions(flags));
    });
}

function addBoardsCommand(program: Command): void {
  program
    .command('boards')
    .description('list the supported boards, or show the wiring of one')
    .argument('[ID]', 'a board, for example arduino-uno')
    .option('--json', 'print the result as JSON', false)
    .action(async (id: string | undefined, flags: { readonly json: boolean }) => {
      const { runBoards } = await import('./boards-command.js');
      process.exitCode = await runBoards(id, { json: flags.json });
    });
}

function createProgram(): Command {
  const program = new Command('latchkey')
    .description('A front-door lock and the camera that watches it: firmware, and the simulator that proves it.')
    .version(LATCHKEY_VERSION)
    .exitOverride();
  addSimCommand(program);
  addBoardsCommand(program);
  return program;
}

/**
 * The reader of a pipe may leave early, as `head` does. That is no fault, but there is no verdict to give either. A full
 * disk behind it is for the user to mend.
 */
function leaveWithoutOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitReaderGone);
  process.stderr.write(
    `latchkey: cannot write the output (${error.code ?? error.message}). Make room, or write elsewhere.\n`,
  );
  process.exit(exitBadInput);
}

async function main(): Promise<void> {
  process.stdout.once('error', leaveWithoutOutput);
  try {
    await createProgram().parseAsync();
  } catch (error) {
    // Commander has already told the user what was wrong; only the exit code is left to set.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitBadInput;
    else {
      console.error('latchkey: this is a fault in Latchkey itself, not in your input.', error);
      process.exitCode = exitInternalFault;
    }
  }
}

void main();
