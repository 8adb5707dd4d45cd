import type { OrderAnswer } from './hal-fault.js';

/** The camera's power: a switch, and a sense line behind it. Powered is not live: only frames show that. */
export interface CameraPower {
  /** Switching on what is on, or off what is off, is accepted. */
  switchOn(): OrderAnswer;
  switchOff(): OrderAnswer;
  /**
   * Reports the sensed power once, soon after the call and again after each return of the link to the board, and then
   * every change.
   */
  watch(listener: (powered: boolean) => void): void;
}
