import { CHAIN_BEGINNING, encodeHeader, encodeRecord } from '../../../firmware/journal/journal-line.js';
import type { JournalRecord } from '../../../firmware/journal/records.js';

/** The journal of a lock that kept these records, line by line, ends included. */
export function journalLines(records: readonly JournalRecord[]): Uint8Array[] {
  let { hash } = CHAIN_BEGINNING;
  const lines = records.map((record) => {
    const encoded = encodeRecord(record, hash);
    ({ hash } = encoded);
    return encoded.line;
  });
  return [encodeHeader(null), ...lines];
}

export function journalBytes(records: readonly JournalRecord[]): Buffer {
  return Buffer.concat(journalLines(records));
}
