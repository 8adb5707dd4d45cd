import type { FAULT_KINDS, FaultComponent } from '../world.js';
import type { PropertyId } from './monitor.js';

type FaultPair = {
  [Component in FaultComponent]: readonly [Component, (typeof FAULT_KINDS)[Component][number]];
}[FaultComponent];

/**
 * The faults that void each property: with one of them present, nothing the lock could sense would let it keep its
 * word. A property holds under every other fault of the plant.
 */
export const VOIDED_BY: Readonly<Record<PropertyId, readonly FaultPair[]>> = {
  S1: [],
  S2: [],
  /** A door or a bolt that seems to be home needs no relocking. */
  S3: [
    ['doorContact', 'stuckClosed'],
    ['doorContact', 'stuckOpen'],
    ['extendedSwitch', 'stuckOn'],
  ],
  /** Without the current no stall can be felt. */
  S4: [['motorSense', 'shorted']],
  S5: [['doorContact', 'stuckClosed']],
  S6: [],
  S7: [],
  /** What no sensor shows cannot be recorded. */
  S8: [
    ['doorContact', 'stuckClosed'],
    ['doorContact', 'stuckOpen'],
    ['extendedSwitch', 'stuckOn'],
    ['extendedSwitch', 'stuckOff'],
    ['retractedSwitch', 'stuckOn'],
    ['retractedSwitch', 'stuckOff'],
    ['motorSense', 'shorted'],
  ],
  S9: [
    ['doorContact', 'stuckClosed'],
    ['extendedSwitch', 'stuckOn'],
    ['retractedSwitch', 'stuckOn'],
  ],
  /** A hand is felt by the current and seen by the switches; only the contact tells that somebody left. */
  S10: [
    ['motorSense', 'shorted'],
    ['extendedSwitch', 'stuckOn'],
    ['extendedSwitch', 'stuckOff'],
    ['retractedSwitch', 'stuckOn'],
    ['retractedSwitch', 'stuckOff'],
    ['doorContact', 'stuckOpen'],
  ],
  S11: [],
  L1: [
    ['doorContact', 'stuckClosed'],
    ['doorContact', 'stuckOpen'],
    ['extendedSwitch', 'stuckOn'],
  ],
  L2: [
    ['doorContact', 'stuckClosed'],
    ['doorContact', 'stuckOpen'],
    ['extendedSwitch', 'stuckOn'],
    ['extendedSwitch', 'stuckOff'],
  ],
  /** A window ends by the calendar; the outcome tells what was measured. */
  L3: [
    ['calendar', 'unset'],
    ['calendar', 'aDayAhead'],
    ['calendar', 'aMonthBehind'],
    ['calendar', 'drifting'],
    ['doorContact', 'stuckClosed'],
    ['doorContact', 'stuckOpen'],
    ['extendedSwitch', 'stuckOn'],
    ['extendedSwitch', 'stuckOff'],
  ],
  L4: [
    ['doorContact', 'stuckClosed'],
    ['doorContact', 'stuckOpen'],
    ['extendedSwitch', 'stuckOn'],
  ],
  L5: [
    ['doorContact', 'stuckClosed'],
    ['doorContact', 'stuckOpen'],
  ],
};
