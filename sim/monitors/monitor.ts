import type { Listener } from './changes.js';

/** The properties of Latchkey, each judged by one monitor. */
export const PROPERTY_IDS = [
  'S1',
  'S2',
  'S3',
  'S4',
  'S5',
  'S6',
  'S7',
  'S8',
  'S9',
  'S10',
  'S11',
  'L1',
  'L2',
  'L3',
  'L4',
  'L5',
] as const;

export type PropertyId = (typeof PROPERTY_IDS)[number];

/** A property did not hold. */
export interface Violation {
  readonly property: PropertyId;
  /** When it ceased to hold, virtual milliseconds: a bound that passed unseen is dated at the bound. */
  readonly atMs: number;
  /** One clause for a person. */
  readonly detail: string;
}

export type ReportViolation = (violation: Violation) => void;

/** Judges one property by what can be seen from outside the lock. */
export interface Monitor extends Listener {
  readonly property: PropertyId;
  /** The faults that voided the property are over: whatever it was waiting for is counted from here. */
  resume?(nowMs: number): void;
}
