import type { MakeWorld } from '../sim/world.js';
import { ModelWorld } from '../sim/worlds/model.js';

/** What lies between firmware and plant, from quick to deep. */
export type Fidelity = 'model' | 'firmata' | 'avr';

/** Worlds at one depth; `imageFile` is an Intel HEX file for the emulated board, or undefined for Latchkey's own. */
export type WorldsAt = (fidelity: Fidelity, imageFile: string | undefined) => Promise<MakeWorld>;

export const worldsAt: WorldsAt = async (fidelity, imageFile) => {
  if (fidelity === 'model') {
    return (settings, seed, observer) =>
      new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });
  }
  // Loaded for those who ask for it: johnny-five and the emulator cost more than a story.
  const { wiredWorldsAt } = await import('./wired-worlds.js');
  return wiredWorldsAt(fidelity, imageFile);
};
