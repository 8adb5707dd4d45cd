import type { Remains } from '../../../sim/hal/simulated-store.js';

/** What survives a power failure. */
export interface Survival {
  /** How many of the replacements under way are complete. */
  readonly replacements: number;
  /** How many of the bytes that are at risk then. */
  readonly bytes: number;
}

/** The content of the store after that. */
export function survivors(remains: readonly Remains[], { replacements, bytes }: Survival): Uint8Array {
  const chosen = remains[replacements];
  if (chosen === undefined) throw new Error(`${replacements} replacements are not under way`);
  return Buffer.concat([chosen.kept, chosen.atRisk.subarray(0, bytes)]);
}
