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
  | 'prolonged'
  | 'accessChanged'
  | 'summary';

/** Whom a notice is for. A provider is told of the outcome of its own visits, and of nothing else. */
export type Recipient = 'owner' | 'worker' | `provider:${string}`;

/**
 * Notices are numbered and delivered in order within a stream: `home` has those of owner and workers, each provider has
 * one of its own, so that nobody learns from gaps how much others were told.
 */
export type NoticeStream = 'home' | `provider:${string}`;

export function streamOf(to: Recipient): NoticeStream {
  return to === 'owner' || to === 'worker' ? 'home' : to;
}

/** Tells one person something that was measured, or says whose claim it is. */
export interface Notice {
  /** Counts up by one within its stream over the lock's life, so that a receiver sees gaps and repeats. */
  readonly number: number;
  readonly to: Recipient;
  readonly kind: NoticeKind;
  /** The visit it is about, or `null`. */
  readonly visitId: string | null;
  /** The outcome, alarm, reason or hint by its name; empty where the kind says it all. */
  readonly detail: string;
  /** When that was, by the lock's calendar, or `null` while it is unset. */
  readonly utcMs: number | null;
  /** Who comes, for what: with `announced`, `corrected`, `atDoor` and `visitEnded`. */
  readonly visitor?: NoticeVisitor;
  /** With `visitEnded`. */
  readonly result?: NoticeResult;
}

export interface NoticeVisitor {
  readonly name: string;
  /** The firm's name, or `null` where the owner granted it. */
  readonly firm: string | null;
  readonly purpose: string;
  readonly fromUtcMs: number;
  readonly untilUtcMs: number;
}

/** What the lock measured of a visit, apart from what anyone claimed. */
export interface NoticeResult {
  /** Granted, and spent whether or not the door was opened. */
  readonly entriesSpent: number;
  readonly measured: {
    readonly doorOpenMs: number;
    readonly jams: number;
  };
  readonly claimed: {
    readonly delivered: boolean;
  };
}

/** While a visit is under way: the lock is alive. Not kept, and not repeated. */
export interface Heartbeat {
  readonly visitId: string;
  /** Counts up by one from 1 in each visit and boot. */
  readonly number: number;
  readonly utcMs: number | null;
  /** The newest notice that the lock has for the home stream: one that a receiver lacks is late or lost. */
  readonly newestNotice: number;
  /** The next one follows within this time. */
  readonly nextWithinMs: number;
}

/** Carries notices away, over a network that may be down for days. */
export interface NoticeTransport {
  /**
   * Tries once. Calls `done` once, within 30 s (chosen), never synchronously: `null` once the receiver has acknowledged.
   * The caller sends one notice of a stream at a time and retries, so a receiver may see a number twice, but never out
   * of order. A stream that nobody is enrolled for is acknowledged without being sent anywhere.
   */
  send(notice: Notice, done: (fault: HalFault | null) => void): void;
  /** Tries once; nobody waits for it. */
  beat(heartbeat: Heartbeat): void;
}
