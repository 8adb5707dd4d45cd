import { type Command, Option } from 'commander';
import { parsePath } from './arguments.js';

interface FlashFlags {
  readonly board: string;
  readonly port?: string;
  readonly bootloader?: string;
  readonly image?: string;
  readonly dryRun: boolean;
  readonly boards?: string;
  readonly json: boolean;
}

interface DoctorFlags {
  readonly board?: string;
  readonly port?: string;
  readonly boards?: string;
  readonly json: boolean;
}

/** Adds `latchkey boards`. */
export function addBoardsCommand(program: Command): void {
  program
    .command('boards')
    .description('list the supported boards, or show the wiring of one')
    .argument('[ID]', 'a board, for example arduino-uno')
    .addOption(
      new Option('--wiring <FILE>', 'draw the wiring of the board as SVG; - for the standard output')
        .argParser(parsePath)
        .conflicts('json'),
    )
    .option('--boards <FILE>', 'a boards.json of your own', parsePath)
    .option('--json', 'print the result as JSON', false)
    .action(
      async (
        id: string | undefined,
        flags: { readonly json: boolean; readonly wiring?: string; readonly boards?: string },
      ) => {
        const { runBoards } = await import('./boards-command.js');
        process.exitCode = await runBoards(id, flags, flags.boards);
      },
    );
}

/** Adds `latchkey flash`. */
export function addFlashCommand(program: Command): void {
  program
    .command('flash')
    .description('write the board image, by avrdude, and verify it')
    .requiredOption('--board <ID>', 'the board, for example arduino-uno')
    .option('--port <PATH>', 'the serial port it is plugged into, for example /dev/ttyACM0', parsePath)
    .option('--bootloader <ID>', 'try only this bootloader of the board')
    .option('--image <FILE.hex>', 'another image than the one that ships', parsePath)
    .option('--dry-run', 'check what can be checked, show the command, and write nothing', false)
    .option('--boards <FILE>', 'a boards.json of your own', parsePath)
    .option('--json', 'print the result as JSON', false)
    .action(async (flags: FlashFlags) => {
      const { runFlash } = await import('./flash-command.js');
      process.exitCode = await runFlash(flags);
    });
}

/** Adds `latchkey doctor`. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('say what is wrong with this installation, and the mend')
    .option('--board <ID>', 'which board that is, for the commands that mend it')
    .option('--port <PATH>', 'ask the board at this port, too; that restarts it', parsePath)
    .option('--boards <FILE>', 'a boards.json of your own', parsePath)
    .option('--json', 'print the result as JSON', false)
    .action(async (flags: DoctorFlags) => {
      const { runDoctor } = await import('./doctor-command.js');
      process.exitCode = await runDoctor(flags);
    });
}
