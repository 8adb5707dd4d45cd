import type { HalFault, OrderAnswer } from './hal-fault.js';

/**
 * Non-volatile bytes, appended in order: one file, in effect.
 *
 * Guarantees: what was appended before a `sync` that succeeded survives any crash unaltered. Limits: what came after
 * the last successful sync may be lost, torn at any byte, or be there whole.
 */
export interface Store {
  /** Takes the bytes in order; a full or failed store answers with a fault and keeps nothing of them. */
  append(bytes: Uint8Array): OrderAnswer;
  /** Calls `done` once, later, never synchronously: `null` once everything appended or replaced so far is durable. */
  sync(done: (fault: HalFault | null) => void): void;
  /** Everything that the store holds; called at boot. */
  read(): Uint8Array;
  /**
   * Replaces the whole content at once: after a crash either the old or the new content is there, never a mixture; after
   * a fault the old. What is appended from the call on belongs to the new content and is lost with it, and a sync that
   * was to cover it answers with a fault. Calls `done` once, later, never synchronously: `null` once the new content is
   * durable.
   */
  replace(bytes: Uint8Array, done: (fault: HalFault | null) => void): void;
}
