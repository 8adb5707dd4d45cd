import type { Command } from 'commander';
import { parsePath } from './arguments.js';

interface ShowFlags {
  readonly person?: string;
  readonly visit?: string;
  readonly door?: string;
  readonly from?: string;
  readonly until?: string;
  readonly zone: string;
  readonly json: boolean;
}

const where = 'a journal, or the folder that it is in (default: that of the only lock in your state folder)';

/** Adds `latchkey journal verify` and `latchkey journal show`. */
export function addJournalCommand(program: Command): void {
  const journal = program.command('journal').description('look into the records of a lock, which may be running');
  journal
    .command('verify')
    .description('say whether the journal is whole, or where it is damaged')
    .argument('[FILE|DIR]', where, parsePath)
    .option('--json', 'print the result as JSON', false)
    .action(async (file: string | undefined, flags: { readonly json: boolean }) => {
      const { runJournalVerify } = await import('./journal-verify-command.js');
      process.exitCode = await runJournalVerify(file, flags);
    });
  journal
    .command('show')
    .description('tell who was where and when')
    .argument('[FILE|DIR]', where, parsePath)
    .option('--person <ID>', 'only what this person did, or was let do')
    .option('--visit <ID>', 'only this visit')
    .option('--door <ID>', 'only at this door')
    .option('--from <TIME>', 'not before, for example 2026-03-03 or "2026-03-03 10:15"')
    .option('--until <TIME>', 'before that time')
    .option('--zone <ZONE>', 'the time zone of all times, for example Europe/Berlin', 'UTC')
    .option('--json', 'print a line of JSON for each', false)
    .action(async (file: string | undefined, flags: ShowFlags) => {
      const { runJournalShow } = await import('./journal-show-command.js');
      process.exitCode = await runJournalShow(file, flags);
    });
}
