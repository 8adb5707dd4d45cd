import type { DroppedRecords } from '../firmware/journal/journal-line.js';
import { type JournalDamage, JournalScan, type TornTail } from '../firmware/journal/journal-scan.js';
import { count } from '../sim/report/quantity-texts.js';
import { BadInput } from './bad-input.js';
import { findJournal, type JournalSurroundings, journalWriter, readJournal } from './journal-file.js';
import { stateFolder } from './rig/state-folder.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';

/** What is known of a journal once it was read. */
interface Verdict {
  readonly file: string;
  /** Good ones; the first and the last of them by number. */
  readonly records: number;
  readonly firstNumber: number | null;
  readonly lastNumber: number | null;
  readonly lastHash: string;
  /** Good bytes. */
  readonly bytes: number;
  /** By rotation, before the first record. */
  readonly dropped: DroppedRecords | null;
  /** Records that the store had refused: a snapshot after them stands for them. */
  readonly refused: number;
  /** The process that writes to it, or `null`. */
  readonly writer: number | null;
  readonly tornTail: TornTail | null;
  readonly damage: JournalDamage | null;
}

const exitPassed = 0;
const exitDamaged = 1;
const exitBadInput = 2;

/** Says whether a journal is whole, and returns the exit code. */
export async function runJournalVerify(
  named: string | undefined,
  { json }: { readonly json: boolean },
  { terminal, stateFolder: states }: JournalSurroundings = {
    terminal: processTerminal(),
    stateFolder: stateFolder(),
  },
): Promise<number> {
  try {
    const verdict = await judge(findJournal(named, states), terminal);
    const exitCode = problemOf(verdict) === null ? exitPassed : exitDamaged;
    terminal.out(json ? `${JSON.stringify(asJson(verdict, exitCode), null, 2)}\n` : asText(verdict, terminal));
    return exitCode;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

/** A lock that takes half a line back while it is read leaves a mixture here that was never in the file: look again. */
async function judge(file: string, terminal: Terminal): Promise<Verdict> {
  const verdict = await read(file, terminal);
  return verdict.damage === null || verdict.writer === null ? verdict : read(file, terminal);
}

async function read(file: string, terminal: Terminal): Promise<Verdict> {
  let records = 0;
  let firstNumber: number | null = null;
  let refused = 0;
  const scan = new JournalScan(({ number }, _byte, previous) => {
    records += 1;
    firstNumber ??= number;
    refused += number - previous.number - 1;
  });
  const tornTail = await readJournal(file, scan, terminal);
  const { bytes, dropped, damage, end } = scan;
  const lastNumber = records === 0 ? null : end.number;
  const writer = journalWriter(file);
  return {
    file,
    records,
    firstNumber,
    lastNumber,
    lastHash: end.hash,
    bytes,
    dropped,
    refused,
    writer,
    tornTail,
    damage,
  };
}

interface Problem {
  readonly where: string;
  readonly what: string;
  readonly mend: string;
}

/** What is wrong, and the mend. The half line of a lock that writes is nothing wrong. */
function problemOf({ tornTail, damage, writer, file }: Verdict): Problem | null {
  if (damage !== null) {
    const { line, byte, recordNumber, kind, detail } = damage;
    const record = recordNumber === null ? 'the header' : `record ${recordNumber}`;
    return {
      where: `line ${line}, at byte ${byte}, where ${record} should be`,
      what: `${kinds[kind]}: ${detail}`,
      mend: kind === 'otherFormat' ? 'read it with the Latchkey that wrote it' : evidenceMend(file),
    };
  }
  if (tornTail === null || writer !== null) return null;
  return {
    where: `line ${tornTail.line}, at byte ${tornTail.byte}`,
    what: `torn tail: ${count(tornTail.bytes, 'byte', 'bytes')} of a line without its end, as a crash leaves it`,
    mend: 'start the lock: it drops them; no record that was acknowledged is among them',
  };
}

const kinds: Readonly<Record<JournalDamage['kind'], string>> = {
  notARecord: 'not a record',
  otherFormat: 'another format',
  crc: 'check sum',
  chain: 'chain',
  gap: 'gap in the numbers',
};

function evidenceMend(file: string): string {
  return (
    `the lock writes nothing more to it, and lets no visitor in. Stop the lock and move ${file} to where evidence is ` +
    'kept: the lock then begins a new journal, and knows nobody. An older copy in its place would forget spent entries.'
  );
}

function asText(verdict: Verdict, { paint }: Terminal): string {
  const { file, records, firstNumber, lastNumber, dropped, refused, writer, tornTail } = verdict;
  const problem = problemOf(verdict);
  const range = records === 0 ? '' : `, ${whole(firstNumber)} to ${whole(lastNumber)}`;
  const held = `${count(records, 'record', 'records')}${range}`;
  const lines =
    problem === null
      ? [`${paint('good', '✔')} ${file}: whole: ${held}`]
      : [
          `${paint('bad', '✘')} ${file}: damaged in ${problem.where}`,
          `  ${problem.what}`,
          `  good before that: ${held}`,
          `  ${problem.mend}`,
        ];
  if (dropped !== null) lines.push(`  dropped by rotation: ${whole(dropped.first)} to ${whole(dropped.last)}`);
  if (refused > 0)
    lines.push(`  refused by the store: ${count(refused, 'record', 'records')}; a snapshot stands for them`);
  if (writer !== null) {
    const half = tornTail === null ? '' : ', and half a line at the end is no damage';
    lines.push(`  process ${writer} is writing to it${half}`);
  }
  return `${lines.join('\n')}\n`;
}

function asJson(verdict: Verdict, exitCode: number): object {
  const problem = problemOf(verdict);
  return { whole: problem === null, ...verdict, mend: problem?.mend ?? null, exitCode };
}

function whole(number: number | null): string {
  return (number ?? 0).toLocaleString('en');
}
