/** The package's face `latchkey/firmware`: the lock, the desk before it, and what they are made of. */
export { Lock } from './lock.js';
export type { LockParts } from './lock-parts.js';
export { Desk, type DeskAnswer, type DeskParts, type LockDoor } from './desk.js';
export { DEFAULT_SETTINGS, type Settings } from './settings.js';
export { EncodedRecords } from './journal/encoded-records.js';
export type { RecordStore } from './journal/record-store.js';
export type { JournalEvent, JournalRecord, Outcome, RefusalReason } from './journal/records.js';
export type { Code, Guest, Issuance, Provider, Purpose } from './access/authority.js';
export type { Policy } from './access/policy.js';
export type { Grant, Request, Resident, WithdrawalReason } from './requests.js';
export type { MotorLimits } from './sense/motor-sense.js';
