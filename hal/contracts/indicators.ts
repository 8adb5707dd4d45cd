import type { OrderAnswer } from './hal-fault.js';

/** The lights at the door. `recording` is lit exactly while frames are confirmed. */
export type IndicatorName = 'recording' | 'jam' | 'fault';

export interface Indicators {
  /** Setting a light to what it already is, is accepted. */
  set(indicator: IndicatorName, lit: boolean): OrderAnswer;
}
