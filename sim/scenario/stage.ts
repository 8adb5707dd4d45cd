import type { Desk } from '../../firmware/desk.js';
import type { HandDeed, World } from '../world.js';
import type { Fault } from './faults.js';

/** Where a story is played, as far as it answers at once. */
export type Stage = Pick<World, 'nowMs' | 'halt' | 'request'>;

/** What a story needs before it can go on. A simulated world gives it at once; at a real door it takes people and time. */
export type Need =
  /** Time goes on up to and including `untilMs`, unless the stage is halted meanwhile. */
  | { readonly kind: 'time'; readonly untilMs: number }
  /** Somebody lays hands on the door. `words` are the story's. */
  | { readonly kind: 'hand'; readonly words: string; readonly deed: HandDeed }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly present: boolean }
  /** Somebody shows the lock what proves who they are: signatures and codes are verified in their own, real time. */
  | { readonly kind: 'credential'; readonly via: 'network' | 'door'; readonly show: (desk: Desk) => Promise<Given> };

/** For hands and credentials: `null` when done, or one clause saying what prevented it. It means nothing for the others. */
export type Given = string | null;

/** Shows a credential at a desk, or says that there is none within reach. */
export function showAt(desk: Desk | null, show: (desk: Desk) => Promise<Given>): Promise<Given> {
  return desk === null ? Promise.resolve(OUT_OF_REACH) : show(desk);
}

export const OUT_OF_REACH = 'it does not reach the lock';
