import type { MotorLimits } from '../../firmware/sense/motor-sense.js';
import type { LockProfile } from '../plant/profiles.js';

/** The supply that the limits below are stated for. */
const NOMINAL_MV = 6_000;

/**
 * What a board's drive section states for a real motor: stalled from 95 % of the current that the winding passes at
 * rest, turning from a third of the no-load current. Voltages chosen between the plant's fresh and weak supplies, and
 * below the weak one's.
 */
export function motorLimits({ motor }: LockProfile): MotorLimits {
  return {
    nominalMv: NOMINAL_MV,
    stallMa: (0.95 * NOMINAL_MV) / motor.windingOhms,
    idleMa: motor.noLoadMa / 3,
    lowMv: 5_200,
    tooLowMv: 4_200,
  };
}
