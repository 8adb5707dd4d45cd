import type { OrderAnswer } from './hal-fault.js';

/** The lights at the door. `recording` is lit exactly while frames are confirmed. */
export type IndicatorName = 'recording' | 'jam' | 'fault';

/** Guarantee: dark at power-up until lit, and within 600 ms after the host or the link to the board died. */
export interface Indicators {
  /** Setting a light to what it already is, is accepted. */
  set(indicator: IndicatorName, lit: boolean): OrderAnswer;
}
