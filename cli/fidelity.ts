import type { MakeWorld } from '../sim/world.js';
import { ModelWorld } from '../sim/worlds/model.js';

/** What lies between firmware and plant, from quick to deep. */
export type Fidelity = 'model' | 'firmata' | 'avr';

/**
 * Worlds at one depth. `imageFile` is an Intel HEX file for the emulated board, or undefined for Latchkey's own; `warn`
 * is told what a person at a rig with that image would be warned of, once for each world.
 */
export type WorldsAt = (
  fidelity: Fidelity,
  imageFile: string | undefined,
  warn: (warning: string) => void,
) => Promise<MakeWorld>;

export const worldsAt: WorldsAt = async (fidelity, imageFile, warn) => {
  if (fidelity === 'model') {
    return (settings, seed, observer) =>
      new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });
  }
  // Loaded for those who ask for it: johnny-five and the emulator cost more than a story.
  const { wiredWorldsAt } = await import('./wired-worlds.js');
  return wiredWorldsAt(fidelity, imageFile, warn);
};
