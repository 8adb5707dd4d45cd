/**
 * The motor's current and the supply under it, sampled every 10 ms while the motor is driven and for 50 ms after.
 * Between drives there are no samples. Limit: the first 100 ms of a drive contain the inrush.
 */
export interface MotorCurrent {
  /** `currentMa` is at least 0; `supplyMv` is the supply's voltage at the same instant. */
  watch(listener: (currentMa: number, supplyMv: number) => void): void;
}
