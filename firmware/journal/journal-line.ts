import { hash as digest } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { follows } from './record-store.js';
import type { JournalRecord } from './records.js';

/**
 * The journal's lines. The first is the header; each of the others is one record, with a check sum over the line, to
 * find it if it was damaged, and a hash over the hash before and the record, so that none is taken away or exchanged
 * unnoticed:
 *
 *     {"crc":"8 hex digits","format":"latchkey-journal/1","dropped":null}
 *     {"crc":"8 hex digits","hash":"64 hex digits","record":{…}}
 */
export const JOURNAL_FORMAT = 'latchkey-journal/1';

/**
 * Longest line with its end, bytes. Chosen: the snapshot of a lock that holds all it can, visits with long tokens and
 * notices that nobody fetches, stays below.
 */
export const LINE_BYTES_MAX = 32 * 1024 * 1024;

export const NEWLINE = 0x0a;

/** The latest record: what the next one has to follow. */
export interface ChainEnd {
  readonly number: number;
  readonly hash: string;
}

/** Before the first record of a lock. */
export const CHAIN_BEGINNING: ChainEnd = { number: 0, hash: '0'.repeat(64) };

/** What rotation has taken away from the journal's beginning. */
export interface DroppedRecords {
  /** Numbers of the first and the last of them. */
  readonly first: number;
  readonly last: number;
  /** That of the last one: the chain goes on from it. */
  readonly hash: string;
}

export type LineFaultKind = 'notARecord' | 'otherFormat' | 'crc' | 'chain' | 'gap';

/** What is wrong with a line; the detail is one clause for a person. */
export interface LineFault {
  readonly fault: LineFaultKind;
  readonly detail: string;
}

/** A line, with its end, and the hash that the next one goes on from. */
export interface EncodedLine {
  readonly line: Uint8Array;
  readonly hash: string;
}

export function encodeHeader(dropped: DroppedRecords | null): Uint8Array {
  return withCheckSum(`"format":"${JOURNAL_FORMAT}","dropped":${JSON.stringify(dropped)}}`);
}

export function encodeRecord(record: JournalRecord, previousHash: string): EncodedLine {
  const body = JSON.stringify(record);
  const hash = hashOf(previousHash, body);
  return { line: withCheckSum(`"hash":"${hash}","record":${body}}`), hash };
}

/** What the header says was dropped; `line` comes without its end. */
export function decodeHeader(line: Uint8Array): { readonly dropped: DroppedRecords | null } | LineFault {
  const text = UTF_8.decode(line);
  if (/^\{"hash":"[0-9a-f]{64}"/.test(text)) return OLDER_FORMAT;
  const damage = checkSumFault(line);
  if (damage !== null) return damage === NO_RECORD ? NO_HEADER : damage;
  const header = parsed(text);
  if (!isObject(header) || typeof header['format'] !== 'string') return NO_HEADER;
  if (header['format'] !== JOURNAL_FORMAT) {
    return { fault: 'otherFormat', detail: `its format is ${header['format']}, not ${JOURNAL_FORMAT}` };
  }
  const { dropped } = header;
  return dropped === null || isDropped(dropped) ? { dropped } : NO_HEADER;
}

/** The record, if the line is whole and follows the one before; `line` comes without its end. */
export function decodeRecord(
  line: Uint8Array,
  previous: ChainEnd,
): { readonly record: JournalRecord; readonly hash: string } | LineFault {
  const damage = checkSumFault(line);
  if (damage !== null) return damage;
  const hash = RECORD_START.exec(ascii(line.subarray(0, BODY_AT)))?.[1];
  const bodyEnd = line.length - 1;
  if (hash === undefined || line[bodyEnd] !== CLOSING_BRACE) return NO_RECORD;
  const body = UTF_8.decode(line.subarray(BODY_AT, bodyEnd));
  const record = parsed(body);
  if (!isRecord(record)) return NO_RECORD;
  if (hashOf(previous.hash, body) !== hash) return BROKEN_CHAIN;
  return follows(record, previous.number) ? { record, hash } : gapAfter(previous.number, record.number);
}

function gapAfter(previousNumber: number, number: number): LineFault {
  const detail =
    previousNumber === 0 ? `the first record has number ${number}` : `record ${number} follows ${previousNumber}`;
  return { fault: 'gap', detail };
}

const ENCODER = new TextEncoder();
const UTF_8 = new TextDecoder();
const LATIN_1 = new TextDecoder('latin1');

const CLOSING_BRACE = 0x7d;
/** After `{"crc":"8 hex digits",`. */
const CHECKED_AT = 18;
/** After `"hash":"64 hex digits","record":`. */
const BODY_AT = CHECKED_AT + 83;
const LINE_START = /^\{"crc":"([0-9a-f]{8})",$/;
const RECORD_START = /^.{18}"hash":"([0-9a-f]{64})","record":$/s;

const NO_HEADER: LineFault = { fault: 'notARecord', detail: 'a journal begins with its header, and this is none' };
const NO_RECORD: LineFault = { fault: 'notARecord', detail: 'this is no record' };
const BAD_CHECK_SUM: LineFault = { fault: 'crc', detail: 'its check sum does not fit: the line was altered' };
const OLDER_FORMAT: LineFault = { fault: 'otherFormat', detail: 'it has no header: an older version wrote it' };
const BROKEN_CHAIN: LineFault = {
  fault: 'chain',
  detail: 'its hash does not follow the line before: one of them was exchanged, or lines between them are missing',
};

function hashOf(previousHash: string, body: string): string {
  return digest('sha256', previousHash + body);
}

function withCheckSum(checked: string): Uint8Array {
  const sum = crc32(checked).toString(16).padStart(8, '0');
  return ENCODER.encode(`{"crc":"${sum}",${checked}\n`);
}

function checkSumFault(line: Uint8Array): LineFault | null {
  const stated = LINE_START.exec(ascii(line.subarray(0, CHECKED_AT)))?.[1];
  if (stated === undefined) return NO_RECORD;
  return crc32(line.subarray(CHECKED_AT)) === Number.parseInt(stated, 16) ? null : BAD_CHECK_SUM;
}

/** Bytes that are none become something that no pattern here takes. */
function ascii(bytes: Uint8Array): string {
  return LATIN_1.decode(bytes);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of its event only the kind: whatever has the right check sum and hash, a lock wrote. */
function isRecord(value: unknown): value is JournalRecord {
  if (!isObject(value) || !isObject(value['event'])) return false;
  const { number, atMs, utcMs, event } = value;
  const hasTimes = typeof atMs === 'number' && (utcMs === null || typeof utcMs === 'number');
  return isRecordNumber(number) && hasTimes && typeof event['kind'] === 'string';
}

function isDropped(value: unknown): value is DroppedRecords {
  if (!isObject(value)) return false;
  const { first, last, hash } = value;
  return isRecordNumber(first) && isRecordNumber(last) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
}

function isRecordNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
