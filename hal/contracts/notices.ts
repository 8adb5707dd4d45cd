import type { HalFault } from './hal-fault.js';

export type NoticeKind =
  | 'announced'
  | 'corrected'
  | 'atDoor'
  | 'rang'
  | 'recording'
  | 'unlocked'
  | 'entered'
  | 'relocked'
  | 'refused'
  | 'alarmRaised'
  | 'alarmCleared'
  | 'hint'
  | 'visitEnded'
  | 'modeChanged'
  | 'summary';

/** Tells one person something that was measured, or says whose claim it is. */
export interface Notice {
  /** Counts up by one over the lock's life, so that a receiver sees gaps and repeats. */
  readonly number: number;
  readonly to: 'owner' | 'worker';
  readonly kind: NoticeKind;
  /** The visit it is about, or `null`. */
  readonly visitId: string | null;
  /** The outcome, alarm, reason or hint by its name; empty where the kind says it all. */
  readonly detail: string;
}

/** Carries notices away, over a network that may be down for days. */
export interface NoticeTransport {
  /**
   * Tries once. Calls `done` once, within 30 s (chosen), never synchronously: `null` once the receiver has acknowledged.
   * The caller sends one notice at a time and retries, so a receiver may see a number twice, but never out of order.
   */
  send(notice: Notice, done: (fault: HalFault | null) => void): void;
}
