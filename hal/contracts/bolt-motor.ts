import type { OrderAnswer } from './hal-fault.js';

/**
 * The motor that throws the deadbolt, behind its bridge.
 *
 * Guarantees: never both directions at once; off at power-up until ordered; off within 600 ms after the host or the
 * link to the board died, until ordered anew. Limits: no end stop, no coast and no time limit of its own may be relied upon, the caller
 * stops it; a bolt may be jammed, held by a hand, or move without the motor.
 */
export interface BoltMotor {
  /** Drives the bolt out, towards locked. */
  extend(): OrderAnswer;
  /** Drives the bolt in, towards unlocked. */
  retract(): OrderAnswer;
  /** Lets the motor coast. Stopping a stopped motor is accepted. */
  stop(): OrderAnswer;
}
