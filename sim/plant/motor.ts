import type { MotorProfile, SupplyProfile } from './profiles.js';

/** What the motor draws when it cannot turn: the supply over everything that resists. */
export function stallMa(motor: MotorProfile, supply: SupplyProfile): number {
  return supply.openMv / (motor.windingOhms + supply.internalOhms);
}

/** What the motor draws while it moves the bolt against a force. */
export function loadedMa(motor: MotorProfile, forceN: number): number {
  return motor.noLoadMa + forceN / motor.forceNPerMa;
}

/** The bolt's speed at a current: whatever voltage the windings leave over is back-EMF. 1 µm/ms is 1 mm/s. */
export function speedUmPerMs(motor: MotorProfile, supply: SupplyProfile, currentMa: number): number {
  const lostMv = currentMa * (motor.windingOhms + supply.internalOhms);
  return (supply.openMv - lostMv) / motor.backEmfMvPerMmPerS;
}

/** The voltage under load. */
export function saggedMv(supply: SupplyProfile, currentMa: number): number {
  return supply.openMv - currentMa * supply.internalOhms;
}
