/** Something is wrong with the hardware: exit code 20. The message is for the user: what is wrong, and the mend. */
export class HardwareFault extends Error {
  override readonly name = 'HardwareFault';
}

/** It took longer than it was given: exit code 42. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}
