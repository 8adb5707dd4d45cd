import { RECORDING_BYTES_MAX, RecordingError, readRecording } from '../firmware/recording.js';
import type { RecordingHeader } from '../firmware/recording.js';
import type { Decision } from '../sim/replay/decisions.js';
import type { Replay } from '../sim/replay/replay.js';
import { replay } from '../sim/replay/replay.js';
import { clockText, count, spanText } from '../sim/report/quantity-texts.js';
import { BadInput, reasonOf } from './bad-input.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';
import { readFile, stat } from 'node:fs/promises';

const exitPassed = 0;
const exitDiffers = 1;
const exitBadInput = 2;

/** Plays a recording of a rig through the firmware, and returns the exit code. */
export async function runReplay(
  file: string,
  options: { readonly json: boolean },
  terminal: Terminal = processTerminal(),
): Promise<number> {
  try {
    const recording = readRecording(await readText(file), file);
    const replayed = replay(recording, file);
    const exitCode = replayed.differences.length === 0 ? exitPassed : exitDiffers;
    terminal.out(options.json ? replayJson(file, recording.header, replayed) : replayText(file, replayed, terminal));
    return exitCode;
  } catch (error) {
    if (!(error instanceof BadInput) && !(error instanceof RecordingError)) throw error;
    terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= RECORDING_BYTES_MAX) return await readFile(file, 'utf8');
  } catch (error) {
    throw new BadInput(`${file}: cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  throw new BadInput(`${file}: is longer than any recording; name another`);
}

function replayText(
  file: string,
  { decisions, differences, durationMs, beganAtMs }: Replay,
  terminal: Terminal,
): string {
  const { paint } = terminal;
  const made = `${count(decisions, 'decision', 'decisions')} in ${spanText(durationMs)}`;
  if (differences.length === 0) return ` ${paint('good', `✔ ${file}: ${made}, all as recorded`)}\n`;
  const told = (decision: Decision | null): string =>
    decision === null ? 'nothing' : `${decision.words}, at ${clockText(decision.atMs - beganAtMs)}`;
  const rows = differences.flatMap(({ about, recorded, replayed }, index) => [
    paint('bad', `${index === 0 ? 'first difference' : 'also'}: ${about}`),
    `  recorded: ${told(recorded)}`,
    `  replayed: ${told(replayed)}`,
  ]);
  return [paint('bad', `✘ ${file}: ${made}, not all as recorded`), ...rows].map((row) => ` ${row}\n`).join('');
}

function replayJson(
  file: string,
  { board, version }: RecordingHeader,
  { decisions, differences, durationMs }: Replay,
): string {
  return `${JSON.stringify({ file, board, recordedBy: version, decisions, durationMs, differences }, null, 2)}\n`;
}
