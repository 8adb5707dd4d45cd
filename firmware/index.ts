/** The package's face `latchkey/firmware`: the lock, and what it is made of. */
export { Lock, type LockParts } from './lock.js';
export { DEFAULT_SETTINGS, type Settings } from './settings.js';
export { EncodedRecords } from './journal/encoded-records.js';
export type { RecordStore } from './journal/record-store.js';
export type { JournalEvent, JournalRecord, Outcome, RefusalReason } from './journal/records.js';
export type { Grant, Purpose, Request, Resident, WithdrawalReason } from './requests.js';
export type { MotorLimits } from './sense/motor-sense.js';
