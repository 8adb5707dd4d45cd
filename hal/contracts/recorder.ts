import type { OrderAnswer } from './hal-fault.js';

/** What keeps the footage. */
export interface Recorder {
  /** Begins to record an entry; recording already is accepted. A full or broken recorder may accept and never confirm. */
  start(): OrderAnswer;
  stop(): OrderAnswer;
  /**
   * Confirms, at least once a second while it records and frames arrive, that the frame with this capture time (the
   * camera's clock) is stored for good.
   */
  watch(listener: (captureMs: number) => void): void;
}
