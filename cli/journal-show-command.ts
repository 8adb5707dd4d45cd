import { JournalScan } from '../firmware/journal/journal-scan.js';
import { BadInput } from './bad-input.js';
import { JournalChoice, type JournalFilter } from './journal-choice.js';
import { findJournal, type JournalSurroundings, readJournal } from './journal-file.js';
import { itemJson, itemText } from './journal-pages.js';
import { JournalStory } from './journal-story.js';
import { ZonedTimes } from './journal-times.js';
import { stateFolder } from './rig/state-folder.js';
import { processTerminal } from './terminal.js';

export interface JournalShowOptions extends JournalFilter {
  readonly zone: string;
  readonly json: boolean;
}

const exitPassed = 0;
const exitDamaged = 1;
const exitBadInput = 2;

/** Tells who was where and when, up to the first damage, and returns the exit code. */
export async function runJournalShow(
  named: string | undefined,
  options: JournalShowOptions,
  { terminal, stateFolder: states }: JournalSurroundings = {
    terminal: processTerminal(),
    stateFolder: stateFolder(),
  },
): Promise<number> {
  try {
    const times = new ZonedTimes(options.zone);
    const choice = new JournalChoice(options, times);
    const file = findJournal(named, states);
    let shown = 0;
    const story = new JournalStory((item) => {
      if (!choice.includes(item)) return;
      shown += 1;
      terminal.out(options.json ? itemJson(item, times) : itemText(item, times, terminal));
    });
    const scan = new JournalScan((record) => {
      choice.take(record);
      story.take(record);
    });
    await readJournal(file, scan, terminal);
    story.finish();
    if (shown === 0 && choice.text !== '')
      terminal.error(`latchkey: ${file}: nothing is on record for ${choice.text}\n`);
    if (scan.damage === null) return exitPassed;
    const { line, detail } = scan.damage;
    terminal.error(
      `latchkey: ${file}:${line}: ${detail}; what follows is not shown. latchkey journal verify says more.\n`,
    );
    return exitDamaged;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}
