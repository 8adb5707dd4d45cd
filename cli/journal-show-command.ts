import type { JournalRecord } from '../firmware/journal/records.js';
import { JournalScan } from '../firmware/journal/journal-scan.js';
import { BadInput } from './bad-input.js';
import { findJournal, type JournalSurroundings, readJournal } from './journal-file.js';
import { itemJson, itemText } from './journal-pages.js';
import { type EventStory, JournalStory, type VisitStory } from './journal-story.js';
import { ZonedTimes } from './journal-times.js';
import { stateFolder } from './rig/state-folder.js';
import { processTerminal } from './terminal.js';

/** What is to be shown; everything, where nothing is named. */
export interface JournalShowOptions {
  readonly person?: string;
  readonly visit?: string;
  readonly door?: string;
  readonly from?: string;
  readonly until?: string;
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
    const choice = new Choice(options, times);
    const file = findJournal(named, states);
    const story = new JournalStory((item) => {
      if (choice.includes(item)) terminal.out(options.json ? itemJson(item, times) : itemText(item, times, terminal));
    });
    const scan = new JournalScan((record) => {
      choice.take(record);
      story.take(record);
    });
    await readJournal(file, scan, terminal);
    story.finish();
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

/** What was asked for. */
class Choice {
  private readonly options: JournalShowOptions;
  private readonly fromUtcMs: number;
  private readonly untilUtcMs: number;
  /** The journal is one lock's: what names no visit happened at the door of its grants. */
  private doorId: string | null = null;
  /** The latest time on record: what has none happened soon after. */
  private latestUtcMs = -Infinity;

  constructor(options: JournalShowOptions, times: ZonedTimes) {
    this.options = options;
    this.fromUtcMs = options.from === undefined ? -Infinity : times.parse('--from', options.from);
    this.untilUtcMs = options.until === undefined ? Infinity : times.parse('--until', options.until);
  }

  take({ utcMs, event }: JournalRecord): void {
    if (utcMs !== null) this.latestUtcMs = utcMs;
    if (event.kind === 'visitAnnounced') this.doorId = event.grant.doorId;
    if (event.kind === 'snapshot') this.doorId ??= event.state.ledger[0]?.grant.doorId ?? null;
  }

  includes(item: VisitStory | EventStory): boolean {
    return item.kind === 'visit' ? this.includesVisit(item) : this.includesEvent(item);
  }

  private includesVisit({ grant, arrived, ended }: VisitStory): boolean {
    const { person, visit, door } = this.options;
    const isAsked = (person ?? grant.personId) === grant.personId && (visit ?? grant.id) === grant.id;
    const endUtcMs = ended?.utcMs ?? this.latestUtcMs;
    const beginUtcMs = arrived?.utcMs ?? endUtcMs;
    const isThen = beginUtcMs < this.untilUtcMs && endUtcMs >= this.fromUtcMs;
    return isAsked && isThen && (door ?? grant.doorId) === grant.doorId;
  }

  private includesEvent({ utcMs, personId, visitId }: EventStory): boolean {
    const { person, visit, door } = this.options;
    const atUtcMs = utcMs ?? this.latestUtcMs;
    const isAsked = (person ?? personId) === personId && (visit ?? visitId) === visitId;
    return isAsked && atUtcMs >= this.fromUtcMs && atUtcMs < this.untilUtcMs && (door ?? this.doorId) === this.doorId;
  }
}
