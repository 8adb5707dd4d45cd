import * as v from 'valibot';
import { LINE_BYTES_MAX } from './journal/journal-line.js';
import type { Resident } from './requests.js';
import type { MotorLimits } from './sense/motor-sense.js';
import type { Settings } from './settings.js';
import type { Signal } from './signals.js';

/**
 * A recording of everything that passed between a lock and what surrounds it: JSON lines, first a header, then one
 * signal each, `{"ms":1234,"in":"doorContact","closed":true}`, by the lock's clock. What was recorded last may be cut
 * short by a crash.
 */

/** The version of the format. */
const FORMAT = 1;

/** The longest recording that is made, and read. Chosen: some 20 hours of ten frames a second. */
export const RECORDING_BYTES_MAX = 64 * 1024 * 1024;

/** A record of the journal is the longest thing there is; what stands around it is short. */
const LINE_CHARS_MAX = LINE_BYTES_MAX + 1_024;

/** What a lock was made of, as far as its decisions depend on it. */
export interface RecordingHeader {
  /** Of the program that recorded. */
  readonly version: string;
  readonly board: string;
  readonly hasBoltSwitches: boolean;
  readonly settings: Settings;
  readonly residents: readonly Resident[];
  readonly motorLimits: MotorLimits;
}

export interface TimedSignal {
  readonly atMs: number;
  readonly signal: Signal;
}

export interface Recording {
  readonly header: RecordingHeader;
  /** In order; times never go back. */
  readonly signals: readonly TimedSignal[];
}

/** The recording makes no sense. The message is for the user: file, line, what is wrong, and the mend. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/** The first line, newline included. */
export function headerLine(header: RecordingHeader): string {
  return `${JSON.stringify({ latchkeyRecording: FORMAT, ...header })}\n`;
}

/** One line, newline included. */
export function signalLine(atMs: number, signal: Signal): string {
  return `${JSON.stringify({ ms: atMs, ...signal })}\n`;
}

/** Throws `RecordingError` at the first thing that is wrong. */
export function readRecording(text: string, file: string): Recording {
  const lines = text.split('\n');
  // The last one is empty, or was cut short by a crash.
  lines.pop();
  const reader = new LineReader(file);
  const header = reader.check(headerSchema, reader.parse(lines[0] ?? '', 1), 1);
  const signals: TimedSignal[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const value = reader.parse(line, index + 1);
    const atMs = reader.check(timeSchema, value, index + 1).ms;
    const latestMs = signals.at(-1)?.atMs ?? 0;
    if (atMs < latestMs) throw reader.problem(`time goes back from ${latestMs} to ${atMs} ms`, index + 1);
    // What is in requests, records and reports was not looked at: it has the type it was written with, or the lock will
    // not take it.
    signals.push({ atMs, signal: reader.check('in' in value ? inSchema : outSchema, value, index + 1) as Signal });
  }
  return { header, signals };
}

class LineReader {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  parse(line: string, lineNumber: number): object {
    if (line.length > LINE_CHARS_MAX) throw this.problem('the line is too long', lineNumber);
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === 'object' && value !== null) return value;
    } catch {
      // Said below.
    }
    throw this.problem('this is no JSON object, of which a recording has one in each line', lineNumber);
  }

  check<Schema extends v.GenericSchema>(schema: Schema, value: object, lineNumber: number): v.InferOutput<Schema> {
    const parsed = v.safeParse(schema, value);
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue);
    throw this.problem(path === null ? issue.message : `${path}: ${issue.message}`, lineNumber);
  }

  problem(what: string, lineNumber: number): RecordingError {
    return new RecordingError(`${this.file}:${lineNumber}: ${what}; record again with this version of Latchkey`);
  }
}

const number = v.pipe(v.number(), v.finite());
const fault = v.nullable(v.string());

const stream = v.union([
  v.literal('home'),
  v.custom<`provider:${string}`>((value) => String(value).startsWith('provider:')),
]);

/** Requests, records and reports go through as they are: what is in them is for the lock to judge. */
const whole = v.looseObject({});
const record = v.looseObject({ number, event: v.looseObject({ kind: v.string() }) });

const inSchema = v.variant('in', [
  v.object({ in: v.literal('boardLink'), up: v.boolean() }),
  v.object({ in: v.literal('networkLink'), up: v.boolean() }),
  v.object({ in: v.literal('boltSwitches'), extended: v.boolean(), retracted: v.boolean() }),
  v.object({ in: v.literal('doorContact'), closed: v.boolean() }),
  v.object({ in: v.literal('cameraPower'), powered: v.boolean() }),
  v.object({ in: v.literal('cameraFrame'), sequence: number, captureMs: number, digest: number }),
  v.object({ in: v.literal('recorder'), captureMs: number }),
  v.object({ in: v.literal('motorCurrent'), currentMa: number, supplyMv: number }),
  v.object({ in: v.literal('request'), request: v.looseObject({ kind: v.string() }) }),
  v.object({
    in: v.literal('refusal'),
    request: v.string(),
    personId: v.string(),
    visitId: v.nullable(v.string()),
    reason: v.string(),
  }),
  v.object({ in: v.literal('calendar'), utcMs: v.nullable(number) }),
  v.object({ in: v.literal('journal'), record }),
  v.object({ in: v.literal('synced'), upToNumber: number, tookMs: number, fault }),
  v.object({ in: v.literal('noticeSent'), stream, number, tookMs: number, fault }),
]);

const outSchema = v.variant('out', [
  v.object({ out: v.literal('motor'), order: v.picklist(['extend', 'retract', 'stop']), fault }),
  v.object({ out: v.literal('cameraPower'), on: v.boolean(), fault }),
  v.object({ out: v.literal('recorder'), on: v.boolean(), fault }),
  v.object({ out: v.literal('indicator'), name: v.picklist(['recording', 'jam', 'fault']), lit: v.boolean(), fault }),
  v.object({ out: v.literal('record'), record, fault }),
  v.object({ out: v.literal('report'), report: whole }),
  v.object({ out: v.literal('alarm'), alarm: v.string(), raised: v.boolean() }),
]);

const timeSchema = v.object({ ms: v.pipe(number, v.minValue(0)) });

const headerSchema = v.object({
  latchkeyRecording: v.literal(FORMAT, `must be ${FORMAT}, the version of the format that this program knows`),
  version: v.string(),
  board: v.string(),
  hasBoltSwitches: v.boolean(),
  settings: v.object({
    doorId: v.string(),
    autoRelockMs: number,
    manualHoldMs: number,
    entryWaitMs: number,
    answerWaitMs: number,
    vacationPurposes: v.array(v.picklist(['delivery', 'deliveryInside', 'service', 'maintenance', 'guest'])),
    timeZone: v.string(),
    watchesHousehold: v.boolean(),
  }),
  residents: v.array(v.object({ id: v.string(), role: v.picklist(['owner', 'household']) })),
  motorLimits: v.object({ nominalMv: number, stallMa: number, idleMa: number, lowMv: number, tooLowMv: number }),
});
