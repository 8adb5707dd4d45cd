#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addBoardsCommand, addDoctorCommand, addFlashCommand } from './board-programs.js';
import { addJournalCommand } from './journal-program.js';
import { addLockCommands } from './lock-programs.js';
import { addNoticesCommand } from './notices-program.js';
import { addRigCommand } from './rig-program.js';
import { addSimCommand } from './sim-program.js';

/** Put in by the bundler from package.json, so that `--version` costs no file search. */
declare const LATCHKEY_VERSION: string;

/** Bad input: what was asked for cannot be understood. Nothing has been run or written. */
const exitBadInput = 2;

/** sysexits' EX_SOFTWARE: Node's own 1 would read as "expectation failed". */
const exitInternalFault = 70;

/** What a shell reports of a program that SIGPIPE ended: 128 + 13. */
const exitReaderGone = 141;

function createProgram(): Command {
  const program = new Command('latchkey')
    .description('A front-door lock and the camera that watches it: firmware, and the simulator that proves it.')
    .version(LATCHKEY_VERSION)
    .exitOverride();
  addSimCommand(program);
  addRigCommand(program);
  addBoardsCommand(program);
  addFlashCommand(program);
  addDoctorCommand(program);
  addLockCommands(program);
  addJournalCommand(program);
  addNoticesCommand(program);
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
